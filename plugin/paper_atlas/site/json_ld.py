"""Papers and data sets in the vocabulary of schema.org, as JSON-LD.

Types: https://schema.org/ScholarlyArticle, https://schema.org/ItemList,
https://schema.org/Dataset
Syntax: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
"""

from collections.abc import Sequence
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from paper_atlas.exports.json import encode_json
from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import (
    PublicationType,
    confirmed_links,
    keywords,
    notice_url,
    page_range,
    publication_type,
    retraction_url,
    url_of_link,
)
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import Addresses, paper_path
from paper_atlas.text.html import markup
from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import AuthorName, split_name

MAX_LIST_ITEMS = 100
"""The largest number of papers that a list names."""

JsonLd = dict[str, Any]
"""An object of schema.org without empty values."""

_IN: dict[PublicationType, str] = {
    "journal": "Periodical",
    "meeting": "CreativeWork",
    "other": "CreativeWork",
}


def json_ld_script(thing: JsonLd) -> Markup:
    """Return the script element with an object, escaped so that no text can end it."""
    text = htmlsafe_json_dumps({"@context": "https://schema.org", **thing}, dumps=encode_json)
    return markup('<script type="application/ld+json">%s</script>', text)


def article_json_ld(entry: Entry, addresses: Addresses) -> JsonLd:
    """Return a paper with all its confirmed facts."""
    links, named = confirmed_links(entry), _named_article(entry, addresses)
    notices = [retraction_url(entry), notice_url(entry.erratum) if entry.erratum else ""]
    return _without_empty(
        {
            **named,
            "url": named["@id"],
            "headline": named["name"],
            "alternativeHeadline": [*map(one_line, entry.alternative_titles)],
            "author": [_author(name) for name in entry.authors],
            "datePublished": str(entry.year or ""),
            "isPartOf": _container(entry),
            "pagination": page_range(entry),
            "identifier": [_identifier(kind, links[kind]) for kind in IDENTIFIERS if kind in links],
            "sameAs": [
                url_of_link(kind, links[kind]) for kind in (*IDENTIFIERS, "url") if kind in links
            ],
            "keywords": keywords(entry),
            "creativeWorkStatus": "Retracted" if entry.retracted else "",
            "correction": [*filter(None, notices)],
        }
    )


def item_list_json_ld(title: str, entries: Sequence[Entry], addresses: Addresses) -> JsonLd:
    """Return a list of papers in their order.

    It has only what identifies each paper, and at most `MAX_LIST_ITEMS` papers.
    """
    items = [_named_article(entry, addresses) for entry in entries[:MAX_LIST_ITEMS]]
    counted = {"numberOfItems": len(entries), "itemListElement": items}
    return {"@type": "ItemList", "name": title, **counted}


def dataset_json_ld(term: Term, description: str, address: str) -> JsonLd:
    """Return a data set whose page has the given address."""
    return _without_empty(
        {
            "@type": "Dataset",
            "@id": f"{address}#dataset",
            "url": address,
            "name": term.title,
            "description": description,
            "alternateName": list(term.aliases),
            "sameAs": list(term.links.values()),
        }
    )


def _named_article(entry: Entry, addresses: Addresses) -> JsonLd:
    address = addresses.full_page_url(paper_path(entry.id))
    return {"@type": "ScholarlyArticle", "@id": address, "name": one_line(entry.title)}


def _author(author: AuthorName) -> JsonLd:
    name = split_name(author)
    if not name.given:
        return {"@type": "Organization", "name": name.plain}
    given, family = name.given, name.family
    return {"@type": "Person", "name": name.plain, "givenName": given, "familyName": family}


def _container(entry: Entry) -> JsonLd:
    """Return the issue, volume and venue, as far as they are known."""
    found: JsonLd = {}
    if entry.venue:
        found = {"@type": _IN[publication_type(entry)], "name": one_line(entry.venue)}
    if entry.volume:
        volume = {"@type": "PublicationVolume", "volumeNumber": one_line(entry.volume)}
        found = _without_empty({**volume, "isPartOf": found})
    if entry.issue:
        issue = {"@type": "PublicationIssue", "issueNumber": one_line(entry.issue)}
        found = _without_empty({**issue, "isPartOf": found})
    return found


def _identifier(kind: str, value: str) -> JsonLd:
    return {"@type": "PropertyValue", "propertyID": IDENTIFIERS[kind].title, "value": value}


def _without_empty(thing: JsonLd) -> JsonLd:
    return {key: value for key, value in thing.items() if value}
