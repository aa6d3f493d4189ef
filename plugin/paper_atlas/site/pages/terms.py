"""The page of a term: its description, and its papers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.analysis.lineage import most_extended
from paper_atlas.analysis.term_counts import count_terms
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Term
from paper_atlas.site.addresses import term_path
from paper_atlas.site.blocks import TermHead
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import Blocks, no_papers, problem_blocks, shown_terms
from paper_atlas.translation import Translator

_SHOWN_DATASETS = 4
_START = 3  # papers


def term_page(library: Library, translate: Translator, name: str, term: Term) -> Page:
    """Return the page of a term, without the list of its papers."""
    entries = library.papers_within(name, term)
    facet = library.vocabulary.facets[name]
    is_main = name == library.vocabulary.main_facet
    broken = library.broken_entries_of_term(term) if is_main else ()
    problems = [problem for file in broken for problem in file.problems]
    words = translate("{count} papers on {term}.", count=len(entries), term=term.title)
    children = shown_terms(library, name, facet.child_terms(term))
    blocks: Blocks = []
    if not entries:
        blocks.append(no_papers(library, name, term))
    blocks += problem_blocks(problems)
    datasets = _datasets_in_use(library, name, term) if is_main else []
    return Page(
        path=term_path(name, term),
        title=term.title,
        description=term.description or words,
        blocks=tuple(blocks),
        subject=term,
        facet=name,
        source=library.vocabulary_path,
        head=TermHead(
            name,
            term,
            [entry for entry, _ in most_extended(library, entries)[:_START]],
            count_terms(library, name, children),
            datasets,
            tuple(_related_terms(library, term)),
        ),
    )


def _related_terms(library: Library, term: Term) -> Iterator[tuple[str, Sequence[Term]]]:
    """Yield the terms of each other facet that a term is about, if they have a page."""
    for name, words in term.about.items():
        found = map(library.vocabulary.facets[name].find_term, words)
        if terms := shown_terms(library, name, filter(None, found)):
            yield name, terms


def _datasets_in_use(library: Library, name: str, term: Term) -> list[tuple[Term, int]]:
    """Return the data sets that papers of the term use, with the number of papers, most used first.

    A data set with its own subject counts only if that is the term or one next to it. Otherwise a
    paper on the liver that also uses a set of hearts would list that set.
    """
    facet = library.vocabulary.facets.get(DATASETS)
    if not facet or name == DATASETS:
        return []
    near = _adjacent_ids(library, name, term)
    counts = Counter(
        chain.from_iterable(
            _ids_above(facet, entry.terms.get(DATASETS, ()))
            for entry in library.papers_within(name, term)
        )
    )
    used = [
        (dataset, counts[dataset.id])
        for dataset in facet.in_order(counts)
        if not dataset.about or near.intersection(_subject_ids(library, dataset, name))
    ]
    return sorted(used, key=lambda dataset: -dataset[1])[:_SHOWN_DATASETS]


def _ids_above(facet: Facet, terms: Iterable[Term]) -> set[str]:
    """Return the ids of terms and of all broader ones."""
    return {one.id for term in terms for one in (term, *facet.broader_terms(term))}


def _adjacent_ids(library: Library, name: str, term: Term) -> set[str]:
    """Return the ids of a term, its parents and its children."""
    facet = library.vocabulary.facets[name]
    return {near.id for near in (term, *facet.parent_terms(term), *facet.child_terms(term))}


def _subject_ids(library: Library, term: Term, name: str) -> set[str]:
    """Return the ids of the terms of a facet that a term is about."""
    found = map(library.vocabulary.facets[name].find_term, term.about.get(name, ()))
    return {subject.id for subject in found if subject}
