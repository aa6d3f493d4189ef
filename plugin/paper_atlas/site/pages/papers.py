"""The page of each paper: its address for ever."""

from collections.abc import Sequence

from paper_atlas.analysis.related import Related
from paper_atlas.model.entry import Entry
from paper_atlas.site.addresses import paper_path
from paper_atlas.site.page import Fragment, Page


def paper_page(entry: Entry, neighbours: Sequence[Related]) -> Page:
    """The page of a paper, with all that is known of it."""
    blocks = (Fragment("paper", {"entry": entry, "neighbours": neighbours}),)
    return Page(paper_path(entry.id), entry.title, _description(entry), blocks)


def _description(entry: Entry) -> str:
    """Who, where and when, in a line."""
    others = " et al." if len(entry.authors) > 1 else ""
    who = f"{entry.authors[0]}{others}" if entry.authors else ""
    parts = (who, entry.venue, str(entry.year or ""))
    return f"{entry.title}. {', '.join(part for part in parts if part)}".strip()
