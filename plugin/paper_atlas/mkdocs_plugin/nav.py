"""The navigation of the atlas in the form of the MkDocs configuration."""

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs.structure.files import Files, file_sort_key
from mkdocs.utils import nest_paths

from paper_atlas.site.addresses import HOME
from paper_atlas.site.pages.nav import NavItem


def site_nav(
    configured: list[Any] | None,
    files: Files,
    items: Iterable[NavItem],
    places: Mapping[str, str],
    title: str,
) -> list[Any]:
    """Return the navigation: home page, pages of the atlas, handwritten pages.

    `configured` is the navigation in mkdocs.yml, if any. Then the pages of the atlas follow the
    home page, except those that it names. `places` maps the path of each page of the atlas to its
    source, `title` is that of the home page.
    """
    home = places[HOME]
    if configured is None:
        atlas_paths = set(places.values())
        pages = sorted(files.documentation_pages(), key=file_sort_key)
        others = [page.src_uri for page in pages if page.inclusion.is_in_nav()]
        configured = [
            {title: home},
            *nest_paths(path for path in others if path not in atlas_paths),
        ]
    named = set(_named_paths(configured))
    added = list(filter(None, (_nav_item(item, places, named) for item in items)))
    first = 1 if configured and set(_named_paths(configured[:1])) == {home} else 0
    start = [] if home in named else [{title: home}]
    return [*configured[:first], *start, *added, *configured[first:]]


def nav_paths(items: Iterable[NavItem]) -> Iterator[str]:
    """Yield the paths in a navigation."""
    for _, target in items:
        if isinstance(target, str):
            yield target
        else:
            yield from nav_paths(target)


def _nav_item(item: NavItem, places: Mapping[str, str], named: set[str]) -> Any:
    """Return an item for the MkDocs configuration, or None if all its pages are named already."""
    title, target = item
    if isinstance(target, str):
        path = places[target]
        return None if path in named else {html.escape(title): path} if title else path
    children = list(filter(None, (_nav_item(child, places, named) for child in target)))
    return {html.escape(title): children} if children else None


def _named_paths(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named_paths(item)
