"""The navigation of the atlas, as MkDocs has it in its configuration."""

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs.structure.files import Files, file_sort_key
from mkdocs.utils import nest_paths

from paper_atlas.site.addresses import HOME
from paper_atlas.site.pages.nav import NavItem


def site_nav(
    written: list[Any] | None,
    files: Files,
    items: Iterable[NavItem],
    places: Mapping[str, str],
    title: str,
) -> list[Any]:
    """The navigation: home page (called `title`), pages of the atlas, pages written by hand.

    In a navigation that is written in mkdocs.yml the atlas comes after the home page, without
    what is named there already.
    """
    home = places[HOME]
    if written is None:
        own = set(places.values())
        pages = sorted(files.documentation_pages(), key=file_sort_key)
        others = [page.src_uri for page in pages if page.inclusion.is_in_nav()]
        written = [{title: home}, *nest_paths(path for path in others if path not in own)]
    named = set(_named_paths(written))
    added = [item for item in (_nav_item(item, places, named) for item in items) if item]
    first = 1 if written and set(_named_paths(written[:1])) == {home} else 0
    start = [] if home in named else [{title: home}]
    return [*written[:first], *start, *added, *written[first:]]


def nav_paths(items: Iterable[NavItem]) -> Iterator[str]:
    """The paths that a navigation names."""
    for _, target in items:
        if isinstance(target, str):
            yield target
        else:
            yield from nav_paths(target)


def _nav_item(item: NavItem, places: Mapping[str, str], named: set[str]) -> Any:
    """An item as MkDocs has it in its configuration, or None where nothing of it is left."""
    title, target = item
    if isinstance(target, str):
        path = places[target]
        return None if path in named else {html.escape(title): path} if title else path
    children = [each for each in (_nav_item(it, places, named) for it in target) if each]
    return {html.escape(title): children} if children else None


def _named_paths(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _named_paths(item)
