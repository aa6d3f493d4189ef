"""Checks across entries: what no single file can tell.

A check is a function from `Files` to problems; a new one is a module and a line here.
"""

from collections.abc import Callable, Iterator

from paper_atlas.checks.context import Files
from paper_atlas.checks.duplicates import doubled_identifiers, similar_titles
from paper_atlas.checks.relations import circles, former_names, lost_references, lost_relations
from paper_atlas.checks.vocabulary import impossible_results, loose_terms, unused_terms
from paper_atlas.problem import Problem

CHECKS: tuple[Callable[[Files], Iterator[Problem]], ...] = (
    lost_relations,
    former_names,
    circles,
    lost_references,
    doubled_identifiers,
    similar_titles,
    impossible_results,
    unused_terms,
    loose_terms,
)
