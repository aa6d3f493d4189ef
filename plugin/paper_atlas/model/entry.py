"""An entry: one paper, one file, declared once.

The declaration gives the validation and the order of the keys in a file.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from paper_atlas.model.fields import (
    ENTRY_ID,
    Arxiv,
    Author,
    Day,
    Doi,
    EntryId,
    NotesText,
    Notice,
    Number,
    Pmcid,
    Pmid,
    WebAddress,
    Year,
    describe,
)
from paper_atlas.model.terms import NewTerms, resolve_terms
from paper_atlas.model.validation import Frozen, Text, unknown_key, validate_model, validation_error
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem, errors
from paper_atlas.source.document import Document, YamlValue
from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.slug import ascii_slug

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


def _label(value: str) -> str:
    titles = {title.casefold(): kind for kind, title in LINK_TITLES.items()}
    known = titles.get(value.casefold(), value.casefold())
    if known in Links.model_fields:
        raise validation_error(
            "unknown-key", f"'{value}' is not a key here", f"did you mean '{known}'?"
        )
    return value


Label = Annotated[Text, AfterValidator(_label)]


class Links(Frozen):
    """Where the paper is, by kind: identifiers bare, everything else as a web address.

    Any further key is a label of the curator's, with a web address.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Label, WebAddress] = Field(init=False)

    doi: Annotated[Doi | None, describe("DOI, with or without `https://doi.org/`")] = None
    arxiv: Annotated[Arxiv | None, describe("arXiv identifier, or its address")] = None
    pmid: Annotated[Pmid | None, describe("PubMed identifier, or its address")] = None
    pmcid: Annotated[Pmcid | None, describe("PubMed Central identifier, or its address")] = None
    url: Annotated[WebAddress | None, describe("the page of the publisher")] = None
    pdf: Annotated[WebAddress | None, describe("the paper itself, free to read")] = None
    code: Annotated[WebAddress | None, describe("the authors' own code")] = None
    data: Annotated[WebAddress | None, describe("the authors' own data")] = None
    project: Annotated[WebAddress | None, describe("the page of the project")] = None
    scholar: Annotated[WebAddress | None, describe("a search for the paper")] = None

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.by_kind():
            raise validation_error("missing-key", "is empty", "give at least one link")
        return self

    def by_kind(self) -> dict[str, str]:
        """The links that the entry has, kind to value, in the order of this declaration."""
        # Several times as fast as to iterate over the model; its dict also holds the extra ones.
        values = self.__dict__ | self.__pydantic_extra__
        return {kind: value for kind, value in values.items() if isinstance(value, str)}


class Result(Frozen):
    """A figure as the paper states it."""

    dataset: Annotated[Text, describe("the data set it was measured on")]
    split: Annotated[
        Text | None, describe("the part of it or the protocol; without it a figure is not ranked")
    ] = None
    target: Annotated[Text | None, describe("what was segmented, found or told apart")] = None
    metric: Annotated[Text, describe("what was measured")]
    value: Annotated[Number, describe("the figure, as the paper states it")]
    stated: Annotated[Text | None, describe("the table, section or source that states it")] = None


