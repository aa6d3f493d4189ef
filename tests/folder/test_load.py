"""The library of a folder: the order of entries, broken entries, and problems."""

import gc
from pathlib import Path

import pytest
from helpers import FIXTURES
from helpers.messages import messages_of
from paper_atlas import Library, Severity, load
from paper_atlas.folder.cache import Cache


def atlas(folder: Path, **papers: str) -> Library:
    """A library of papers by id, each given as lines of its file besides topic and link."""
    for number, (name, lines) in enumerate(papers.items()):
        text = f"topics: [Liver]\nlinks: {{doi: 10.1000/{number}}}\n{lines}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load(folder, folder)


def titles(library: Library) -> list[str]:
    return [entry.title for entry in library.entries]


def test_papers_of_a_year_are_sorted_by_title_without_case(tmp_path: Path) -> None:
    library = atlas(tmp_path, a="title: pancreas", b="title: Liver", c="title: Spleen")
    assert titles(library) == ["Liver", "pancreas", "Spleen"]


def test_papers_of_the_same_title_are_sorted_by_id_without_folder(tmp_path: Path) -> None:
    for name in ("x/b", "y/a"):
        (tmp_path / name).parent.mkdir()
        text = f"title: T\ntopics: [Liver]\nlinks: {{doi: 10.1000/{name}}}\n"
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    assert [entry.id for entry in load(tmp_path, tmp_path).entries] == ["a", "b"]


def test_papers_without_a_year_come_last(tmp_path: Path) -> None:
    library = atlas(tmp_path, a="title: A", b="title: B\nyear: 1990", c="title: C\nyear: 2000")
    assert titles(library) == ["C", "B", "A"]


def test_an_error_cannot_be_allowed(tmp_path: Path) -> None:
    library = atlas(tmp_path, a="title: A\nextends: [nothing]\nallow: {unknown-paper: soon}")
    assert [(problem.code, problem.severity) for problem in library.problems] == [
        ("unknown-paper", Severity.ERROR),
        ("unused-allow", Severity.NOTE),
    ]
    assert library.entries == ()


def test_a_paper_with_a_warning_is_an_entry(tmp_path: Path) -> None:
    library = atlas(tmp_path, a="title: A long title", b="title: A long title")
    assert [problem.severity for problem in library.problems] == [Severity.WARNING]
    assert titles(library) == ["A long title", "A long title"]


def test_a_broken_entry_has_only_its_errors(tmp_path: Path) -> None:
    library = atlas(
        tmp_path, a="title: T\nextends: [b]\nallow: {never: x}", b="title: B #2\nyear: x"
    )
    (broken,) = library.broken_entries
    assert broken.id == "b"
    assert [problem.code for problem in broken.problems] == ["malformed-year"]
    assert library.known_ids == {"a", "b"}
    assert library.related_papers(library.entries_by_id["a"], "extends") == ()


@pytest.mark.parametrize(
    ("organs", "terms"),
    [("Heart", ["Heart"]), ("[Nothing]", ["Liver"]), ("[Nothing, heart]", ["Heart"])],
)
def test_a_broken_entry_has_the_term_of_its_folder_only_without_known_terms(
    organs: str, terms: list[str], tmp_path: Path
) -> None:
    words = "facets: {organs: {title: Organs, pages: true, terms: [Liver, Heart]}}\n"
    (tmp_path / "vocabulary.yml").write_text(words, encoding="utf-8")
    (tmp_path / "liver").mkdir()
    path = tmp_path / "liver" / "a.yml"
    path.write_text(f"title: T\norgans: {organs}\nyear: none\n", encoding="utf-8")
    (broken,) = load(tmp_path, tmp_path).broken_entries
    assert [term.title for term in broken.terms] == terms


def test_new_terms_are_those_of_entries_sorted_without_case(
    tmp_path: Path,
) -> None:
    library = atlas(
        tmp_path,
        a="title: A\nmethods: [Net, atlas, Graph]",
        b="title: A\nmethods: [Lost]\nlinks: {}",
        c="title: C\nmethods: [Broken]\nextends: [nothing]",
    )
    assert [term.title for term in library.vocabulary.facets["methods"].all_terms] == [
        *("atlas", "Graph", "Net"),
    ]
    assert library.file_vocabulary.facets["methods"].all_terms == ()


