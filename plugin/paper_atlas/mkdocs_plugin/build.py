"""One build of a site with MkDocs or ProperDocs."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from logging import INFO, WARNING
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from paper_atlas.folder.cache import Cache
from paper_atlas.folder.cache.tracked import tracked_cache
from paper_atlas.folder.load import load, without_garbage_collection
from paper_atlas.mkdocs_plugin.files import (
    add_link_targets,
    append_deferred_file,
    append_page,
    files_in_folder,
    find_mentions,
)
from paper_atlas.mkdocs_plugin.nav import add_to_nav
from paper_atlas.mkdocs_plugin.preview import DeferredFiles
from paper_atlas.mkdocs_plugin.search import SearchIndex
from paper_atlas.mkdocs_plugin.theme import Theme, edit_url, has_maths, is_offline, without_counts
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem, Severity, display_path
from paper_atlas.reports.printable import printable_line
from paper_atlas.site.addresses import CONTRIBUTE, HOME, Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas, PlannedPage, SiteFile
from paper_atlas.site.files.llms_txt import LLMS_FILE, MappedPage
from paper_atlas.site.page import Page
from paper_atlas.site.page_template import PageTemplate
from paper_atlas.site.taken_paths import TakenPaths
from paper_atlas.source.atomic import temporary_folder
from paper_atlas.source.document import SLOW_PARSER_WARNING
from paper_atlas.text.html import escape_for_template
from paper_atlas.translation import translator_for

log = get_plugin_logger("paper-atlas")


class Source:
    """The entries of a site, and what the configuration says about them."""

    def __init__(self, config: MkDocsConfig, entries: Path, previous: Cache | None) -> None:
        """Read the entries. `previous` is the cache of the previous build of a preview.

        Garbage collection is off until the build ends. It would examine all entries again and
        again, which takes a sixth of the time of a large build and frees little.
        """
        self.exit_stack = ExitStack()
        self.exit_stack.enter_context(without_garbage_collection())
        self.root = Path(config.config_file_path or ".").parent
        self.cache = Cache(self.root, previous)
        self.library = load(entries, self.root, self.cache)
        if SLOW_PARSER_WARNING:
            log.info(SLOW_PARSER_WARNING)
        log_problems([*self.library.problems, *tracked_cache(self.root, self.root)])
        self.titles = {entry.id: entry.title for entry in self.library.entries}

    def close(self, *, whole: bool) -> None:
        """Write the cache and close it. `whole` is False if the build failed or was lazy."""
        self.exit_stack.close()
        self.cache.close(whole=whole)


class Build:
    """The pages and files of the atlas in one build.

    `pages` are the pages that MkDocs renders, by source path. `planned` are all other pages, by the
    path of their file. `folder` is the folder of the atlas in the site, with a slash at its end, or
    an empty string: a plugin may build a site again for each language, in a folder of its own.
    `has_policy` is true if pages have a Content-Security-Policy.
    """

    def __init__(
        self,
        source: Source,
        files: Files,
        config: MkDocsConfig,
        folder: str = "",
        *,
        has_policy: bool = False,
    ) -> None:
        self.source = source
        self.config = config
        self.folder = folder
        self.translate = translator_for(str(config.theme.get("language", config.theme.locale)))
        self.files = files
        self.search = SearchIndex.from_plugins(config.plugins.items())
        self.atlas = self._make_atlas()
        self.pages: dict[str, Page] = {}
        self.own_files: dict[str, File] = {}
        self.planned: dict[str, PlannedPage] = {}
        self._present = files_in_folder(files, folder)
        self._taken, self._obstacles = TakenPaths(self._present), set[str]()
        self._add_pages()
        self._add_planned_pages()
        self.other_files = [*self._other_files()]
        for file in self.other_files:
            append_deferred_file(files, config, file.path, folder)
        self._page_names = {page.path: name for name, page in self.pages.items()}
        self._planned_paths = {planned.path for planned in self.planned.values()}
        add_link_targets(files, config, self._planned_paths, folder)
        self.theme = Theme(config, files, has_policy=has_policy)

    def _make_atlas(self) -> Atlas:
        config, source, folder = self.config, self.source, self.folder
        root = config.site_url and config.site_url + folder
        addresses = Addresses(config.use_directory_urls, root or "")
        description = config.site_description or ""
        return Atlas(
            source.library,
            SiteInfo(config.site_name, description, addresses, is_offline(config), self._add_url()),
            translate=self.translate,
            edit_url=lambda path: edit_url(config, source.root / path),
            mentions=find_mentions(self.files.documentation_pages(), source.titles, folder),
            has_maths=has_maths(config),
            text_cache=source.cache,
        )

    def _add_url(self) -> str:
        """Return the address where readers find out how to add a paper, or an empty string."""
        page = self.files.get_file_from_path(self.folder + CONTRIBUTE)
        return page.url.removeprefix(self.folder) if page else self.config.repo_url or ""

    def not_found_template(self, template: Template) -> Template:
        """Return the theme's page for addresses without a page, with the content of the atlas."""
        site = urlsplit(self.config.site_url or "/").path
        return self.theme.not_found_template(template, *self.atlas.not_found(site + self.folder))

    def _add_pages(self) -> None:
        """Add the pages in the navigation. A handwritten page at the same path stays."""
        sources = self.source.exit_stack.enter_context(temporary_folder())
        for page in self.atlas.pages:
            path = self.atlas.site.addresses.page_file(page.path)
            if self._can_write(path) and not self._keep_handwritten(page, path):
                text = self.atlas.markdown(page)
                file = append_page(self.files, self.config, page.path, text, sources, self.folder)
                self.pages[page.path] = page
                self.own_files[page.path] = file

    def _add_planned_pages(self) -> None:
        for planned in self.atlas.planned_pages():
            path = self.atlas.site.addresses.page_file(planned.path)
            is_free = path not in self._present
            if self._can_write(path) and (
                is_free or not self._keep_handwritten(planned.make(), path)
            ):
                self.planned[path] = planned

    def _other_files(self) -> Iterator[SiteFile]:
        """Yield the files that are not pages, without those whose path is taken."""
        page_file = self.atlas.site.addresses.page_file
        pages = {*self.planned, *(page_file(page.path) for page in self.pages.values())}
        taken = self._present.keys() | pages
        taken |= {one.path for one in self.atlas.files(taken) if not self._can_write(one.path)}
        yield from self.atlas.files(taken)
        if LLMS_FILE not in self._present and self._can_write(LLMS_FILE):
            yield SiteFile(LLMS_FILE, self._write_llms_file)

    def _can_write(self, path: str) -> bool:
        """Return False if a file of the site is in the way, with one warning for that file."""
        other = self._taken.in_the_way_of(path)
        if other and other not in self._obstacles:
            self._obstacles.add(other)
            source = self._present[other].src_uri
            log.warning("%s is in the way of %s, which is left out: rename the file", source, path)
        return not other

    def _keep_handwritten(self, page: Page, path: str) -> bool:
        """Return True if the file of a page is present. The papers follow the text of a page."""
        file = self._present.get(path)
        if not file:
            return False
        if file.is_documentation_page():
            if page.path != HOME or self.config.nav:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            self.pages[file.src_uri] = page
        else:
            message = f"{file.src_uri} replaces the page {page.title} of the atlas"
            log.warning("%s", printable_line(message))
        return True

    def navigation(self, nav: Navigation) -> Navigation:
        """Return the navigation with the pages of the atlas."""
        page_file = self.atlas.site.addresses.page_file
        for page in nav.pages:
            if page.title is None and (found := self.planned.get(page_file(page.file.src_uri))):
                page.title = escape_for_template(found.make().title)
        files = {path: self.files.src_uris[name] for path, name in self._page_names.items()}
        home = (self.translate("Home"), files[HOME]) if HOME in files else None
        self.theme.nav = add_to_nav(nav, self.atlas.navigation, files, home)
        return self.theme.nav

    def markdown(self, text: str, page: SitePage) -> str:
        """Return the Markdown of a page; the papers of the atlas follow a handwritten text."""
        name = page.file.src_uri
        if name not in self.pages or name in self.own_files:
            return text
        return f"{text}\n\n{self.pages[name].body}"

    def content(self, text: str, page: SitePage) -> str:
        """Return the HTML of a page with links to papers and lists of papers.

        Also registers the anchors of the cards on the page.
        """
        name, base = page.file.src_uri, self._base_of(page)
        atlas_page = self.pages.get(name, Page(name, "", "", ()))
        path = display_path(Path(self.config.docs_dir, name), self.source.root)
        text, atlas_page, problems = self.atlas.finish(
            atlas_page, text, base, path, page.file.content_string
        )
        log_problems(problems)
        self._hide_from_feeds(page)
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(atlas_page.card_ids)
        return text

    def _hide_from_feeds(self, page: SitePage) -> None:
        """Hide a page of the atlas, or what it appended to a page, from plugins that follow.

        A plugin for feeds leaves drafts out, and takes the beginning of the text of other pages.
        """
        name = page.file.src_uri
        if name in self.own_files:
            page.meta["draft"] = True
        elif name in self.pages:
            page.markdown = (page.markdown or "").removesuffix(self.pages[name].body)

    def finished_page(self, output: str, page: SitePage) -> str:
        """Return a page as the theme rendered it, with the lines for its head.

        A page may contain excerpts of others, whose links and lists are not finished yet.
        """
        base = self._base_of(page)
        output, _, _ = self.atlas.finish(Page("", "", "", ()), without_counts(output), base)
        atlas_page = self.pages.get(page.file.src_uri)
        before, end, after = output.partition("</head>")
        if not atlas_page or not end:
            return output
        return f"{before}{self.atlas.head_lines(atlas_page, before, base)}{end}{after}"

    def _base_of(self, page: SitePage) -> str:
        """Return the relative path from a page to the root of the atlas."""
        return "../" * (page.url.count("/") - self.folder.count("/"))

    def addresses(self) -> Iterator[str]:
        """Yield the full addresses of all pages of the atlas, if that of the site is known."""
        site = self.atlas.site.addresses
        paths = [*self._page_names, *self._planned_paths] if site.root else ()
        return map(site.full_page_url, sorted(paths))

    def add_search_records(self) -> None:
        """Add records of pages to the search, before its index is written."""
        first = next(iter(self.planned.values()), None)
        template = self._template(first) if first else None
        if template and not template.has_content:
            log.warning("the theme has no place for the content of papers, terms and sections")
        # Without a web server, the script does not add papers to the search of the theme.
        has_own_search = (
            template is not None and template.has_search and not is_offline(self.config)
        )
        own = [self.pages[path] for path in self.own_files]
        records = self.atlas.search_records(own, has_own_search=has_own_search)
        urls = {self.files.src_uris[name].url for name in self.pages if name not in self.own_files}
        located = (replace(one, location=self.folder + one.location) for one in records)
        self.search.replace_records(one for one in located if one.location not in urls)

    def add_deferred_files(self, deferred: DeferredFiles) -> None:
        """Add the files to write after the pages."""
        site = Path(self.config.site_dir, self.folder)
        for file in self.other_files:
            deferred.add(self.folder + file.path, partial(file.write, site))
        for path, planned in self.planned.items():
            deferred.add(self.folder + path, partial(self._write_page, site, path, planned))

    def _write_page(self, site: Path, path: str, planned: PlannedPage) -> None:
        text = self.atlas.page_from_template(planned.make(), self._template(planned))
        file = os.path.join(site, path)  # noqa: PTH118 - faster for thousands of pages
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        with open(file, "wb") as output:  # noqa: PTH123
            output.write(text.encode())

    def _template(self, planned: PlannedPage) -> PageTemplate:
        base = self.atlas.site.addresses.base_of(planned.path)
        path = self.folder + self.atlas.site.addresses.page_file(planned.path)
        return self.theme.template(path, base, self._page_names.get(planned.parent, ""))

    def _write_llms_file(self, folder: Path) -> None:
        text = self.atlas.llms_txt([*self._listed_pages()])
        (folder / LLMS_FILE).write_text(text, encoding="utf-8")

    def _listed_pages(self) -> Iterator[MappedPage]:
        """Yield the pages for llms.txt: those of the atlas, then handwritten ones."""
        for name, page in self.pages.items():
            if not isinstance(page.subject, Entry | Term | Section):
                url = self.files.src_uris[name].url
                yield MappedPage(page.title, page.description, url, page.path)
        for file in self.files.documentation_pages():
            if file.page and file.src_uri not in self.pages:
                description = str(file.page.meta.get("description", ""))
                yield MappedPage(str(file.page.title), description, file.url, file.src_uri)


def deferred_files(builds: Iterable[Build]) -> DeferredFiles:
    """Return the files of builds to write after the pages, or when a browser requests them."""
    deferred = DeferredFiles()
    for build in builds:
        build.add_deferred_files(deferred)
    return deferred


def log_problems(problems: Iterable[Problem]) -> None:
    """Log problems: notes as information, all others as warnings."""
    for problem in problems:
        level = INFO if problem.severity is Severity.NOTE else WARNING
        log.log(level, "%s", printable_line(str(problem)))
