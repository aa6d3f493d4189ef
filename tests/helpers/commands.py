"""Helpers that run commands, and read the seed list and folders."""

import re
from pathlib import Path

import pytest
from paper_atlas.cli import main
from paper_atlas.text.markdown import BEGIN_MARKER, END_MARKER

from helpers import FIXTURES

README = f"# Papers\n\n{BEGIN_MARKER}\nold\n{END_MARKER}\n\nMore.\n"
SEED = FIXTURES / "seed" / "README.md"


def seed_items() -> list[tuple[str, str, str]]:
    """Return heading, title and URL of each paper of the seed list, without the importer."""
    items, heading = [], ""
    for line in SEED.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\s*#+ (.*)", line):
            heading = match[1].strip()
        elif match := re.match(r"- \[(.+)\]\s+\[\[.*?\]\] ?\((http.*)\)\s*$", line):
            items.append((heading, match[1], match[2]))
    return items


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Run a command without standard output; return exit code and lines of standard error."""
    code = main(list(words))
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err.splitlines()


def run_export(
    capfdbinary: pytest.CaptureFixture[bytes], *words: str
) -> tuple[int, bytes, list[str]]:
    """Run `paper-atlas export`; return exit code, standard output, and lines of standard error."""
    try:
        code = main(["export", *words])
    except SystemExit as exit_:  # of argparse
        code = int(exit_.code or 0)
    out, err = capfdbinary.readouterr()
    return code, out, err.decode().splitlines()


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder by their relative paths."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
