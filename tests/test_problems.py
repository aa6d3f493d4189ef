"""The exact messages of problems in entries and vocabularies.

Each `fixtures/problems/<case>.yml` is an entry, and `<case>.txt` has its messages. To see how a
change affects messages, delete the .txt file: the test fails and writes it again.
"""

import json
from pathlib import Path

import pytest
from helpers import FIXTURES
from paper_atlas.folder.load import load
from paper_atlas.model.library import Library

CASES = FIXTURES / "problems"
NAMES = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "vocabulary")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(CASES, CASES)


@pytest.mark.parametrize("case", NAMES)
def test_messages_of_an_entry_match_the_golden_file(case: str, library: Library) -> None:
    said = "".join(f"{p}\n" for p in library.problems if p.path == f"{case}.yml")
    golden = CASES / f"{case}.txt"
    if not golden.exists():
        golden.write_text(said, encoding="utf-8")
        pytest.fail(f"{golden} was missing and is written; read it")
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_problems_are_sorted_by_position(library: Library) -> None:
    places = [(p.path, p.line, p.column) for p in library.problems]
    assert places == sorted(places)


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
        "of entries or a folder of the site (choose another name)",
        "vocabulary.yml:3:3: malformed-facet: facets.b_c: 'b_c' cannot be the key of a facet "
        "(use small letters a-z, digits and hyphens)"],
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


