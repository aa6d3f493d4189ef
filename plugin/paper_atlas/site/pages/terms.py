"""The page of a term: what it is, its results or its data sets, and the cards of its papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paper_atlas.analysis.leaderboards import DATASETS, Leaderboard, Leaderboards
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import term_path
from paper_atlas.site.page import Fragment, Page, escape_punctuation
from paper_atlas.site.pages.blocks import (
    Blocks,
    cards_by_year,
    empty_page_text,
    problem_blocks,
    term_tiles,
)
from paper_atlas.translation import Translator

_SHOWN_TABLES = 3


@dataclass(frozen=True)
class DatasetUse:
    """A data set beside the papers of a term: how many use it, and what leads on it.

    `tables` are those on the test set, then those in which most figures compare; `more` is the
    number of the others.
    """

    term: Term
    count: int
    tables: Sequence[Leaderboard]
    more: int


def term_pages(
    library: Library, translate: Translator, name: str, tables: Leaderboards
) -> Iterator[Page]:
    """A page for each term of a facet that has pages."""
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
    """The tables of a data set and of the narrower ones, such as the years of a challenge."""
    within = library.vocabulary.facets[DATASETS].subtree(term)
    found = [(it, table) for it in within for table in tables.get(it.id, ())]
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
    """The data sets of an organ with the leading figures on them."""
    used = list(_datasets_in_use(library, name, term, tables))
    if used:
        yield f"## {translate('Data sets')} {{#datasets_}}"
        yield Fragment("datasets.html.jinja", {"used": used, "facet": DATASETS})


def _datasets_in_use(
    library: Library, name: str, term: Term, tables: Leaderboards
) -> Iterator[DatasetUse]:
    """The data sets that papers of the term use, the most used first.

    One that says what it is about counts only where that is the term, or one next to it: a paper
    on the liver may also use a set of hearts.
    """
    facet = library.vocabulary.facets.get(DATASETS)
    near = _adjacent_ids(library, name, term)
    counts: dict[str, int] = {}
    for entry in library.papers_of_term(name, term):
        for dataset in entry.terms.get(DATASETS, ()):
            counts[dataset.id] = counts.get(dataset.id, 0) + 1
    known = [it for it in facet.all_terms if it.id in counts] if facet else []
    found = [
        it for it in known if not it.about or near.intersection(_subject_ids(library, it, name))
    ]
    for dataset in sorted(found, key=lambda it: -counts[it.id]):
        led = [table for table in tables.get(dataset.id, ()) if table.leaders]
        led.sort(key=lambda table: (not table.is_official, -table.ranked_count))
        yield DatasetUse(dataset, counts[dataset.id], led[:_SHOWN_TABLES], len(led[_SHOWN_TABLES:]))


def _adjacent_ids(library: Library, name: str, term: Term) -> set[str]:
    """The ids of a term and of those next to it, above and below."""
    facet = library.vocabulary.facets[name]
    return {it.id for it in (term, *facet.parent_terms(term), *facet.child_terms(term))}


def _subject_ids(library: Library, term: Term, name: str) -> set[str]:
    """The ids of the terms of a facet that a term is about."""
    found = map(library.vocabulary.facets[name].find_term, term.about.get(name, ()))
    return {it.id for it in found if it}
