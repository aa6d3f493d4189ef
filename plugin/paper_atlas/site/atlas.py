"""The website of a library: all that a host has to know.

A host is a program that builds a site, such as MkDocs. It renders the Markdown of the pages in the
navigation, gives one page of its theme for all other pages, and writes the files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path

import yaml

from paper_atlas.analysis.gaps import find_gaps
from paper_atlas.analysis.leaderboards import DATASETS, Leaderboards, leaderboards_by_dataset
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.exports import FILE_EXPORTS, records_of
from paper_atlas.exports.json import site_schemas
from paper_atlas.folder.cache import Cache, digest
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem
from paper_atlas.site.addresses import (
    ALL_PAPERS,
    COMPARE,
    ICONS,
    EditUrl,
    SiteInfo,
    facet_path,
    list_page_path,
    no_edit_url,
    paper_path,
)
from paper_atlas.site.collection import Collection, all_papers, collections_of
from paper_atlas.site.files.downloads import (
    chart_files,
    download_paths,
    feed_paths,
    feed_text,
    file_export_paths,
    write_downloads,
)
from paper_atlas.site.files.llms_txt import MappedPage, llms_txt
from paper_atlas.site.files.papers_index import PapersIndex
from paper_atlas.site.files.redirects import redirect_files
from paper_atlas.site.files.script import file_scripts, script_files
from paper_atlas.site.files.search import SearchRecord, page_records, paper_records, term_records
from paper_atlas.site.head import HeadBuilder
from paper_atlas.site.html.charts import Chart, charts_of
from paper_atlas.site.html.handwritten import finish_page
from paper_atlas.site.html.renderer import Mentions, Renderer
from paper_atlas.site.page import Page
from paper_atlas.site.page_template import PageTemplate, TemplateValues
from paper_atlas.site.pages.charts import charts_page
from paper_atlas.site.pages.datasets import dataset_page, datasets_page
from paper_atlas.site.pages.facets import facet_page, is_shown, section_page
from paper_atlas.site.pages.help_wanted import help_wanted_page
from paper_atlas.site.pages.home import home_page
from paper_atlas.site.pages.lineage import has_lineage, lineage_page
from paper_atlas.site.pages.lists import ListBuilder, page_count, pagination
from paper_atlas.site.pages.nav import NavItem, atlas_nav
from paper_atlas.site.pages.papers import (
    all_papers_page,
    compare_page,
    not_found_page,
    paper_page,
)
from paper_atlas.site.pages.terms import term_page
from paper_atlas.site.pages.tiles import shown_terms
from paper_atlas.text.html import escape_for_template
from paper_atlas.translation import ENGLISH, Translator

STYLESHEET = "assets/paper-atlas.css"
_PACKAGE_FILES = Path(__file__).parent
_SEPARATOR = "\x1c"  # between the head and the content of a page in the cache


@dataclass(frozen=True)
class PlannedPage:
    """A page outside of the navigation. `make` returns it; `parent` is the path of its index."""

    path: str
    parent: str
    make: Callable[[], Page]


@dataclass(frozen=True)
class SiteFile:
    """A file that is not a page. `write` creates it below the folder of the site."""

    path: str
    write: Callable[[Path], None]


class Atlas:
    """The pages and files of the website of a library."""

    def __init__(
        self,
        library: Library,
        site: SiteInfo,
        *,
        translate: Translator = ENGLISH,
        edit_url: EditUrl = no_edit_url,
        mentions: Mentions = {},  # noqa: B006
        has_maths: bool = False,
        text_cache: Cache | None = None,
    ) -> None:
        self.library = library
        self.site = site
        self._translate = translate
        self._edit_url = edit_url
        self._cache = text_cache or Cache()
        options = (site, translate.language, edit_url("entries/-.yml"), mentions, has_maths)
        self._digest = _digest_of_all(library, self._cache.code_digest, repr(options))
        self._lists = ListBuilder(library, translate)
        self._last_subject: tuple[Collection | None, Page] = None, Page("", "", "", ())
        self._head = HeadBuilder(library, site)
        self.renderer = Renderer(
            library,
            site.addresses,
            translate,
            edit_url,
            mentions,
            has_maths,
            self._cached_text,
        )

    # Pages in the navigation

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages in the navigation. A host renders their Markdown, and then calls `finish`."""
        return tuple(self._pages())

    def _pages(self) -> Iterator[Page]:
        library, translate = self.library, self._translate
        gaps = find_gaps(library, self._leaderboards, translate)
        yield home_page(library, translate, self.site, gaps)
        yield self._list_page(all_papers(library), 1)
        for name in library.vocabulary.facets:
            if is_shown(library, name):
                yield self._facet_page(name)
        if has_lineage(library):
            yield lineage_page(library, translate)
        yield charts_page(library, translate, self._charts, has_lineage=has_lineage(library))
        yield help_wanted_page(gaps, translate, self.site.add_url)

    def _facet_page(self, name: str) -> Page:
        if name == DATASETS:
            return datasets_page(self.library, self._translate, self._leaderboards)
        return facet_page(self.library, self._translate, name)

    @cached_property
    def _charts(self) -> list[Chart]:
        return charts_of(self.library, self._translate)

    @cached_property
    def navigation(self) -> list[NavItem]:
        """The pages below the home page, as (title, path or further items)."""
        return atlas_nav(self.library, self._translate)

    def markdown(self, page: Page) -> str:
        """Return a page as the text of a Markdown file.

        The front matter is valid YAML, otherwise MkDocs prints it on the page. Themes treat titles
        and descriptions as HTML, so they are escaped, also for hosts that first treat each page as
        a Jinja template. Material hides the parts in `hide`, and leaves the page out of its search,
        to which `search_records` adds it.
        """
        front = {
            "title": escape_for_template(page.title),
            "description": escape_for_template(page.description),
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }
        dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
        heading = replace(page, title=self._translate.isolate(page.title)).heading
        return f"---\n{dumped}---\n\n{heading}\n\n{page.body}\n"

    def finish(
        self, page: Page, text: str, base: str, path: str = "", source: str = ""
    ) -> tuple[str, Page, list[Problem]]:
        """Return the HTML of a page from its rendered Markdown, see `finish_page`.

        Use it also for handwritten pages, which may have links to papers and lists of papers.
        """
        return finish_page(self.renderer, self.library, page, text, base, path, source)

    def head_lines(self, page: Page, present: str, base: str) -> str:
        """Return the lines for the head of a page, whose head so far is `present`."""
        return self._head.head_lines(page, present, base)

    # Pages outside of the navigation

    def planned_pages(self) -> Iterator[PlannedPage]:
        """Yield all other pages: sections, terms, further pages of lists, papers, comparison."""
        for papers in collections_of(self.library):
            yield from self._planned_list(papers)
        for entry in self.library.entries:
            make = partial(self._paper_page, entry)
            yield PlannedPage(paper_path(entry.id), ALL_PAPERS, make)
        yield PlannedPage(COMPARE, ALL_PAPERS, partial(compare_page, self._translate))

    def _planned_list(self, papers: Collection) -> Iterator[PlannedPage]:
        parent = facet_path(papers.facet) if papers.facet else ALL_PAPERS
        is_in_nav = papers.page == ALL_PAPERS
        if isinstance(papers.subject, Term):
            terms = shown_terms(self.library, papers.facet, [papers.subject])
            if not terms:
                return
        for number in range(2 if is_in_nav else 1, page_count(papers) + 1):
            path = list_page_path(papers.page, number)
            yield PlannedPage(path, parent, partial(self._list_page, papers, number))

    def _list_page(self, papers: Collection, number: int) -> Page:
        """Return a page of a list."""
        if papers is not self._last_subject[0]:  # the pages of a list are made one after the other
            self._last_subject = papers, self._subject_page(papers)
        first, entries = self._last_subject[1], papers.entries
        if not entries:
            return first
        if number == 1:
            own = self._own_term(papers)
            block = self._lists.first_page(papers, own, download_paths(papers))
            blocks = (*first.blocks, block)
        else:
            blocks = (self._lists.further_page(papers, number),)
        title = self._translate("{title}, page {number}", title=first.title, number=str(number))
        pages = pagination(papers, number)
        return replace(
            first,
            path=list_page_path(papers.page, number),
            title=first.title if number == 1 else title,
            blocks=blocks,
            head=first.head if number == 1 else None,
            entries=entries,
            number=number,
            neighbours=(pages.previous, pages.next),
        )

    def _own_term(self, papers: Collection) -> tuple[str, str] | None:
        return (papers.facet, papers.subject.id) if isinstance(papers.subject, Term) else None

    def _subject_page(self, papers: Collection) -> Page:
        """Return the first page of a list without its list."""
        library, translate, subject = self.library, self._translate, papers.subject
        if isinstance(subject, Term):
            if papers.facet == DATASETS:
                return dataset_page(library, translate, subject, self._leaderboards)
            return term_page(library, translate, papers.facet, subject)
        if isinstance(subject, Section):
            return section_page(library, translate, papers.facet, subject)
        return all_papers_page(library, translate)

    def _paper_page(self, entry: Entry) -> Page:
        main = self.library.vocabulary.main_facet
        return paper_page(entry, self._neighbours.for_entry(entry), main)

    @cached_property
    def _neighbours(self) -> RelatedPapers:
        return RelatedPapers(self.library)

    @cached_property
    def _leaderboards(self) -> Leaderboards:
        return leaderboards_by_dataset(self.library)

    def page_from_template(self, page: Page, template: PageTemplate) -> str:
        """Return a page outside of the navigation, made from the page that the theme rendered."""
        addresses = self.site.addresses
        base = addresses.base_of(page.path)

        def make() -> str:
            present = template.head_of(page.description)
            head = self._head.head_lines(page, present, base)
            return f"{head}{_SEPARATOR}{self.renderer.page_html(page, base)}"

        if isinstance(page.subject, Entry):
            text = self._cached_text("pages", f"{template.digest} {page.subject.id}", make)
        else:
            text = make()
        head, _, content = text.partition(_SEPARATOR)
        return template.fill(
            TemplateValues(
                title=page.title,
                description=page.description,
                address=addresses.canonical_url(page.path),
                source=self._edit_url(page.source) or "",
                head=head,
                content=content,
            )
        )

    def not_found(self, base: str) -> tuple[str, str]:
        """Return the title and the HTML of the page for an address without a page.

        A host shows it at any address, so `base` is the absolute path of the site: `/site/`.
        """
        page = not_found_page(self._translate, self.site.add_url)
        return page.title, self.renderer.page_html(page, base)

    # Files

    def files(self, taken: Set[str] = frozenset()) -> Iterator[SiteFile]:
        """Yield all files that are not pages, except those with a path in `taken`."""
        for path, content in self._small_files.items():
            if path not in taken:
                yield SiteFile(path, partial(_write_bytes, path=path, content=content))
        for path, write in self._large_files(taken):
            if path not in taken:
                yield SiteFile(path, write)

    @cached_property
    def _small_files(self) -> dict[str, bytes]:
        addresses = self.site.addresses
        texts = {
            **site_schemas(self.library.file_vocabulary),
            **script_files(self._script_addresses(), self._translate),
            **(file_scripts(self._translate) if self.site.offline else {}),
            **redirect_files(self.library, addresses),
            **chart_files(self._charts, self._translate),
        }
        assets = {name: (_PACKAGE_FILES / name).read_bytes() for name in (STYLESHEET, ICONS)}
        return assets | {path: text.encode() for path, text in texts.items()}

    def _script_addresses(self) -> dict[str, str]:
        """Return the addresses that the script needs, relative to the root, by name."""
        page_url = self.site.addresses.page_url
        return {
            "allPapers": page_url(ALL_PAPERS),
            "compare": page_url(COMPARE),
            "add": self.site.add_url,
        }

    def _large_files(self, taken: Set[str]) -> Iterator[tuple[str, Callable[[Path], None]]]:
        index = PapersIndex(self.library, self.site.addresses, self._translate)
        write_index = cache(partial(_write_texts, files=index.files, taken=taken))
        yield from ((path, write_index) for path in index.paths)
        collections = collections_of(self.library)
        paths = {path for papers in collections for path in download_paths(papers).values()}
        write_records = cache(partial(self._write_downloads, paths=paths - taken))
        yield from ((path, write_records) for path in sorted(paths))
        for name, path in file_export_paths().items():
            yield path, partial(self._write_file_export, name=name, path=path)
        for path, papers in feed_paths(self.library, self.site).items():
            yield path, partial(self._write_feed, path=path, papers=papers)

    def _write_downloads(self, folder: Path, paths: Set[str]) -> None:
        write_downloads(self.library, folder, paths, self._records)

    def _records(self, entry: Entry) -> list[str]:
        joined = self._cached_text("records", entry.id, lambda: _SEPARATOR.join(records_of(entry)))
        return joined.split(_SEPARATOR)

    def _write_file_export(self, folder: Path, name: str, path: str) -> None:
        FILE_EXPORTS[name].write_file(self.library.entries, folder / path)

    def _write_feed(self, folder: Path, path: str, papers: Collection) -> None:
        _write_bytes(folder, path, feed_text(papers, self.site).encode())

    def search_records(
        self, pages: Iterable[Page], *, has_own_search: bool
    ) -> Iterator[SearchRecord]:
        """Yield the records of pages and terms for the search of the theme.

        Papers follow if the script does not add them to the search of the theme itself.
        """
        yield from page_records(pages, self.site.addresses)
        yield from term_records(self.library, self.site.addresses)
        if not has_own_search:
            yield from paper_records(self.library, self.site.addresses)

    def llms_txt(self, pages: Sequence[MappedPage]) -> str:
        """Return `llms.txt`, with other pages of the site after those of the atlas."""
        return llms_txt(self.library, self.site, pages)

    def _cached_text(self, kind: str, key: str, make: Callable[[], str]) -> str:
        """Return a text from the cache. Its key depends on everything in the atlas."""
        return self._cache.get_text(kind, digest(self._digest, key), make)


def _digest_of_all(library: Library, code_digest: bytes, options: str) -> bytes:
    """Return a digest of all that a text of an atlas can depend on.

    `options` is the text of everything that comes neither from the library nor from the code.
    """
    return digest(
        code_digest,
        options,
        library.folder,
        library.vocabulary.model_dump_json(),
        *(name.encode() + value for name, value in sorted(library.digests.items())),
    )


def _write_bytes(folder: Path, path: str, content: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _write_texts(
    folder: Path, files: Callable[[], Iterator[tuple[str, str]]], taken: Set[str]
) -> None:
    for path, text in files():
        if path not in taken:
            _write_bytes(folder, path, text.encode())
