"""The outline of a list: its headings become terms of the main facet, and what stands above them
sections.
"""

from collections.abc import Iterable, Mapping, Sequence

from paper_atlas.importers.draft import Heading, Reading
from paper_atlas.importers.markdown.venues import is_occasion
from paper_atlas.model.vocabulary import Facet, Section, Term, Vocabulary
from paper_atlas.text.slug import has_address, slug


def topic_of(headings: Sequence[Heading]) -> Heading:
    """The heading that says what a paper is about: the innermost that is no year and no venue."""
    spoken = [heading for heading in headings if not is_occasion(heading.title)]
    return (spoken or headings)[-1]


def terms_under(headings: Sequence[Heading], vocabulary: Vocabulary) -> dict[str, Term]:
    """The terms by facet that headings name: the innermost of the main facet, and of each other
    one the innermost that the main one does not know."""
    terms: dict[str, Term] = {}
    for heading in reversed(headings):
        facets = {name: facet.find(heading.title) for name, facet in vocabulary.facets.items()}
        found = {name: term for name, term in facets.items() if term}
        if vocabulary.main in found:
            found = {vocabulary.main: found[vocabulary.main]}
        terms = {**found, **terms}
    return terms


def proposed_vocabulary(reading: Reading, name: str, vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary with the headings of a list as sections and terms of a facet.

    The words that entries use already come after them. Where the list has no headings, the facet
    is open to words. One that the default vocabulary has not stands alone.
    """
    default = vocabulary.facets
    sections, loose = _outline(reading)
    is_open = not (sections or loose)
    facet = Facet(title=name.capitalize(), pages=True, open=is_open, sections=sections, terms=loose)
    used = default[name].terms if name in default else ()
    facet = facet.with_terms(term for term in used if not facet.find(term.title))
    others = {
        key: Facet(title=it.title, open=it.open, pages=it.pages) for key, it in default.items()
    }
    return Vocabulary(facets={**others, name: facet} if name in default else {name: facet})


def _outline(reading: Reading) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Sections with their terms, and terms without a section, in the order of the list.

    A heading with papers is a term, and the one above it a section, unless it is a term itself or
    the title of the list. Empty headings on the level of either are of that kind too.
    """
    above = _above(reading.headings)
    topics = {topic_of(draft.headings) for draft in reading.drafts if draft.headings}
    sections = {above[h][-1] for h in topics if above[h]} - topics - _title_of(above)
    terms = topics | {
        h for h in reading.headings if _is_empty_term(h, topics, sections, above, reading)
    }
    sections |= {h for h in reading.empty if h.level in {s.level for s in sections}} - terms
    grouped: dict[Heading | None, list[Term]] = {section: [] for section in sections}
    ids: set[str] = set()
    for heading in sorted(terms, key=lambda h: h.line):
        name = slug(heading.title)
        if has_address(heading.title) and name not in ids:
            section = next((h for h in reversed(above[heading]) if h in sections), None)
            grouped.setdefault(section, []).append(Term.model_validate(heading.title))
            ids.add(name)
    ordered = sorted((h for h in sections if has_address(h.title)), key=lambda h: h.line)
    named = tuple(Section(title=h.title, terms=tuple(grouped[h])) for h in ordered)
    return named, tuple(grouped.get(None, ()))


def _is_empty_term(
    heading: Heading,
    topics: set[Heading],
    sections: set[Heading],
    above: Mapping[Heading, tuple[Heading, ...]],
    reading: Reading,
) -> bool:
    """Whether a heading without papers stands where topics stand."""
    if is_occasion(heading.title) or heading.level not in {topic.level for topic in topics}:
        return False
    return heading in reading.empty or bool(sections.intersection(above[heading][-1:]))


def _title_of(above: Mapping[Heading, tuple[Heading, ...]]) -> set[Heading]:
    """The heading below which all others stand: the title of the list."""
    return {h for h in above if all(h in above[other] or other is h for other in above)}


def _above(headings: Iterable[Heading]) -> dict[Heading, tuple[Heading, ...]]:
    """For each heading those above it, the outermost first."""
    above: dict[Heading, tuple[Heading, ...]] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [other for other in stack if other.level < heading.level]
        above[heading] = tuple(stack)
        stack.append(heading)
    return above
