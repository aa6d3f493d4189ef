"""The page of the docs that carries one paper through every format and back.

`python tests/one_paper.py` writes it; a test compares it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from paper_atlas.exports import EXPORTS, export
from paper_atlas.importers import FORMATS
from paper_atlas.importing import import_readings
from paper_atlas.library import load
from paper_atlas.writing import dump_vocabulary

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "one-paper.md"
PAPER = "h-denseunet"
SYNTAX = {"bibtex": "bibtex", "ris": "text", "csl": "json", "csv": "text", "json": "json"}
HEAD = """\
---
title: One paper through every format
description: The record of one paper in each format, and what comes back of it.
---

# One paper through every format

An entry of this atlas, its record in each format, and the lines of the entry that an import of
the record into an empty atlas with the same vocabulary does not give back. A test writes this
page, so it shows what the programs do.

## The entry
"""


def page() -> str:
    """The page as it has to be."""
    return "".join(_page())


def _page() -> Iterator[str]:
    library = load(ROOT / "entries", ROOT)
    entry = library.by_id[PAPER]
    text = (ROOT / entry.path).read_text(encoding="utf-8").split("\n", 1)[1]
    yield HEAD
    yield _fence("yaml", text, entry.path)
    for name, syntax in SYNTAX.items():
        record = export(name, [entry]).replace("\r\n", "\n")
        yield f"\n## {EXPORTS[name].title}\n"
        yield _fence(syntax, record)
        lost = _lost(text, _back(name, export(name, [entry]), dump_vocabulary(library.listed)))
        yield "\nAll of the entry comes back.\n" if not lost else "\nWhat does not come back:\n"
        yield _fence("yaml", lost) if lost else ""


def _back(name: str, record: str, vocabulary: str) -> str:
    """The file of the entry that an import makes of a record."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "vocabulary.yml").write_text(vocabulary, encoding="utf-8")
        (folder / "u-net.yml").write_text("title: U\norgans: [Liver]\nlinks: {doi: 10.1000/1}\n")
        imported = import_readings([FORMATS[name].read(record, "record")], folder, folder)
        (path,) = imported.written
        return (folder / path).read_text(encoding="utf-8")


def _lost(text: str, again: str) -> str:
    there = set(again.splitlines())
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in there
                   and line.rstrip("\n") not in there)  # fmt: skip


def _fence(syntax: str, text: str, title: str = "") -> str:
    named = f' title="{title}"' if title else ""
    return f"\n```{syntax}{named}\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
