"""The option `--words` of the command `import`: a file that maps headings to terms."""

from pathlib import Path

import pytest
from helpers.commands import run
from paper_atlas import load
from paper_atlas.cli import main

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Kidneys, Multi-organ]}
  methods: {title: Methods, terms: [Transformer]}
"""
HEADINGS = """\
# A list
## Liver
### Transformer
- Paper one of all [pdf](https://e.org/1.pdf)
### Cascades
- Paper two of all [pdf](https://e.org/2.pdf)
## Kidney
### 2021
- Paper three of all [pdf](https://e.org/3.pdf)
## Prostate
- Paper four of all [pdf](https://e.org/4.pdf)
## News
- Paper five of all [pdf](https://e.org/5.pdf)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(VOCABULARY)
    (tmp_path / "README.md").write_text(HEADINGS)
    return tmp_path


def test_unknown_headings_are_written_to_a_word_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, messages = run(capsys, "import", "README.md", "--words", "words.yml")
    assert code == 1
    assert "wrote words.yml: edit it, and import again" in messages
    assert "README.md:5:1: heading-not-taken: 'Cascades' is not in the vocabulary; 1 paper " \
        "gets the term 'Liver'" in messages  # fmt: skip
    assert (
        (project / "words.yml").read_text()
        == """\
# Headings of README.md that are not terms of organs. After each is the term that its papers
# get: the most similar one, or a new one with the title of the heading. Correct the terms, move a
# line below another facet if it belongs there, or write [] to leave out the papers of a heading.
# These terms are not in the vocabulary yet. Copy those that you keep into entries/vocabulary.yml:
#       - Prostate
#       - News
# Then import again with this file as --words.
terms:
  organs:
    Kidney: Kidneys  # 1 paper
    Prostate: Prostate  # 1 paper
    News: News  # 1 paper
"""
    )
    written = load(project / "entries").entries
    assert [
        {facet: terms[0].title for facet, terms in entry.terms.items()} for entry in written
    ] == [
        {"organs": "Liver", "methods": "Transformer"},
        {"organs": "Liver"},
    ]


def test_an_edited_word_file_is_used(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", "README.md", "--words", "words.yml")
    words = project / "words.yml"
    words.write_text(words.read_text().replace("News: News", "News: []"))
    vocabulary = project / "entries" / "vocabulary.yml"
    vocabulary.write_text(VOCABULARY.replace("Multi-organ]", "Multi-organ, Prostate]"))
    code, messages = run(capsys, "import", "README.md", "--words", "words.yml")
    assert code == 0
    assert [line for line in messages if "left-out" in line] == [
        "README.md:13:1: left-out: 'Paper five of all' is under a heading that the word map leaves "
        "out"
    ]
    entries = load(project / "entries").entries
    assert sorted((entry.terms["organs"][0].title, entry.year) for entry in entries) == [
        ("Kidneys", 2021), ("Liver", None), ("Liver", None), ("Prostate", None)
    ]  # fmt: skip


def test_a_heading_of_another_facet_can_have_a_main_term_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "b.md").write_text("## Transformer\n- Paper six [pdf](https://e.org/6.pdf)\n")
    arguments = ("import", "b.md", "--words", "words.yml")
    code, messages = run(capsys, *arguments)
    assert (code, messages[0]) == (
        1, "b.md:2:1: unknown-term: organs: the heading 'Transformer' of 'Paper six' is a term of "
        "the facet 'methods' only (use one of: Liver, Kidneys, Multi-organ)"
    )  # fmt: skip
    words = project / "words.yml"
    assert words.read_text().endswith("\n  methods:\n    Transformer: Transformer  # 1 paper\n")
    words.write_text(f"{words.read_text()}  organs:\n    Transformer: Multi-organ\n")
    assert run(capsys, *arguments)[0] == 0
    (entry,) = load(project / "entries").entries
    assert {facet: [term.title for term in found] for facet, found in entry.terms.items()} == {
        "organs": ["Multi-organ"], "methods": ["Transformer"]
    }  # fmt: skip


def test_without_a_word_file_the_option_is_suggested(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, messages = run(capsys, "import", "README.md")
    expected = "give a file with --words to write a proposal for these headings"
    assert expected in messages
    assert not (project / "words.yml").exists()
    assert main(["import", "README.md", "--words", "README.md"]) == 1


def test_a_word_file_that_cannot_be_written_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = project / "README.md" / "words.yml"
    assert main(["import", "README.md", "--words", str(words)]) == 2
    expected = f"'{words}' cannot be written: "
    assert expected in capsys.readouterr().err.splitlines()[-1]


def test_a_dry_run_writes_no_word_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "README.md", "--words", "words.yml", "--dry-run"]) == 1
    assert capsys.readouterr().err.splitlines()[-4:] == [
        "would write words.yml with a proposal for these headings",
        "5 links found: 5 imported in 5 papers, 0 reported above",
        "5 records read: 2 written, 3 left out",
        "2 papers to write, 0 unchanged; 3 errors, 1 note",
    ]
    assert sorted(path.name for path in project.iterdir()) == ["README.md", "entries"]


def test_one_word_file_has_the_headings_of_several_lists(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "b.md").write_text("## News\n- Paper six of all [pdf](https://e.org/6.pdf)\n")
    (project / "c.md").write_text("## Liver\n- Paper seven of all [pdf](https://e.org/7.pdf)\n")
    _, messages = run(capsys, "import", "README.md", "b.md", "c.md", "--words", "words.yml")
    assert "7 links found: 7 imported in 7 papers, 0 reported above" in messages
    words = (project / "words.yml").read_text()
    assert words.startswith("# Headings of README.md, b.md that are not terms of organs.")
    assert "    News: News  # 2 papers\n" in words


def test_headings_of_the_second_list_if_the_first_made_the_vocabulary(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "b.md").write_text("## Skin\n- Paper six of all [pdf](https://e.org/6.pdf)\n")
    arguments = ("import", "README.md", "b.md", "--entries", "new", "--words", "words.yml")
    assert run(capsys, *arguments)[0] == 1
    words = (project / "words.yml").read_text()
    assert words.startswith("# Headings of b.md that")
    assert words.endswith("terms:\n  topics:\n    Skin: Skin  # 1 paper\n")


def test_no_word_file_if_every_heading_is_known(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "README.md").write_text("## Liver\n- Paper one of all [pdf](https://e.org/1.pdf)\n")
    code, messages = run(capsys, "import", "README.md", "--words", "words.yml")
    assert (code, messages[-4]) == (0, "every heading is known, so words.yml is not written")
    (project / "facts.yml").write_text("- {title: A title, organs: Liver, doi: 10.1000/1}\n")
    code, messages = run(capsys, "import", "facts.yml", "--words", "words.yml")
    assert code == 1
    assert "words.yml:1:1: unreadable: " in messages[0]
