"""Checks across entries: they find problems that depend on more than one file.

A check is a function from a `CheckContext` to problems, or from a `Paper` if it needs no other
paper. To add one, write a function in a module of this package and add it to `CHECKS` or
`PAPER_CHECKS`.
"""

from collections.abc import Callable, Iterator

from paper_atlas.checks.context import CheckContext, Paper
from paper_atlas.checks.duplicates import (
    duplicate_citation_keys,
    duplicate_identifiers,
    duplicate_urls,
    similar_titles,
)
from paper_atlas.checks.relations import (
    broken_links_in_notes,
    broken_relations,
    former_ids_in_use,
    relation_cycles,
)
from paper_atlas.checks.results import impossible_result_values
from paper_atlas.checks.texts import (
    identifiers_in_urls,
    markup_in_texts,
    papers_without_link,
    titles_of_retracted_papers,
)
from paper_atlas.checks.vocabulary import unsectioned_terms, unused_terms
from paper_atlas.problem import Problem

CHECKS: tuple[Callable[[CheckContext], Iterator[Problem]], ...] = (
    broken_relations,
    former_ids_in_use,
    relation_cycles,
    broken_links_in_notes,
    duplicate_identifiers,
    duplicate_citation_keys,
    duplicate_urls,
    similar_titles,
    impossible_result_values,
    unused_terms,
    unsectioned_terms,
)

PAPER_CHECKS: tuple[Callable[[Paper], Iterator[Problem]], ...] = (
    papers_without_link,
    markup_in_texts,
    identifiers_in_urls,
    titles_of_retracted_papers,
)


def run_checks(context: CheckContext) -> Iterator[Problem]:
    """Yield the problems that all checks find."""
    for paper in context:
        yield from context.evaluate(_check_paper, paper)
    for check in CHECKS:
        yield from check(context)


def _check_paper(paper: Paper) -> Iterator[Problem]:
    for check in PAPER_CHECKS:
        yield from check(paper)
