"""Checks of the results that papers state."""

from collections.abc import Iterator

from paper_atlas.checks.context import CheckContext
from paper_atlas.problem import Problem


def impossible_result_values(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each result whose value is outside the range of its metric."""
    for paper in context:
        for index, result in enumerate(paper.entry.results):
            metric = context.vocabulary.find_metric(result.metric)
            if metric and not metric.least <= result.value <= metric.most:
                expected = f"{metric.title} between {metric.least} and {metric.most}"
                message = f"expected {expected}, found '{result.value}'"
                loc = ("results", index, "value")
                yield paper.document.problem_at("impossible-value", loc, message)
