"""What the card of a paper shows. The template `card.html.jinja` prints it, and decides nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.publication import (
    ShownLink,
    confirmed_notice_url,
    is_preprint_venue,
    link_icon,
    shown_links,
)
from paper_atlas.model.vocabulary import Facet, Term, Vocabulary
from paper_atlas.site.citation_tags import coins
from paper_atlas.text.identifiers import split_url
from paper_atlas.text.names import display_names
from paper_atlas.translation import Translator

MAX_AUTHORS = 3
MAX_TAGS = 6
MAX_TAGS_OF_FACET = 3
SEARCH_LINK = "scholar"
"""The kind of a link that is a search, not an address of the paper."""

_MAX_RELATED = 2  # names of papers that a paper extends
_KINDS = 6  # colours of tags: the sixth facet and all after it share one
_PUBLISHER = "url"

MarkKind = Literal["retracted", "corrected", "preprint", "unchecked"]


class CardLink(NamedTuple):
    """A link of a card: the name of its icon, its text and its URL."""

    icon: str
    title: str
    url: str


class TagGroup(NamedTuple):
    """Terms of one facet. `kind` is the position of the facet in the vocabulary, from 1 to 6."""

    facet: str
    kind: int
    title: str
    terms: tuple[Term, ...]


class CardMark(NamedTuple):
    """The remark at the end of a card. `url` is that of a confirmed notice, or empty."""

    kind: MarkKind
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CardView:
    """The values of a card.

    The `more_…` are the numbers of those that are left out. `extends` are the papers that the paper
    extends, with their names; `extended_by` is the number of papers that extend it.
    """

    entry: Entry
    coins: str
    title: Markup
    authors: str
    more_authors: int
    venue: Markup
    tags: tuple[TagGroup, ...]
    more_tags: int
    links: tuple[CardLink, ...]
    extends: tuple[tuple[Entry, str], ...]
    more_extends: int
    extended_by: int
    mark: CardMark | None


def card_view(
    entry: Entry,
    library: Library,
    translate: Translator,
    text_html: Callable[[str], Markup] = escape,
) -> CardView:
    """Return what the card of an entry shows. `text_html` returns a title or venue as HTML."""
    tags, more_tags = _tags(entry, library)
    extended = library.related_papers(entry, "extends")
    return CardView(
        entry=entry,
        coins=coins(entry),
        title=text_html(entry.title),
        authors=", ".join(display_names(entry.authors[:MAX_AUTHORS])),
        more_authors=max(0, len(entry.authors) - MAX_AUTHORS),
        venue=text_html(entry.venue) if entry.venue else escape(""),
        tags=tags,
        more_tags=more_tags,
        links=tuple(_links(entry, translate)),
        extends=tuple((paper, paper.short_name) for paper in extended[:_MAX_RELATED]),
        more_extends=max(0, len(extended) - _MAX_RELATED),
        extended_by=len(library.related_papers(entry, "extended_by")),
        mark=_mark(entry, library, translate),
    )


def numbered_facets(vocabulary: Vocabulary) -> Iterator[tuple[int, str, Facet]]:
    """Yield each facet as (kind, id, facet). The kind is its position, from 1 to 6."""
    for position, (name, facet) in enumerate(vocabulary.facets.items(), start=1):
        yield min(position, _KINDS), name, facet


def _tags(entry: Entry, library: Library) -> tuple[tuple[TagGroup, ...], int]:
    """Return the tags in the order of the vocabulary, and the number of those left out.

    The facets from the sixth on have no tags on cards, and do not count as left out. Neither does a
    term if an earlier facet of the paper has a term with the same title.
    """
    found: list[TagGroup] = []
    titles: set[str] = set()
    shown = total = 0
    for kind, name, facet in numbered_facets(library.vocabulary):
        if kind == _KINDS:
            break
        terms = [term for term in entry.terms.get(name, ()) if term.title not in titles]
        titles.update([term.title for term in terms])
        total += len(terms)
        if some := tuple(terms[: min(MAX_TAGS_OF_FACET, MAX_TAGS - shown)]):
            found.append(TagGroup(name, kind, facet.title_of(1), some))
            shown += len(some)
    return tuple(found), total - shown


def _links(entry: Entry, translate: Translator) -> Iterator[CardLink]:
    """Yield one link of each kind. Only confirmed links have an icon on a card."""
    confirmed = {link.kind: link for link in shown_links(entry, translate) if link.is_confirmed}
    titles = {"pmcid": "PMC", _PUBLISHER: translate("Publisher")}
    publisher = _publisher(confirmed)
    for kind, link in confirmed.items():
        if kind in type(entry.links).model_fields and kind not in (SEARCH_LINK, _PUBLISHER):
            yield CardLink(link_icon(kind), titles.get(kind, link.title), link.url)
    if publisher:
        yield CardLink(link_icon(_PUBLISHER), titles[_PUBLISHER], publisher)


def _publisher(confirmed: Mapping[str, ShownLink]) -> str:
    """Return the address of the paper at its publisher, if the DOI does not lead there.

    Labels of the curator, such as "IEEE", name publishers. A second copy on arXiv is not one.
    """
    if "doi" in confirmed:
        return ""
    labels = [link.url for kind, link in confirmed.items() if link.title == kind]
    urls = [confirmed[_PUBLISHER].url] if _PUBLISHER in confirmed else labels
    return next((url for url in urls if not split_url(url).netloc.endswith("arxiv.org")), "")


def _mark(entry: Entry, library: Library, translate: Translator) -> CardMark | None:
    """Return the most important remark about a paper."""
    if entry.retracted:
        url = confirmed_notice_url(entry, "retracted")
        return CardMark("retracted", translate("Retracted"), url)
    if entry.erratum:
        url = confirmed_notice_url(entry, "erratum")
        return CardMark("corrected", translate("Corrected"), url)
    if entry.venue and is_preprint_venue(entry.venue):
        return CardMark("preprint", translate("Preprint only"), "")
    if any(facet in entry.unverified for facet in library.vocabulary.facets):
        return CardMark("unchecked", translate("Tags not yet checked"), "")
    return None
