"""The pages of the atlas in the navigation of MkDocs, which any plugin may have made."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from paper_atlas.site.pages.nav import NavItem
from paper_atlas.text.html import escape_for_template


def add_to_nav(
    nav: Navigation,
    items: Iterable[NavItem],
    files: Mapping[str, File],
    home: tuple[str, File] | None,
) -> Navigation:
    """Return the navigation with the pages of the atlas after the home page.

    `files` are the files of the pages by path, `home` is the title and the file of the home page.
    A page without a file is left out. Pages that are in the navigation already stay where they are.
    The home page is not added, because the title of the site leads to it.
    """
    placed = {page.file.src_uri for page in _pages(nav.items)}
    own = [*nav.items]
    tops = [getattr(item, "file", None) for item in own]
    end = tops.index(home[1]) + 1 if home and home[1] in tops else 0
    added = [item for item in (_nav_item(item, files, placed) for item in items) if item]
    all_items = [*own[:end], *added, *own[end:]]
    pages = [*_pages(all_items)]
    _connect(all_items, pages)
    whole = Navigation(all_items, pages)
    whole.homepage = nav.homepage or (_page(*home) if home else None)
    return whole


def short_nav(nav: Navigation, active: str) -> Navigation:
    """Return a navigation with one link for each item at the top.

    The link is active if the item contains the page whose source path is `active`.
    """
    return Navigation([*filter(None, (_link(item, active) for item in nav.items))], [])


def _link(item: Any, active: str) -> Link | None:
    pages = [*_pages([item])]
    if not pages:
        return None if item.is_section else item
    link = Link(item.title, pages[0].url)
    link.active = any(page.file.src_uri == active for page in pages)
    return link


def _page(title: str, file: File) -> Page:
    assert isinstance(file.page, Page)
    if title:
        file.page.title = escape_for_template(title)
    return file.page


def _nav_item(item: NavItem, files: Mapping[str, File], placed: set[str]) -> Any:
    """Return an item for the navigation, or None if all its pages are in it already, or nowhere."""
    title, target = item
    if isinstance(target, str) and target not in files:
        return None
    if isinstance(target, str):
        return _page(title, files[target]) if files[target].src_uri not in placed else None
    children = [found for child in target if (found := _nav_item(child, files, placed))]
    return Section(escape_for_template(title), children) if children else None


def _pages(items: Iterable[Any]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        yield from _pages(item.children or ())


def _connect(items: Iterable[Any], pages: list[Page]) -> None:
    """Set the parent of each item, and the previous and the next page of each page."""
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    for item in items:
        for child in item.children or ():
            child.parent = item
        _connect(item.children or (), [])
