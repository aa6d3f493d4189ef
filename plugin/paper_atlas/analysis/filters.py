"""Conditions such as `organs=liver` or `year>=2020`: which papers a list or an export takes."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from paper_atlas.analysis.options import FACET, Kind, Option, mistakes, read_option
from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import links_of
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem

CONDITIONS: Mapping[str, Kind] = {
    "year": Kind(("=", ">=", "<="), "a year such as 2020", pattern=r"\d{4}"),
    "has": Kind(("=", "!="), "code, doi or results", ("code", "doi", "results")),
}
"""The conditions beside those on the terms of a facet."""


def having(entry: Entry) -> list[str]:
    """What else an entry has that readers look for: code, a DOI, results."""
    sure = links_of(entry)
    kinds = [kind for kind in ("code", "doi") if kind in sure]
    return [*kinds, *(["results"] if entry.results else [])]


@dataclass(frozen=True)
class Conditions:
    """Which papers are taken; without any condition all are.

    `wanted` are ids of terms by facet, of which a paper has at least one, `unwanted` those of
    which it has none; `has` is such a facet too, with the terms `code`, `doi` and `results`.
    """

    wanted: Mapping[str, Set[str]] = field(default_factory=dict)
    unwanted: Mapping[str, Set[str]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None

    def take(self, entry: Entry) -> bool:
        """Whether a paper is as all conditions want it."""
        names = {name: {term.id for term in terms} for name, terms in entry.terms.items()}
        names["has"] = set(having(entry))
        return (
            self._take_year(entry.year)
            and all(names.get(facet, set()) & ids for facet, ids in self.wanted.items())
            and not any(names.get(facet, set()) & ids for facet, ids in self.unwanted.items())
        )

    def _take_year(self, year: int | None) -> bool:
        if self.least is None and self.most is None:
            return True
        return year is not None and (self.least or year) <= year <= (self.most or year)


def read_conditions(
    words: Iterable[str], vocabulary: Vocabulary
) -> tuple[Conditions, list[Problem]]:
    """The conditions that words say, one each, or all that is wrong with them.

    The path of a problem is the word.
    """
    options = [read_option(word, (word, 1, 1), CONDITIONS) for word in words]
    problems = mistakes(options, CONDITIONS, vocabulary)
    return (Conditions() if problems else conditions_of(options, vocabulary)), problems


def conditions_of(options: Iterable[Option], vocabulary: Vocabulary) -> Conditions:
    """What options without mistakes want of a paper; others than conditions want nothing."""
    facets: dict[str, dict[str, set[str]]] = {"=": {}, "!=": {}}
    years: dict[str, int] = {}
    for option in options:
        if option.kind.is_facet:
            facets[option.operator].setdefault(option.key, set()).update(_ids(option, vocabulary))
        elif option.key == "year":
            years[option.operator] = int(option.value)
    exactly = years.get("=")
    least, most = exactly or years.get(">="), exactly or years.get("<=")
    return Conditions(facets["="], facets["!="], least, most)


def _ids(option: Option, vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the terms that are named, and of all narrower ones."""
    if option.kind is not FACET:
        yield from option.values
        return
    facet = vocabulary.facets[option.key]
    for term in filter(None, map(facet.find, option.values)):
        yield from (it.id for it in facet.within(term))
