"""Conditions such as `organs=liver` or `year>=2020`: which papers a list or an export takes.

An option is a word such as `sort=title`; `Kind` says what values it can have.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import confirmed_links
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.text.slug import did_you_mean

_OPTION = re.compile(r"([^=<>!\"]+)(!=|>=|<=|=)(.*)", re.DOTALL)


@dataclass(frozen=True)
class OptionSpec:
    """What an option can be: its operators, and its values in words, as a list or a pattern."""

    operators: tuple[str, ...]
    expected: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def is_facet(self) -> bool:
        """Whether it may be given several times and with several values."""
        return "!=" in self.operators

    def accepts(self, value: str) -> bool:
        """Whether it can have a value."""
        return value in self.values or re.fullmatch(self.pattern, value) is not None


FACET_OPTION = OptionSpec(("=", "!="))
"""What takes terms of a facet."""


@dataclass(frozen=True)
class Option:
    """A word that says something, its place, and its parts, which are empty where it does not."""

    location: tuple[str, int, int]
    text: str
    key: str
    operator: str
    value: str
    spec: OptionSpec

    @property
    def values(self) -> list[str]:
        """The value, or the values of a facet."""
        if not self.spec.is_facet:
            return [self.value] if self.value else []
        return [word.strip() for word in self.value.split(",") if word.strip()]

    def make_problem(
        self, code: str, message: str, hint: str, *, of_value: bool = False
    ) -> Problem:
        """A problem of the whole option, or of its value."""
        return Problem(*self.location, code, self.key if of_value else "", message, hint)


def parse_option(word: str, place: tuple[str, int, int], kinds: Mapping[str, OptionSpec]) -> Option:
    """A word as an option; what is none of `kinds` is one of a facet."""
    match = _OPTION.fullmatch(word)
    key, operator, value = match.groups() if match else ("", "", "")
    kind = kinds.get(key, FACET_OPTION)
    return Option(place, word, key, operator, value.replace('"', ""), kind)


def option_problems(
    options: Sequence[Option], kinds: Mapping[str, OptionSpec], vocabulary: Vocabulary
) -> list[Problem]:
    """All that is wrong with options, each of which is one of `kinds` or of a facet."""
    problems = [*_doubled(options)]
    for option in options:
        malformed = _malformed(option, [*vocabulary.facets, *kinds])
        problems += malformed or _wrong_values(option, vocabulary)
    return sorted(problems)


def _doubled(options: Iterable[Option]) -> Iterator[Problem]:
    seen = set()
    for option in options:
        given = option.key + option.operator
        if given in seen and not option.spec.is_facet:
            yield option.make_problem(
                "doubled-key", f"'{given}' stands twice", "delete one of the two"
            )
        seen.add(given)


def _malformed(option: Option, known: Sequence[str]) -> list[Problem]:
    """What keeps a word from being an option."""
    code = "malformed-option"
    if option.text.count('"') % 2:
        message = f"'{option.text}' has a quotation mark that is not closed"
        hint = 'write key="a value"'
    elif not option.key:
        message = f"'{option.text}' is no option"
        hint = "write key=value, and a value with blanks in double quotes"
    elif option.key not in known:
        code, message = "unknown-facet", f"'{option.key}' is neither a facet nor an option"
        hint = did_you_mean(option.key, known) or f"one of: {', '.join(known)}"
    elif option.operator not in option.spec.operators:
        message = f"'{option.key}' does not take '{option.operator}'"
        hint = f"write {' or '.join(option.key + it for it in option.spec.operators)}"
    else:
        return []
    return [option.make_problem(code, message, hint)]


def _wrong_values(option: Option, vocabulary: Vocabulary) -> list[Problem]:
    if not option.values:
        return [option.make_problem("empty-value", "has no value", "write one", of_value=True)]
    if option.spec is FACET_OPTION:
        facet = vocabulary.facets[option.key]
        found = [_unknown_term(option, word, facet) for word in option.values]
    else:
        found = [_wrong_value(option, value) for value in option.values]
    return [problem for problem in found if problem]


def _wrong_value(option: Option, value: str) -> Problem | None:
    if option.spec.accepts(value):
        return None
    message = f"expected {option.spec.expected}, found '{value}'"
    hint = did_you_mean(value, option.spec.values)
    return option.make_problem("wrong-value", message, hint, of_value=True)


def _unknown_term(option: Option, word: str, facet: Facet) -> Problem | None:
    if facet.find_term(word):
        return None
    hint = did_you_mean(word, (name for term in facet.all_terms for name in term.names))
    message = f"'{word}' is not in the vocabulary"
    return option.make_problem("unknown-term", message, hint, of_value=True)


FILTER_OPTIONS: Mapping[str, OptionSpec] = {
    "year": OptionSpec(("=", ">=", "<="), "a year such as 2020", pattern=r"\d{4}"),
    "has": OptionSpec(("=", "!="), "code, doi or results", ("code", "doi", "results")),
}
"""The conditions beside those on the terms of a facet."""


def features(entry: Entry) -> list[str]:
    """What else an entry has that readers look for: code, a DOI, results."""
    sure = confirmed_links(entry)
    kinds = [kind for kind in ("code", "doi") if kind in sure]
    return [*kinds, *(["results"] if entry.results else [])]


@dataclass(frozen=True)
class Filter:
    """Which papers are taken; without any condition all are.

    `wanted` are ids of terms by facet, of which a paper has at least one, `unwanted` those of
    which it has none; `has` is such a facet too, with the terms `code`, `doi` and `results`.
    """

    required: Mapping[str, Set[str]] = field(default_factory=dict)
    excluded: Mapping[str, Set[str]] = field(default_factory=dict)
    first_year: int | None = None
    last_year: int | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether a paper is as all conditions want it."""
        names = {name: {term.id for term in terms} for name, terms in entry.terms.items()}
        names["has"] = set(features(entry))
        return (
            self._take_year(entry.year)
            and all(names.get(facet, set()) & ids for facet, ids in self.required.items())
            and not any(names.get(facet, set()) & ids for facet, ids in self.excluded.items())
        )

    def _take_year(self, year: int | None) -> bool:
        if self.first_year is None and self.last_year is None:
            return True
        return year is not None and (self.first_year or year) <= year <= (self.last_year or year)


def parse_filter(words: Iterable[str], vocabulary: Vocabulary) -> tuple[Filter, list[Problem]]:
    """The conditions that words say, one each, or all that is wrong with them.

    The path of a problem is the word.
    """
    options = [parse_option(word, (word, 1, 1), FILTER_OPTIONS) for word in words]
    problems = option_problems(options, FILTER_OPTIONS, vocabulary)
    return (Filter() if problems else build_filter(options, vocabulary)), problems


def build_filter(options: Iterable[Option], vocabulary: Vocabulary) -> Filter:
    """What options without mistakes want of a paper; others than conditions want nothing."""
    facets: dict[str, dict[str, set[str]]] = {"=": {}, "!=": {}}
    years: dict[str, int] = {}
    for option in options:
        if option.spec.is_facet:
            facets[option.operator].setdefault(option.key, set()).update(_ids(option, vocabulary))
        elif option.key == "year":
            years[option.operator] = int(option.value)
    exactly = years.get("=")
    least, most = exactly or years.get(">="), exactly or years.get("<=")
    return Filter(facets["="], facets["!="], least, most)


def _ids(option: Option, vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the terms that are named, and of all narrower ones."""
    if option.spec is not FACET_OPTION:
        yield from option.values
        return
    facet = vocabulary.facets[option.key]
    for term in filter(None, map(facet.find_term, option.values)):
        yield from (it.id for it in facet.subtree(term))
