"""`llms.txt`: the overview of a site for language models, in Markdown.

Format: https://llmstxt.org
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from paper_atlas.exports import EXPORTS, FILE_EXPORTS
from paper_atlas.exports.markdown import markdown_link
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import FEED, SiteInfo, section_path, term_path
from paper_atlas.site.collection import all_papers
from paper_atlas.site.files.downloads import download_paths, file_export_paths, has_feed
from paper_atlas.site.pages.tiles import shown_terms
from paper_atlas.text.lines import pluralize
from paper_atlas.text.markdown import escape_markdown

LLMS_FILE = "llms.txt"


@dataclass(frozen=True)
class MappedPage:
    """A page in the overview: title, description, address relative to the root, and path."""

    title: str
    description: str
    url: str
    path: str


def llms_txt(library: Library, site: SiteInfo, pages: Sequence[MappedPage]) -> str:
    """Return the overview: files with all papers, the pages of each facet, then all other pages.

    Addresses are full if the site has one. The pages of papers are left out, because one of the
    files lists all of them.
    """
    sections = [("Files", [*_files(library, site)]), *_page_sections(library, site, pages)]
    blocks = [f"# {escape_markdown(site.name)}"]
    blocks += [f"> {escape_markdown(site.description)}"] if site.description else []
    blocks.append(
        f"{pluralize(len(library.entries), 'paper')}. Each paper has its own page. The files below "
        "list all papers."
    )
    for title, items in sections:
        blocks.append("\n".join([f"## {escape_markdown(title)}", "", *items]))
    return "\n\n".join(blocks) + "\n"


def _files(library: Library, site: SiteInfo) -> Iterator[str]:
    everything = all_papers(library)
    for name, path in download_paths(everything).items():
        yield _item(EXPORTS[name].title, site.addresses.file_url(path), "all papers")
    for name, path in file_export_paths().items():
        yield _item(FILE_EXPORTS[name].title, site.addresses.file_url(path), "all papers")
    if has_feed(everything, site):
        yield _item("Atom", site.addresses.file_url(FEED), "papers added last")


def _page_sections(
    library: Library, site: SiteInfo, pages: Iterable[MappedPage]
) -> Iterator[tuple[str, list[str]]]:
    """Yield (title of a facet, its pages as Markdown), then all other pages."""
    titles = {name: facet.title for name, facet in library.vocabulary.facets.items()}
    sections: dict[str, list[str]] = {name: [] for name in (*titles, "")}
    for page in [*_term_pages(library, site), *pages]:
        folder = page.path.partition("/")[0]
        address = site.addresses.root + page.url.removeprefix("./")
        item = _item(page.title, address, page.description)
        sections[folder if folder in titles else ""].append(item)
    for name, items in sections.items():
        if items:
            yield titles.get(name, "Pages"), items


def _term_pages(library: Library, site: SiteInfo) -> Iterator[MappedPage]:
    """Yield the overview of each facet, its sections and its terms."""
    for name, facet in library.vocabulary.facets.items():
        for section in facet.sections:
            path = section_path(section)
            url = site.addresses.page_url(path)
            yield MappedPage(section.title, section.description, url, f"{name}/")
        for term in shown_terms(library, name, facet.all_terms):
            path = term_path(name, term)
            count = pluralize(len(library.papers_within(name, term)), "paper")
            words = f"{count}. {term.description}".strip()
            yield MappedPage(term.title, words, site.addresses.page_url(path), path)


def _item(title: str, address: str, words: str) -> str:
    return f"- {markdown_link(title, address)}{f': {escape_markdown(words)}' if words else ''}"
