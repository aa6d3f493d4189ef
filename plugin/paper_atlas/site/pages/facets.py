"""The overview of a facet, and the pages of its sections."""

from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section
from paper_atlas.site.addresses import facet_path, section_path
from paper_atlas.site.blocks import SectionHead
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import Blocks, shown_terms, term_index, tiles_by_section
from paper_atlas.translation import Translator


def is_shown(library: Library, name: str) -> bool:
    """True if a facet has sections, or terms with a page."""
    facet = library.vocabulary.facets[name]
    return bool((facet.pages and facet.sections) or shown_terms(library, name, facet.all_terms))


def facet_page(library: Library, translate: Translator, name: str) -> Page:
    """Return the overview of a facet: tiles that link to the pages of its terms."""
    facet = library.vocabulary.facets[name]
    path = facet_path(name)
    description = facet.description or translate("{facet} in the atlas.", facet=facet.title)
    is_main = name == library.vocabulary.main_facet
    blocks: Blocks = (
        [term_index(library, name)] if is_main else tiles_by_section(library, translate, name)
    )
    return Page(path, facet.title, description, tuple(blocks), source=library.vocabulary_path)


def section_page(library: Library, translate: Translator, name: str, section: Section) -> Page:
    """Return the page of a section, without the list of its papers."""
    entries = library.papers_of_section(name, section)
    words = translate("{count} papers in {section}.", count=len(entries), section=section.title)
    terms = shown_terms(library, name, section.terms)
    counted = [(term, len(library.papers_within(name, term))) for term in terms]
    return Page(
        path=section_path(section),
        title=section.title,
        description=section.description or words,
        blocks=(),
        subject=section,
        facet=name,
        source=library.vocabulary_path,
        head=SectionHead(name, section, counted),
    )
