"""Broader and narrower terms of a vocabulary, unknown terms, and problems of terms."""

from pathlib import Path

from paper_atlas import Facet, Vocabulary
from paper_atlas.folder.vocabulary_file import read_vocabulary

HEAD = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  modalities:
    title: Modalities
    terms:
"""


def read(folder: Path, terms: str) -> tuple[Vocabulary, list[str]]:
    """Return the vocabulary with these modalities, and the messages of its problems."""
    (folder / "vocabulary.yml").write_text(f"{HEAD}{terms}", encoding="utf-8")
    vocabulary, _, problems = read_vocabulary(folder, "vocabulary.yml")
    messages = [str(problem).replace("facets.modalities.terms.", "") for problem in problems]
    return vocabulary, [line.removeprefix("vocabulary.yml:") for line in messages]


TERMS = """\
      - {title: MRI, aliases: [MR]}
      - {title: Cine MRI, parents: [mr]}
      - {title: CT, about: {organs: [liver]}, links: {Home page: "https://example.org/ct"}}
      - {title: PET/CT, parents: [CT, PET]}
      - {title: PET}
      - {title: Late cine MRI, parents: [Cine MRI]}
"""


def test_parents_and_children_are_found_by_any_name(tmp_path: Path) -> None:
    vocabulary, messages = read(tmp_path, TERMS)
    assert messages == []
    facet = vocabulary.facets["modalities"]
    mri, both = facet.terms_by_id["mri"], facet.terms_by_id["pet-ct"]
    assert [term.title for term in facet.parent_terms(both)] == ["CT", "PET"]
    assert [term.title for term in facet.child_terms(mri)] == ["Cine MRI"]
    assert [term.title for term in facet.subtree(mri)] == ["MRI", "Cine MRI", "Late cine MRI"]


def test_the_tree_has_every_term_once_below_its_first_parent(tmp_path: Path) -> None:
    facet = read(tmp_path, TERMS)[0].facets["modalities"]
    assert [(depth, term.title) for depth, term in facet.terms_with_depth] == [
        *((0, "MRI"), (1, "Cine MRI"), (2, "Late cine MRI"), (0, "CT"), (1, "PET/CT"), (0, "PET")),
    ]


def test_unknown_names_are_reported(tmp_path: Path) -> None:
    terms = """\
      - {title: MRI, parents: [Imagin], about: {organs: [Livr], organ: [Liver]}}
      - {title: Imaging, links: {Home page: example.org}}
"""
    assert read(tmp_path, terms)[1] == [
        "7:45: malformed-url: links.Home page: 'example.org' is not a URL "
        "(write it like https://…)",
    ]
    assert read(tmp_path, terms.replace("example.org", '"https://example.org"'))[1] == [
        "6:32: unknown-term: parents: 'Imagin' is not in the vocabulary (did you mean 'Imaging'?)",
        "6:58: unknown-term: about.organs: 'Livr' is not in the vocabulary (did you mean 'Liver'?)",
        "6:65: unknown-key: about.organ: 'organ' is not a facet (did you mean 'organs'?)",
    ]


def test_a_circle_of_parents_is_reported(tmp_path: Path) -> None:
    pairs = [("A", "B"), ("B", "C"), ("C", "A"), ("D", "A")]
    terms = "".join(f"      - {{title: {one}, parents: [{other}]}}\n" for one, other in pairs)
    messages = [line.split(": ", 3)[3] for line in read(tmp_path, terms)[1]]
    why = "form a circle (remove one of the parents)"
    assert messages == [f"the parents of '{title}' {why}" for title in "ABC"]


def test_an_unknown_term_has_a_message_and_a_hint() -> None:
    terms = [f"Term {number}" for number in range(13)]
    sections = [{"title": "Abdomen", "terms": ["Liver"]}, "Review"]
    facet = Facet.model_validate({"title": "Organs", "sections": sections, "terms": terms})
    titles = ", ".join(["Liver", *terms[:11]])
    for word, hint in {
        "Livre": "did you mean 'Liver'?",
        "abdomen": "it is a section; use one of its terms: Liver",
        "Review": "it is a section without terms",
        "Nose": f"use one of: {titles}, …",
    }.items():
        assert facet.unknown_term(word) == (f"'{word}' is not in the vocabulary", hint)
    assert Facet(title="Empty").unknown_term("Nose") == ("'Nose' is not in the vocabulary", "")
