"""The parts of the name of an author."""

import pytest
from paper_atlas.text.names import split_name


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Xiaomeng Li", ("Xiaomeng", "", "Li", "")),
        ("Li, Xiaomeng", ("Xiaomeng", "", "Li", "")),
        ("Jeroen van der Laak", ("Jeroen", "van der", "Laak", "")),
        ("van der Laak, Jeroen", ("Jeroen", "van der", "Laak", "")),
        ("danah boyd", ("danah", "", "boyd", "")),
        ("The Anh Baran", ("The Anh", "", "Baran", "")),
        ("John Smith, Jr.", ("John", "", "Smith", "Jr.")),
        ("Plato", ("", "", "Plato", "")),
        ("The Liver Consortium", ("", "", "The Liver Consortium", "")),
        ("علي محمد", ("علي", "", "محمد", "")),
        (", X", ("", "", ", X", "")),
    ],
)
def test_parts_of_a_name(author: str, parts: tuple[str, str, str, str]) -> None:
    name = split_name(author)
    assert (name.given, name.particle, name.surname, name.suffix) == parts
