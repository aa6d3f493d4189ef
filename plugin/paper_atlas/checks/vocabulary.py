"""The vocabulary against the entries that use it."""

from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import CheckContext
from paper_atlas.problem import Problem, Severity


def unused_terms(files: CheckContext) -> Iterator[Problem]:
    """Terms of the vocabulary that no entry names, nor a narrower one."""
    used = {
        (facet, term.id)
        for entry, _ in files
        for facet, terms in entry.terms.items()
        for term in terms
    }
    for facet, term, loc in files.vocabulary.located_terms():
        narrower = files.vocabulary.facets[facet].subtree(term)
        if not any((facet, it.id) in used for it in narrower):
            message = f"no entry names '{term.title}'"
            problem = files.vocabulary_document.problem_at("unused-term", loc, message)
            yield replace(problem, severity=Severity.NOTE)


def unsectioned_terms(files: CheckContext) -> Iterator[Problem]:
    """Terms that no section names, in a facet that has sections."""
    for facet, term, loc in files.vocabulary.located_terms():
        if files.vocabulary.facets[facet].sections and "sections" not in loc:
            message = f"no section names '{term.title}'"
            problem = files.vocabulary_document.problem_at(
                "no-section", loc, message, "move it into one"
            )
            yield replace(problem, severity=Severity.WARNING)


def impossible_result_values(files: CheckContext) -> Iterator[Problem]:
    """Values that a metric of the vocabulary cannot have."""
    for entry, source in files:
        for index, result in enumerate(entry.results):
            metric = files.vocabulary.find_metric(result.metric)
            if metric and not metric.least <= result.value <= metric.most:
                message = f"{metric.title} lies between {metric.least} and {metric.most}"
                loc = ("results", index, "value")
                yield source.problem_at("impossible-value", loc, f"'{result.value}': {message}")
