"""The lines in the head of the pages, for search engines, chats and feed readers.

Open Graph: https://ogp.me
Feeds: https://html.spec.whatwg.org/multipage/links.html#rel-alternate
The theme writes the canonical link. Tags that the theme or another plugin writes are not repeated.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import ALL_PAPERS, FEED, SiteInfo
from paper_atlas.site.citation_tags import citation_meta_tags
from paper_atlas.site.files.downloads import feed_paths, feed_title
from paper_atlas.site.json_ld import (
    JsonLd,
    article_json_ld,
    dataset_json_ld,
    item_list_json_ld,
    json_ld_script,
)
from paper_atlas.site.page import Page
from paper_atlas.text.html import markup

_META_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


class HeadBuilder:
    """Build the lines for the head of each page of a site."""

    def __init__(self, library: Library, site: SiteInfo) -> None:
        self._site = site
        self._feeds = {papers.page: papers for papers in feed_paths(library, site).values()}

    def head_lines(self, page: Page, present: str, base: str) -> str:
        """Return the lines for the head of a page.

        `present` is the head so far, `base` the relative path to the root of the site.
        """
        address = self._site.addresses.canonical_url(page.path)
        lines = [*self._meta_tags(page, address, present), *self._links(page, base)]
        if isinstance(page.subject, Entry):
            lines += citation_meta_tags(page.subject, address)
        lines += [json_ld_script(thing) for thing in self._json_ld(page, base)]
        return "".join(f"{line}\n" for line in lines)

    def _meta_tags(self, page: Page, address: str, present: str) -> Iterator[str]:
        """The title, description and address of a page, without tags that are present."""
        existing = _META_DESCRIPTION.search(present)
        properties = {
            "og:type": "article" if isinstance(page.subject, Entry) else "website",
            "og:title": page.title,
            "og:description": html.unescape(existing[1]) if existing else page.description,
            "og:site_name": self._site.name,
            "og:url": address,
        }
        if not existing:
            yield markup('<meta name="description" content="%s">', page.description)
        if 'property="og:' not in present:
            for name, text in properties.items():
                if text:
                    yield markup('<meta property="%s" content="%s">', name, text)

    def _links(self, page: Page, base: str) -> Iterator[str]:
        """The links to the feeds of the page and of all papers, and to other pages of the list.

        https://html.spec.whatwg.org/multipage/links.html#sequential-link-types
        """
        for path in dict.fromkeys((page.path, ALL_PAPERS)):
            if papers := self._feeds.get(path):
                yield markup(
                    '<link rel="alternate" type="application/atom+xml" title="%s" href="%s%s">',
                    *(feed_title(papers, self._site), base, quote(papers.file_path(FEED))),
                )
        for relation, path in zip(("prev", "next"), page.neighbours, strict=True):
            if path:
                url = base + self._site.addresses.page_url(path)
                yield markup('<link rel="%s" href="%s">', relation, url)

    def _json_ld(self, page: Page, base: str) -> Iterator[JsonLd]:
        """The schema.org objects of a page, with full addresses if the site has one."""
        addresses = self._site.addresses
        if not addresses.root:
            addresses = replace(addresses, root=base)
        if isinstance(page.subject, Entry):
            yield article_json_ld(page.subject, addresses)
        if isinstance(page.subject, Term) and page.facet == DATASETS and page.number == 1:
            address = addresses.full_page_url(page.path)
            yield dataset_json_ld(page.subject, page.description, address)
        if page.entries and page.number == 1:
            yield item_list_json_ld(page.title, page.entries, addresses)
