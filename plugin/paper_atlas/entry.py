"""An entry: one paper, one file, declared once.

The declaration gives the validation and the order of the keys in a file.
"""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from paper_atlas.identifier import IDENTIFIERS, decode, split
from paper_atlas.problem import Problem, errors
from paper_atlas.source import Source, Value
from paper_atlas.terms import NewTerms, terms_of
from paper_atlas.text import slug
from paper_atlas.validation import Frozen, Text, mistake, unknown_key, validate
from paper_atlas.vocabulary import Term, Vocabulary

ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_INITIALS = re.compile(r"[A-Z]\.?|(?:[A-Z]\.[ -]?){2,3}")
_NOT_ONE_PERSON = re.compile(
    r"\bet al\b|;|^[“”„\"]|[“”\"]$|^(?!The )\S+ \S+ (?:and|&) \S+ \S+$", re.IGNORECASE
)
_DOI_WITHIN = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"]+")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NOTES_LENGTH, _NOTES_BRACKETS = 10_000, 200
_DEEP = re.compile(r"(?:[-+*>]\s*){20}|^ {40}", re.MULTILINE)

# What a link is called where it is shown; a label of the curator's is shown as it is.
LINK_TITLES = {kind: scheme.title for kind, scheme in IDENTIFIERS.items()} | {
    "url": "Link",
    "pdf": "PDF",
    "code": "Code",
    "data": "Data",
    "project": "Project",
    "scholar": "Google Scholar",
}

RELATIONS = {"extends": "extended_by"}
"""Each relation that an entry can name, and the inverse that is computed from it."""


def _bare(kind: str) -> BeforeValidator:
    scheme = IDENTIFIERS[kind]

    def bare(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = scheme.bare(value) or dict([decode(value) or ("", None)]).get(kind)
        if found is None:
            message = f"'{value}' is no {scheme.title} identifier"
            within = _DOI_WITHIN.search(value) if kind == "doi" else None
            hint = f"write {within[0]}" if within else f"it looks like {scheme.example}"
            raise mistake(f"malformed-{kind}", message, hint)
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


def _label(value: str) -> str:
    titles = {title.casefold(): kind for kind, title in LINK_TITLES.items()}
    known = titles.get(value.casefold(), value.casefold())
    if known in Links.model_fields:
        raise mistake("unknown-key", f"'{value}' is not a key here", f"did you mean '{known}'?")
    return value


def _year(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"[0-9]{4}", value.strip()) and _FIRST_YEAR <= int(value) <= _LAST_YEAR:
            return int(value)
        message = f"'{value}' is not a year between {_FIRST_YEAR} and {_LAST_YEAR}"
        raise mistake("malformed-year", message, "four digits, such as 2018")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
                return date.fromisoformat(value.strip())
        except ValueError:
            pass
        hint = "year-month-day, such as 2024-03-31"
        raise mistake("malformed-date", f"'{value}' is not a date", hint)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value.strip()):
        raise mistake("malformed-number", f"'{value}' is not a number", "such as 0.961")
    return value


def _entry_id(value: str) -> str:
    if not ENTRY_ID.fullmatch(value):
        hint = "the name of its file, without .yml"
        raise mistake("malformed-id", f"'{value}' is not the id of a paper", hint)
    return value


def _author(value: str) -> str:
    if _INITIALS.fullmatch(value) or _NOT_ONE_PERSON.search(value):
        hint = 'write [Given Surname, Given Surname]; a comma within a name needs "Surname, G."'
        raise mistake("malformed-author", f"'{value}' is not the name of one person", hint)
    return value


def _short(value: str) -> str:
    """Notes that a Markdown parser reads in a moment: its work grows with the square of these."""
    if len(value) > _NOTES_LENGTH or value.count("[") > _NOTES_BRACKETS or _DEEP.search(value):
        message = f"longer than {_NOTES_LENGTH} characters, or too deeply nested"
        raise mistake("long-notes", message, "a few words are enough")
    return value


def _said(description: str, *examples: str) -> Any:
    """What people are told of a field: in the docs, in editors, and how it is written."""
    return Field(description=description, examples=list(examples) or None)


