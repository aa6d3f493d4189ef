"""Checks of the vocabulary against the entries that use it."""

from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import CheckContext
from paper_atlas.problem import Problem, Severity


def unused_terms(context: CheckContext) -> Iterator[Problem]:
    """Yield a note for each term such that no entry uses it or a narrower term."""
    used = {
        (facet, term.id)
        for entry, _ in context
        for facet, terms in entry.terms.items()
        for term in terms
    }
    for facet, term, loc in context.vocabulary.located_terms():
        subtree = context.vocabulary.facets[facet].subtree(term)
        if not any((facet, narrower.id) in used for narrower in subtree):
            message = f"no entry uses '{term.title}'"
            problem = context.vocabulary_document.problem_at("unused-term", loc, message)
            yield replace(problem, severity=Severity.NOTE)


def unsectioned_terms(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each term that is in no section, in a facet that has sections."""
    for facet, term, loc in context.vocabulary.located_terms():
        if context.vocabulary.facets[facet].sections and "sections" not in loc:
            message, hint = f"'{term.title}' is in no section", "move it into one"
            problem = context.vocabulary_document.problem_at("no-section", loc, message, hint)
            yield replace(problem, severity=Severity.WARNING)


def impossible_result_values(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each result whose value is outside the range of its metric."""
    for entry, document in context:
        for index, result in enumerate(entry.results):
            metric = context.vocabulary.find_metric(result.metric)
            if metric and not metric.least <= result.value <= metric.most:
                expected = f"{metric.title} between {metric.least} and {metric.most}"
                message = f"expected {expected}, found '{result.value}'"
                yield document.problem_at("impossible-value", ("results", index, "value"), message)
