"""Parse directives in pages, such as `<!-- papers: organs=liver year>=2020 view=table -->`."""

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
_DIGITS = 9  # of a limit; no list has more papers
_WORD = re.compile(r'(?:[^\s"]|"[^"]*"|"[^"]*$)+')


def _surname(entry: Entry) -> str:
    return slug(split_name(entry.authors[0]).family) if entry.authors else ""


# Sorting is stable: equal papers stay in the order of the library, which is that of -year.
_SORT_KEYS: Mapping[str, Callable[[Entry], tuple[bool, int | str]]] = {
    "year": lambda entry: (entry.year is None, entry.year or 0),
    "-year": lambda _: (False, 0),
    "title": lambda entry: (False, slug(entry.title)),
    "author": lambda entry: (not entry.authors, _surname(entry)),
}

_OPTION_SPECS: Mapping[str, OptionSpec] = {
    **FILTER_OPTIONS,
    "sort": OptionSpec(("=",), "year, -year, title or author", tuple(_SORT_KEYS)),
    "limit": OptionSpec(("=",), "a number from 1", pattern=r"[1-9]\d*"),
    "view": OptionSpec(("=",), "cards, table, list or bibliography", VIEWS),
}


@dataclass(frozen=True)
class Listing:
    """The papers that a directive selects, their order and their view."""

    paper_filter: Filter = field(default_factory=Filter)
    sort: str = "-year"
    limit: int | None = None
    view: str = "list"

    def select_papers(self, library: Library) -> list[Entry]:
        """Return the entries of the listing, in order."""
        entries = filter(self.paper_filter.matches, library.entries)
        return sorted(entries, key=_SORT_KEYS[self.sort])[: self.limit]


def parse_listing(
    text: str, vocabulary: Vocabulary, path: str = "", line: int = 1, column: int = 1
) -> tuple[Listing, list[Problem]]:
    """Parse a directive. Return the listing, and all problems.

    If there are problems, the default listing is returned. `text` is the whole HTML comment, which
    starts at `line` and `column` of the file at `path`.
    """
    options = list(_parse_options(text, path, line, column))
    if problems := option_problems(options, _OPTION_SPECS, vocabulary):
        return Listing(), problems
    values = {option.key: option.value for option in options}
    limit = int(values["limit"][:_DIGITS]) if "limit" in values else None
    sort, view = values.get("sort", Listing.sort), values.get("view", Listing.view)
    return Listing(build_filter(options, vocabulary), sort, limit, view), []


def _parse_options(text: str, path: str, line: int, column: int) -> Iterator[Option]:
    match = DIRECTIVE.fullmatch(text)
    start, end = match.span(1) if match else (0, 0)
    for word in _WORD.finditer(text, start, end):
        lines_above = text.count("\n", 0, word.start())
        offset = word.start() - (text.rfind("\n", 0, word.start()) + 1)
        location = path, line + lines_above, offset + (1 if lines_above else column)
        yield parse_option(word[0], location, _OPTION_SPECS)
