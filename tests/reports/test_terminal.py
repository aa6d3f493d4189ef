"""Problems at a terminal."""

import os
import re
from pathlib import Path

import pytest
from paper_atlas import Problem, Severity
from paper_atlas.reports.terminal import terminal_report


def test_line_of_the_file_and_caret_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: 肝 and \x1b[31m " + "x" * 200 + "\n")
    problems = [
        Problem("a.yml", 1, 13, "some-code", "title", "wrong"),
        Problem("a.yml", 1, 150, "some-code", "title", "wrong"),
        Problem("gone.yml", 9, 9, "some-code", "", "wrong", severity=Severity.NOTE),
    ]
    lines = re.sub(r"\x1b\[\d+m", "", terminal_report(problems, tmp_path)).splitlines()
    assert lines[0] == "a.yml:1:13: some-code: title: wrong"
    assert lines[1].startswith("    1 | title: 肝 and �[31m xxx")
    assert lines[2].index("^") - len("    1 | title: ") == 6  # the wide character takes two columns
    assert lines[4].count("x") == 100
    assert lines[6:] == ["gone.yml:9:9: some-code: wrong"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_pipes_devices_and_links_have_no_excerpt(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "secret").write_text("secret\n")
    (tmp_path / "link.yml").symlink_to("secret")
    (tmp_path / "zero.yml").symlink_to("/dev/zero")
    names = ("pipe.yml", "link.yml", "zero.yml")
    problems = [Problem(name, 1, 1, "unreadable", "", "wrong") for name in names]
    assert len(terminal_report(problems, tmp_path).splitlines()) == len(names)
