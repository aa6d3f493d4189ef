"""Checks across entries: they find problems that depend on more than one file.

A check is a function from a `CheckContext` to problems. To add one, write a function in a module
of this package and add it to `CHECKS`.
"""

from collections.abc import Callable, Iterator

from paper_atlas.checks.context import CheckContext
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
    papers_without_link,
    similar_titles,
    impossible_result_values,
    markup_in_texts,
    identifiers_in_urls,
    titles_of_retracted_papers,
    unused_terms,
    unsectioned_terms,
)