def test_duplicate_ids_and_wrong_extensions(tmp_path: Path) -> None:
    entry = (CASES / "good.yml").read_text()
    for name in ("a/one.yml", "b/one.yml", "b/two.yaml", ".hidden/three.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(entry)
    library = load(tmp_path, tmp_path)
    assert [entry.path for entry in library.entries] == ["a/one.yml"]
    assert [str(problem) for problem in library.problems] == [
        "b/one.yml:1:1: doubled-id: two files have the id 'one': a/one.yml and this one "
        "(rename one of them)",
        "b/two.yaml:1:1: wrong-ending: expected a file name that ends in .yml "
        "(rename it to 'two.yml')",
    ]


def test_broken_file_gets_terms_from_its_text_or_folder(tmp_path: Path) -> None:
    (tmp_path / "kidneys").mkdir()
    (tmp_path / "vocabulary.yml").write_bytes((CASES / "vocabulary.yml").read_bytes())
    (tmp_path / "kidneys" / "one.yml").write_text("title: [")
    (tmp_path / "kidneys" / "two.yml").write_text("title: x\norgans: [Liver, renal, Nose]\n")
    broken = load(tmp_path, tmp_path).broken_entries
    assert [[term.title for term in file.terms] for file in broken] == [
        ["Kidneys"],
        ["Liver", "Kidneys"],
    ]


GOOD = "title: {}\norgans: [Liver]\nlinks: {{url: https://example.org/}}\n"


def said(folder: Path, **files: str) -> list[str]:
    """Write entries into a folder, and return their problems."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yml").write_text(text)
    problems = load(folder, folder).problems
    return [str(problem) for problem in problems if problem.code != "unused-term"]


def test_other_extensions_and_symbolic_links_are_reported(tmp_path: Path) -> None:
    entry = GOOD.format("A title")
    for name in ("a.txt", "b.yml.txt", "c", "d.YML"):
        (tmp_path / name).write_text(entry)
    (tmp_path / "README.md").write_text("# not an entry\n")
    (tmp_path / "notes.txt").write_text("not an entry\n")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "e.yml").write_text(entry)
    (tmp_path / "f.yml").symlink_to(outside / "e.yml")
    (tmp_path / "g").symlink_to(outside)
    (tmp_path / "h.yml").mkdir()
    assert [line for line in said(tmp_path) if "similar" not in line] == [
        "a.txt:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'a.yml')",
        "b.yml.txt:1:1: malformed-id: 'b.yml' cannot be the id of a paper: expected small "
        "letters a-z, digits, hyphens (rename the file to b-yml.yml)",
        "b.yml.txt:1:1: wrong-ending: expected a file name that ends in .yml "
        "(rename it to 'b.yml')",
        "c:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'c.yml')",
        "d.YML:1:1: wrong-ending: expected a file name that ends in .yml (rename it to 'd.yml')",
        "f.yml:1:1: outside-link: symbolic links to files outside the folder of entries are not "
        "followed "
        "(copy the file instead)",
        "g:1:1: outside-link: symbolic links to folders are not followed (move the folder here)",
        "h.yml:1:1: unreadable: the file cannot be read: Is a directory",
    ]


def test_duplicate_papers(tmp_path: Path) -> None:
    doi = "title: {}\nauthors: [{}]\nyear: {}\norgans: [Liver]\nlinks: {{doi: {}}}\n"
    assert said(
        tmp_path,
        a=doi.format("Something of the liver", "Xiaomeng Li", 2017, "10.1000/ABC"),
        b=doi.format("Another thing", "Hao Chen", 2017, "10.1000/abc"),
        c=doi.format("Something of the Liver!", "X. Li", 2018, "10.1000/3"),
        d=doi.format("Something of the liver", "Xiaomeng Li", 2024, "10.1000/4"),
        e=doi.format("Something of the liver", "Yu Li", 2017, "10.1000/5"),
        f=doi.format("Something on the liver", "Li, Xiaomeng", 2017, "10.1000/6").replace(
            "Li, Xiaomeng", '"Li, Xiaomeng"') + "not_same_as: [a, c]\n",
    ) == [
        "b.yml:5:14: doubled-identifier: links.doi: '10.1000/abc' is already the DOI of a.yml "
        "(keep one of the two files, or write not_same_as: [a] for two papers)",
        "c.yml:1:8: similar-title: title: nearly the same title as a.yml, and the same first "
        "author (a preprint and its published version are one paper: keep one of the two files, "
        "or write not_same_as: [a] for two papers)",
    ]  # fmt: skip


def test_invalid_relations(tmp_path: Path) -> None:
    assert said(
        tmp_path,
        a=GOOD.format("First") + "extends: [b, b]\n",
        b=GOOD.format("Second") + "extends: [c]\n",
        c=GOOD.format("Third") + "extends: [a, c]\n",
        d=GOOD.format("Fourth") + "extends: [e, broken]\n",
        broken="title: [",
    ) == [
        "a.yml:4:11: circle: extends: papers form a circle: a → b → c → a "
        "(delete one of these relations)",
        "a.yml:4:14: doubled-name: extends: 'b' is given twice (delete one of the two)",
        "broken.yml:2:1: yaml-syntax: a value is missing, or a list is not closed "
        "(add the value, or ']')",
        "c.yml:4:14: self-relation: extends: 'c' is this paper itself (delete it)",
        "d.yml:4:11: unknown-paper: extends: 'e' does not name an entry",
    ]  # fmt: skip


def test_warning_can_be_allowed_with_a_reason(tmp_path: Path) -> None:
    entry = "title: T {}\nauthors: [A Li]\norgans: [Liver]\nlinks: {{doi: 10.1000/{}}}\n"
    allowed = "allow:\n  similar-title: they are two parts\n  wrong-type: never\n"
    assert said(tmp_path, a=entry.format(1, 1), b=entry.format(1, 2) + allowed) == [
        "b.yml:7:3: unused-allow: allow.wrong-type: no warning or note has this code (delete it)",
    ]


def test_terms_of_an_open_facet(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs: {title: Organs, pages: true, open: true}\n"
        "  modalities: {title: Modalities, open: true}\n"
    )
    entry = "title: {}\norgans: [Liver]\nlinks: {{url: https://e.org/}}\nmodalities: [{}]\n"
    told = said(
        tmp_path,
        a=entry.format("A", "T2"),
        b=entry.format("B", "t2, T-2"),
        c=entry.format("C", "T2*"),
        d=entry.format("D", "index, ★"),
        e="title: E\nmodalities: [FLAIR]\n",
        f=entry.format("F", "flair"),
    )
    assert [line for line in told if ": modalities: " in line] == [
        "c.yml:4:14: ambiguous-term: modalities: 'T2*' and 'T2' would have the same URL "
        "(list both in the vocabulary, each with its own 'id')",
        "d.yml:4:14: wrong-value: modalities: 'index' cannot be part of a URL",
        "d.yml:4:21: wrong-value: modalities: '★' cannot be part of a URL",
    ]
    titles = [term.title for term in load(tmp_path).vocabulary.facets["modalities"].terms]
    assert titles == ["flair", "T2"]


def test_broken_vocabulary_adds_no_problems_to_entries(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text("facets:\n  topics: {title: Topics, pagse: true}\n")
    assert said(tmp_path, a="title: A\ntopics: [X]\nlinks: {doi: 10.1000/1}\n") == [
        "vocabulary.yml:2:27: unknown-key: facets.topics.pagse: 'pagse' is not a key here "
        "(did you mean 'pages'?)",
    ]


def test_terms_and_metrics_of_a_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs:\n    title: Organs\n    pages: true\n    sections:\n"
        "      - {title: Abdomen, terms: [Liver]}\n      - Review\n    terms: [Heart]\n"
        "metrics:\n  - {title: Dice, aliases: [DSC], most: 1}\n"
    )
    result = "results: [{dataset: LiTS, metric: dsc, value: 96.1}]\n"
    assert said(
        tmp_path,
        a=GOOD.format("A") + result,
        b=GOOD.format("B").replace("[Liver]", '[Review, "Liver, Heart", Nose]'),
    ) == [
        "a.yml:4:47: impossible-value: results.value: expected Dice between 0 and 1, found '96.1'",
        "b.yml:2:10: unknown-term: organs: 'Review' is not in the vocabulary "
        "(it is a section without terms)",
        "b.yml:2:18: unknown-term: organs: 'Liver, Heart' is not in the vocabulary "
        "(write [Liver, Heart])",
        "b.yml:2:34: unknown-term: organs: 'Nose' is not in the vocabulary "
        "(use one of: Liver, Heart)",
        "vocabulary.yml:8:13: no-section: facets.organs.terms: 'Heart' is in no section "
        "(move it into one)",
    ]


def test_ids_that_differ_only_in_case_and_too_large_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "One.yml").write_text(GOOD.format("One"))
    (tmp_path / "large.yml").write_text("#" * (1 << 20) + "\n")
    assert said(tmp_path, one=GOOD.format("Another"))[1:] == [
        "large.yml:1:1: too-large: the file is larger than 1024 KiB",
        "one.yml:1:1: doubled-id: two files have the id 'one': a/One.yml and this one "
        "(rename one of them)",
    ]


@pytest.mark.parametrize(
    "author",
    ["J. H. Lee", "Ludwig van der Maaten", "Gusztáv Gaál", "李明", "Madonna", '"Müller, J."',
     "The MICCAI and ISBI Consortium", "O'Neil", "Jean-Luc Picard", "McCarthy"],
)  # fmt: skip
def test_valid_names_of_authors(author: str, tmp_path: Path) -> None:
    assert said(tmp_path, a=GOOD.format("A") + f"authors: [{author}]\n") == []


@pytest.mark.parametrize("author", ["Li X and Chen H", "Li et al.", "H. R.", "“Li", "A Li; B Chen"])
def test_invalid_names_of_authors(author: str, tmp_path: Path) -> None:
    (told,) = said(tmp_path, a=GOOD.format("A") + f"authors: [{author}]\n")
    assert ": malformed-author: " in told


@pytest.mark.parametrize(
    "notes", ["- " * 500 + "x", "> " * 500, "[" * 9_000, "x" * 20_000, "![" * 4_000, "a\n" * 9_000]
)
def test_notes_that_overload_a_markdown_parser(notes: str, tmp_path: Path) -> None:
    """Neither a traceback nor a long wait, here and in a build."""
    entry = GOOD.format("A") + f"notes: {json.dumps(notes)}\n"
    told = said(tmp_path, a=entry)
    assert not told or ": long-notes: notes: " in told[0]


def test_keys_that_differ_only_in_spaces_are_duplicates(tmp_path: Path) -> None:
    entry = "title: A\norgans: [Liver]\nlinks:\n  ' Lab ': https://a.org\n  Lab: https://b.org\n"
    (told,) = said(tmp_path, a=entry)
    assert told.startswith("a.yml:5:3: doubled-key: links.Lab: 'Lab' is given twice")


def test_many_similar_titles_and_cycles_are_reported_once_each(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(40)]
    text = "title: The same\nauthors: [A Li]\norgans: [Liver]\nlinks: {{url: https://e.org/}}\n"
    entries = {
        name: text.format() + f"extends: [{', '.join(n for n in names if n != name)}]\n"
        for name in names
    }
    told = said(tmp_path, **entries)
    assert sum(": similar-title: " in line for line in told) == 39
    assert 1 <= sum(": circle: " in line for line in told) <= 40