class Entry(Frozen):
    """One paper.

    `terms` are the entry's words for each facet of the vocabulary; in the file each facet is a
    key of its own, in this place.
    """

    id: Text
    path: str
    title: Annotated[
        Text,
        describe(
            "the title as published; in double quotes if it contains a colon or ` #`",
            'title: "The title of the paper"',
        ),
    ]
    alternative_titles: Annotated[
        tuple[Text, ...],
        describe(
            "other titles it has had, such as the preprint's; the search finds it by them",
            'alternative_titles: ["Another title"]',
        ),
    ] = ()
    authors: Annotated[
        tuple[Author, ...],
        describe("all authors, in order", "authors: [First Author, Second Author]"),
    ] = ()
    year: Annotated[
        Year | None,
        describe("of the published version; of the preprint if there is no other", "year: 2018"),
    ] = None
    venue: Annotated[
        Text | None,
        describe("the journal or conference", "venue: IEEE Transactions on Medical Imaging"),
    ] = None
    volume: Annotated[Text | None, describe("the volume", "volume: 37")] = None
    issue: Annotated[Text | None, describe("the issue", "issue: 12")] = None
    pages: Annotated[
        Text | None, describe("the pages, or the number of the article", "pages: 2663-2674")
    ] = None
    links: Annotated[
        Links, describe("where the paper is", "'links:' and below it '  doi: 10.1000/182'")
    ]
    retracted: Annotated[
        Notice | None,
        describe("the notice that retracts it, by its DOI or address", "retracted: 10.1000/182"),
    ] = None
    erratum: Annotated[
        Notice | None,
        describe("the notice that corrects it, by its DOI or address", "erratum: 10.1000/182"),
    ] = None
    terms: Mapping[str, tuple[Term, ...]]
    extends: Annotated[
        tuple[EntryId, ...],
        describe("the papers it builds on, by the names of their files", "extends: [u-net]"),
    ] = ()
    results: Annotated[
        tuple[Result, ...],
        describe(
            "figures as the paper states them",
            "'results:' and below it '  - {dataset: …, metric: …, value: …}'",
        ),
    ] = ()
    notes: Annotated[
        NotesText | None,
        describe(
            "a few words of your own, in Markdown; `[[id]]` links to another paper",
            'notes: "a few words of your own"',
        ),
    ] = None
    added: Annotated[Day | None, describe("the day it was added", "added: 2024-03-31")] = None
    unverified: Annotated[
        tuple[Text, ...], describe("keys that nobody has confirmed", "unverified: [year]")
    ] = ()
    formerly: Annotated[
        tuple[EntryId, ...],
        describe(
            "names that its file had before, whose addresses lead here", "formerly: [old-name]"
        ),
    ] = ()
    not_same_as: Annotated[
        tuple[EntryId, ...],
        describe("papers with nearly this title that are others", "not_same_as: [u-net]"),
    ] = ()
    allow: Annotated[
        Mapping[Text, Text],
        describe(
            "warnings that are right as they are, each with the reason",
            "'allow:' and below it '  code: the reason'",
        ),
    ] = {}

    @property
    def all_titles(self) -> tuple[str, ...]:
        """The title and the alternative ones."""
        return self.title, *self.alternative_titles


NOT_IN_FILE = frozenset({"id", "path", "terms"})


def read_entry(
    source: Document, vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[Entry | None, list[Problem]]:
    """The entry of a file, or all its problems.

    Words that an open facet does not list yet become terms, kept in `new_terms`, so that the
    same word is the same term in every entry.
    """
    if not isinstance(source.data, dict):
        hint = "start with 'title: …'"
        return None, [source.problem_at("wrong-type", (), "expected 'key: value' lines", hint)]
    own_terms: ChainMap[tuple[str, str, str], Term] = ChainMap({}, new_terms)
    terms, problems = resolve_terms(source, source.data, vocabulary, own_terms)
    own = {key: value for key, value in source.data.items() if key not in vocabulary.facets}
    reserved = [key for key in own if key in NOT_IN_FILE]
    problems += [unknown_key(source, [key], Result, vocabulary.facets) for key in reserved]
    fields = {key: value for key, value in own.items() if key not in reserved}
    name = source.stem
    made = {"id": name, "path": source.path, "terms": terms}
    entry, more = validate_model(Entry, {**fields, **made}, source, vocabulary.facets)
    problems += [*more, *_doubts(source, name, source.data, vocabulary)]
    if not entry or errors(problems):
        return None, problems
    new_terms.update(own_terms.maps[0])
    return entry, problems


def _doubts(
    source: Document, name: str, data: dict[str, YamlValue], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """What is wrong with a file although each of its values may be right."""
    if not ENTRY_ID.fullmatch(name) or name == "index":
        proposed = "my-paper" if name == "index" else ascii_slug(name) or "my-paper"
        message = f"'{name}' cannot be the id of a paper: small letters a-z, digits, hyphens"
        yield source.problem_at("malformed-id", (), message, f"rename the file to {proposed}.yml")
    given = data.get("links")
    links = given if isinstance(given, dict) else {}
    for key in links:
        if key in Entry.model_fields or key in vocabulary.facets:
            message, hint = f"'{key}' is no link", "delete the blanks in front of it"
            yield source.problem_at("unknown-key", ["links", key], message, hint, of_key=True)
    unverified = data.get("unverified")
    for index, word in enumerate(unverified if isinstance(unverified, list) else ()):
        if isinstance(word, str) and word not in data and word not in links:
            message = f"'{word}' is not a key of this entry"
            yield source.problem_at("unknown-key", ["unverified", index], message)
