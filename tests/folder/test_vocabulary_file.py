"""The problems of a vocabulary, and the default vocabulary that replaces a broken one."""

import os
from pathlib import Path

import pytest
from paper_atlas import load
from paper_atlas.folder.vocabulary_file import default_vocabulary, read_vocabulary


def vocabulary_problems(folder: Path, facets: str) -> list[tuple[str, str]]:
    """The code and the field of each problem of a vocabulary with these facets."""
    (folder / "vocabulary.yml").write_text(f"facets:\n{facets}", encoding="utf-8")
    vocabulary, _, problems = read_vocabulary(folder, "vocabulary.yml")
    assert (vocabulary == default_vocabulary()) is bool(problems)
    return [(problem.code, problem.field) for problem in problems]


def test_names_of_terms_are_compared_without_case_and_hyphens(tmp_path: Path) -> None:
    terms = "[U-Net, {title: UNET, id: other}]"
    facets = f"  a: {{title: A, pages: true, terms: {terms}}}\n"
    assert vocabulary_problems(tmp_path, facets) == [("doubled-term", "facets.a.terms")]


def test_a_term_with_two_names_of_another_is_reported_once(tmp_path: Path) -> None:
    terms = "[{title: CT, aliases: [Tomography]}, {title: ct, id: x, aliases: [tomography]}]"
    facets = f"  a: {{title: A, pages: true, terms: {terms}}}\n"
    assert vocabulary_problems(tmp_path, facets) == [("doubled-term", "facets.a.terms")]


def test_two_facets_can_have_the_same_term(tmp_path: Path) -> None:
    facets = "  a: {title: A, pages: true, terms: [Liver]}\n  b: {title: B, terms: [Liver]}\n"
    assert vocabulary_problems(tmp_path, facets) == []


def test_two_facets_cannot_have_the_same_section(tmp_path: Path) -> None:
    facets = "  a: {title: A, pages: true, sections: [X]}\n  b: {title: B, sections: [X]}\n"
    assert vocabulary_problems(tmp_path, facets) == [("doubled-section", "facets.b.sections")]


def test_one_facet_with_pages_is_enough(tmp_path: Path) -> None:
    assert vocabulary_problems(tmp_path, "  a: {title: A}\n  b: {title: B, pages: true}\n") == []


def test_unknown_parents_are_reported_only_without_duplicate_names(tmp_path: Path) -> None:
    terms = "[CT, {title: ct, id: x, parents: [Imaging]}]"
    facets = f"  a: {{title: A, pages: true, terms: {terms}}}\n"
    assert vocabulary_problems(tmp_path, facets) == [("doubled-term", "facets.a.terms")]


def test_a_circle_of_terms_is_reported_at_each_term(tmp_path: Path) -> None:
    pairs = ("AB", "BC", "CA")
    terms = ", ".join(f"{{title: {term}, parents: [{parent}]}}" for term, parent in pairs)
    facets = f"  a: {{title: A, pages: true, terms: [{terms}]}}\n"
    assert vocabulary_problems(tmp_path, facets) == [("term-circle", "facets.a.terms.parents")] * 3


def test_the_hint_suggests_an_alias_for_a_misspelt_parent(tmp_path: Path) -> None:
    terms = "[{title: MRI, aliases: [Resonance]}, {title: Cine, parents: [Resonnance]}]"
    text = f"facets: {{a: {{title: A, pages: true, terms: {terms}}}}}\n"
    (tmp_path / "vocabulary.yml").write_text(text, encoding="utf-8")
    (problem,) = read_vocabulary(tmp_path, "vocabulary.yml")[2]
    assert problem.hint == "did you mean 'Resonance'?"


