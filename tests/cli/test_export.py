"""`paper-atlas export`: what it writes where, what it says, and how it ends."""

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
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_atlas.cli import main
from paper_atlas.exports import EXPORTS, FILE_EXPORTS, export
from paper_atlas.folder.load import load
from paper_atlas.model.publication import confirmed_links
from paper_atlas.site.files.downloads import download_paths
from paper_atlas.text.markdown import BEGIN_MARKER as BEGIN
from paper_atlas.text.markdown import END_MARKER as END
from paper_atlas.text.markdown import MarkerError, replace_marked_part

WHERE = f"write '{BEGIN}' and '{END}', each on a line of its own, where the list belongs"
README = f"# Papers\n\n{BEGIN}\nold\n{END}\n\nMore.\n"


@pytest.fixture
def folder(small_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_atlas)
    return small_atlas


def ran(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, bytes, list[str]]:
    """The exit code, what stands in standard output, and the lines in standard error."""
    try:
        code = main(["export", *words])
    except SystemExit as exit_:  # of argparse
        code = int(exit_.code or 0)
    out, err = capfdbinary.readouterr()
    return code, out, err.decode().splitlines()


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_on_standard_output(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    made = export(name, load(folder / "entries").entries).encode()
    assert ran(capfdbinary, name) == (0, made, ["5 papers"])


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
def test_conditions_are_those_of_lists_in_pages(
    capfdbinary: pytest.CaptureFixture[bytes], conditions: tuple[str, ...], ids: str
) -> None:
    where = [word for it in conditions for word in ("--where", it)]
    code, out, _ = ran(capfdbinary, "keys", *where)
    assert (code, out.decode().split()) == (0, ids.split())
    if conditions:
        assert ran(capfdbinary, "keys", "--where", *conditions)[:2] == (code, out)


def test_every_mistake_in_a_condition_is_told(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("organs=livre", "modlities=CT", "year=20", "year", "view=table", "has=codes")
    out = folder / "out.bib"
    code, text, said = ran(capfdbinary, "bibtex", "--out", str(out), "--where", *words)
    assert (code, text, out.exists()) == (2, b"", False)
    assert sorted(said) == sorted(
        [
            "error: --where 'organs=livre': organs: 'livre' is not in the vocabulary "
            "(did you mean 'Liver'?)",
            "error: --where 'modlities=CT': 'modlities' is neither a facet nor an option "
            "(did you mean 'modalities'?)",
            "error: --where 'year=20': year: expected a year such as 2020, found '20'",
            "error: --where 'year': 'year' is no option "
            "(write key=value, and a value with blanks in double quotes)",
            "error: --where 'view=table': 'view' is neither a facet nor an option "
            "(one of: organs, modalities, methods, datasets, year, has)",
            "error: --where 'has=codes': has: expected code, doi or results, found 'codes' "
            "(did you mean 'code'?)",
        ]
    )


def test_a_broken_entry_is_told_and_left_out(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = folder / "entries" / "liver" / "h-denseunet.yml"
    path.write_text(path.read_text().replace("year: 2018", "year: soon"))
    code, _, said = ran(capfdbinary, "ris", "--out", "papers.ris")
    assert code == 1
    assert said[0].startswith("entries/liver/h-denseunet.yml:3:7: malformed-year: ")
    assert said[1:] == ["wrote papers.ris: 4 papers; left out: 1 file with 1 error"]
    assert (folder / "papers.ris").read_bytes().count(b"ER  - \r\n") == 4


def test_with_a_broken_vocabulary_nothing_is_written(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = folder / "entries" / "vocabulary.yml"
    words.write_text(words.read_text() + "facet: {}\n")
    code, out, said = ran(capfdbinary, "bibtex", "--out", "papers.bib")
    assert (code, out, (folder / "papers.bib").exists()) == (2, b"", False)
    assert said[-1] == "error: fix 'entries/vocabulary.yml' first; nothing is written"


def test_a_file_is_replaced_whole_and_what_cannot_be_written_is_told(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = folder / "papers.csv"
    path.write_text("old")
    path.chmod(0o600)
    assert ran(capfdbinary, "csv", "--out", "papers.csv")[2] == ["wrote papers.csv: 5 papers"]
    assert path.read_bytes().startswith(b"id,title,")
    assert path.stat().st_mode & 0o777 == 0o600
    code, _, said = ran(capfdbinary, "csv", "--out", "nowhere/papers.csv")
    assert (code, len(said)) == (2, 1)
    assert said[0].startswith("error: 'nowhere/papers.csv' cannot be written: ")
    assert ran(capfdbinary, "csv", "--out", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()
    assert not [it.name for it in folder.iterdir() if it.name.endswith(".tmp")]


@pytest.mark.usefixtures("folder")
def test_a_database_needs_a_file_or_a_pipe(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = ran(capfdbinary, "sqlite", "--where", "organs=liver")
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(out)
        assert connection.execute("SELECT count(*) FROM papers").fetchall() == [(2,)]
    connection.close()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, said = ran(capfdbinary, "sqlite")
    assert (code, out, said) == (
        2,
        b"",
        ["error: SQLite is a binary format; give a file with --out"],
    )


@pytest.mark.usefixtures("folder")
def test_a_feed_needs_the_address_of_the_site(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, said = ran(capfdbinary, "atom")
    assert (code, out) == (2, b"")
    assert said[-1].endswith("the following arguments are required: --site-url")
    code, out, _ = ran(capfdbinary, "atom", "--site-url", "https://example.org/atlas")
    assert code == 0
    assert b"<id>https://example.org/atlas/papers/attention-u-net/</id>" in out
    assert b"<title>New papers of example.org/atlas</title>" in out
    code, out, said = ran(capfdbinary, "atom", "--site-url", "example.org")
    assert said == ["error: --site-url 'example.org' does not start with https://"]
    where = ("--where", "organs=liver")
    code, out, said = ran(capfdbinary, "atom", "--site-url", "https://example.org/", *where)
    assert (code, out) == (2, b"")
    assert said[0].startswith("error: no paper has the key 'added'")


def test_whoever_reads_the_output_may_stop() -> None:
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


class TestReadme:
    def test_only_what_is_between_the_marks_changes(
        self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        readme = folder / "README.md"
        before, after = b"\xef\xbb\xbf# A \r\n\n\ttext \x0c\r\n", b"\r\n  end without a line end"
        marks = [f"{mark}\r\n".encode() for mark in (BEGIN, END)]
        readme.write_bytes(before + marks[0] + b"old\n" + marks[1] + after)
        code, out, said = ran(capfdbinary, "readme", "--into", "README.md")
        assert (code, out, said) == (0, b"", ["wrote README.md: 5 papers"])
        text = readme.read_bytes()
        assert text.startswith(before + marks[0])
        assert text.endswith(marks[1] + after)
        made = text[len(before + marks[0]) : -len(marks[1] + after)]
        assert made.count(b"\n") == made.count(b"\r\n") > 10
        assert ran(capfdbinary, "readme", "--into", "README.md")[2] == ["5 papers"]
        assert ran(capfdbinary, "readme", "--into", "README.md", "--check")[0] == 0

    @pytest.mark.usefixtures("folder")
    def test_headings_are_the_sections_and_terms_that_have_papers(
        self, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        code, out, _ = ran(capfdbinary, "readme")
        lines = [line for line in out.decode().splitlines() if line]
        assert code == 0
        liver = lines.index("### Liver")
        assert [line for line in lines if line.startswith("#")] == [
            *("## Anatomical Structures", "### Multi-organ", "### Liver", "### Pancreas"),
        ]
        assert [line.split(":")[0] for line in lines[liver + 1 : lines.index("### Pancreas")]] == [
            *("- **[H-DenseUNet", "- **[UNet++"),
        ]

    def test_a_difference_is_shown_and_nothing_written(
        self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        readme = folder / "README.md"
        readme.write_text(README)
        ran(capfdbinary, "readme", "--into", "README.md")
        edited = readme.read_text().replace("Ozan Oktay", "Somebody")
        readme.write_text(edited)
        code, out, said = ran(capfdbinary, "readme", "--into", "README.md", "--check")
        assert code == 1
        changed = [line[:1] for line in out.decode().splitlines() if line[:3] not in ("---", "+++")]
        assert (changed.count("-"), changed.count("+")) == (2, 2)
        assert said == [
            "README.md: the list is out of date; run 'paper-atlas export readme --into README.md'"
        ]
        assert readme.read_text() == edited

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("# Papers\n", f"there is no line '{BEGIN}'; {WHERE}"),
            (f"{BEGIN}\n", f"there is no line '{END}'; {WHERE}"),
            (f"{BEGIN}\n{END}\n{END}\n", f"'{END}' stands in lines 2 and 3; keep one of them"),
            (f"{BEGIN}\n{BEGIN}\n{END}", f"'{BEGIN}' stands in lines 1 and 2; keep one of them"),
            (f"{END}\n{BEGIN}\n", f"'{END}' stands before '{BEGIN}'; exchange them"),
        ],
    )  # fmt: skip
    def test_marks_that_are_no_pair(
        self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], text: str, said: str
    ) -> None:
        readme = folder / "README.md"
        readme.write_text(text)
        for more in ((), ("--check",)):
            code, out, lines = ran(capfdbinary, "readme", "--into", "README.md", *more)
            assert (code, out, lines) == (2, b"", [f"error: README.md: {said}"])
        assert readme.read_text() == text

    def test_marks_in_code_are_none(self) -> None:
        text = f"```html\n{BEGIN}\n{END}\n```\n{README}"
        assert replace_marked_part(text, "new") == text.replace("old", "\nnew\n")
        with pytest.raises(MarkerError):
            replace_marked_part(f"~~~\n{BEGIN}\n{END}\n~~~\n", "new")

    def test_what_cannot_be_read_is_told(
        self, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert ran(capfdbinary, "readme", "--check")[2] == ["error: --check needs --into FILE"]
        (folder / "README.md").write_bytes(README.encode("utf-16"))
        for name in ("README.md", "nothing.md"):
            code, _, said = ran(capfdbinary, "readme", "--into", name)
            assert (code, said[0].split(" cannot")[0]) == (2, f"error: '{name}'")

    @settings(max_examples=50, deadline=None)
    @given(st.text(st.sampled_from("a \n\r`~<!->#*\x0b\u2028")))
    def test_the_rest_stays_whatever_it_is(self, text: str) -> None:
        try:
            made = replace_marked_part(f"{text}\n{README}{text}", "new")
        except MarkerError:
            assert "```" in text or "~~~" in text  # the marks stand in code
            return
        assert made == f"{text}\n{README}{text}".replace(f"{BEGIN}\nold\n", f"{BEGIN}\n\nnew\n\n")


def test_the_examples_of_the_docs_run(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "README.md").write_text(README)
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\$ paper-atlas export (.*)$", page, re.MULTILINE)
    assert len(examples) == 7
    for example in examples:
        assert ran(capfdbinary, *shlex.split(example))[0] == 0, example


def test_the_table_of_formats_in_the_docs_is_whole() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", page, re.MULTILINE))
    files = download_paths("") | {name: f"papers{it.suffix}" for name, it in FILE_EXPORTS.items()}
    files |= {"atom": "feed.xml"}
    assert rows == {name: f"`{path}`" for name, path in files.items()} | {"readme": "–"}


def test_the_list_of_this_atlas_imported_again_gives_its_papers(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles, confirmed links, and the headings that they stand below."""
    monkeypatch.chdir(tmp_path)
    code, out, _ = ran(capfdbinary, "readme", "--entries", str(ROOT / "entries"))
    (tmp_path / "list.md").write_bytes(out)
    again = tmp_path / "entries"
    again.mkdir()
    for name in ("vocabulary.yml", "body.svg"):
        shutil.copy(ROOT / "entries" / name, again)
    assert (code, main(["import", "list.md"])) == (0, 0)
    library = load(ROOT / "entries")
    made = {entry.title: entry for entry in load(again).entries}
    assert len(made) == len(library.entries)
    for entry in library.entries:
        other = made[" ".join(entry.title.split())]
        found = other.links.by_kind()
        if list(found.values()).count(found.get("url", "")) > 1:
            del found["url"]  # the link of the title, which has a label of its own too
        assert found == confirmed_links(entry)
        organs = [{term.id for term in it.terms["organs"]} for it in (entry, other)]
        assert organs[0] == organs[1]
