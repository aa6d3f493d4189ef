"""Parts that several kinds of pages share: cards of terms, and empty pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.problem import Problem
from paper_atlas.site.blocks import (
    NoPapers,
    Problems,
    TermCard,
    TermGroup,
    TermIndex,
)
from paper_atlas.site.page import Block

Blocks = list[str | Block]


def problem_blocks(problems: Sequence[Problem]) -> Blocks:
    """Return the problems of files that are missing on the page."""
    return [Problems(problems)] if problems else []


def term_index(library: Library, name: str) -> TermIndex:
    """Return the terms of a facet as cards, by section."""
    facet = library.vocabulary.facets[name]
    groups = [*((section, section.terms) for section in facet.sections), (None, facet.terms)]
    cards = [(section, _cards(library, name, terms)) for section, terms in groups]
    lead = ", ".join(
        f"{len(found)} {one.short_title.lower()}" for one, found in cards if one and len(found) > 1
    )
    return TermIndex(
        name, lead, tuple(TermGroup(one, tuple(found)) for one, found in cards if found)
    )


def _cards(library: Library, name: str, terms: Iterable[Term]) -> list[TermCard]:
    """Return terms as cards with their descriptions, the most used first."""
    cards = [
        TermCard(term, len(library.papers_within(name, term)), term.description.rstrip("."))
        for term in shown_terms(library, name, terms)
    ]
    return sorted(cards, key=lambda card: -card.count)


def broadest_cards(library: Library, name: str, limit: int) -> list[TermCard]:
    """Return the most used terms without broader ones as cards with their narrower terms.

    The terms of the first section come first.
    """
    facet = library.vocabulary.facets[name]
    cards = _cards(library, name, facet.all_terms)
    counts = {card.term.id: card.count for card in cards}

    def narrower(term: Term) -> str:
        used = [child for child in facet.child_terms(term) if counts.get(child.id)]
        return ", ".join(child.short_title for child in used)

    broadest = [card for card in cards if card.count and not facet.parent_terms(card.term)]
    first = {term.id for section in facet.sections[:1] for term in section.terms}
    broadest.sort(key=lambda card: card.term.id not in first)
    return [replace(card, remark=narrower(card.term)) for card in broadest[:limit]]


def shown_terms(library: Library, name: str, terms: Iterable[Term]) -> list[Term]:
    """Return the terms that have a page: all of a facet with `pages`, else those with papers."""
    facet = library.vocabulary.facets[name]
    return [term for term in terms if facet.pages or library.papers_within(name, term)]


def no_papers(library: Library, name: str, term: Term | None) -> NoPapers:
    """Return how to add the first paper on a term, or of the atlas."""
    folder = f"{library.folder}/{term.id}" if term else library.folder
    return NoPapers(name, term, f"{folder}/my-paper.yml")
