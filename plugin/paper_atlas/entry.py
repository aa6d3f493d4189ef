"""An entry: one paper, one file, declared once.

The declaration gives the validation and the order of the keys in a file.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from paper_atlas.identifier import IDENTIFIERS, split
from paper_atlas.problem import Problem
from paper_atlas.source import Loc, Source, Value, kind_of
from paper_atlas.text import did_you_mean, slug
from paper_atlas.validation import Text, mistake, validate
from paper_atlas.vocabulary import Facet, Term, Vocabulary

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100

# What a link is called where it is shown; a label of the curator's is shown as it is.
LINK_TITLES = {kind: scheme.title for kind, scheme in IDENTIFIERS.items()} | {
    "url": "Link",
    "pdf": "PDF",
    "code": "Code",
    "data": "Data",
    "project": "Project",
    "scholar": "Google Scholar",
}

NewTerms = MutableMapping[tuple[str, str], Term]


def _identifier(kind: str) -> BeforeValidator:
    scheme = IDENTIFIERS[kind]

    def bare(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = scheme.bare(value)
        if found is None:
            message = f"'{value}' is no {scheme.title} identifier"
            raise mistake(f"malformed-{kind}", message, f"it looks like {scheme.example}")
        return found

    return BeforeValidator(bare)


def _web_address(value: str) -> str:
    parts = split(value)
    if parts.scheme and parts.scheme not in ("http", "https"):
        message = f"'{parts.scheme}:' addresses are not accepted"
        raise mistake("url-scheme", message, "http and https are")
    if not parts.hostname or re.search(r"\s", value):
        raise mistake("malformed-url", f"'{value}' is not a web address", "it looks like https://…")
    return value


def _year(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}", value.strip()) and _FIRST_YEAR <= int(value) <= _LAST_YEAR:
            return int(value)
        message = f"'{value}' is not a year between {_FIRST_YEAR} and {_LAST_YEAR}"
        raise mistake("malformed-year", message, "four digits, such as 2018")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            hint = "year-month-day, such as 2024-03-31"
            raise mistake("malformed-date", f"'{value}' is not a date", hint) from None
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value.strip()):
        raise mistake("malformed-number", f"'{value}' is not a number", "such as 0.961")
    return value


def _entry_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise mistake("malformed-id", f"'{value}' is not an id", _id_hint(value))
    return value


def _id_hint(value: str) -> str:
    proposed = re.sub(r"[^a-z0-9-]+", "", slug(value))
    rule = "small letters a-z, digits and single hyphens"
    return f"{rule}: '{proposed}'" if proposed else rule


WebAddress = Annotated[Text, AfterValidator(_web_address)]
EntryId = Annotated[Text, AfterValidator(_entry_id)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Links(_Frozen):
    """Where the paper is, by kind: identifiers bare, everything else as a web address.

    Any further key is a label of the curator's, with a web address.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, WebAddress] = Field(init=False)

    doi: Annotated[str | None, _identifier("doi")] = None
    arxiv: Annotated[str | None, _identifier("arxiv")] = None
    pmid: Annotated[str | None, _identifier("pmid")] = None
    pmcid: Annotated[str | None, _identifier("pmcid")] = None
    url: WebAddress | None = None
    pdf: WebAddress | None = None
    code: WebAddress | None = None
    data: WebAddress | None = None
    project: WebAddress | None = None
    scholar: WebAddress | None = None

    def given(self) -> dict[str, str]:
        """The links that the entry has, kind to value, in the order of this declaration."""
        return {kind: value for kind, value in self if value is not None}


class Result(_Frozen):
    """A figure as the paper states it."""

    dataset: Text
    split: Text | None = None
    target: Text | None = None
    metric: Text
    value: Annotated[Decimal, BeforeValidator(_number)]
    stated: Text | None = None


