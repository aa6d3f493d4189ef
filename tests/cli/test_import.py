"""The command `import`, with lists of reference managers."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from helpers.commands import files, run
from paper_atlas import load
from paper_atlas.cli import main
from paper_atlas.problem import errors

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung, {title: Multi-organ, id: multi}]}
  targets: {title: Targets, open: true, terms: [Liver, Polyp]}
  methods: {title: Methods, open: true, terms: [{title: U-Net, aliases: [UNet]}]}
"""
TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"
BIB = f"""
@inproceedings{{ronneberger-2015, title = {{{TITLE}}}, author = {{Ronneberger, Olaf}},
  year = 2015, doi = {{10.1000/1}}, keywords = {{UNet, deep learning, Liver, Polyp}},
  abstract = {{x}}}}
@article{{b1, title = {{Another}}, doi = {{10.1000/2}}, year = {{in press}},
  keywords = {{deep learning}}, abstract = {{y}}}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(VOCABULARY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_keywords_in_the_vocabulary_become_terms(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.bib").write_text(BIB)
    assert run(capsys, "import", "a.bib") == (
        1,
        [
            "a.bib:2:1: unknown-keyword: not in the vocabulary, so not imported: 'deep learning' "
            "(2 times)",
            "a.bib:4:1: not-taken: 'abstract' cannot be stored in an entry: 2 times, on lines 4, 6",
            "a.bib:5:1: malformed-year: year: 'in press' is not a year between 1400 and 2100, so "
            "it is not imported (write four digits, such as 2018)",
            "a.bib:5:1: missing-key: organs: is missing (write organs: […])",
            "wrote entries/liver/ronneberger-2015.yml",
            "2 records read: 1 written, 1 left out",
            "1 paper written, 0 unchanged; 1 error, 1 warning, 2 notes",
        ],
    )
    assert (project / "entries/liver/ronneberger-2015.yml").read_text() == (
        f'title: "{TITLE}"\nauthors: [Olaf Ronneberger]\nyear: 2015\nlinks:\n  doi: 10.1000/1\n'
        "organs: [Liver]\ntargets: [Polyp]\nmethods: [U-Net]\n"
    )


def test_in_adds_a_term_to_every_paper(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.bib").write_text(BIB)
    code, messages = run(capsys, "import", "a.bib", "--in", "lung", "--in", "multi")
    assert code == 0
    assert messages[-4:-2] == [
        "wrote entries/lung/ronneberger-2015.yml",
        "wrote entries/lung/b1.yml",
    ]
    text = (project / "entries/lung/ronneberger-2015.yml").read_text()
    assert "organs: [Lung, Multi-organ, Liver]\n" in text
    code, messages = run(capsys, "import", "a.bib", "--in", "Livre")
    assert (code, messages[-3]) == (
        1,
        "entries/vocabulary.yml:1:1: unknown-term: organs: 'Livre' is not in the vocabulary "
        "(did you mean 'Liver'?)",
    )


def test_a_folder_of_lists_and_standard_input(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value of a later list is added to the paper of an earlier one."""
    (project / "lists" / ".git").mkdir(parents=True)
    (project / "lists" / ".git" / "x.bib").write_text(BIB)
    (project / "lists" / "b.ris").write_text("TY  - A\nTI  - Another\nDO  - 10.1000/2\nER  - \n")
    (project / "lists" / "paper.pdf").write_bytes(b"\xff")
    text = b"title,doi,venue\nAnother,10.1000/2,A Journal\nThird,10.1000/3,\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run(capsys, "import", "lists", "-", "--in", "Liver") == (
        0,
        [
            "lists/paper.pdf:1:1: not-taken: '.pdf' is not the extension of a list, "
            "so the file is not imported",
            "wrote entries/liver/another.yml",
            "wrote entries/liver/third.yml",
            "3 records read: 2 written, 1 repeated",
            "2 papers written, 0 unchanged; 1 note",
        ],
    )
    assert "venue: A Journal\n" in (project / "entries/liver/another.yml").read_text()


