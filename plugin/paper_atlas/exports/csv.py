"""CSV with a header, for spreadsheets and data frames.

The format: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8; lists are joined by `; `.
"""

import csv
import re
from collections.abc import Iterable

from paper_atlas.exports.format import Facts

_LINKS = ("doi", "arxiv", "pmid", "pmcid")
COLUMNS = (
    *("id", "title", "authors", "year", "venue", "volume", "issue", "pages"),
    *(*_LINKS, "url", "code", "keywords", "retracted"),
)
# What a spreadsheet would calculate: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")


class _Line:
    """A file that gives back what is written to it, and keeps nothing."""

    def write(self, text: str) -> str:
        """Give back the text."""
        return text


_line = csv.writer(_Line()).writerow


def to_csv(paper: Facts) -> str:
    """The row of a paper."""
    links = paper.links
    return _row(
        [
            *(paper.entry.id, paper.title, "; ".join(paper.authors), paper.year),
            *(paper.venue, paper.volume, paper.issue, paper.pages),
            *[links.get(kind, "") for kind in _LINKS],
            *(paper.url, links.get("code", ""), "; ".join(paper.keywords), paper.retracted),
        ]
    )


def _row(cells: Iterable[str]) -> str:
    line: str = _line([_harmless(cell) for cell in cells])
    return line


def _harmless(cell: str) -> str:
    """A cell as text; an apostrophe in front keeps a spreadsheet from calculating it.

    What begins with one already gets another, so that a reader can take one away.
    """
    return f"'{cell}" if cell and _FORMULA.match(cell) else cell


HEADER = _row(COLUMNS)
"""The names of the columns."""
