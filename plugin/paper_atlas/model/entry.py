"""The declaration of an entry, the file of one paper.

Validation, the order of the keys, the JSON Schema and the documentation are derived from it.
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from paper_atlas.model.fields import (
    Arxiv,
    Author,
    CitationKey,
    Day,
    Doi,
    EntryId,
    NotesText,
    Notice,
    Number,
    Pmcid,
    Pmid,
    Summary,
    WebAddress,
    Year,
    can_be_id,
    describe,
)
from paper_atlas.model.terms import NewTerms, resolve_terms
from paper_atlas.model.validation import (
    Frozen,
    Text,
    describe_count,
    unknown_key,
    validate_model,
    validation_error,
)
from paper_atlas.model.vocabulary import Term, Vocabulary
from paper_atlas.problem import Problem, errors
from paper_atlas.source.document import Document, YamlValue
from paper_atlas.text.identifiers import IDENTIFIERS
from paper_atlas.text.names import short_name
from paper_atlas.text.slug import (
    MAX_NAME_BYTES,
    PAGES_OF_LISTS,
    ascii_slug,
    is_long,
    is_reserved,
    shorten_name,
)

_MAX_POSSIBLE_ID = 40  # characters of the id that a hint proposes

# The text of a link on the site. Labels of the curator are shown unchanged.
LINK_TITLES = {kind: scheme.title for kind, scheme in IDENTIFIERS.items()} | {
    "url": "Link",
    "pdf": "PDF",
    "code": "Code",
    "data": "Data",
    "project": "Project",
    "scholar": "Google Scholar",
}

# The most items of the lists in a file. Collaborations of physicists have 5,000 authors, and some
# surveys hundreds of results; few papers have more than ten items in any other list.
_MAX_AUTHORS, _MAX_RESULTS, _MAX_RELATIONS, _MAX_ITEMS = 10_000, 1000, 500, 100
MAX_TITLES = 20
"""The most alternative titles of a paper."""

RELATIONS = {"extends": "extended_by"}
"""The name of the inverse by relation. Entries contain relations; inverses are computed."""


def _check_label(value: str) -> str:
    titles = {title.casefold(): kind for kind, title in LINK_TITLES.items()}
    kind = titles.get(value.casefold(), value.casefold())
    if kind in Links.model_fields:
        message, hint = f"'{value}' is not a key here", f"did you mean '{kind}'?"
        raise validation_error("unknown-key", message, hint)
    return value


Label = Annotated[Text, AfterValidator(_check_label)]


class Links(Frozen):
    """The links of a paper by kind: bare identifiers, and URLs.

    Any other key is a label of the curator, with a URL.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Label, WebAddress] = Field(init=False)

    doi: Annotated[Doi | None, describe("DOI, with or without `https://doi.org/`")] = None
    arxiv: Annotated[Arxiv | None, describe("arXiv identifier, or its URL")] = None
    pmid: Annotated[Pmid | None, describe("PubMed identifier, or its URL")] = None
    pmcid: Annotated[Pmcid | None, describe("PubMed Central identifier, or its URL")] = None
    url: Annotated[WebAddress | None, describe("the page of the publisher")] = None
    pdf: Annotated[WebAddress | None, describe("the paper itself, free to read")] = None
    code: Annotated[WebAddress | None, describe("the authors' own code")] = None
    data: Annotated[WebAddress | None, describe("the authors' own data")] = None
    project: Annotated[WebAddress | None, describe("the page of the project")] = None
    scholar: Annotated[WebAddress | None, describe("a search for the paper in Google Scholar")] = (
        None
    )

    def by_kind(self) -> dict[str, str]:
        """Return the values of the given links by kind, in the order of the declaration."""
        # Several times faster than iterating over the model. Labels come last.
        values = self.__dict__ | self.__pydantic_extra__
        return {kind: value for kind, value in values.items() if isinstance(value, str)}


