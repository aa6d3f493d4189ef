"""What people are told about their mistakes, word for word.

Each `fixtures/problems/<case>.yml` is an entry, and `<case>.txt` all that is said of it. To see
the words that a change makes, delete the .txt file: the test fails and writes it anew.
"""

from pathlib import Path

import pytest
from paper_atlas.cli import main
from paper_atlas.library import Library, load

CASES = Path(__file__).parent / "fixtures" / "problems"
NAMES = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "vocabulary")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(CASES, CASES)


@pytest.mark.parametrize("case", NAMES)
def test_what_is_said_of_an_entry(case: str, library: Library) -> None:
    said = "".join(f"{p}\n" for p in library.problems if p.path == f"{case}.yml")
    golden = CASES / f"{case}.txt"
    if not golden.exists():
        golden.write_text(said, encoding="utf-8")
        pytest.fail(f"{golden} was missing and is written; read it")
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_problems_come_in_the_order_of_their_places(library: Library) -> None:
    places = [(p.path, p.line, p.column) for p in library.problems]
    assert places == sorted(places)


def test_check_tells_all_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    assert main(["check", "--entries", "."]) == 1
    captured = capsys.readouterr()
    told = captured.err.splitlines()
    golden = [line for path in CASES.glob("*.txt") for line in path.read_text().splitlines()]
    assert captured.out == ""
    assert sorted(told[:-1]) == sorted(golden)
    assert told[-1] == f"{len(NAMES)} entries, {len(golden)} problems"


def test_check_without_a_folder_cannot_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--entries", "nowhere"]) == 2
    told = capsys.readouterr().err
    assert told == "error: there is no folder 'nowhere'; name it with --entries\n"


VOCABULARIES = {
    "title: x\n": ["vocabulary.yml:1:1: missing-key: facets: is missing",
                   "vocabulary.yml:1:1: unknown-key: title: 'title' is not a key of this file"],
    "facets:\n  a: {pages: true, title: A, terms: [Liver, {title: x, aliases: [liver]}]}\n": [
        "vocabulary.yml:2:45: doubled-term: facets.a.terms: "
        "'liver' is a name of 'Liver' too"],
    "facets:\n  a: {title: A, sections: [x, X], pages: true}\n": [
        "vocabulary.yml:2:31: doubled-section: facets.a.sections: the section 'x' stands twice"],
    "facets:\n  title: {title: A, pages: true}\n  b_c: {title: B}\n": [
        "vocabulary.yml:2:3: reserved-facet: facets.title: 'title' means something else in an "
        "entry or on the site (choose another)",
        "vocabulary.yml:3:3: malformed-facet: facets.b_c: 'b_c' cannot be the key of a facet "
        "(small letters a-z, digits and hyphens)"],
    "facets: {a: {title: A}}\n": [
        "vocabulary.yml:1:1: missing-pages: facets: no facet has pages "
        "(give the most important one 'pages: true')"],
    "- a\n": ["vocabulary.yml:1:1: wrong-type: expected a mapping with the key 'facets'"],
    "facets: {a: {title: A, open: perhaps}}\n": [
        "vocabulary.yml:1:30: wrong-type: facets.a.open: expected true or false, found text"],
}  # fmt: skip


@pytest.mark.parametrize("text", VOCABULARIES)
def test_what_is_said_of_a_vocabulary(text: str, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(text)
    assert [str(problem) for problem in load(tmp_path, tmp_path).problems] == VOCABULARIES[text]


def test_the_same_id_twice_and_a_wrong_ending(tmp_path: Path) -> None:
    entry = (CASES / "good.yml").read_text()
    for name in ("a/one.yml", "b/one.yml", "b/two.yaml", ".hidden/three.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(entry)
    library = load(tmp_path, tmp_path)
    assert [entry.path for entry in library.entries] == ["a/one.yml"]
    assert [str(problem) for problem in library.problems] == [
        "b/one.yml:1:1: doubled-id: the id 'one' is that of a/one.yml already "
        "(rename one of the two files)",
        "b/two.yaml:1:1: wrong-ending: the name of an entry ends in .yml (rename it to 'two.yml')",
    ]


def test_a_broken_file_stands_where_its_words_or_its_folder_say(tmp_path: Path) -> None:
    (tmp_path / "kidneys").mkdir()
    (tmp_path / "vocabulary.yml").write_bytes((CASES / "vocabulary.yml").read_bytes())
    (tmp_path / "kidneys" / "one.yml").write_text("title: [")
    (tmp_path / "kidneys" / "two.yml").write_text("title: x\norgans: [Liver, renal, Nose]\n")
    broken = load(tmp_path, tmp_path).broken
    assert [[term.title for term in file.terms] for file in broken] == [
        ["Kidneys"],
        ["Liver", "Kidneys"],
    ]
