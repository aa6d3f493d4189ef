"""The overview of a facet, and the pages of its sections."""

from collections.abc import Iterator

from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.site.addresses import facet_path, section_path
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.blocks import Blocks, cards_by_year, section_blocks, tiles_by_section
from paper_atlas.text.markdown import escape_punctuation
from paper_atlas.translation import Translator

_DEEPEST = 6  # level of headings


def is_shown(library: Library, name: str) -> bool:
    """True if a facet has pages of terms, or terms with papers."""
    facet = library.vocabulary.facets[name]
    is_listed = facet.pages and bool(facet.all_terms or facet.sections)
    return is_listed or any(_is_used(library, name, term) for term in facet.all_terms)


def facet_pages(library: Library, translate: Translator, name: str) -> Iterator[Page]:
    """Yield the overview of a facet and the pages of its sections."""
    facet = library.vocabulary.facets[name]
    yield _overview(library, translate, name)
    yield from (_section_page(library, translate, name, section) for section in facet.sections)


def _overview(library: Library, translate: Translator, name: str) -> Page:
    """Return tiles that link to the pages of a facet, or all terms with their papers."""
    facet = library.vocabulary.facets[name]
    blocks: Blocks = []
    if facet.pages:
        blocks = tiles_by_section(library, translate, facet_path(name), name)
    else:
        used = [
            (depth, term) for depth, term in facet.terms_with_depth if _is_used(library, name, term)
        ]
        for depth, term in used:
            blocks += _term_with_rows(library, translate, name, term, min(depth + 2, _DEEPEST))
    description = facet.description or translate("{facet} in the atlas.", facet=facet.title)
    return Page(facet_path(name), facet.title, description, tuple(blocks))


def _is_used(library: Library, name: str, term: Term) -> bool:
    """True if a paper names a term or a narrower one."""
    within = library.vocabulary.facets[name].subtree(term)
    return any(library.papers_of_term(name, narrower) for narrower in within)


def _term_with_rows(
    library: Library, translate: Translator, name: str, term: Term, level: int
) -> Iterator[str | Fragment]:
    yield f"{'#' * level} {translate.isolate(escape_punctuation(term.title))} {{#{term.id}}}"
    if term.description:
        yield translate.isolate(escape_punctuation(term.description))
    yield Fragment("about.html.jinja", {"facet": name, "term": term})
    if entries := library.papers_of_term(name, term):
        yield Fragment("rows", {"entries": entries})


def _section_page(library: Library, translate: Translator, name: str, section: Section) -> Page:
    """Return the page with the terms of a section and the cards of their papers."""
    entries = library.papers_of_section(name, section)
    words = translate("{count} papers in {section}.", count=len(entries), section=section.title)
    blocks: Blocks = [escape_punctuation(words), *section_blocks(library, translate, name, section)]
    blocks += cards_by_year(translate, entries, folder=f"sections/{section.id}")
    return Page(section_path(section), section.title, words, tuple(blocks))
