"""Render the lists of papers that pages request with a directive.

Markdown does not change a comment, except that it escapes a comment in code. So directives are
searched in the HTML of a page, where a directive in code is no longer a comment. Problems give the
position in the Markdown file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import groupby

from paper_atlas.analysis.listing import DIRECTIVE, parse_listing
from paper_atlas.exports.citations import apa
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.problem import Problem, limit_problems
from paper_atlas.site.blocks import Bibliography, Cards, NoMatch, PaperTable, Problems, Rows
from paper_atlas.site.page import Block, Page
from paper_atlas.site.placeholders import block_marker
from paper_atlas.text.markdown import blank_code

_ID = re.compile(r'\sid="([^"]+)"')


def has_directive(text: str) -> bool:
    """True if the HTML of a page contains a directive."""
    return DIRECTIVE.search(text) is not None


def replace_directives(
    text: str, page: Page, library: Library, path: str, source: str
) -> tuple[str, Page, list[Problem]]:
    """Replace the directives in the HTML of a page with markers.

    `page` is the page of the atlas so far, `source` the text of the Markdown file at `path`.
    Returns the HTML, the page with the blocks of the lists, and the problems of the directives.
    The page shows the problems of a directive in place of its list. While the vocabulary has
    errors, every directive shows these instead, and they are not returned.
    """
    vocabulary_errors = library.vocabulary_errors
    places = _places_by_directive(source)
    taken = {*_ID.findall(text), *page.card_ids}
    blocks = list(page.blocks)
    found: dict[Problem, None] = {}

    @cache
    def problems_of(directive: str) -> Sequence[Problem]:
        problems = [*_listing_problems(directive, library.vocabulary, path, places)]
        found.update(dict.fromkeys(problems))
        return limit_problems(problems)

    def markers(directive: re.Match[str]) -> str:
        problems = vocabulary_errors or problems_of(directive[0])
        start = len(blocks)
        blocks.extend(_listing_blocks(directive[0], problems, library, taken))
        taken.update(entry.id for block in blocks[start:] for entry in _cards_of(block))
        return "\n".join(map(block_marker, range(start, len(blocks))))

    text = DIRECTIVE.sub(markers, text)
    page = replace(page, blocks=tuple(blocks))
    return text, page, [*found]


def _cards_of(block: str | Block) -> Sequence[Entry]:
    return block.cards if isinstance(block, Block) else ()


def _listing_blocks(
    directive: str, problems: Sequence[Problem], library: Library, taken: Set[str]
) -> Iterator[Block]:
    """Yield the blocks for a directive. `taken` are the ids on the page."""
    if problems:
        yield Problems(problems)
        return
    listing, _ = parse_listing(directive, library.vocabulary)
    if entries := listing.select_papers(library):
        yield from _VIEWS[listing.view](entries, taken, library.vocabulary.facets)
    else:
        yield NoMatch()


_Places = Mapping[str, Sequence[tuple[str, int, int]]]
"""The text, line and column of each directive of a file, by the directive with single blanks."""


def _places_by_directive(source: str) -> _Places:
    found = defaultdict(list)
    line, line_start, end = 1, 0, 0
    for match in DIRECTIVE.finditer(blank_code(source)):
        line += source.count("\n", end, match.start())
        end = match.start()
        line_start = source.rfind("\n", line_start, end) + 1 or line_start
        place = match[0], line, end - line_start + 1
        found[" ".join(match[0].split())].append(place)
    return found


def _listing_problems(
    directive: str, vocabulary: Vocabulary, path: str, places: _Places
) -> Iterator[Problem]:
    """Yield the problems at each position of a directive in the source, else at its start."""
    normal = " ".join(directive.split())
    for text, line, column in places.get(normal, ()):
        yield from parse_listing(text, vocabulary, path, line, column)[1]
    if normal not in places:
        yield from parse_listing(normal, vocabulary, path)[1]


def _rows_view(entries: Sequence[Entry], *_: object) -> Iterator[Block]:
    yield Rows(entries)


def _cards_view(entries: Sequence[Entry], taken: Set[str], *_: object) -> Iterator[Block]:
    """Yield cards. A paper whose card is already on the page is a row: HTML ids are unique."""
    for is_taken, group in groupby(entries, lambda entry: entry.id in taken):
        papers = list(group)
        if is_taken:
            yield from _rows_view(papers)
        else:
            yield Cards(papers)


def _table_view(
    entries: Sequence[Entry], _: Set[str], facets: Mapping[str, Facet]
) -> Iterator[Block]:
    columns = [name for name in facets if any(entry.terms.get(name) for entry in entries)]
    yield PaperTable(entries, columns)


def _bibliography_view(entries: Sequence[Entry], *_: object) -> Iterator[Block]:
    yield Bibliography([*map(_split_at_title, entries)])


def _split_at_title(entry: Entry) -> tuple[str, Entry, str]:
    """Return the APA citation of a paper as (text before the title, paper, text after it)."""
    text = apa(entry)
    start = text.index(entry.title, text.index("). "))
    return text[:start], entry, text[start + len(entry.title) :]


_View = Callable[[Sequence[Entry], Set[str], Mapping[str, Facet]], Iterator[Block]]
_VIEWS: Mapping[str, _View] = {
    "cards": _cards_view,
    "table": _table_view,
    "list": _rows_view,
    "bibliography": _bibliography_view,
}
