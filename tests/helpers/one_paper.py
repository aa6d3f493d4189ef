"""The page of the docs that shows one paper in every format.

`PYTHONPATH=tests python -m helpers.one_paper` writes it; a test compares it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from paper_atlas import EXPORTS, export, load
from paper_atlas.importers import FORMATS
from paper_atlas.intake.run import import_lists
from paper_atlas.source.document import parse_document

from helpers import ROOT

PAGE = ROOT / "docs" / "one-paper.md"
PAPER = "h-denseunet"
SYNTAX = {
    "bibtex": "bibtex",
    "biblatex": "bibtex",
    "ris": "text",
    "csl": "json",
    "csv": "text",
    "json": "json",
}
READ_AS = {"biblatex": "bibtex"}
HEAD = """\
---
title: One paper through every format
description: The record of one paper in each format, and which keys an import restores.
---

# One paper through every format

This page shows an entry of this atlas and its record in each format. The table shows which keys of
the entry are the same after an import of the record into an atlas with the same vocabulary. A test
compares this page with the output of the programs.

## The entry
"""


def page() -> str:
    """Return the text of the page."""
    return "".join(_page())


def _page() -> Iterator[str]:
    library = load(ROOT / "entries", ROOT)
    entry = library.entries_by_id[PAPER]
    text = (ROOT / entry.path).read_text(encoding="utf-8").split("\n", 1)[1]
    yield HEAD
    yield _fence("yaml", text, entry.path)
    keys = _keys(text)
    back = {name: _keys(_back(name, export(name, [entry]))) for name in SYNTAX}
    yield "\n## Keys after an import {#what-comes-back}\n\n"
    yield f"| key | {' | '.join(EXPORTS[name].title for name in SYNTAX)} |\n"
    yield f"| --- |{' --- |' * len(SYNTAX)}\n"
    for key, value in keys.items():
        marks = ("yes" if back[name].get(key) == value else "–" for name in SYNTAX)
        yield f"| `{key}` | {' | '.join(marks)} |\n"
    for name, syntax in SYNTAX.items():
        yield f"\n## {EXPORTS[name].title}\n"
        yield _fence(syntax, export(name, [entry]).replace("\r\n", "\n"))


def _keys(text: str) -> dict[str, object]:
    """Return the values of a file by key, with a key for each kind of link."""
    data = parse_document(text, PAPER)[0].data
    assert isinstance(data, dict)
    links = data.pop("links")
    assert isinstance(links, dict)
    return {**data, **{f"links.{kind}": value for kind, value in links.items()}}


def _back(name: str, record: str) -> str:
    """Return the file of an imported record; the paper that it extends is in the atlas."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for path in ("vocabulary.yml", "body.svg", "multi-organ/u-net.yml"):
            shutil.copy(ROOT / "entries" / path, folder)
        reading = FORMATS[READ_AS.get(name, name)].read(record, "record")
        imported = import_lists([reading], folder, folder)
        (written,) = imported.new_files
        return (folder / written).read_text(encoding="utf-8")


def _fence(syntax: str, text: str, title: str = "") -> str:
    named = f' title="{title}"' if title else ""
    return f"\n```{syntax}{named}\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