def test_a_paper_with_two_terms_of_a_section_is_listed_there_once(tmp_path: Path) -> None:
    section = "{title: Abdomen, terms: [Liver, Spleen]}"
    words = f"facets: {{organs: {{title: Organs, pages: true, sections: [{section}]}}}}\n"
    (tmp_path / "vocabulary.yml").write_text(words, encoding="utf-8")
    text = "title: A\nlinks: {doi: 10.1000/1}\norgans: [Liver, Spleen]\n"
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    library = load(tmp_path, tmp_path)
    (found,) = library.vocabulary.facets["organs"].sections
    assert [entry.id for entry in library.papers_of_section("organs", found)] == ["a"]


def test_years_are_a_range_from_the_first_to_the_last(tmp_path: Path) -> None:
    library = atlas(tmp_path, a="title: A\nyear: 2015", b="title: B\nyear: 2018", c="title: C")
    assert list(library.years) == [2015, 2016, 2017, 2018]


@pytest.mark.parametrize(
    "name",
    ["title", "results", "lineage", "papers", "limit", "view", "has", "compare", "from", "ids"],
)
def test_keys_folders_and_options_are_reserved_names(name: str, tmp_path: Path) -> None:
    words = f"facets: {{{name}: {{title: X, pages: true}}}}\n"
    (tmp_path / "vocabulary.yml").write_text(words, encoding="utf-8")
    assert [problem.code for problem in load(tmp_path, tmp_path).problems] == ["reserved-facet"]


def test_a_change_of_a_broken_file_changes_problems_of_other_files(tmp_path: Path) -> None:
    """The result of the checks is cached until any file changes, broken or not."""
    folder = tmp_path / "entries"
    folder.mkdir()
    atlas(folder, a="title: A\nextends: [c]")
    codes = []
    for name in "bc":
        (folder / f"{name}.yml").write_text("title: [", encoding="utf-8")
        kept = Cache(tmp_path / "kept")
        problems = load(folder, folder, kept).problems
        kept.close()
        codes.append([problem.code for problem in problems if problem.path == "a.yml"])
    assert codes == [["unknown-paper"], []]


@pytest.mark.parametrize("was_on", [True, False])
def test_the_garbage_collector_has_the_same_state_afterwards(was_on: bool, tmp_path: Path) -> None:
    try:
        (gc.enable if was_on else gc.disable)()
        load(tmp_path, tmp_path)
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_broken_file_gets_terms_from_its_text_or_folder(tmp_path: Path) -> None:
    (tmp_path / "kidneys").mkdir()
    (tmp_path / "vocabulary.yml").write_bytes(
        (FIXTURES / "problems" / "vocabulary.yml").read_bytes()
    )
    (tmp_path / "kidneys" / "one.yml").write_text("title: [")
    (tmp_path / "kidneys" / "two.yml").write_text("title: x\norgans: [Liver, renal, Nose]\n")
    broken = load(tmp_path, tmp_path).broken_entries
    assert [[term.title for term in file.terms] for file in broken] == [
        ["Kidneys"],
        ["Liver", "Kidneys"],
    ]


def test_warning_can_be_allowed_with_a_reason(tmp_path: Path) -> None:
    entry = (
        "title: A title, part {}\nauthors: [A Li]\ntopics: [Liver]\nlinks: {{doi: 10.1000/{}}}\n"
    )
    allowed = "allow:\n  similar-title: they are two parts\n  wrong-type: never\n"
    assert messages_of(tmp_path, a=entry.format(1, 1), b=entry.format(1, 2) + allowed) == [
        "b.yml:7:3: unused-allow: allow.wrong-type: no warning or note has this code (remove it)",
    ]


def test_broken_vocabulary_adds_no_problems_to_entries(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text("facets:\n  topics: {title: Topics, pagse: true}\n")
    assert messages_of(tmp_path, a="title: A\ntopics: [X]\nlinks: {doi: 10.1000/1}\n") == [
        "vocabulary.yml:2:27: unknown-key: facets.topics.pagse: 'pagse' is not a key here "
        "(did you mean 'pages'?)",
    ]
