"""Imports of fact tables with a word map, into new and into existing entries."""

from pathlib import Path

import pytest
from helpers.commands import files, run
from paper_atlas import load
from paper_atlas.cli import main

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods: {title: Methods, open: true, terms: [U-Net, Cascade]}
  datasets: {title: Data sets, open: true}
"""
TABLE = """\
- title: "Foo: A Thing"
  known_as: A thing called foo
  n: 7
  organs: [Liver]
  authors: [Ada Lovelace]
  year: 2019
  doi: 10.1000/1
  code: https://example.org/foo
  methods: [big cascade, U-Net, dull]
  results: [{dataset: LiTS test, target: liver, metric: Dice, value: 0.9}]
  extends: ["bar - a thing before"]
  unverified: [year, known_as, venue]
  remark: Seen.
  colour: red
  sources: [{where: "https://example.org/a", backs: [results, year]}]
- title: "Bar: A Thing Before"
  organs: Lung
  arxiv: "1234.56789"
"""
WORDS = """\
keys:
  known_as: alternative_titles
  remark: notes
  n: []
terms:
  methods:
    big cascade: [Cascade, U-Net]
    dull: []
results:
  LiTS test: {dataset: LiTS, split: test}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(VOCABULARY)
    (tmp_path / "facts.yaml").write_text(TABLE)
    (tmp_path / "words.yml").write_text(WORDS)
    return tmp_path


def import_facts(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    return run(capsys, "import", "facts.yaml", "--words", "words.yml")


def test_a_table_becomes_entries(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_facts(capsys) == (
        0,
        [
            "facts.yaml:1:1: not-taken: 'colour' is not a key of an entry, so it is not imported",
            "wrote entries/liver/foo.yml",
            "wrote entries/lung/bar.yml",
            "2 records read: 2 written",
            "2 papers written, 0 unchanged; 1 note",
        ],
    )
    assert (
        (project / "entries/liver/foo.yml").read_text()
        == """\
title: "Foo: A Thing"
alternative_titles: [A thing called foo]
authors: [Ada Lovelace]
year: 2019
links:
  doi: 10.1000/1
  code: https://example.org/foo
organs: [Liver]
methods: [Cascade, U-Net]
extends: [bar]
results:
  - dataset: LiTS
    split: test
    target: liver
    metric: Dice
    value: 0.9
    stated: https://example.org/a
notes: Seen.
unverified: [year, alternative_titles]
"""
    )


def test_a_second_run_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_facts(capsys)
    before = files(project)
    code, messages = import_facts(capsys)
    assert (code, messages[-1]) == (0, "0 papers written, 2 unchanged; 1 note")
    assert files(project) == before


def test_existing_values_stay_and_contradictions_are_warnings(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = project / "entries" / "my-foo.yml"
    mine.write_text(
        "# mine\ntitle: A thing called foo\norgans: [Lung]\nyear: 2018  # I was there\n"
        "links: {doi: 10.1000/1, code: https://example.org/other}\nmethods: [U-Net]\n"
        "results:\n  - {dataset: LiTS, target: liver, metric: Dice, value: 0.9}\n"
    )
    code, messages = import_facts(capsys)
    assert code == 0
    assert [line for line in messages if ": contradiction: " in line] == [
        "entries/my-foo.yml:4:7: contradiction: year: facts.yaml:1 has '2019' "
        "(keep the correct value)",
        "entries/my-foo.yml:5:31: contradiction: links.code: facts.yaml:1 has "
        "'https://example.org/foo' (keep the correct value)",
    ]
    assert (
        mine.read_text()
        == """\
# mine
title: "Foo: A Thing"
alternative_titles: [A thing called foo]
authors: [Ada Lovelace]
year: 2018  # I was there
links:
  doi: 10.1000/1
  code: https://example.org/other
organs: [Lung, Liver]
methods: [U-Net, Cascade]
extends: [bar]
results:
  - dataset: LiTS
    split: test
    target: liver
    metric: Dice
    value: 0.9
    stated: https://example.org/a
notes: Seen.
unverified: [alternative_titles]
"""
    )
    assert "updated entries/my-foo.yml" in messages


def test_a_confirmed_value_stays_confirmed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_facts(capsys)
    entry = project / "entries/liver/foo.yml"
    confirmed = entry.read_text().replace("unverified: [year, alternative_titles]\n", "")
    entry.write_text(confirmed)
    import_facts(capsys)
    assert entry.read_text() == confirmed


def test_the_first_of_contradicting_rows_counts(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "facts.yaml").write_text(
        "- {title: Foo, organs: [Liver], doi: 10.1000/1, year: 2018, venue: A, notes: One.}\n"
        "- {title: Foo, organs: [Lung], doi: 10.1000/1, year: 2019, venue: A}\n"
    )
    code, messages = import_facts(capsys)
    assert (code, messages[0]) == (
        0,
        "facts.yaml:2:1: contradiction: year: '2019' contradicts facts.yaml:1, which comes first",
    )
    entry = load(project / "entries").entries_by_id["foo"]
    assert (entry.year, entry.venue) == (2018, "A")
    assert entry.notes == "One."
    assert [term.title for term in entry.terms["organs"]] == ["Liver", "Lung"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("title: Foo\n",
         "wrong-type: expected a list of papers (start each paper with '- title: …')"),
        ("- Foo\n", "wrong-type: expected 'key: value' lines of a paper (start with 'title: …')"),
        ("- {organs: [Liver]}\n", "missing-key: title: is missing"),
        ("- {title: Foo, doi: 10.1000/1}\n", "missing-key: organs: is missing (write organs: […])"),
        ("- {title: Foo, organs: Livre, doi: 10.1000/1}\n",
         "unknown-term: organs: 'Livre' is not in the vocabulary (did you mean 'Liver'?)"),
        ("- title: [\n", "yaml-syntax: "),
    ],
)  # fmt: skip
def test_invalid_rows_are_errors_with_their_line(
    table: str, expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "facts.yaml").write_text(table)
    code, messages = import_facts(capsys)
    assert code == 1
    assert messages[0].startswith("facts.yaml:1:") or messages[0].startswith("facts.yaml:2:")
    assert expected in messages[0]
    assert messages[-1] == "0 papers written, 0 unchanged; 1 error"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("key: {}\n", "unknown-key: key: 'key' is not a key here (did you mean 'keys'?)"),
        ("results: {a: {split: b}}\n", "missing-key: results.a.dataset: is missing"),
        ("- a\n", "wrong-type: expected 'keys: …' lines"),
    ],
)
def test_an_invalid_word_map_stops_the_import(
    words: str, expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "words.yml").write_text(words)
    code, messages = import_facts(capsys)
    assert code == 1
    assert any(line.startswith("words.yml:1:") and expected in line for line in messages)
    assert list((project / "entries").rglob("*.yml")) == [project / "entries" / "vocabulary.yml"]


def test_rows_of_existing_entries_need_no_required_keys(project: Path) -> None:
    main(["import", "facts.yaml", "--words", "words.yml"])
    (project / "facts.yaml").write_text('- {title: "Bar: a thing before", venue: A Journal}\n')
    assert main(["import", "facts.yaml"]) == 0
    assert load(project / "entries").entries_by_id["bar"].venue == "A Journal"