class Result(Frozen):
    """A value of a metric, as the paper states it."""

    dataset: Annotated[Text, describe("the data set")]
    split: Annotated[
        Text | None,
        describe("the part of the data set or the protocol; results without it are not ranked"),
    ] = None
    target: Annotated[Text | None, describe("what was segmented, detected or classified")] = None
    metric: Annotated[Text, describe("the metric")]
    value: Annotated[Number, describe("the value, as the paper states it")]
    stated: Annotated[Text | None, describe("the table, section or source that states it")] = None


class Entry(Frozen):
    """One paper.

    `terms` are its terms by facet. In the file, each facet is a key, at the position of `terms`.
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
            "other titles of the paper, such as that of the preprint; the search uses them too",
            'alternative_titles: ["Another title"]',
            most=MAX_TITLES,
        ),
    ] = ()
    authors: Annotated[
        tuple[Author, ...],
        describe(
            "all authors, in order: `Given Family`, `Family, Given` or `{group: Name}`",
            "authors: [First Author, Second Author]",
            most=_MAX_AUTHORS,
        ),
    ] = ()
    year: Annotated[
        Year | None,
        describe(
            "the year of the published version, or of the preprint if there is no other",
            "year: 2018",
        ),
    ] = None
    venue: Annotated[
        Text | None,
        describe("the journal or conference", "venue: IEEE Transactions on Medical Imaging"),
    ] = None
    volume: Annotated[Text | None, describe("the volume", "volume: 37")] = None
    issue: Annotated[Text | None, describe("the issue", "issue: 12")] = None
    pages: Annotated[
        Text | None, describe("the pages, or the article number", "pages: 2663-2674")
    ] = None
    citation_key: Annotated[
        CitationKey | None,
        describe(
            "the key by which documents cite the paper, if it is not its id", "citation_key: He2016"
        ),
    ] = None
    links: Annotated[
        Links,
        describe(
            "identifiers and URLs of the paper; a paper without any is listed as help wanted",
            "'links:' and below it '  doi: 10.1000/182'",
        ),
    ] = Links()
    retracted: Annotated[
        Notice | None,
        describe("the DOI or URL of the notice that retracts it", "retracted: 10.1000/182"),
    ] = None
    erratum: Annotated[
        Notice | None,
        describe("the DOI or URL of the notice that corrects it", "erratum: 10.1000/182"),
    ] = None
    terms: Mapping[str, tuple[Term, ...]]
    extends: Annotated[
        tuple[EntryId, ...],
        describe(
            "the ids of the papers that it builds on", "extends: [u-net]", most=_MAX_RELATIONS
        ),
    ] = ()
    results: Annotated[
        tuple[Result, ...],
        describe(
            "results as the paper states them",
            "'results:' and below it '  - {dataset: …, metric: …, value: …}'",
            most=_MAX_RESULTS,
        ),
    ] = ()
    summary: Annotated[
        Summary | None,
        describe(
            "one sentence of your own about the paper, at most 200 characters; not its abstract",
            'summary: "What the paper does, and what came out."',
        ),
    ] = None
    notes: Annotated[
        NotesText | None,
        describe(
            "short notes in your own words, in Markdown; `[[id]]` links to another paper",
            'notes: "a few words of your own"',
        ),
    ] = None
    added: Annotated[
        Day | None, describe("the date on which it was added", "added: 2024-03-31")
    ] = None
    unverified: Annotated[
        tuple[Text, ...],
        describe("keys whose values are not verified", "unverified: [year]", most=_MAX_ITEMS),
    ] = ()
    formerly: Annotated[
        tuple[EntryId, ...],
        describe(
            "former names of its file; their URLs redirect to the paper",
            "formerly: [old-name]",
            most=_MAX_ITEMS,
        ),
    ] = ()
    not_same_as: Annotated[
        tuple[EntryId, ...],
        describe(
            "ids of other papers with nearly the same title",
            "not_same_as: [u-net]",
            most=_MAX_RELATIONS,
        ),
    ] = ()
    allow: Annotated[
        Mapping[Text, Text],
        describe(
            "codes of warnings and notes to ignore, each with the reason",
            "'allow:' and below it '  code: the reason'",
            most=_MAX_ITEMS,
        ),
    ] = {}

    @property
    def key(self) -> str:
        """The key of the paper in exports: its citation key, otherwise its id."""
        return self.citation_key or self.id

    @property
    def short_name(self) -> str:
        """The name of its method, otherwise its first author and year, otherwise its title."""
        return short_name(self.title, self.authors, self.year)

    @property
    def all_titles(self) -> tuple[str, ...]:
        """The title and the alternative titles."""
        return self.title, *self.alternative_titles


FIELDS_NOT_IN_FILE = frozenset({"id", "path", "terms"})
"""The fields of an entry that are not keys of its file."""


def read_entry(
    document: Document, vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry of a file, or None if it has errors, and its problems.

    Words that an open facet does not list become terms. They are added to `new_terms`, so that
    the same word is the same term in all entries.
    """
    if not isinstance(document.data, dict):
        hint = "start with 'title: …'"
        return None, [document.problem_at("wrong-type", (), "expected 'key: value' lines", hint)]
    added_terms: ChainMap[tuple[str, str, str], Term] = ChainMap({}, new_terms)
    terms, problems = resolve_terms(document, document.data, vocabulary, added_terms)
    values = {key: value for key, value in document.data.items() if key not in vocabulary.facets}
    reserved = [key for key in values if key in FIELDS_NOT_IN_FILE]
    problems += [unknown_key(document, [key], Result, vocabulary.facets) for key in reserved]
    fields = {key: value for key, value in values.items() if key not in reserved}
    name = document.stem
    computed = {"id": name, "path": document.path, "terms": terms}
    entry, more = validate_model(Entry, {**fields, **computed}, document, vocabulary.facets)
    problems += [*more, *_problems_between_values(document, name, document.data, vocabulary)]
    if not entry or errors(problems):
        return None, problems
    new_terms.update(added_terms.maps[0])
    return entry, problems


