"""Compare titles, authors, venues and pages that may be spelled differently."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

from rapidfuzz import fuzz

from paper_atlas.text.names import AuthorName, compatible_names
from paper_atlas.text.page_ranges import first_page
from paper_atlas.text.slug import slug
from paper_atlas.text.spelling import spelling_key
from paper_atlas.text.titles import nearly_equal_titles, title_words, without_retraction_mark

_MIN_VENUE_SIMILARITY = 80.0


def title_similarity(titles: Iterable[str], others: Sequence[str]) -> float:
    """Return the greatest similarity of two titles of both, from 0 to 100."""
    pairs = [(title_words(one), title_words(other)) for one, other in _pairs(titles, others)]
    return max((fuzz.ratio(*pair) for pair in pairs if all(pair)), default=0.0)


def same_title(titles: Iterable[str], others: Sequence[str]) -> bool:
    """True if some title of both is nearly the same, by the rule of `nearly_equal_titles`."""
    return any(nearly_equal_titles(one, other) for one, other in _pairs(titles, others))


def _pairs(titles: Iterable[str], others: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, without_retraction_mark(other)) for one in titles for other in others)


def same_authors(some: Sequence[AuthorName], others: Sequence[AuthorName]) -> bool:
    """True if surnames and initials are the same, in the same order."""
    pairs = zip(some, others, strict=False)
    return len(some) == len(others) and all(starmap(compatible_names, pairs))


def same_venue(some: Iterable[str], others: Sequence[str]) -> bool:
    """True if a name of both differs in little except numbers and the order of words."""
    pairs = ((_venue_key(one), _venue_key(other)) for one in some for other in others)
    return any(fuzz.token_sort_ratio(*pair) >= _MIN_VENUE_SIMILARITY for pair in pairs)


def _venue_key(venue: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", slug(venue)))


def same_pages(one: str, other: str) -> bool:
    """True if the first pages are the same. Some services do not have the last page."""
    return spelling_key(first_page(one)) == spelling_key(first_page(other))
