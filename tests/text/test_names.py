"""Names of authors, and labels with them."""

import pytest
from paper_atlas.text.names import author_key, et_al, short_name, split_name


@pytest.mark.parametrize(
    ("author", "given", "particle", "surname", "suffix"),
    [
        ("Xiaomeng Li", "Xiaomeng", "", "Li", ""),
        ("Li, Xiaomeng", "Xiaomeng", "", "Li", ""),
        ("  Xiaomeng \n Li ", "Xiaomeng", "", "Li", ""),
        ("Holger R. Roth", "Holger R.", "", "Roth", ""),
        ("The Anh Baran", "The Anh", "", "Baran", ""),
        # particles
        ("Jeroen van der Laak", "Jeroen", "van der", "Laak", ""),
        ("van der Laak, Jeroen", "Jeroen", "van der", "Laak", ""),
        ("'t Hooft, Gerard", "Gerard", "'t", "Hooft", ""),
        ("Maria da Silva Santos", "Maria", "da", "Silva Santos", ""),
        ("de Senneville", "de", "", "Senneville", ""),
        ("danah boyd", "danah", "", "boyd", ""),
        ("danah michele boyd", "danah", "michele", "boyd", ""),
        # several words before the comma
        ("Ramos Lima, Ana", "Ana", "", "Ramos Lima", ""),
        ("Van Ginneken, Bram", "Bram", "", "Van Ginneken", ""),
        # suffixes
        ("John Smith, Jr.", "John", "", "Smith", "Jr."),
        ("John Smith Jr.", "John", "", "Smith", "Jr."),
        ("Smith, Jr., John", "John", "", "Smith", "Jr."),
        ("Smith, John, Jr.", "John", "", "Smith", "Jr."),
        ("Smith, J., III", "J.", "", "Smith", "III"),
        ("Jan van Smith IV", "Jan", "van", "Smith", "IV"),
        # one part
        ("Plato", "", "", "Plato", ""),
        ("李", "", "", "李", ""),
        ("{World Health Organization}", "", "", "{World Health Organization}", ""),
        ("", "", "", "", ""),
        # scripts without case, which have no particles
        ("علي محمد", "علي", "", "محمد", ""),
        ("محمد بن سلمان", "محمد بن", "", "سلمان", ""),
        ("Ali محمد بن سلمان", "Ali محمد بن", "", "سلمان", ""),
        ("李, 小明", "小明", "", "李", ""),
        ("欧阳 李, 小明", "小明", "", "欧阳 李", ""),
        ("김 민수", "김", "", "민수", ""),
        # groups
        ("The Liver Consortium", "", "", "The Liver Consortium", ""),
        ("Smith, Jones and Sons", "", "", "Smith, Jones and Sons", ""),
        ("Marks & Spencer", "", "", "Marks & Spencer", ""),
        # names that BibTeX cannot split
        ("Xiaomeng {Li", "", "", "Xiaomeng {Li", ""),
        ("Xiao}meng Li", "", "", "Xiao}meng Li", ""),
        ("Li, Xiaomeng,", "", "", "Li, Xiaomeng,", ""),
        ("A, B, C, D", "", "", "A, B, C, D", ""),
        (", X", "", "", ", X", ""),
    ],
)
def test_split_name(author: str, given: str, particle: str, surname: str, suffix: str) -> None:
    name = split_name(author)
    assert (name.given, name.particle, name.surname, name.suffix) == (
        given,
        particle,
        surname,
        suffix,
    )


@pytest.mark.parametrize(
    ("author", "inverted", "plain"),
    [
        ("Jeroen van der Laak", "van der Laak, Jeroen", "Jeroen van der Laak"),
        ("Smith, Jr., John", "Smith Jr., John", "John Smith Jr."),
        ("The Liver Consortium", "The Liver Consortium", "The Liver Consortium"),
    ],
)
def test_inverted_and_plain_names(author: str, inverted: str, plain: str) -> None:
    name = split_name(author)
    assert (name.inverted, name.plain) == (inverted, plain)


@pytest.mark.parametrize(
    ("author", "key"),
    [
        *[(name, "li x") for name in ("Li, Xiaomeng", "X. Li", "Xiaomeng Li")],
        *[(name, "laak j") for name in ("Jeroen van der Laak", "van der Laak, J.")],
        *[(name, "smith j") for name in ("John Smith Jr.", "Smith, J.")],
        ("Plato", "plato "),
        ("The Liver Consortium", "the-liver-consortium "),
    ],
)
def test_author_key(author: str, key: str) -> None:
    assert author_key(author) == key


def test_et_al() -> None:
    assert et_al([]) == ""
    assert et_al(["Ada Lovelace"]) == "Ada Lovelace"
    assert et_al(["Ada Lovelace", "Alan Turing"]) == "Ada Lovelace et al."


@pytest.mark.parametrize(
    ("title", "authors", "year", "expected"),
    [
        ("H-DenseUNet: hybrid", ["Xiaomeng Li"], 2018, "H-DenseUNet"),
        ("On the subject of livers: a review", ["Xiaomeng Li"], 2018, "Li 2018"),
        ("Livers", ["Jeroen van der Laak", "Xiaomeng Li"], 2018, "van der Laak et al. 2018"),
        ("Livers", ["The Liver Consortium"], None, "The Liver Consortium"),
        ("Livers", [], 2018, "Livers"),
    ],
)
def test_short_name(title: str, authors: list[str], year: int | None, expected: str) -> None:
    assert short_name(title, authors, year) == expected
