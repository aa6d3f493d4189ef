"""The navigation of an atlas."""

from collections.abc import Iterable, Sequence

from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Section, Term
from paper_atlas.site.addresses import (
    ALL_PAPERS,
    CHARTS,
    HELP_WANTED,
    LINEAGE,
    facet_path,
    section_path,
    term_path,
)
from paper_atlas.site.pages.facets import is_shown
from paper_atlas.site.pages.lineage import has_lineage
from paper_atlas.translation import ENGLISH, Translator

NavItem = tuple[str, "str | Sequence[NavItem]"]


def atlas_nav(library: Library, translate: Translator = ENGLISH) -> list[NavItem]:
    """Return the pages below the home page, as (title, path or further items).

    A path without a title is the index page of its group. Only terms of the main facet are
    included, because a navigation with hundreds of pages is useless.
    """
    main = library.vocabulary.main_facet
    shown = {
        name: facet for name, facet in library.vocabulary.facets.items() if is_shown(library, name)
    }
    lists = [(facet.title, facet_path(name)) for name, facet in shown.items() if not facet.pages]
    lists += [(translate("Lineage"), LINEAGE)] if has_lineage(library) else []
    papers: Sequence[NavItem] = [("", ALL_PAPERS), *lists, (translate("Charts"), CHARTS)]
    others = [name for name in shown if shown[name].pages and name != main]
    return [
        *((shown[name].title, _main_nav(name, shown[name])) for name in shown if name == main),
        *((shown[name].title, facet_path(name)) for name in others),
        (translate("Papers"), papers),
        (translate("Help wanted"), HELP_WANTED),
    ]


def _main_nav(name: str, facet: Facet) -> list[NavItem]:
    sections = [
        (section.title, _section_nav(name, section) if section.terms else section_path(section))
        for section in facet.sections
    ]
    return [("", facet_path(name)), *sections, *_terms_nav(name, facet.terms)]


def _section_nav(name: str, section: Section) -> list[NavItem]:
    return [("", section_path(section)), *_terms_nav(name, section.terms)]


def _terms_nav(name: str, terms: Iterable[Term]) -> list[NavItem]:
    return [(term.title, term_path(name, term)) for term in terms]
