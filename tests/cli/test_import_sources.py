"""The files that an import reads: pipes that the user names, and only lists inside a folder."""

import os
import threading
from pathlib import Path

import pytest
from helpers.commands import run
from paper_atlas.cli import import_sources
from paper_atlas.source import files

LIST = "# List\n\n## Liver\n\n- [A title](https://example.org/a)\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_pipe_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "list.md")
    writer = threading.Thread(target=(tmp_path / "list.md").write_text, args=(LIST,))
    writer.start()
    code, messages = run(capsys, "import", "list.md")
    writer.join()
    assert (code, messages[-1]) == (0, "1 paper written, 0 unchanged")


@pytest.mark.parametrize("source", ["/dev/zero", "large.md"])
def test_an_input_above_the_limit_is_refused(
    source: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "large.md").write_text(LIST + "x" * (3 << 20))
    monkeypatch.setattr(files.read_input, "__defaults__", (2 << 20,))
    code, messages = run(capsys, "import", "--format", "markdown", source)
    assert (code, messages) == (
        2,
        [f"error: '{source}' cannot be read: it is larger than 2 MiB"],
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [("/dev/zero", "outside-link"), ("../outside.md", "outside-link"), ("missing", "unreadable")],
)
def test_a_link_in_a_folder_of_lists_is_reported(
    target: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "outside.md").write_text(LIST.replace("A title", "A secret"))
    (tmp_path / "lists" / "a.md").write_text(LIST)
    (tmp_path / "lists" / "b.md").symlink_to(target)
    os.mkfifo(tmp_path / "lists" / "c.bib")
    status, messages = run(capsys, "import", "lists")
    assert status == 1
    assert messages[0].startswith(f"lists/b.md:1:1: {code}: the file is not imported: ")
    assert messages[1] == "lists/c.bib:1:1: unreadable: the file is not imported: it is a pipe"
    assert not any("secret" in message for message in messages)
    assert messages[-1].startswith("1 paper written")


def test_a_list_inside_the_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.md").write_text(LIST)
    (tmp_path / "lists" / "b.md").symlink_to("a.md")
    found = import_sources.read_sources(["lists"], None)
    assert [len(one.drafts) for one in found] == [1, 1]


@pytest.mark.parametrize("command", [["new", "--from"], ["export", "readme", "--into"]])
@pytest.mark.parametrize("source", ["folder", "missing"])
def test_files_of_other_commands(
    command: list[str], source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "entries").mkdir()
    code, messages = run(capsys, *command, source)
    assert code == 2
    assert messages[-1].startswith(f"error: '{source}' cannot be read: ")


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_schema_that_is_no_file_stays(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "valuable").write_text("data")
    schema = tmp_path / "entries" / "entry.schema.json"
    if kind == "pipe":
        os.mkfifo(schema)
    else:
        schema.symlink_to("../valuable")
    code, messages = run(capsys, "schema")
    assert (code, messages[-1].split(": ")[0]) == (2, "error")
    assert (tmp_path / "valuable").read_text() == "data"