def _shape(*types: str, pattern: str = "") -> WithJsonSchema:
    return WithJsonSchema({"type": list(types)} | ({"pattern": pattern} if pattern else {}))


WebAddress = Annotated[
    Text, AfterValidator(_web_address), _shape("string", pattern=r"^\s*https?://\S+\s*$")
]
EntryId = Annotated[
    Text, AfterValidator(_entry_id), _shape("string", pattern=rf"^\s*{ENTRY_ID.pattern}\s*$")
]
Author = Annotated[Text, AfterValidator(_author)]
Notes = Annotated[Text, AfterValidator(_short)]
Label = Annotated[Text, AfterValidator(_label)]
Year = Annotated[
    int, BeforeValidator(_year), _shape("integer", "string", pattern=r"^\s*[0-9]{4}\s*$")
]
Day = Annotated[
    date,
    BeforeValidator(_date),
    _shape("string", pattern=r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$"),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    _shape("number", "string", pattern=r"^\s*-?[0-9]+(\.[0-9]+)?\s*$"),
]
Doi = Annotated[str, _bare("doi"), _shape("string", pattern=r"10\.[0-9]{4,}.*/\S")]
Arxiv = Annotated[str, _bare("arxiv"), _shape("string", "number", pattern=r"[0-9]{4}")]
Pmid = Annotated[str, _bare("pmid"), _shape("integer", "string", pattern=r"[0-9]/?\s*$")]
Pmcid = Annotated[str, _bare("pmcid"), _shape("string", pattern=r"[Pp][Mm][Cc][0-9]+")]


class Links(Frozen):
    """Where the paper is, by kind: identifiers bare, everything else as a web address.

    Any further key is a label of the curator's, with a web address.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Label, WebAddress] = Field(init=False)

    doi: Annotated[Doi | None, _said("DOI, with or without `https://doi.org/`")] = None
    arxiv: Annotated[Arxiv | None, _said("arXiv identifier, or its address")] = None
    pmid: Annotated[Pmid | None, _said("PubMed identifier, or its address")] = None
    pmcid: Annotated[Pmcid | None, _said("PubMed Central identifier, or its address")] = None
    url: Annotated[WebAddress | None, _said("the page of the publisher")] = None
    pdf: Annotated[WebAddress | None, _said("the paper itself, free to read")] = None
    code: Annotated[WebAddress | None, _said("the authors' own code")] = None
    data: Annotated[WebAddress | None, _said("the authors' own data")] = None
    project: Annotated[WebAddress | None, _said("the page of the project")] = None
    scholar: Annotated[WebAddress | None, _said("a search for the paper")] = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.given():
            raise mistake("missing-key", "is empty", "give at least one link")
        return self

    def given(self) -> dict[str, str]:
        """The links that the entry has, kind to value, in the order of this declaration."""
        return {kind: value for kind, value in self if value is not None}


class Result(Frozen):
    """A figure as the paper states it."""

    dataset: Annotated[Text, _said("the data set it was measured on")]
    split: Annotated[Text | None, _said("the part of it, or the protocol")] = None
    target: Annotated[Text | None, _said("what was segmented, found or told apart")] = None
    metric: Annotated[Text, _said("what was measured")]
    value: Annotated[Number, _said("the figure, as the paper states it")]
    stated: Annotated[Text | None, _said("the table, figure or section that states it")] = None


class Entry(Frozen):
    """One paper.

    `terms` are the entry's words for each facet of the vocabulary; in the file each facet is a
    key of its own, in this place.
    """

    id: Text
    path: str
    title: Annotated[
        Text,
        _said(
            "the title as published; in double quotes if it contains a colon or ` #`",
            'title: "The title of the paper"',
        ),
    ]
    authors: Annotated[
        tuple[Author, ...],
        _said("all authors, in order", "authors: [First Author, Second Author]"),
    ] = ()
    year: Annotated[
        Year | None,
        _said("of the published version; of the preprint if there is no other", "year: 2018"),
    ] = None
    venue: Annotated[
        Text | None,
        _said("the journal or conference", "venue: IEEE Transactions on Medical Imaging"),
    ] = None
    volume: Annotated[Text | None, _said("the volume", "volume: 37")] = None
    issue: Annotated[Text | None, _said("the issue", "issue: 12")] = None
    pages: Annotated[
        Text | None, _said("the pages, or the number of the article", "pages: 2663-2674")
    ] = None
    links: Annotated[
        Links, _said("where the paper is", "'links:' and below it '  doi: 10.1000/182'")
    ]
    terms: Mapping[str, tuple[Term, ...]]
    extends: Annotated[
        tuple[EntryId, ...],
        _said("the papers it builds on, by the names of their files", "extends: [u-net]"),
    ] = ()
    results: Annotated[
        tuple[Result, ...],
        _said(
            "figures as the paper states them",
            "'results:' and below it '  - {dataset: …, metric: …, value: …}'",
        ),
    ] = ()
    notes: Annotated[
        Notes | None,
        _said(
            "a few words of your own, in Markdown; `[[id]]` links to another paper",
            'notes: "a few words of your own"',
        ),
    ] = None
    added: Annotated[Day | None, _said("the day it was added", "added: 2024-03-31")] = None
    unverified: Annotated[
        tuple[Text, ...], _said("keys that nobody has confirmed", "unverified: [year]")
    ] = ()
    not_same_as: Annotated[
        tuple[EntryId, ...],
        _said("papers with nearly this title that are others", "not_same_as: [u-net]"),
    ] = ()
    allow: Annotated[
        Mapping[Text, Text],
        _said(
            "warnings that are right as they are, each with the reason",
            "'allow:' and below it '  code: the reason'",
        ),
    ] = {}


NOT_IN_FILE = frozenset({"id", "path", "terms"})


def read_entry(
    source: Source, vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a file, or all its problems.

    Words that an open facet does not list yet become terms, kept in `new_terms`, so that the
    same word is the same term in every entry.
    """
    if not isinstance(source.data, dict):
        hint = "start with 'title: …'"
        return None, [source.problem("wrong-type", (), "expected 'key: value' lines", hint)]
    own_terms: ChainMap[tuple[str, str, str], Term] = ChainMap({}, new_terms)
    terms, problems = terms_of(source, source.data, vocabulary, own_terms)
    own = {key: value for key, value in source.data.items() if key not in vocabulary.facets}
    reserved = [key for key in own if key in NOT_IN_FILE]
    problems += [unknown_key(source, [key], Result, vocabulary.facets) for key in reserved]
    fields = {key: value for key, value in own.items() if key not in reserved}
    name = PurePosixPath(source.path).stem
    made = {"id": name, "path": source.path, "terms": terms}
    entry, more = validate(Entry, {**fields, **made}, source, vocabulary.facets)
    problems += [*more, *_doubts(source, name, source.data, vocabulary)]
    if not entry or errors(problems):
        return None, problems
    new_terms.update(own_terms.maps[0])
    return entry, problems


def _doubts(
    source: Source, name: str, data: dict[str, Value], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """What is wrong with a file although each of its values may be right."""
    if not ENTRY_ID.fullmatch(name):
        proposed = re.sub(r"[^a-z0-9-]+", "", slug(name)) or "my-paper"
        message = f"'{name}' cannot be the id of a paper: small letters a-z, digits, hyphens"
        yield source.problem("malformed-id", (), message, f"rename the file to {proposed}.yml")
    given = data.get("links")
    links = given if isinstance(given, dict) else {}
    for key in links:
        if key in Entry.model_fields or key in vocabulary.facets:
            message, hint = f"'{key}' is no link", "delete the blanks in front of it"
            yield source.problem("unknown-key", ["links", key], message, hint, of_key=True)
    unverified = data.get("unverified")
    for index, word in enumerate(unverified if isinstance(unverified, list) else ()):
        if isinstance(word, str) and word not in data and word not in links:
            message = f"'{word}' is not a key of this entry"
            yield source.problem("unknown-key", ["unverified", index], message)
