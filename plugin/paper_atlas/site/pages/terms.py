"""The page of a term: its description, its results or data sets, and the cards of its papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paper_atlas.analysis.leaderboards import DATASETS, Leaderboard, Leaderboards
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import term_path
from paper_atlas.site.page import Fragment, Page
from paper_atlas.site.pages.blocks import (
    Blocks,
    cards_by_year,
    empty_page_text,
    problem_blocks,
    term_tiles,
)
from paper_atlas.text.markdown import escape_punctuation
from paper_atlas.translation import Translator

_SHOWN_TABLES = 3


@dataclass(frozen=True)
class DatasetUse:
    """A data set that papers of the term use, with their number and its leaderboards.

    `tables` are leaderboards of the test set, then those with most comparable results. `more` is
    the number of leaderboards that are left out.
    """

    term: Term
    count: int
    tables: Sequence[Leaderboard]
    more: int


def term_pages(
    library: Library, translate: Translator, name: str, tables: Leaderboards
) -> Iterator[Page]:
    """Yield a page for each term of a facet that has pages."""
    facet = library.vocabulary.facets[name]
    if facet.pages:
        yield from (_term_page(library, translate, name, term, tables) for term in facet.all_terms)


def _term_page(
    library: Library, translate: Translator, name: str, term: Term, tables: Leaderboards
) -> Page:
    entries = library.papers_of_term(name, term)
    facet = library.vocabulary.facets[name]
    broken = [file for file in library.broken_entries if name == library.vocabulary.main_facet]
    problems = [problem for file in broken if term in file.terms for problem in file.problems]
    words = translate("{count} papers on {term}.", count=len(entries), term=term.title)
    blocks: Blocks = (
        [translate.isolate(escape_punctuation(term.description))] if term.description else []
    )
    blocks.append(Fragment("about.html.jinja", {"facet": name, "term": term}))
    narrower = facet.child_terms(term)
    if entries:
        blocks.append(translate("{count} papers.", count=len(entries)))
    elif not narrower:
        blocks.append(empty_page_text(library, translate, name, term))
    blocks += (
        [translate("See also:"), term_tiles(library, translate, name, narrower)] if narrower else []
    )
    blocks += problem_blocks(problems)
    blocks += _results(library, translate, term, tables) if name == DATASETS else []
    blocks += (
        _datasets(library, translate, name, term, tables)
        if name == library.vocabulary.main_facet
        else []
    )
    blocks += cards_by_year(translate, entries, (name, term.id), f"{name}/{term.id}")
    return Page(term_path(name, term), term.title, term.description or words, tuple(blocks))


def _results(
    library: Library, translate: Translator, term: Term, tables: Leaderboards
) -> Iterator[str | Fragment]:
    """Yield the leaderboards of a data set and of its narrower terms, such as challenge years."""
    terms = library.vocabulary.facets[DATASETS].subtree(term)
    found = [(dataset, table) for dataset in terms for table in tables.get(dataset.id, ())]
    if found:
        yield f"## {translate('Results')} {{#results_}}"
        yield Fragment("ranking-rules.html.jinja", {})
    for number, (dataset, table) in enumerate(found, start=1):
        whose = dataset.title if dataset is not term else ""
        subject = ", ".join(filter(None, [whose, table.target, table.metric]))
        split = f" ({table.split})" if table.split else ""
        yield f"### {translate.isolate(escape_punctuation(subject + split))} {{#results_{number}}}"
        yield Fragment("results.html.jinja", {"table": table})


def _datasets(
    library: Library, translate: Translator, name: str, term: Term, tables: Leaderboards
) -> Iterator[str | Fragment]:
    """Yield the data sets of a term with the best results on them."""
    used = list(_datasets_in_use(library, name, term, tables))
    if used:
        yield f"## {translate('Data sets')} {{#datasets_}}"
        yield Fragment("datasets.html.jinja", {"used": used, "facet": DATASETS})


def _datasets_in_use(
    library: Library, name: str, term: Term, tables: Leaderboards
) -> Iterator[DatasetUse]:
    """Yield the data sets that papers of the term use, most used first.

    A data set with its own subject counts only if that is the term or one next to it. Otherwise a
    paper on the liver that also uses a set of hearts would list that set.
    """
    facet = library.vocabulary.facets.get(DATASETS)
    near = _adjacent_ids(library, name, term)
    counts: dict[str, int] = {}
    for entry in library.papers_of_term(name, term):
        for dataset in entry.terms.get(DATASETS, ()):
            counts[dataset.id] = counts.get(dataset.id, 0) + 1
    known = [dataset for dataset in facet.all_terms if dataset.id in counts] if facet else []
    found = [
        dataset
        for dataset in known
        if not dataset.about or near.intersection(_subject_ids(library, dataset, name))
    ]
    for dataset in sorted(found, key=lambda dataset: -counts[dataset.id]):
        led = [table for table in tables.get(dataset.id, ()) if table.leaders]
        led.sort(key=lambda table: (not table.is_official, -table.ranked_count))
        yield DatasetUse(dataset, counts[dataset.id], led[:_SHOWN_TABLES], len(led[_SHOWN_TABLES:]))


def _adjacent_ids(library: Library, name: str, term: Term) -> set[str]:
    """Return the ids of a term, its parents and its children."""
    facet = library.vocabulary.facets[name]
    return {near.id for near in (term, *facet.parent_terms(term), *facet.child_terms(term))}


def _subject_ids(library: Library, term: Term, name: str) -> set[str]:
    """Return the ids of the terms of a facet that a term is about."""
    found = map(library.vocabulary.facets[name].find_term, term.about.get(name, ()))
    return {subject.id for subject in found if subject}
