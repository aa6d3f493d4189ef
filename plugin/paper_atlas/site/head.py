"""What stands in the head of the pages of an atlas, for search engines, chats and feed readers.

Open Graph: https://ogp.me, feeds: https://html.spec.whatwg.org/multipage/links.html#rel-alternate.
A theme writes the canonical link, and another plugin may write the tags; neither is doubled.
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
    """Knows what each page of a site has in its head."""

    def __init__(self, library: Library, site: SiteInfo) -> None:
        self._site = site
        self._collections: Mapping[str, Collection] = {
            it.page: it for it in collections_of(library)
        }
        self._papers: Mapping[str, Entry] = {paper_path(it.id): it for it in library.entries}
        facet = library.vocabulary.facets.get(DATASETS)
        self._datasets: Mapping[str, Term] = {
            term_path(DATASETS, it): it for it in (facet.all_terms if facet else ())
        }
        # Asked once: where nothing was added, a list has to be read to its end to know it.
        self._feeds: Mapping[str, tuple[str, str]] = {
            it.page: (html.escape(feed_title(it, site)), quote(it.file_path(FEED)))
            for it in self._collections.values()
            if has_feed(it, site)
        }

    def head_lines(self, page: Page, present: str, base: str) -> str:
        """The lines for the head of a page whose head is `present`; `base` leads to the root."""
        entry, address = self._papers.get(page.path), self._page_address(page)
        lines = [*self._meta_tags(page, address, present), *self._feed_links(page, base)]
        lines += citation_meta_tags(entry, address) if entry else []
        lines += [json_ld_script(thing) for thing in self._json_ld(page, base)]
        return "".join(f"{line}\n" for line in lines)

    def _page_address(self, page: Page) -> str:
        """The whole address of a page, where that is known."""
        addresses = self._site.addresses
        return addresses.full_page_url(page.path) if addresses.root else ""

    def _meta_tags(self, page: Page, address: str, present: str) -> Iterator[str]:
        """Title, description and address of a page, unless theme or plugin have said them."""
        kind = "article" if page.path in self._papers else "website"
        theirs = _META_DESCRIPTION.search(present)
        said = {
            "og:type": kind,
            "og:title": page.title,
            "og:description": html.unescape(theirs[1]) if theirs else page.description,
            "og:site_name": self._site.name,
            "og:url": address,
        }
        if not theirs:
            yield f'<meta name="description" content="{html.escape(page.description)}">'
        if 'property="og:' not in present:
            given = [(name, html.escape(text)) for name, text in said.items() if text]
            yield from (f'<meta property="{name}" content="{text}">' for name, text in given)

    def _feed_links(self, page: Page, base: str) -> Iterator[str]:
        """The feed of the page, and that of all papers."""
        for path in dict.fromkeys((page.path, ALL_PAPERS)):
            if path in self._feeds:
                title, file = self._feeds[path]
                link = f'<link rel="alternate" type="application/atom+xml" title="{title}"'
                yield f'{link} href="{base}{file}">'

    def _json_ld(self, page: Page, base: str) -> Iterator[JsonLd]:
        """What schema.org has words for; addresses are whole where the site has one."""
        addresses = self._site.addresses
        if not addresses.root:
            addresses = replace(addresses, root=base)
        if entry := self._papers.get(page.path):
            yield article_json_ld(entry, addresses)
        if term := self._datasets.get(page.path):
            yield dataset_json_ld(term, page.description, addresses.full_page_url(page.path))
        if papers := self._collections.get(page.path):
            yield item_list_json_ld(page.title, papers.entries, addresses)
