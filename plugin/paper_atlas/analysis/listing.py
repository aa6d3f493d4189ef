"""`<!-- papers: organs=liver year>=2020 view=table -->`: what a directive in a page asks for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from paper_atlas.analysis.filters import (
    FILTER_OPTIONS,
    Filter,
    Option,
    OptionSpec,
    build_filter,
    option_problems,
    parse_option,
)
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import slug

DIRECTIVE = re.compile(r"<!--\s*papers:(.*?)-->", re.DOTALL)
VIEWS = ("cards", "table", "list", "bibliography")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*"|"[^"]*$)+')


def _surname(entry: Entry) -> str:
    return slug(split_name(entry.authors[0]).family) if entry.authors else ""


# Those that are alike stay in the order of the library, which is that of -year.
_ORDERS: Mapping[str, Callable[[Entry], tuple[bool, int | str]]] = {
    "year": lambda entry: (entry.year is None, entry.year or 0),
    "-year": lambda _: (False, 0),
    "title": lambda entry: (False, slug(entry.title)),
    "author": lambda entry: (not entry.authors, _surname(entry)),
}

_KINDS: Mapping[str, OptionSpec] = {
    **FILTER_OPTIONS,
    "sort": OptionSpec(("=",), "year, -year, title or author", tuple(_ORDERS)),
    "limit": OptionSpec(("=",), "a number from 1", pattern=r"[1-9]\d*"),
    "view": OptionSpec(("=",), "cards, table, list or bibliography", VIEWS),
}


@dataclass(frozen=True)
class Listing:
    """What a directive asks for."""

    paper_filter: Filter = field(default_factory=Filter)
    sort: str = "-year"
    limit: int | None = None
    view: str = "list"

    def select_papers(self, library: Library) -> list[Entry]:
        """The entries that it asks for, in its order."""
        found = sorted(filter(self.paper_filter.matches, library.entries), key=_ORDERS[self.sort])
        return found[: self.limit]


def parse_listing(
    text: str, vocabulary: Vocabulary, path: str = "", line: int = 1, column: int = 1
) -> tuple[Listing, list[Problem]]:
    """What a directive asks for, or all that is wrong with it.

    `text` is the whole comment, which starts at `line` and `column` of the file at `path`.
    """
    options = list(_options(text, path, line, column))
    if problems := option_problems(options, _KINDS, vocabulary):
        return Listing(), problems
    given = {option.key: option.value for option in options}
    limit = int(given["limit"]) if "limit" in given else None
    sort, view = given.get("sort", Listing.sort), given.get("view", Listing.view)
    return Listing(build_filter(options, vocabulary), sort, limit, view), []


def _options(text: str, path: str, line: int, column: int) -> Iterator[Option]:
    match = DIRECTIVE.fullmatch(text)
    start, end = match.span(1) if match else (0, 0)
    for word in _WORD.finditer(text, start, end):
        above = text.count("\n", 0, word.start())
        before = word.start() - (text.rfind("\n", 0, word.start()) + 1)
        place = path, line + above, before + (1 if above else column)
        yield parse_option(word[0], place, _KINDS)
