"""The lines in the head of the pages, for search engines, chats and feed readers.

Open Graph: https://ogp.me
Feeds: https://html.spec.whatwg.org/multipage/links.html#rel-alternate
The theme writes the canonical link. Tags that the theme or another plugin writes are not repeated.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import ALL_PAPERS, FEED, SiteInfo, paper_path, term_path
from paper_atlas.site.citation_tags import citation_meta_tags
from paper_atlas.site.files.downloads import Collection, collections_of, feed_title, has_feed
from paper_atlas.site.json_ld import (
    JsonLd,
    article_json_ld,
    dataset_json_ld,
    item_list_json_ld,
    json_ld_script,
)
from paper_atlas.site.page import Page

_META_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


class HeadBuilder:
    """Build the lines for the head of each page of a site."""

    def __init__(self, library: Library, site: SiteInfo) -> None:
        self._site = site
        self._collections: Mapping[str, Collection] = {
            collection.page: collection for collection in collections_of(library)
        }
        self._papers: Mapping[str, Entry] = {
            paper_path(entry.id): entry for entry in library.entries
        }
        facet = library.vocabulary.facets.get(DATASETS)
        self._datasets: Mapping[str, Term] = {
            term_path(DATASETS, term): term for term in (facet.all_terms if facet else ())
        }
        # Computed once: `is_dated` of a collection without dates reads all its entries.
        self._feeds: Mapping[str, tuple[str, str]] = {
            collection.page: (
                html.escape(feed_title(collection, site)),
                quote(collection.file_path(FEED)),
            )
            for collection in self._collections.values()
            if has_feed(collection, site)
        }

    def head_lines(self, page: Page, present: str, base: str) -> str:
        """Return the lines for the head of a page.

        `present` is the head so far, `base` the relative path to the root of the site.
        """
        entry, address = self._papers.get(page.path), self._page_address(page)
        lines = [*self._meta_tags(page, address, present), *self._feed_links(page, base)]
        lines += citation_meta_tags(entry, address) if entry else []
        lines += [json_ld_script(thing) for thing in self._json_ld(page, base)]
        return "".join(f"{line}\n" for line in lines)

    def _page_address(self, page: Page) -> str:
        """The full address of a page, or an empty string without the address of the site."""
        addresses = self._site.addresses
        return addresses.full_page_url(page.path) if addresses.root else ""

    def _meta_tags(self, page: Page, address: str, present: str) -> Iterator[str]:
        """The title, description and address of a page, without tags that are present."""
        kind = "article" if page.path in self._papers else "website"
        existing = _META_DESCRIPTION.search(present)
        properties = {
            "og:type": kind,
            "og:title": page.title,
            "og:description": html.unescape(existing[1]) if existing else page.description,
            "og:site_name": self._site.name,
            "og:url": address,
        }
        if not existing:
            yield f'<meta name="description" content="{html.escape(page.description)}">'
        if 'property="og:' not in present:
            tags = [(name, html.escape(text)) for name, text in properties.items() if text]
            yield from (f'<meta property="{name}" content="{text}">' for name, text in tags)

    def _feed_links(self, page: Page, base: str) -> Iterator[str]:
        """The links to the feed of the page, and to that of all papers."""
        for path in dict.fromkeys((page.path, ALL_PAPERS)):
            if path in self._feeds:
                title, file = self._feeds[path]
                link = f'<link rel="alternate" type="application/atom+xml" title="{title}"'
                yield f'{link} href="{base}{file}">'

    def _json_ld(self, page: Page, base: str) -> Iterator[JsonLd]:
        """The schema.org objects of a page, with full addresses if the site has one."""
        addresses = self._site.addresses
        if not addresses.root:
            addresses = replace(addresses, root=base)
        if entry := self._papers.get(page.path):
            yield article_json_ld(entry, addresses)
        if term := self._datasets.get(page.path):
            yield dataset_json_ld(term, page.description, addresses.full_page_url(page.path))
        if papers := self._collections.get(page.path):
            yield item_list_json_ld(page.title, papers.entries, addresses)