class Entry(_Frozen):
    """One paper.

    `terms` are the entry's words for each facet of the vocabulary; in the file each facet is a
    key of its own, in this place.
    """

    id: EntryId
    path: str
    title: Text
    authors: tuple[Text, ...] = ()
    year: Annotated[int | None, BeforeValidator(_year)] = None
    venue: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    links: Links
    terms: Mapping[str, tuple[Term, ...]]
    extends: tuple[EntryId, ...] = ()
    results: tuple[Result, ...] = ()
    notes: Text | None = None
    added: Annotated[date | None, BeforeValidator(_date)] = None
    unverified: tuple[Text, ...] = ()


NOT_IN_FILE = frozenset({"id", "path", "terms"})


def read_entry(
    source: Source, vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a file, or all its problems.

    Words that an open facet does not list yet become terms, kept in `new_terms` by facet and
    id, so that the same word is the same term in every entry.
    """
    if not isinstance(source.data, dict):
        hint = "start with 'title: …'"
        return None, [source.problem("wrong-type", (), "expected 'key: value' lines", hint)]
    terms, problems = _terms(source, source.data, vocabulary, new_terms)
    own = {key: value for key, value in source.data.items() if key not in vocabulary.facets}
    reserved = [key for key in own if key in NOT_IN_FILE]
    problems += [_unknown_key(source, key, vocabulary) for key in reserved]
    fields = {key: value for key, value in own.items() if key not in reserved}
    made = {"id": PurePosixPath(source.path).stem, "path": source.path, "terms": terms}
    entry, more = validate(Entry, {**fields, **made}, source, vocabulary.facets)
    problems += [*more, *_missing_link(source, entry)]
    return (None, problems) if problems else (entry, [])


def _unknown_key(source: Source, key: str, vocabulary: Vocabulary) -> Problem:
    message, hint = f"'{key}' is not a key of this file", did_you_mean(key, vocabulary.facets)
    return source.problem("unknown-key", [key], message, hint, of_key=True)


def _missing_link(source: Source, entry: Entry | None) -> Iterator[Problem]:
    if entry and not entry.links.given():
        yield source.problem("missing-key", ["links"], "is empty", "give at least one link")


def _terms(
    source: Source, data: dict[str, Value], vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
    terms: dict[str, tuple[Term, ...]] = {}
    problems: list[Problem] = []
    if vocabulary.main not in data or data[vocabulary.main] == []:
        hint = f"write '{vocabulary.main}: […]'"
        problems.append(source.problem("missing-key", [vocabulary.main], "is missing", hint))
    for name, facet in vocabulary.facets.items():
        found: dict[str, Term] = {}
        for loc, word in _words(name, data.get(name)):
            term = _term(source, loc, word, facet, new_terms)
            if isinstance(term, Problem):
                problems.append(term)
            else:
                found.setdefault(term.id, term)
        if found:
            terms[name] = tuple(found.values())
    return terms, problems


def _words(facet: str, value: Value) -> Iterator[tuple[Loc, Value]]:
    """The words of a facet with their places; a single word may stand without a list."""
    if isinstance(value, list):
        yield from (((facet, index), word) for index, word in enumerate(value) if word is not None)
    elif value is not None:
        yield (facet,), value


def _term(
    source: Source, loc: Loc, word: Value, facet: Facet, new_terms: NewTerms
) -> Term | Problem:
    if not isinstance(word, str) or not slug(word):
        return source.problem("wrong-type", loc, f"expected a word, found {kind_of(word)}")
    if term := facet.find(word):
        return term
    if facet.open:
        return _new_term(str(loc[0]), word.strip(), new_terms)
    hint = did_you_mean(word, [each for term in facet.all_terms for each in term.names])
    return source.problem("unknown-term", loc, f"'{word}' is not in the vocabulary", hint)


def _new_term(facet: str, word: str, new_terms: NewTerms) -> Term:
    key = facet, slug(word)
    if key not in new_terms:
        new_terms[key] = Term(title=word, id=slug(word))
    return new_terms[key]
