"""CSV with a header, for spreadsheets and data frames.

The format: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8; lists are joined by `; `.
"""

import csv
import io
import re
from collections.abc import Iterable

from paper_atlas.entry import Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import address, keywords, links_of, notice, one_line, pages_of

_LINKS = ("doi", "arxiv", "pmid", "pmcid")
COLUMNS = (
    *("id", "title", "authors", "year", "venue", "volume", "issue", "pages"),
    *(*_LINKS, "url", "code", "keywords", "retracted"),
)
# What a spreadsheet would calculate: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")


def record(entry: Entry) -> str:
    """The row of a paper."""
    links = links_of(entry)
    return _row(
        [
            entry.id,
            entry.title,
            "; ".join(split_name(author).plain for author in entry.authors),
            str(entry.year or ""),
            *(entry.venue, entry.volume, entry.issue, pages_of(entry)),
            *(links.get(kind) for kind in _LINKS),
            address(links),
            links.get("code"),
            "; ".join(keywords(entry)),
            notice(entry),
        ]
    )


def join(records: Iterable[str]) -> str:
    """The header and the rows."""
    return _row(COLUMNS) + "".join(records)


def _row(cells: Iterable[str | None]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(_harmless(one_line(cell)) for cell in cells)
    return line.getvalue()


def _harmless(cell: str) -> str:
    """A cell as text; an apostrophe in front keeps a spreadsheet from calculating it.

    What begins with one already gets another, so that a reader can take one away.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell
