"""The navigation of an atlas."""

from collections.abc import Sequence

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, CHARTS, HELP_WANTED, LINEAGE, facet_path
from paper_atlas.site.pages.facets import is_shown
from paper_atlas.site.pages.lineage import has_lineage
from paper_atlas.translation import ENGLISH, Translator

NavItem = tuple[str, "str | Sequence[NavItem]"]


def atlas_nav(library: Library, translate: Translator = ENGLISH) -> list[NavItem]:
    """Return the pages below the home page, as (title, path or further items).

    Terms and papers are not included: the overview of a facet leads to its terms, and lists lead to
    papers. So the navigation does not grow with the atlas. Facets with `pages` have an item of
    their own.
    """
    shown = {
        name: facet for name, facet in library.vocabulary.facets.items() if is_shown(library, name)
    }
    own = [(facet.title, facet_path(name)) for name, facet in shown.items() if facet.pages]
    more = [(facet.title, facet_path(name)) for name, facet in shown.items() if not facet.pages]
    more += [(translate("Lineage"), LINEAGE)] if has_lineage(library) else []
    return [
        (translate("Papers"), ALL_PAPERS),
        *own,
        *([(translate("More"), more)] if more else []),
        (translate("Charts"), CHARTS),
        (translate("Help wanted"), HELP_WANTED),
    ]


def nav_paths(items: Sequence[NavItem]) -> list[str]:
    """Return the paths in a navigation."""
    found = []
    for _, target in items:
        found += [target] if isinstance(target, str) else nav_paths(target)
    return found
