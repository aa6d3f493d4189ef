"""`<!-- papers: organs=liver year>=2020 view=table -->`: what a directive in a page asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from paper_atlas.entry import Entry
from paper_atlas.exports.names import split_name
from paper_atlas.library import Library
from paper_atlas.problem import Problem
from paper_atlas.render import having
from paper_atlas.text import did_you_mean, slug
from paper_atlas.vocabulary import Facet, Vocabulary

DIRECTIVE = re.compile(r"<!--\s*papers:(.*?)-->", re.DOTALL)
VIEWS = ("cards", "table", "list", "bibliography")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*"|"[^"]*$)+')
_OPTION = re.compile(r"([^=<>!\"]+)(!=|>=|<=|=)(.*)", re.DOTALL)


def _surname(entry: Entry) -> str:
    return slug(split_name(entry.authors[0]).family) if entry.authors else ""


# Those that are alike stay in the order of the library, which is that of -year.
_ORDERS: Mapping[str, Callable[[Entry], tuple[bool, int | str]]] = {
    "year": lambda entry: (entry.year is None, entry.year or 0),
    "-year": lambda _: (False, 0),
    "title": lambda entry: (False, slug(entry.title)),
    "author": lambda entry: (not entry.authors, _surname(entry)),
}


@dataclass(frozen=True)
class Listing:
    """What a directive asks for.

    `wanted` are ids of terms by facet, of which a paper has at least one, `unwanted` those of
    which it has none; `has` is such a facet too, with the terms `code`, `doi` and `results`.
    """

    wanted: Mapping[str, Set[str]] = field(default_factory=dict)
    unwanted: Mapping[str, Set[str]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    sort: str = "-year"
    limit: int | None = None
    view: str = "list"

    def of(self, library: Library) -> list[Entry]:
        """The entries that it asks for, in its order."""
        found = sorted(filter(self._takes, library.entries), key=_ORDERS[self.sort])
        return found[: self.limit]

    def _takes(self, entry: Entry) -> bool:
        names = {name: {term.id for term in terms} for name, terms in entry.terms.items()}
        names["has"] = set(having(entry))
        return (
            self._takes_year(entry.year)
            and all(names.get(facet, set()) & ids for facet, ids in self.wanted.items())
            and not any(names.get(facet, set()) & ids for facet, ids in self.unwanted.items())
        )

    def _takes_year(self, year: int | None) -> bool:
        if self.least is None and self.most is None:
            return True
        return year is not None and (self.least or year) <= year <= (self.most or year)


@dataclass(frozen=True)
class _Kind:
    """What an option can be: its operators, and its values in words, as a list or a pattern."""

    operators: tuple[str, ...]
    expected: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def is_facet(self) -> bool:
        """Whether it may be given several times and with several values."""
        return "!=" in self.operators

    def fits(self, value: str) -> bool:
        """Whether it can have a value."""
        return value in self.values or re.fullmatch(self.pattern, value) is not None


_FACET = _Kind(("=", "!="))
_KINDS: Mapping[str, _Kind] = {
    "year": _Kind(("=", ">=", "<="), "a year such as 2020", pattern=r"\d{4}"),
    "has": _Kind(("=", "!="), "code, doi or results", ("code", "doi", "results")),
    "sort": _Kind(("=",), "year, -year, title or author", tuple(_ORDERS)),
    "limit": _Kind(("=",), "a number from 1", pattern=r"[1-9]\d*"),
    "view": _Kind(("=",), "cards, table, list or bibliography", VIEWS),
}


@dataclass(frozen=True)
class _Option:
    """A word of a directive, its place, and its parts, which are empty where it is no option."""

    place: tuple[str, int, int]
    text: str
    key: str
    operator: str
    value: str

    @property
    def kind(self) -> _Kind:
        return _KINDS.get(self.key, _FACET)

    @property
    def values(self) -> list[str]:
        """The value, or the values of a facet."""
        if not self.kind.is_facet:
            return [self.value] if self.value else []
        return [word.strip() for word in self.value.split(",") if word.strip()]

    def problem(self, code: str, message: str, hint: str, *, of_value: bool = False) -> Problem:
        """A problem of the whole option, or of its value."""
        return Problem(*self.place, code, self.key if of_value else "", message, hint)


def read_listing(
    text: str, vocabulary: Vocabulary, path: str = "", line: int = 1, column: int = 1
) -> tuple[Listing, list[Problem]]:
    """What a directive asks for, or all that is wrong with it.

    `text` is the whole comment, which starts at `line` and `column` of the file at `path`.
    """
    options = list(_options(text, path, line, column))
    problems = [*_doubled(options)]
    for option in options:
        problems += _malformed(option, vocabulary) or _wrong_values(option, vocabulary)
    return (Listing() if problems else _listing(options, vocabulary)), sorted(problems)


def _options(text: str, path: str, line: int, column: int) -> Iterator[_Option]:
    match = DIRECTIVE.fullmatch(text)
    start, end = match.span(1) if match else (0, 0)
    for word in _WORD.finditer(text, start, end):
        above = text.count("\n", 0, word.start())
        before = word.start() - (text.rfind("\n", 0, word.start()) + 1)
        place = path, line + above, before + (1 if above else column)
        option = _OPTION.fullmatch(word[0])
        key, operator, value = option.groups() if option else ("", "", "")
        yield _Option(place, word[0], key, operator, value.replace('"', ""))


def _doubled(options: Iterable[_Option]) -> Iterator[Problem]:
    seen = set()
    for option in options:
        given = option.key + option.operator
        if given in seen and not option.kind.is_facet:
            yield option.problem("doubled-key", f"'{given}' stands twice", "delete one of the two")
        seen.add(given)


def _malformed(option: _Option, vocabulary: Vocabulary) -> list[Problem]:
    """What keeps a word from being an option."""
    known = [*vocabulary.facets, *_KINDS]
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
    elif option.operator not in option.kind.operators:
        message = f"'{option.key}' does not take '{option.operator}'"
        hint = f"write {' or '.join(option.key + it for it in option.kind.operators)}"
    else:
        return []
    return [option.problem(code, message, hint)]


def _wrong_values(option: _Option, vocabulary: Vocabulary) -> list[Problem]:
    if not option.values:
        return [option.problem("empty-value", "has no value", "write one", of_value=True)]
    if option.key in _KINDS:
        found = (_wrong_value(option, value) for value in option.values)
    else:
        facet = vocabulary.facets[option.key]
        found = (_unknown_term(option, word, facet) for word in option.values)
    return [problem for problem in found if problem]


def _wrong_value(option: _Option, value: str) -> Problem | None:
    if option.kind.fits(value):
        return None
    message = f"expected {option.kind.expected}, found '{value}'"
    hint = did_you_mean(value, option.kind.values)
    return option.problem("wrong-value", message, hint, of_value=True)


def _unknown_term(option: _Option, word: str, facet: Facet) -> Problem | None:
    if facet.find(word):
        return None
    hint = did_you_mean(word, (name for term in facet.all_terms for name in term.names))
    message = f"'{word}' is not in the vocabulary"
    return option.problem("unknown-term", message, hint, of_value=True)


def _listing(options: Iterable[_Option], vocabulary: Vocabulary) -> Listing:
    """What options without mistakes ask for."""
    facets: dict[str, dict[str, set[str]]] = {"=": {}, "!=": {}}
    given: dict[str, str] = {}
    for option in options:
        if option.kind.is_facet:
            facets[option.operator].setdefault(option.key, set()).update(_ids(option, vocabulary))
        else:
            given[option.key + option.operator] = option.value
    return Listing(
        facets["="],
        facets["!="],
        _number(given.get("year=") or given.get("year>=")),
        _number(given.get("year=") or given.get("year<=")),
        given.get("sort=", Listing.sort),
        _number(given.get("limit=")),
        given.get("view=", Listing.view),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _ids(option: _Option, vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the terms that are named, and of all narrower ones."""
    if option.key in _KINDS:
        yield from option.values
        return
    facet = vocabulary.facets[option.key]
    for term in filter(None, map(facet.find, option.values)):
        yield from (it.id for it in facet.within(term))
