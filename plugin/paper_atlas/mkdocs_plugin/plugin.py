"""The plugin class, which connects the atlas to the events of MkDocs and ProperDocs.

`on_config` reads the entries. `on_files` adds pages. The page events resolve links to papers.
`on_post_build` writes the deferred files, including cards, and adds a record for each paper to the
search index.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from logging import INFO, WARNING
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data
from mkdocs.utils.templates import TemplateContext

from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.checks.context import unknown_paper_problem
from paper_atlas.exports.json import site_schemas
from paper_atlas.folder.cache import CACHE_FOLDER, Cache
from paper_atlas.folder.load import load, without_garbage_collection
from paper_atlas.mkdocs_plugin.files import (
    DeferredFile,
    append_file,
    markdown_file,
    remove_page,
    with_papers,
)
from paper_atlas.mkdocs_plugin.nav import nav_paths, site_nav
from paper_atlas.mkdocs_plugin.preview import DeferredFiles, Preview
from paper_atlas.mkdocs_plugin.search import SearchIndex
from paper_atlas.mkdocs_plugin.theme import (
    add_missing_labels,
    base_of_page,
    edit_url,
    has_maths,
    path_from_docs,
)
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Severity, display_path
from paper_atlas.site.addresses import (
    ALL_PAPERS,
    HOME,
    ICONS,
    PAPER_LIST,
    Addresses,
    SiteInfo,
    paper_path,
)
from paper_atlas.site.files.downloads import all_download_paths, write_downloads
from paper_atlas.site.files.llms_txt import LLMS_FILE, MappedPage, llms_txt
from paper_atlas.site.files.papers_index import card_file_content, card_files, papers_index
from paper_atlas.site.files.redirects import redirect_page
from paper_atlas.site.files.script import START_MODULE, script_files
from paper_atlas.site.files.search import search_records
from paper_atlas.site.head import HeadBuilder
from paper_atlas.site.html.listings import has_directive, replace_directives
from paper_atlas.site.html.page_writer import PageToFill, fill_pages
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.mentions import mentioned_papers
from paper_atlas.site.page import Page, missing_placeholders
from paper_atlas.site.pages import atlas_pages
from paper_atlas.site.pages.nav import atlas_nav
from paper_atlas.site.pages.papers import paper_page
from paper_atlas.site.paper_template import (
    SOURCE_PLACEHOLDER,
    TEMPLATE_PAGE,
    PaperTemplate,
    PaperTexts,
)
from paper_atlas.source.document import SLOW_PARSER_WARNING
from paper_atlas.text.paper_links import PaperLinks, find_link, linked_id, links_cut_by_cells
from paper_atlas.translation import translator_for

# Explicit, because MkDocs may exclude a handwritten page with the same path.
INCLUDED, NOT_IN_NAV = InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV
STYLESHEET = "assets/paper-atlas.css"
_ASSETS = Path(__file__).parent.parent / "site"

log = get_plugin_logger("paper-atlas")


class PaperAtlasConfig(Config):
    """The options of the plugin."""

    entries = c.Dir(exists=True, default="entries")


class PaperAtlasPlugin(BasePlugin[PaperAtlasConfig]):
    """Adds the pages of the atlas to a site, and links to papers to its other pages."""

    # Events need them even if another plugin fails before `on_config`.
    exit_stack, build_cache = ExitStack(), Cache()
    preview: Preview | None = None
    is_served = is_dirty = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is a preview.

        MkDocs keeps the instance of a plugin with this event for all builds of a preview.
        """
        self.is_served, self.is_dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the entries and watch their folder.

        Garbage collection is off until the build ends. It would examine all entries again and
        again, which takes a sixth of the time of a large build and frees little.
        """
        self._serve(None)
        self.build_cache.close(whole=False)
        self.exit_stack = ExitStack()
        self.exit_stack.enter_context(without_garbage_collection())
        self.root = Path(config.config_file_path or ".").parent
        self.build_cache = Cache(
            self.root / CACHE_FOLDER, self.build_cache if self.is_served else None
        )
        self.library = load(Path(self.config.entries), self.root, self.build_cache)
        self.translate = translator_for(str(config.theme.get("language", config.theme.locale)))
        _log_once(SLOW_PARSER_WARNING)
        for problem in self.library.problems:
            log.log(INFO if problem.severity is Severity.NOTE else WARNING, "%s", problem)
        titles = {entry.id: entry.title for entry in self.library.entries}
        config.markdown_extensions.append(PaperLinks(titles))  # type: ignore[arg-type]
        config.watch.append(self.config.entries)
        config.extra_css.insert(0, STYLESHEET)
        config.extra_javascript.append(_module(START_MODULE))
        self.addresses = Addresses(config.use_directory_urls, config.site_url or "")
        self.site = SiteInfo(config.site_name, config.site_description or "", self.addresses)
        self.head_builder = HeadBuilder(self.library, self.site)
        self.renderer = Renderer(
            self.library,
            self.addresses,
            lambda path: edit_url(config, self.root / path),
            self._mentions_of,
            self.translate,
            self.build_cache,
            has_maths(config),
        )
        self.paper_texts = PaperTexts(
            self.library, self.site, self.head_builder, self.renderer, self.build_cache
        )
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. A handwritten page at the same path stays, followed by the papers."""
        self.search = SearchIndex.from_plugins(config.plugins.items())
        self.mentions = _find_mentions(files, self.library.entries)
        present = {file.dest_uri: file for file in files if not file.inclusion.is_excluded()}
        self.pages = dict[str, Page]()
        self.pages_to_fill = dict[str, PageToFill]()
        places = dict[str, str]()
        items = atlas_nav(self.library, self.translate)
        in_nav = {HOME, *nav_paths(items)}
        pages = [*atlas_pages(self.library, config.site_name, self.translate)]
        for page in [*pages, *self._add_papers(files, config, present)]:
            text = markdown_file(page, self.translate)
            generated = File.generated(config, page.path, content=text, inclusion=INCLUDED)
            file = present.setdefault(generated.dest_uri, generated)
            if page.path not in in_nav:
                file.inclusion = NOT_IN_NAV
            if page is TEMPLATE_PAGE:
                file.edit_uri = path_from_docs(config, self.root / SOURCE_PLACEHOLDER)
            if file is generated:
                append_file(files, file)
            elif not file.is_documentation_page():
                log.warning("%s replaces the page %s of the atlas", file.src_uri, page.title)
            self.pages[file.src_uri] = page
            places[page.path] = file.src_uri
        downloads = all_download_paths(self.library, self.site)
        deferred = [PAPER_LIST, *card_files(self.library), *downloads]
        self.handwritten_files = [name for name in deferred if name in present]
        for file in self._other_files(config, deferred):
            if file.src_uri not in present:
                files.append(file)
        config.nav = site_nav(config.nav, files, items, places, self.translate("Home"))
        return files

    def on_page_markdown(self, markdown: str, *, page: SitePage, **_: Any) -> str:
        """Append the papers to a handwritten page."""
        atlas_page = self.pages.get(page.file.src_uri)
        return (
            f"{markdown}\n\n{atlas_page.body}"
            if atlas_page and not page.file.generated_by
            else markdown
        )

    def on_page_content(self, text: str, *, page: SitePage, config: MkDocsConfig, **_: Any) -> str:
        """Resolve `[[id]]`, and register the anchors of the cards on the page."""
        text, lost = self.renderer.link_papers(text, base_of_page(page))
        for reference in dict.fromkeys([*lost, *links_cut_by_cells(text)]):
            self._report_broken_link(reference, page, config)
        text = self._replace_listings(text, page, config) if has_directive(text) else text
        atlas_page = self.pages.get(page.file.src_uri)
        if atlas_page and page.present_anchor_ids is not None:
            page.present_anchor_ids.update(atlas_page.card_ids)
        if not atlas_page or atlas_page is TEMPLATE_PAGE or self.search.takes_records:
            return text
        _warn_of_missing_placeholders(atlas_page, text)
        return self.renderer.join_parts(
            self.renderer.page_parts(atlas_page, text, base_of_page(page))
        )

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Add llms.txt, now that every page has its title."""
        if files.get_file_from_path(LLMS_FILE) is None:
            text = llms_txt(self.library, self.site, [*self._listed_pages(files)])
            files.append(File.generated(config, LLMS_FILE, content=text))
        return env

    @event_priority(100)
    def _add_head(self, output: str, *, page: SitePage, **_: Any) -> str:
        """Add the lines for the head to the finished page."""
        output = add_missing_labels(output, self.translate)
        atlas_page = self.pages.get(page.file.src_uri)
        before, end, after = output.partition("</head>")
        if atlas_page is TEMPLATE_PAGE:
            self.head = before
        elif atlas_page and atlas_page.title:
            lines = self.head_builder.head_lines(atlas_page, before, base_of_page(page))
            output = f"{before}{lines}{end}{after}"
        return output

    @event_priority(-100)
    def _keep_page(self, output: str, *, page: SitePage, config: MkDocsConfig, **_: Any) -> str:
        """Store the template page, and the pages to fill with cards."""
        atlas_page = self.pages.get(page.file.src_uri)
        if atlas_page is TEMPLATE_PAGE:
            _warn_of_missing_placeholders(atlas_page, output)
            self.paper_template = PaperTemplate(output)
        elif (
            atlas_page and self.search.takes_records and output.strip()
        ):  # else MkDocs leaves it out
            _warn_of_missing_placeholders(atlas_page, output)
            file = Path(config.site_dir, page.file.dest_uri)
            self.pages_to_fill[page.file.dest_uri] = PageToFill(
                atlas_page, file, base_of_page(page)
            )
        return output

    on_post_page = CombinedEvent(_add_head, _keep_page)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, **_: Any
    ) -> TemplateContext:
        """List the pages of papers in the sitemap, from which Material also loads pages."""
        if template_name == "sitemap.xml":
            names = [entry.id for entry in self.papers_by_file.values()]
            context["pages"] = [*with_papers(context["pages"], names)]
        return context

    @event_priority(100)
    def _write_deferred(self, *, config: MkDocsConfig, **_: Any) -> None:
        """Write the deferred files and add the search records, before the index is written.

        The records follow those of pages, because Material uses the first one at an address for the
        page.
        """
        site = Path(config.site_dir)
        if self.papers_by_file:
            remove_page(site / self.addresses.page_file(TEMPLATE_PAGE.path))
        self.search.remove_page(self.addresses.page_url(TEMPLATE_PAGE.path))
        self.deferred = self._deferred_files(site)
        if not self.preview:
            self.deferred.write_all()
            self.build_cache.close()
        self.search.replace_records(search_records(self.library, self.renderer))
        if not self.preview:
            self._release_entries()
        self.exit_stack.close()

    @event_priority(-100)
    def _serve_deferred(self, **_: Any) -> None:
        """Serve the deferred files, now that no plugin changes finished pages any more."""
        self._serve(self.deferred)

    on_post_build = CombinedEvent(_write_deferred, _serve_deferred)

    def on_build_error(self, **_: Any) -> None:
        """Write the texts so far to the cache, and close it."""
        self.exit_stack.close()
        self._serve(DeferredFiles())
        self.build_cache.close(whole=False)

    def on_serve(self, server: Any, *, config: MkDocsConfig, **_: Any) -> Any:
        """Write deferred files on request from now on.

        The server is one of the standard library, so its application can be replaced. A dirty build
        keeps pages of the build before, so these must be complete.
        """
        if not self.is_dirty:
            self.preview = Preview(server.get_app(), urlsplit(config.site_url or "/").path)
            server.set_app(self.preview)
        return server

    def on_shutdown(self) -> None:
        """Let requests wait, and close the cache that they use."""
        self._serve(None)
        self.build_cache.close(whole=False)

    def _other_files(self, config: MkDocsConfig, deferred: Iterable[str]) -> Iterator[File]:
        """Yield the files that are not pages."""
        for name in (STYLESHEET, ICONS):
            yield File.generated(config, name, abs_src_path=str(_ASSETS / name))
        for name, content in site_schemas(self.library.file_vocabulary).items():
            yield File.generated(config, name, content=content)
        for name, content in script_files(
            self.addresses.page_url(ALL_PAPERS), self.translate
        ).items():
            yield File.generated(config, name, content=content)
        for name in deferred:
            yield DeferredFile.generated(config, name, content="")

    def _add_papers(
        self, files: Files, config: MkDocsConfig, present: Mapping[str, File]
    ) -> list[Page]:
        """Plan a copy of the template for each paper, and add redirects from former addresses.

        Returns the pages that MkDocs renders: those of papers with a handwritten page, and the
        template.
        """
        self.papers_by_file = dict[str, Entry]()
        self.handwritten_papers = dict[str, Entry]()
        for entry in self.library.entries:
            path = self.addresses.page_file(paper_path(entry.id))
            if file := present.get(path):
                self.handwritten_papers[file.src_uri] = entry
            else:
                self.papers_by_file[path] = entry
            for name in entry.formerly:
                former = paper_path(name)
                address = get_relative_url(
                    self.renderer.paper_url(entry), self.addresses.page_url(former)
                )
                moved = redirect_page(entry.title, address)
                files.append(
                    File.generated(config, self.addresses.page_file(former), content=moved)
                )
        neighbours = RelatedPapers(self.library)
        rendered = [
            paper_page(entry, neighbours.for_entry(entry))
            for entry in self.handwritten_papers.values()
        ]
        return [*rendered, *([TEMPLATE_PAGE] if self.papers_by_file else [])]

    def _replace_listings(self, text: str, page: SitePage, config: MkDocsConfig) -> str:
        """Replace the directives with placeholders, and log their problems."""
        name, source = page.file.src_uri, page.file.content_string
        atlas_page = self.pages.get(name, Page(name, "", "", ()))
        path = display_path(Path(config.docs_dir, name), self.root)
        text, self.pages[name], problems = replace_directives(
            text, atlas_page, self.library, path, source
        )
        for problem in problems:
            log.warning("%s", problem)
        return text

    def _report_broken_link(self, reference: str, page: SitePage, config: MkDocsConfig) -> None:
        """Log every position of a link to a paper that does not exist.

        The position is the start of the page if another file contains the link.
        """
        cut = not reference.endswith("]]")
        if not cut and linked_id(reference) in self.library.known_ids:
            return
        written = f"{reference}|" if cut else reference
        path = display_path(Path(config.docs_dir, page.file.src_uri), self.root)
        for place in list(find_link(page.file.content_string, written)) or [(1, 1)]:
            problem = unknown_paper_problem(path, place, "", reference, self.library.known_ids)
            if cut:
                message = f"'{reference}' is split at the border of a cell"
                problem = replace(
                    problem, message=message, hint="in a table, write \\| instead of |"
                )
            log.warning("%s", problem)

    def _mentions_of(self, name: str) -> list[tuple[str, str]]:
        """Return (title, address) of the other pages that mention a paper."""
        found = self.mentions.get(name, ())
        others = ((title, file) for title, file in found if file.src_uri != paper_path(name))
        return [(title, unquote(file.url)) for title, file in others]

    def _listed_pages(self, files: Files) -> Iterator[MappedPage]:
        """Yield the pages for llms.txt: pages of the atlas except papers, then handwritten ones."""
        for name, atlas_page in self.pages.items():
            file = files.get_file_from_path(name)
            if (
                file
                and atlas_page.title
                and atlas_page is not TEMPLATE_PAGE
                and name not in self.handwritten_papers
            ):
                yield MappedPage(
                    atlas_page.title, atlas_page.description, file.url, atlas_page.path
                )
        for file in files.documentation_pages():
            if file.page and not getattr(self.pages.get(file.src_uri), "title", ""):
                description = str(file.page.meta.get("description", ""))
                yield MappedPage(str(file.page.title), description, file.url, file.src_uri)

    def _deferred_files(self, site: Path) -> DeferredFiles:
        """Return the deferred files. A preview writes each page alone, a build all at once."""
        deferred = DeferredFiles()
        handwritten_files = {
            site / name: (site / name).read_bytes() for name in self.handwritten_files
        }
        fill_all = cache(lambda: self._fill([*self.pages_to_fill.values()]))
        for path, page in self.pages_to_fill.items():
            deferred.add(path, partial(self._fill, [page]) if self.preview else fill_all)
        deferred.add(PAPER_LIST, lambda: self._write_index(site / PAPER_LIST))
        for path, entries in card_files(self.library).items():
            deferred.add(path, partial(self._write_cards, site / path, entries))
        write_downloads = cache(lambda: self._write_downloads(site, deferred, handwritten_files))
        for path in all_download_paths(self.library, self.site):
            deferred.add(path, write_downloads)
        for path in self.handwritten_files:
            deferred.discard(path)
        for path, entry in self.papers_by_file.items():
            deferred.add(path, partial(self._write_paper_page, site / path, entry))
        return deferred

    def _fill(self, pages: Sequence[PageToFill]) -> None:
        fill_pages(pages, self.library.entries, self.renderer)

    def _write_index(self, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as output:
            output.writelines(papers_index(self.library, self.addresses, self.translate))

    def _write_cards(self, file: Path, entries: Sequence[Entry]) -> None:
        text = card_file_content(entries, self.renderer)
        file.write_text(text, encoding="utf-8", newline="")

    def _write_downloads(
        self, site: Path, deferred: DeferredFiles, handwritten_files: Mapping[Path, bytes]
    ) -> None:
        """Write all files for other programs, except handwritten ones."""
        try:
            write_downloads(self.library, self.site, site, self._paper_records(deferred))
        finally:
            for file, content in handwritten_files.items():
                file.write_bytes(content)

    def _paper_records(self, deferred: DeferredFiles) -> Iterator[Sequence[str]]:
        """Yield the records of each paper.

        A build also writes the page of the paper, which contains some of them.
        """
        for entry in self.library.entries:
            yield self.paper_texts.export_records(entry)
            if not self.preview:
                deferred.write(self.addresses.page_file(paper_path(entry.id)))

    def _write_paper_page(self, file: Path, entry: Entry) -> None:
        page = self.paper_texts.paper_html(entry, self.paper_template, self.head)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")

    def _release_entries(self) -> None:
        """Free all entries, because writing the search index takes much memory."""
        del self.library, self.renderer, self.head_builder, self.paper_texts
        del self.pages, self.pages_to_fill, self.handwritten_papers, self.papers_by_file
        gc.collect()

    def _serve(self, deferred: DeferredFiles | None) -> None:
        """Let the preview serve deferred files, or with None let requests wait."""
        if self.preview:
            self.preview.renew(deferred)


def _module(path: str) -> c.ExtraScriptValue:
    """Return an ES module for the option `extra_javascript`."""
    script = c.ExtraScriptValue(path)
    script.type = "module"
    return script


@cache
def _log_once(message: str) -> None:
    if message:
        log.info(message)


def _warn_of_missing_placeholders(page: Page, text: str) -> None:
    if missing := missing_placeholders(page, text):
        log.warning(
            "%s: the theme lost the placeholders of %d lists of papers", page.path, len(missing)
        )


def _find_mentions(files: Files, entries: Iterable[Entry]) -> dict[str, list[tuple[str, File]]]:
    """Return the pages that mention papers, by the id of the paper, each with its title."""
    titles = {entry.id: entry.title for entry in entries}
    found = dict[str, list[tuple[str, File]]]()
    for file in files.documentation_pages():
        try:
            text, front = get_data(file.content_string)
        except (OSError, ValueError):  # MkDocs reports it when it reads the page
            continue
        heading, names = mentioned_papers(text, titles)
        title = str(front.get("title") or heading or file.src_uri)
        for name in names:
            found.setdefault(name, []).append((title, file))
    return found
