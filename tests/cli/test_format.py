"""`paper-atlas format`: rewrite entries in canonical form."""

from pathlib import Path

import pytest
from paper_atlas.cli import main

REST = "links:\n  doi: 10.1000/1\ntopics: [Liver]\n"


def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "entries"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yml").write_bytes(text.encode())
    return folder


GOOD = f"title: T\n{REST}"


OTHER = GOOD.replace("T", "Another", 1).replace("1000/1", "1000/2")


def test_files_that_are_not_canonical_are_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    windows = "\ufeff" + OTHER.replace("\n", "\r\n")
    folder = project(tmp_path, monkeypatch, a=GOOD, b=windows)
    (folder / "b.yml").chmod(0o640)
    assert main(["format", "--check"]) == 1
    assert capsys.readouterr().err == "entries/b.yml: not formatted\n"
    assert (folder / "b.yml").read_bytes() == windows.encode()
    assert main(["format", "entries/a.yml"]) == 0
    assert capsys.readouterr().err == "0 files formatted, 1 unchanged\n"
    assert main(["format"]) == 0
    assert capsys.readouterr().err == "formatted entries/b.yml\n1 file formatted, 1 unchanged\n"
    assert (folder / "b.yml").read_bytes() == OTHER.encode()
    assert (folder / "b.yml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["a.yml", "b.yml"]
    assert main(["format", "--check"]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_with_errors_is_not_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only errors that the file shows by itself count, not those of checks across entries."""
    folder = project(tmp_path, monkeypatch, a=f"yeer: 1\n{GOOD}", b=f"\n{GOOD}", c=f"\n{GOOD}")
    assert main(["format"]) == 1
    assert capsys.readouterr().err == (
        "entries/a.yml:1:1: unknown-key: yeer: 'yeer' is not a key here (did you mean 'year'?)\n"
        "formatted entries/b.yml\nformatted entries/c.yml\n"
        "2 files formatted, 0 unchanged; 1 error\n"
    )
    texts = [(folder / f"{name}.yml").read_text(encoding="utf-8") for name in "abc"]
    assert texts == [f"yeer: 1\n{GOOD}", GOOD, GOOD]
    assert main(["format", "--check"]) == 1


def test_with_a_broken_vocabulary_no_file_is_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path, monkeypatch, a=f"\n{GOOD}", vocabulary="facets: {}\n")
    assert main(["format"]) == 1
    assert capsys.readouterr().err.endswith("0 files formatted, 0 unchanged; 1 error\n")
    assert (folder / "a.yml").read_text(encoding="utf-8") == f"\n{GOOD}"


def test_a_symbolic_link_stays_a_symbolic_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, monkeypatch, a=f"\n{GOOD}")
    (folder / "b.yml").symlink_to("a.yml")
    assert main(["format", "entries/b.yml"]) == 0
    assert (folder / "b.yml").is_symlink()
    assert (folder / "a.yml").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("argv", [["--entries", "nowhere"], ["entries/vocabulary.yml"], ["x.yml"]])
def test_only_files_of_entries_can_be_formatted(
    argv: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, monkeypatch, a=GOOD)
    assert main(["format", *argv]) == 2


def test_each_file_starts_with_the_modeline_of_the_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The modeline replaces an older one, and other comments stay below it."""
    monkeypatch.chdir(tmp_path)
    entry = "title: T\nlinks:\n  doi: 10.1000/{}\ntopics: [Liver]\n"
    (tmp_path / "entries" / "liver").mkdir(parents=True)
    old = "# yaml-language-server: $schema=https://example.org/old.json\n# mine\n\n"
    (tmp_path / "entries" / "a.yml").write_text(old + entry.format(1))
    (tmp_path / "entries" / "liver" / "b.yml").write_text(entry.format(2))
    assert main(["schema"]) == main(["format"]) == 0
    line = "# yaml-language-server: $schema={}entry.schema.json\n"
    read = {path.name: path.read_text() for path in (tmp_path / "entries").rglob("*.yml")}
    assert read == {
        "a.yml": line.format("") + "# mine\n\n" + entry.format(1),
        "b.yml": line.format("../") + entry.format(2),
    }
    assert main(["format", "--check"]) == 0