def test_a_dry_run_prints_a_diff_that_git_applies(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = project / "entries" / "mine.yml"
    mine.write_text("# mine\ntitle: Another\norgans: [Lung]\nlinks: {doi: 10.1000/2}")
    (project / "a.bib").write_text(BIB)
    before = files(project)
    assert main(["import", "a.bib", "--in", "Liver", "--dry-run"]) == 0
    diff = capsys.readouterr().out
    assert files(project) == before
    assert diff.startswith("--- /dev/null\n+++ b/entries/liver/ronneberger-2015.yml\n@@ -0,0 +1,")
    assert "-links: {doi: 10.1000/2}\n\\ No newline at end of file\n" in diff
    subprocess.run(["git", "apply"], input=diff, text=True, cwd=project, check=True)
    patched = files(project)
    mine.write_text(before["entries/mine.yml"].decode())
    (project / "entries/liver/ronneberger-2015.yml").unlink()
    assert main(["import", "a.bib", "--in", "Liver"]) == 0
    assert files(project) == patched
    capsys.readouterr()
    assert main(["import", "a.bib", "--in", "Liver", "--dry-run"]) == 0
    assert capsys.readouterr().out == ""


def test_nearly_the_same_title_is_another_paper(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the first author is the same and the years are near, a warning names both files."""
    entry = project / "entries" / "u-net.yml"
    entry.write_text(
        f'title: "{TITLE}"\nauthors: [Olaf Ronneberger]\nyear: 2015\nlinks:\n'
        "  arxiv: 1505.04597\norgans: [Liver]\n"
    )
    nearly = TITLE.replace("Networks", "Network")
    (project / "a.csv").write_text(
        "title,authors,year,doi\n"
        f"{nearly},O. Ronneberger,2016,10.1000/1\n{nearly},O. Ronneberger,2019,10.1000/2\n"
        f"{nearly} 2,O. Ronneberger,2015,10.1000/3\n"
    )
    before = entry.read_text()
    assert main(["import", "a.csv", "--in", "Liver"]) == 0
    assert entry.read_text() == before
    assert len(load(Path("entries")).entries) == 4
    warning, *_ = capsys.readouterr().err.splitlines()
    assert warning.startswith("a.csv:2:1: similar-title: title: 'U-Net: Convolutional Network for")
    assert "entries/u-net.yml" in warning


def test_names_of_unknown_papers_are_removed(project: Path) -> None:
    """After an import, every relation leads to an entry."""
    paper = {"title": "A", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}
    papers = [
        {**paper, "id": "a", "not_same_as": ["b", "none"], "notes": "See [[b|that]], [[none]]."},
        {**paper, "id": "b", "not_same_as": ["a"], "links": {"doi": "10.1000/2"}},
    ]
    (project / "a.json").write_text(json.dumps({"version": 1, "papers": papers}))
    assert main(["import", "a.json"]) == 0
    library = load(Path("entries"), project)
    assert errors(library.problems) == []
    assert library.entries_by_id["a"].not_same_as == ("b",)
    assert library.entries_by_id["a"].notes == "See [[b|that]], none."
    assert library.entries_by_id["b"].not_same_as == ("a",)


def test_an_id_cannot_leave_the_folder(project: Path) -> None:
    paper = {"id": "../../out", "title": "Foo", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}
    lost = {**paper, "links": ["x"]}
    (project / "a.json").write_text(json.dumps({"version": 1, "papers": [paper, lost]}))
    assert main(["import", "a.json"]) == 1
    assert set(files(project)) == {"a.json", "entries/vocabulary.yml", "entries/liver/foo.yml"}


@pytest.mark.parametrize(
    "prefix",
    ["", "doi:", "DOI: ", "https://doi.org/", "http://dx.doi.org/", "https://www.doi.org/"],
)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@article{a, title = {U-Net}, doi = {§}}"),
        ("a.ris", "TY  - JOUR\nTI  - U-Net\nDO  - §\nER  - \n"),
        ("a.json", '[{"type": "article-journal", "title": "U-Net", "DOI": "§"}]'),
        ("a.csv", "title,doi\nU-Net,§\n"),
    ],
)
def test_a_second_run_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, prefix: str
) -> None:
    """In whatever form the list gives an identifier."""
    (project / name).write_text(text.replace("§", f"{prefix}10.1000/u"))
    assert main(["import", name, "--in", "Liver"]) == 0
    before = files(project / "entries")
    capsys.readouterr()
    assert main(["import", name, "--in", "Liver"]) == 0
    assert "0 papers written, 1 unchanged" in capsys.readouterr().err
    assert files(project / "entries") == before


def test_facet_makes_a_vocabulary_without_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The JSON of another atlas has no headings."""
    monkeypatch.chdir(tmp_path)
    paper = {"id": "a", "title": "A", "links": {"doi": "10.1000/1"}, "topics": ["Walking"]}
    (tmp_path / "x.json").write_text(json.dumps({"version": 1, "papers": [paper]}))
    assert main(["import", "x.json", "--facet", "topics"]) == 0, capsys.readouterr().err
    library = load(Path("entries"))
    assert [term.title for term in library.entries_by_id["a"].terms["topics"]] == ["Walking"]
    assert errors(library.problems) == []


def test_a_list_that_is_not_utf_8_is_an_error_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.bib").write_bytes("@misc{a,\n title = {É}}".encode("latin-1"))
    assert main(["import", "a.bib"]) == 2
    assert capsys.readouterr().err == (
        "error: 'a.bib' is not UTF-8 text (line 2), but probably ISO-8859-1 (Latin-1); "
        "save it as UTF-8\n"
    )
