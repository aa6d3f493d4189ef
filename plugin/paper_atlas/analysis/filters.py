"""Conditions such as `organs=liver` or `year>=2020`, which select the papers of a list or export.

An option is a text such as `sort=title`; conditions are the options that select papers. An
`OptionSpec` defines the operators and values of an option.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import confirmed_links
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.text.spelling import did_you_mean

_FREE_COPIES = ("arxiv", "pmcid", "pdf")
_OPTION = re.compile(r"([^=<>!\"]+)(!=|>=|<=|=)(.*)", re.DOTALL)


@dataclass(frozen=True)
class OptionSpec:
    """The operators and values of an option.

    `values` lists the values, or `pattern` matches them; `expected` describes them in messages.
    """

    operators: tuple[str, ...]
    expected: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def is_facet(self) -> bool:
        """True if the option may be repeated, and may have several values."""
        return "!=" in self.operators

    def accepts(self, value: str) -> bool:
        """True if the option can have this value."""
        return value in self.values or re.fullmatch(self.pattern, value) is not None


FACET_OPTION = OptionSpec(("=", "!="))
"""The spec of options whose key is a facet, and whose values are its terms."""


@dataclass(frozen=True)
class Option:
    """A parsed `key<operator>value`. Key, operator and value are empty if `text` is malformed.

    `location` is the path, line and column of the text, as in a problem.
    """

    location: tuple[str, int, int]
    text: str
    key: str
    operator: str
    value: str
    spec: OptionSpec

    @property
    def values(self) -> list[str]:
        """The values of a facet option, without the commas, or the only value of another option."""
        if not self.spec.is_facet:
            return [self.value] if self.value else []
        return [word.strip() for word in self.value.split(",") if word.strip()]

    def make_problem(
        self, code: str, message: str, hint: str, *, of_value: bool = False
    ) -> Problem:
        """Return a problem of the whole option, or of its value."""
        return Problem(*self.location, code, self.key if of_value else "", message, hint)


def parse_option(
    word: str, location: tuple[str, int, int], specs: Mapping[str, OptionSpec]
) -> Option:
    """Parse a text as an option. A key that is not in `specs` is treated as a facet."""
    match = _OPTION.fullmatch(word)
    key, operator, value = match.groups() if match else ("", "", "")
    spec = specs.get(key, FACET_OPTION)
    return Option(location, word, key, operator, value.replace('"', ""), spec)


def option_problems(
    options: Sequence[Option], specs: Mapping[str, OptionSpec], vocabulary: Vocabulary
) -> list[Problem]:
    """Return all problems of options. Their keys must be in `specs` or names of facets."""
    problems = [*_repeated_options(options)]
    for option in options:
        malformed = _malformed_option(option, [*vocabulary.facets, *specs])
        problems += malformed or _wrong_values(option, vocabulary)
    return sorted(problems)


def _repeated_options(options: Iterable[Option]) -> Iterator[Problem]:
    seen = set()
    for option in options:
        start = option.key + option.operator
        if start in seen and not option.spec.is_facet:
            yield option.make_problem(
                "doubled-key", f"'{start}' is given twice", "remove one of the two"
            )
        seen.add(start)


def _malformed_option(option: Option, known: Sequence[str]) -> list[Problem]:
    code = "malformed-option"
    if option.text.count('"') % 2:
        message = f"'{option.text}' has a quotation mark that is not closed"
        hint = 'write key="a value"'
    elif not option.key:
        message = f"'{option.text}' is not an option"
        hint = "write key=value, with double quotes around a value with spaces"
    elif option.key not in known:
        code, message = "unknown-facet", f"'{option.key}' is neither a facet nor an option"
        hint = did_you_mean(option.key, known) or f"use one of: {', '.join(known)}"
    elif option.operator not in option.spec.operators:
        message = f"'{option.key}' does not accept '{option.operator}'"
        starts = [option.key + operator for operator in option.spec.operators]
        hint = f"write {' or '.join(starts)}"
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
    return option.make_problem("unknown-term", *facet.unknown_term(word), of_value=True)


FILTER_OPTIONS: Mapping[str, OptionSpec] = {
    "year": OptionSpec(("=", ">=", "<="), "a year such as 2020", pattern=r"\d{4}"),
    "has": OptionSpec(
        ("=", "!="), "code, results, free or doi", ("code", "results", "free", "doi")
    ),
}
"""The conditions whose key is not a facet."""


def features_of_entry(entry: Entry) -> list[str]:
    """Return the values of `has` that apply to an entry: code, results, free copy, DOI."""
    links = confirmed_links(entry)
    found = {
        "code": "code" in links,
        "results": bool(entry.results),
        "free": any(kind in links for kind in _FREE_COPIES),
        "doi": "doi" in links,
    }
    return [name for name, applies in found.items() if applies]


@dataclass(frozen=True)
class Filter:
    """Conditions for papers. Without conditions, all papers match.

    `required` and `excluded` are ids of terms by facet. For each facet, a paper must have at least
    one of the required terms. It must not have any of the excluded terms. `has` counts as a facet
    with the terms code, results, free and doi.
    """

    required: Mapping[str, Set[str]] = field(default_factory=dict)
    excluded: Mapping[str, Set[str]] = field(default_factory=dict)
    first_year: int | None = None
    last_year: int | None = None

    def matches(self, entry: Entry) -> bool:
        """True if a paper satisfies all conditions."""
        ids_of = {name: {term.id for term in terms} for name, terms in entry.terms.items()}
        ids_of["has"] = set(features_of_entry(entry))
        return (
            self._matches_year(entry.year)
            and all(ids_of.get(facet, set()) & ids for facet, ids in self.required.items())
            and not any(ids_of.get(facet, set()) & ids for facet, ids in self.excluded.items())
        )

    def _matches_year(self, year: int | None) -> bool:
        if self.first_year is None and self.last_year is None:
            return True
        return year is not None and (self.first_year or year) <= year <= (self.last_year or year)


def parse_filter(words: Iterable[str], vocabulary: Vocabulary) -> tuple[Filter, list[Problem]]:
    """Parse conditions such as `year>=2020`. Return the filter, and all problems.

    If there are problems, the filter is empty. The path of a problem is the condition.
    """
    options = [parse_option(word, (word, 1, 1), FILTER_OPTIONS) for word in words]
    problems = option_problems(options, FILTER_OPTIONS, vocabulary)
    return (Filter() if problems else build_filter(options, vocabulary)), problems


def build_filter(options: Iterable[Option], vocabulary: Vocabulary) -> Filter:
    """Return the filter of options without problems. Other options than conditions are ignored."""
    facets: dict[str, dict[str, set[str]]] = {"=": {}, "!=": {}}
    years: dict[str, int] = {}
    for option in options:
        if option.spec.is_facet:
            facets[option.operator].setdefault(option.key, set()).update(
                _term_ids(option, vocabulary)
            )
        elif option.key == "year":
            years[option.operator] = int(option.value)
    exact = years.get("=")
    first, last = exact or years.get(">="), exact or years.get("<=")
    return Filter(facets["="], facets["!="], first, last)


def _term_ids(option: Option, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the ids of the named terms and of all narrower terms."""
    if option.spec is not FACET_OPTION:
        yield from option.values
        return
    facet = vocabulary.facets[option.key]
    for term in filter(None, map(facet.find_term, option.values)):
        yield from (narrower.id for narrower in facet.subtree(term))
