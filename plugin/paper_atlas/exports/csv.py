"""CSV with a header line, for spreadsheets and data frames.

The format: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8. Lists are joined by `; `.
A name is in the form of an entry; braces mark a group: `{World Health Organization}`.
"""

import csv
import re
from collections.abc import Iterable

from paper_atlas.exports.format import PaperFacts

_LINKS = ("doi", "arxiv", "pmid", "pmcid", "url")
_FURTHER_LINKS = ("pdf", "data", "project", "scholar")
COLUMNS = (
    *("id", "title", "authors", "year", "venue", "volume", "issue", "pages"),
    *(*_LINKS, "code", "keywords", "retracted", *_FURTHER_LINKS, "links", "citation_key"),
)
# Cells that a spreadsheet would evaluate as a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")


class _Echo:
    """A file whose `write` returns the text, so that `writerow` returns the line."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


_write_row = csv.writer(_Echo()).writerow


def to_csv(paper: PaperFacts) -> str:
    """Return the line of a paper."""
    links = paper.links
    return csv_line(
        [
            *(
                paper.entry.id,
                paper.title,
                "; ".join([name.text for name in paper.names]),
                paper.year,
            ),
            *(paper.venue, paper.volume, paper.issue, paper.pages),
            *[links.get(kind, "") for kind in _LINKS[:-1]],
            *(paper.url, links.get("code", ""), "; ".join(paper.keywords), paper.retracted),
            *[links.get(kind, "") for kind in _FURTHER_LINKS],
            "; ".join(paper.other_links((*_LINKS, "code", *_FURTHER_LINKS))),
            paper.entry.citation_key or "",
        ]
    )


def csv_line(cells: Iterable[str]) -> str:
    """Return a line of a file with these cells. None of them is a formula for a spreadsheet."""
    line: str = _write_row([_escape_formula(cell) for cell in cells])
    return line


def _escape_formula(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would evaluate.

    If the formula has apostrophes before it, it gets another one, so that an importer can always
    remove one.
    """
    return f"'{cell}" if cell and _FORMULA.match(cell) else cell


HEADER = csv_line(COLUMNS)
"""The header line."""
