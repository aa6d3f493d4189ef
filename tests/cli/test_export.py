"""`paper-atlas export`: its files, messages and exit codes."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.commands import README, run_export
from paper_atlas import EXPORTS, export, load
from paper_atlas.cli import main
from paper_atlas.exports.markdown import headed_list
from paper_atlas.model.publication import confirmed_links
from paper_atlas.site.collection import all_papers
from paper_atlas.site.files.downloads import download_paths, file_export_paths


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_written_to_standard_output(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    library = load(folder / "entries")
    expected = export(name, library.entries)
    if name == "markdown":
        facet = library.vocabulary.main_facet
        expected = headed_list(library.entries, facet, library.vocabulary.facets[facet]) + "\n"
    assert run_export(capfdbinary, name) == (0, expected.encode(), ["5 papers"])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ((), "attention-u-net h-denseunet unet-plus-plus u-net deeporgan"),
        (("organs=liver",), "h-denseunet unet-plus-plus"),
        (("organs=LIVER,pancreas", "year>=2018"), "attention-u-net h-denseunet unet-plus-plus"),
        (("year<=2015",), "u-net"),
        (("has=results",), "deeporgan"),
        (("organs=pancreas", "has!=doi"), "attention-u-net"),
        (('organs="Multi-organ"',), "attention-u-net unet-plus-plus u-net"),
        (("year=1999",), ""),
    ],
)
def test_conditions_select_papers_as_in_lists_on_pages(
    capfdbinary: pytest.CaptureFixture[bytes], conditions: tuple[str, ...], ids: str
) -> None:
    where = [word for it in conditions for word in ("--where", it)]
    code, out, _ = run_export(capfdbinary, "keys", *where)
    assert (code, out.decode().split()) == (0, ids.split())
    if conditions:
        assert run_export(capfdbinary, "keys", "--where", *conditions)[:2] == (code, out)


def test_every_invalid_condition_is_reported(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("organs=livre", "modlities=CT", "year=20", "year", "view=table", "has=codes")
    out = folder / "out.bib"
    code, text, messages = run_export(capfdbinary, "bibtex", "--out", str(out), "--where", *words)
    assert (code, text, out.exists()) == (2, b"", False)
    assert sorted(messages) == sorted(
        [
            "error: --where 'organs=livre': organs: 'livre' is not in the vocabulary "
            "(did you mean 'Liver'?)",
            "error: --where 'modlities=CT': 'modlities' is neither a facet nor an option "
            "(did you mean 'modalities'?)",
            "error: --where 'year=20': year: expected a year such as 2020, found '20'",
            "error: --where 'year': 'year' is not an option "
            "(write key=value, with double quotes around a value with spaces)",
            "error: --where 'view=table': 'view' is neither a facet nor an option "
            "(use one of: organs, modalities, methods, datasets, year, has)",
            "error: --where 'has=codes': has: expected code, results, free or doi, found 'codes' "
            "(did you mean 'code'?)",
        ]
    )


def test_broken_entry_is_reported_and_left_out(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = folder / "entries" / "liver" / "h-denseunet.yml"
    path.write_text(path.read_text().replace("year: 2018", "year: soon"))
    code, _, messages = run_export(capfdbinary, "ris", "--out", "papers.ris")
    assert code == 1
    assert messages[0].startswith("entries/liver/h-denseunet.yml:3:7: malformed-year: ")
    assert messages[1:] == ["wrote papers.ris: 4 papers; left out: 1 file with 1 error"]
    assert (folder / "papers.ris").read_bytes().count(b"ER  - \r\n") == 4


def test_broken_vocabulary_stops_the_export(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = folder / "entries" / "vocabulary.yml"
    words.write_text(words.read_text() + "facet: {}\n")
    code, out, messages = run_export(capfdbinary, "bibtex", "--out", "papers.bib")
    assert (code, out, (folder / "papers.bib").exists()) == (2, b"", False)
    assert messages[-1] == "error: fix 'entries/vocabulary.yml' first; nothing is written"


def test_file_is_replaced_atomically_or_an_error_is_reported(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = folder / "papers.csv"
    path.write_text("old")
    path.chmod(0o600)
    assert run_export(capfdbinary, "csv", "--out", "papers.csv")[2] == [
        "wrote papers.csv: 5 papers"
    ]
    assert path.read_bytes().startswith(b"id,title,")
    assert path.stat().st_mode & 0o777 == 0o600
    code, _, messages = run_export(capfdbinary, "csv", "--out", "nowhere/papers.csv")
    assert (code, len(messages)) == (2, 1)
    assert messages[0].startswith("error: 'nowhere/papers.csv' cannot be written: ")
    assert run_export(capfdbinary, "csv", "--out", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()
    assert not [it.name for it in folder.iterdir() if it.name.endswith(".tmp")]


@pytest.mark.usefixtures("folder")
def test_database_is_not_written_to_a_terminal(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run_export(capfdbinary, "sqlite", "--where", "organs=liver")
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(out)
        assert connection.execute("SELECT count(*) FROM papers").fetchall() == [(2,)]
    connection.close()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, messages = run_export(capfdbinary, "sqlite")
    assert (code, out, messages) == (
        2,
        b"",
        ["error: SQLite is a binary format; give a file with --out"],
    )


@pytest.mark.usefixtures("folder")
def test_feed_needs_the_url_of_the_site(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, messages = run_export(capfdbinary, "atom")
    assert (code, out) == (2, b"")
    assert messages[-1].endswith("the following arguments are required: --site-url")
    code, out, _ = run_export(capfdbinary, "atom", "--site-url", "https://example.org/atlas")
    assert code == 0
    assert b"<id>https://example.org/atlas/papers/attention-u-net/</id>" in out
    assert b"<title>New papers of example.org/atlas</title>" in out
    code, out, messages = run_export(capfdbinary, "atom", "--site-url", "example.org")
    assert messages == ["error: --site-url 'example.org' does not start with https://"]
    where = ("--where", "organs=liver")
    code, out, messages = run_export(
        capfdbinary, "atom", "--site-url", "https://example.org/", *where
    )
    assert (code, out) == (2, b"")
    assert messages[0].startswith("error: no paper has the key 'added'")


def test_closed_pipe_is_no_error() -> None:
    code = "import sys; from paper_atlas.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "export", "bibtex"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert re.fullmatch(r"\d+ papers\n", running.stderr.read().decode())
    assert running.returncode == 0


def test_examples_in_docs_run(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "README.md").write_text(README)
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\$ paper-atlas export (.*)$", page, re.MULTILINE)
    assert len(examples) == 7
    for example in examples:
        assert run_export(capfdbinary, *shlex.split(example))[0] == 0, example


def test_table_of_formats_in_docs_is_complete() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", page, re.MULTILINE))
    everything = all_papers(load(ROOT / "entries"))
    files = download_paths(everything) | file_export_paths() | {"atom": "feed.xml"}
    assert rows == {name: f"`{path}`" for name, path in files.items()} | {"readme": "–"}


def test_list_of_this_atlas_can_be_imported_again(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles, verified links and headings are the same."""
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_export(capfdbinary, "readme", "--entries", str(ROOT / "entries"))
    (tmp_path / "list.md").write_bytes(out)
    again = tmp_path / "entries"
    again.mkdir()
    for name in ("vocabulary.yml", "body.svg"):
        shutil.copy(ROOT / "entries" / name, again)
    assert (code, main(["import", "list.md"])) == (0, 0)
    library = load(ROOT / "entries")
    expected = {entry.title: entry for entry in load(again).entries}
    assert len(expected) == len(library.entries)
    for entry in library.entries:
        other = expected[" ".join(entry.title.split())]
        found = other.links.by_kind()
        if list(found.values()).count(found.get("url", "")) > 1:
            del found["url"]  # the link of the title, which also has a label
        assert found == confirmed_links(entry)
        organs = [{term.id for term in it.terms["organs"]} for it in (entry, other)]
        assert organs[0] == organs[1]
