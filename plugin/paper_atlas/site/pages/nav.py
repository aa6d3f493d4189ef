"""The navigation of an atlas."""

from collections.abc import Sequence

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, CHARTS, HELP_WANTED, LINEAGE, facet_path
from paper_atlas.site.html.charts import METHODS
from paper_atlas.site.pages.facets import is_shown
from paper_atlas.site.pages.lineage import has_lineage
from paper_atlas.translation import ENGLISH, Translator

NavItem = tuple[str, "str | Sequence[NavItem]"]


def atlas_nav(library: Library, translate: Translator = ENGLISH) -> list[NavItem]:
    """Return the pages below the home page, as (title, path or further items).

    Terms and papers are not included: the overview of a facet leads to its terms, and lists lead to
    papers. So the navigation does not grow with the atlas. The methods and facets with `pages` have
    an item of their own, the others are below the papers. The lineage is below the methods.
    """
    shown = {
        name: facet for name, facet in library.vocabulary.facets.items() if is_shown(library, name)
    }
    own = {name: facet for name, facet in shown.items() if facet.pages}
    own |= {METHODS: shown[METHODS]} if METHODS in shown else {}
    lineage = [(translate("Lineage"), LINEAGE)] if has_lineage(library) else []
    others = [(facet.title, facet_path(name)) for name, facet in shown.items() if name not in own]
    charts = _with_others((translate("Charts"), CHARTS), [] if METHODS in own else lineage)
    return [
        _with_others((translate("Papers"), ALL_PAPERS), others),
        *(
            _with_others((facet.title, facet_path(name)), lineage if name == METHODS else [])
            for name, facet in own.items()
        ),
        charts,
        (translate("Help wanted"), HELP_WANTED),
    ]


def _with_others(page: NavItem, others: Sequence[NavItem]) -> NavItem:
    """Return a page as an item, or an item with the page and the others below it."""
    return (page[0], [page, *others]) if others else page


def nav_paths(items: Sequence[NavItem]) -> list[str]:
    """Return the paths in a navigation."""
    found = []
    for _, target in items:
        found += [target] if isinstance(target, str) else nav_paths(target)
    return found