def refuse_id(name: str) -> tuple[str, str] | None:
    """Return why a text cannot be the id of a paper, and what to do; None if it can be."""
    if can_be_id(name):
        return None
    reason = "expected lowercase letters a-z, digits, hyphens"
    if is_long(name):
        reason = f"it is longer than {MAX_NAME_BYTES} bytes"
    elif name in PAGES_OF_LISTS:
        reason = "it is a page of the list of all papers"
    elif is_reserved(name):
        reason = "Windows reserves the name"
    message = f"'{shorten_name(name)}' cannot be the id of a paper: {reason}"
    return message, f"rename the file to {_possible_id(name)}.yml"


def _possible_id(name: str) -> str:
    proposed = ascii_slug(name)[:_MAX_POSSIBLE_ID].strip("-")
    proposed = "my-paper" if proposed in ("", *PAGES_OF_LISTS) else proposed
    return f"{proposed}-paper" if is_reserved(proposed) else proposed


def _problems_between_values(
    document: Document, name: str, data: dict[str, YamlValue], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield the problems of a file that the validation of each single value does not find."""
    if refusal := refuse_id(name):
        yield document.problem_at("malformed-id", (), *refusal)
    given = data.get("links")
    links = given if isinstance(given, dict) else {}
    if len(links) > _MAX_ITEMS:
        yield document.problem_at("too-many", ["links"], *describe_count(len(links), _MAX_ITEMS))
    for key in links:
        if key in Entry.model_fields or key in vocabulary.facets:
            message, hint = f"'{key}' is not a link", "remove the spaces in front of it"
            yield document.problem_at("unknown-key", ["links", key], message, hint, of_key=True)
    unverified = data.get("unverified")
    for index, word in enumerate(unverified if isinstance(unverified, list) else ()):
        if isinstance(word, str) and word not in data and word not in links:
            message = f"'{word}' is not a key of this entry"
            yield document.problem_at("unknown-key", ["unverified", index], message)
