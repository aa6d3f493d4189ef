"""`llms.txt`: the map of a site for language models, in Markdown.

The format: https://llmstxt.org
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from paper_atlas.exports import EXPORTS, WHOLES
from paper_atlas.exports.markdown import escaped, link
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import FEED, Site
from paper_atlas.site.files.downloads import has_feed, lists, paths
from paper_atlas.text.slug import number

LLMS = "llms.txt"


@dataclass(frozen=True)
class Mapped:
    """A page on the map: its title, what it is about, its address from the root, and its path."""

    title: str
    description: str
    url: str
    path: str


def llms(library: Library, site: Site, pages: Sequence[Mapped]) -> str:
    """The map: files that hold everything, then the pages of each facet, then all other pages.

    Addresses are whole where the site has one. The pages of papers are not on it, for a list that
    names them all is among the files.
    """
    sections = [("Files", [*_files(library, site)]), *_grouped(library, site, pages)]
    blocks = [f"# {escaped(site.name)}"]
    blocks += [f"> {escaped(site.description)}"] if site.description else []
    blocks.append(
        f"{number(len(library.entries), 'paper')}. Each has a page of its own with all that is "
        "known of it; the files below name them all."
    )
    for title, items in sections:
        blocks.append("\n".join([f"## {escaped(title)}", "", *items]))
    return "\n\n".join(blocks) + "\n"


def _files(library: Library, site: Site) -> Iterator[str]:
    for name, path in paths("").items():
        yield _item(EXPORTS[name].title, site.addresses.download(path), "all papers")
    for whole in WHOLES.values():
        yield _item(whole.title, site.addresses.download(f"papers{whole.suffix}"), "all papers")
    everything = next(lists(library))
    if has_feed(everything, site):
        yield _item("Atom", site.addresses.download(FEED), "papers that were added last")


def _grouped(
    library: Library, site: Site, pages: Iterable[Mapped]
) -> Iterator[tuple[str, list[str]]]:
    """The pages of each facet that has some, below its title, and what is left."""
    titles = {name: it.title for name, it in library.vocabulary.facets.items() if it.pages}
    found: dict[str, list[str]] = {name: [] for name in (*titles, "")}
    for page in pages:
        folder = page.path.partition("/")[0]
        address = site.addresses.root + page.url.removeprefix("./")
        item = _item(page.title, address, page.description)
        found[folder if folder in titles else ""].append(item)
    for name, items in found.items():
        if items:
            yield titles.get(name, "Pages"), items


def _item(title: str, address: str, words: str) -> str:
    return f"- {link(title, address)}{f': {escaped(words)}' if words else ''}"