@pytest.mark.parametrize("text", ["facets: [", "- a\n", "facets: {a: {title: A}}\n"])
def test_a_broken_vocabulary_is_replaced_by_the_default(text: str, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(text, encoding="utf-8")
    vocabulary, _, problems = read_vocabulary(tmp_path, "vocabulary.yml")
    assert vocabulary == default_vocabulary()
    assert len(problems) == 1


def test_default_facets_are_open_and_topics_and_data_sets_have_pages() -> None:
    facets = default_vocabulary().facets
    assert list(facets) == ["topics", "methods", "datasets"]
    assert all(facet.open for facet in facets.values())
    assert [name for name, facet in facets.items() if facet.pages] == ["topics", "datasets"]


VOCABULARIES = {
    "title: x\n": ["vocabulary.yml:1:1: missing-key: facets: is missing",
                   "vocabulary.yml:1:1: unknown-key: title: 'title' is not a key here "
                   "(move it below 'facets:', indented by two spaces)"],
    "facets:\n  a: {pages: true, title: A, terms: [Liver, {title: x, aliases: [liver]}]}\n": [
        "vocabulary.yml:2:45: doubled-term: facets.a.terms: "
        "'liver' is also a name of 'Liver'"],
    "facets:\n  a: {title: A, sections: [x, X], pages: true}\n": [
        "vocabulary.yml:2:31: doubled-section: facets.a.sections: the section 'x' is given twice"],
    "facets:\n  title: {title: A, pages: true}\n  b_c: {title: B}\n": [
        "vocabulary.yml:2:3: reserved-facet: facets.title: 'title' is already a key "
        "of entries, a folder of the site or part of URLs (choose another name)",
        "vocabulary.yml:3:3: malformed-facet: facets.b_c: 'b_c' cannot be the key of a facet "
        "(use lowercase letters a-z, digits and hyphens)"],
    "facets:\n  a: {title: A, pages: true, terms: [{title: Leaf, id: page}]}\n": [
        "vocabulary.yml:2:56: malformed-id: facets.a.terms.id: 'page' cannot be an id "
        "(use lowercase letters, digits and hyphens, but neither 'index' nor 'page')"],
    "facets:\n  a: {title: A, pages: true, sections: [{title: X, terms: [Page]}]}\n": [
        "vocabulary.yml:2:60: malformed-id: facets.a.sections.terms.id: 'page' cannot be an id "
        "(use lowercase letters, digits and hyphens, but neither 'index' nor 'page')"],
    "facets:\n  a: {title: A, pages: true, sections: [PAGE, Pages]}\n": [
        "vocabulary.yml:2:41: malformed-id: facets.a.sections.id: 'page' cannot be an id "
        "(use lowercase letters, digits and hyphens, but neither 'index' nor 'page')"],
    "facets: {a: {title: A}}\n": [
        "vocabulary.yml:1:1: missing-pages: facets: no facet has 'pages: true' "
        "(add it to the most important facet)"],
    "- a\n": ["vocabulary.yml:1:1: wrong-type: expected a mapping with the key 'facets'"],
    "facets: {a: {title: A, open: perhaps}}\n": [
        "vocabulary.yml:1:30: wrong-type: facets.a.open: expected true or false, found text"],
}  # fmt: skip


@pytest.mark.parametrize("text", VOCABULARIES)
def test_messages_of_a_vocabulary(text: str, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(text)
    assert [str(problem) for problem in load(tmp_path, tmp_path).problems] == VOCABULARIES[text]


@pytest.mark.parametrize("name", ["con", "page", "index", "com1", "a" * 201])
def test_names_that_no_folder_of_the_site_can_have(name: str, tmp_path: Path) -> None:
    main = "  z: {title: Z, pages: true}\n"
    assert vocabulary_problems(tmp_path, f"{main}  {name}: {{title: A}}\n") == [
        ("malformed-facet", f"facets.{name}")
    ]
    for terms in (f"[{name}]", f"[{{title: T, id: {name}}}]"):
        facets = f"  z: {{title: Z, pages: true, terms: {terms}}}\n"
        assert vocabulary_problems(tmp_path, facets)[0][0] == "malformed-id"
        facets = f"  z: {{title: Z, pages: true, sections: {terms}}}\n"
        assert vocabulary_problems(tmp_path, facets)[0][0] == "malformed-id"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(
    "target", ["/dev/zero", "missing", "vocabulary.yml", "../outside.yml", "."]
)
def test_a_link_as_the_vocabulary(target: str, tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("facets:\n  a: {title: A, pages: true}\n")
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "vocabulary.yml").symlink_to(target)
    (problem,) = load(folder, tmp_path).problems
    assert problem.path == "entries/vocabulary.yml"
    assert problem.code in ("outside-link", "unreadable")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("figure", ["../a.svg", "/dev/zero", "link.svg", "pipe.svg", "sub", "loop"])
def test_a_figure_that_is_no_file_of_the_folder(figure: str, tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (tmp_path / "a.svg").write_text(svg)
    folder = tmp_path / "entries"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.svg").symlink_to("../a.svg")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe.svg")
    facets = "facets:\n  a: {title: A, pages: true}\n"
    (folder / "vocabulary.yml").write_text(f"figure: {figure}\n{facets}")
    library = load(folder, tmp_path)
    assert [problem.code for problem in library.problems] == ["malformed-figure"]
    assert library.figure_svg == ""
