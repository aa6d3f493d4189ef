"""The vocabulary of an atlas: facets, their sections and terms, and metrics."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from paper_atlas.model.fields import WebAddress
from paper_atlas.model.validation import Frozen, LongText, Text, validation_error
from paper_atlas.text.slug import (
    MAX_NAME_BYTES,
    PAGES_OF_LISTS,
    is_long,
    is_reserved,
    shorten_name,
    slug,
)
from paper_atlas.text.spelling import did_you_mean, spelling_key

VOCABULARY_FILE = "vocabulary.yml"
"""The name of the file of the vocabulary, in the folder of entries."""

_MAX_TERMS_IN_HINT = 12
_HINTS_IN_MEMORY = 4096

MAX_FACETS = 50
"""The most facets of a vocabulary: each is a tab, a column of lists, and a key of each entry."""

MAX_LISTED = 20_000
"""The most terms in one list of a vocabulary. Medical Subject Headings have 30,000 in a file."""

MAX_NAMES = 100
"""The most aliases, parents or links of one term."""

MAX_BROADER = 100
"""The most terms above one term. A list of papers exists for each pair of a term and one above."""

_FACET_NAME = re.compile(r"[a-z][a-z0-9-]*")


def _term_id(value: str) -> str:
    """Check an id, which is a part of URLs and the name of a folder of the site."""
    if slug(value) == value and not is_reserved(value) and not is_long(value):
        return value
    hint = "use lowercase letters, digits and hyphens, but neither 'index' nor 'page'"
    if is_long(value):
        hint = f"write an 'id' with at most {MAX_NAME_BYTES} bytes"
    elif is_reserved(value) and value not in PAGES_OF_LISTS:
        hint = "Windows reserves the name; write another 'id'"
    raise validation_error("malformed-id", f"'{shorten_name(value)}' cannot be an id", hint)


class _NamedItem(Frozen):
    """An item with a title, and an id that is by default the slug of the title.

    `short` is a shorter title, for places with little room. In the file, an item without other keys
    can be written as its title alone.
    """

    title: Text
    id: Annotated[Text, AfterValidator(_term_id)] = ""
    short: Text = ""
    description: LongText = ""

    @property
    def short_title(self) -> str:
        """The short title, or the title."""
        return self.short or self.title

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema of the mapping or of the title alone."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}

    @model_validator(mode="before")
    @classmethod
    def _from_title(cls, data: Any) -> Any:
        if isinstance(data, str):
            data = {"title": data}
        if isinstance(data, dict) and isinstance(data.get("title"), str):
            return {"id": slug(data["title"]), **data}
        return data


_Names = Annotated[tuple[Text, ...], Field(max_length=MAX_NAMES)]


class Term(_NamedItem):
    """A value of a facet. An entry names it by title, id or alias, in any case.

    `parents` are broader terms of its facet. `about` are related terms by the name of another
    facet, such as the task of a data set. `links` are URLs by label, such as its home page or
    its place in an ontology. `region` is the id of its part of the figure of the atlas. `in_house`
    is true for data of authors that others cannot get: results on them do not compare.
    """

    region: Text = ""
    in_house: bool = False
    aliases: _Names = ()
    parents: _Names = ()
    about: Annotated[Mapping[Text, _Names], Field(max_length=MAX_FACETS)] = {}
    links: Annotated[Mapping[Text, WebAddress], Field(max_length=MAX_NAMES)] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The title, the id and the aliases."""
        return (self.title, self.id, *self.aliases)


class Section(_NamedItem):
    """A group of terms under a heading."""

    terms: Annotated[tuple[Term, ...], Field(max_length=MAX_LISTED)] = ()


class Facet(Frozen):
    """A way to sort entries: its terms, in sections or not, in the order of the file.

    An open facet accepts terms that it does not list. A facet with pages has a page for each term.
    `singular` is the title before one term, such as Method for Methods.
    """

    title: Text
    singular: Text = ""
    description: LongText = ""
    open: bool = False
    pages: bool = False
    sections: Annotated[tuple[Section, ...], Field(max_length=MAX_LISTED)] = ()
    terms: Annotated[tuple[Term, ...], Field(max_length=MAX_LISTED)] = ()

    def title_of(self, count: int) -> str:
        """Return the title before this number of terms."""
        return (count == 1 and self.singular) or self.title

    @cached_property
    def all_terms(self) -> tuple[Term, ...]:
        """The terms of the sections, then the terms without a section."""
        return (*(term for section in self.sections for term in section.terms), *self.terms)

    @cached_property
    def _by_name(self) -> Mapping[str, Term]:
        return {spelling_key(name): term for term in self.all_terms for name in term.names}

    @cached_property
    def terms_by_id(self) -> Mapping[str, Term]:
        """The listed terms by id."""
        return {term.id: term for term in self.all_terms}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {term.id: place for place, term in enumerate(self.all_terms)}

    def in_order(self, ids: Iterable[str]) -> list[Term]:
        """Return the listed terms with these ids, in the order of the file."""
        return [self.all_terms[place] for place in sorted(map(self._places.__getitem__, ids))]

    def find_term(self, word: str) -> Term | None:
        """Return the term with a title, id or alias that equals `word`.

        Case, accents, spaces and hyphens are ignored.
        """
        return self._by_name.get(spelling_key(word))

    def unknown_term(self, word: str, *, with_hint: bool = True) -> tuple[str, str]:
        """Return the message and the hint of the problem that no term has the name `word`.

        The hint takes time in proportion to the vocabulary.
        """
        hint = self._cached_hint(word) if with_hint else ""
        return f"'{word}' is not in the vocabulary", hint

    @cached_property
    def _cached_hint(self) -> Callable[[str], str]:
        return lru_cache(_HINTS_IN_MEMORY)(self._hint_for)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(name for term in self.all_terms for name in term.names)

    def _hint_for(self, word: str) -> str:
        for section in self.sections:
            if spelling_key(section.title) == spelling_key(word):
                titles = ", ".join(term.title for term in section.terms)
                its_terms = f"; use one of its terms: {titles}" if titles else " without terms"
                return f"it is a section{its_terms}"
        terms = self.all_terms
        titles = ", ".join(term.title for term in terms[:_MAX_TERMS_IN_HINT])
        more = ", …" if len(terms) > _MAX_TERMS_IN_HINT else ""
        known = f"use one of: {titles}{more}" if titles else ""
        return did_you_mean(word, self._names) or known

    @cached_property
    def _parents(self) -> Mapping[str, tuple[Term, ...]]:
        return {
            term.id: tuple(found for name in term.parents if (found := self.find_term(name)))
            for term in self.all_terms
            if term.parents
        }

    def parent_terms(self, term: Term) -> tuple[Term, ...]:
        """Return the terms that a term names as its parents."""
        return self._parents.get(term.id, ())

    @cached_property
    def _broader_by_id(self) -> dict[str, tuple[Term, ...]]:
        return {}

    def broader_terms(self, term: Term) -> tuple[Term, ...]:
        """Return all terms above a term, each once, the nearest first."""
        if term.id not in self._broader_by_id:
            self._broader_by_id[term.id] = tuple(self.iterate_broader_terms(term))
        return self._broader_by_id[term.id]

    def iterate_broader_terms(self, term: Term) -> Iterator[Term]:
        """Yield the terms of `broader_terms`, of which a vocabulary with errors may have many."""
        found: set[str] = set()
        queue = deque([term])
        while queue:
            for parent in self.parent_terms(queue.popleft()):
                if parent.id not in found:
                    found.add(parent.id)
                    queue.append(parent)
                    yield parent

    @cached_property
    def _children(self) -> Mapping[str, tuple[Term, ...]]:
        grouped = defaultdict(list)
        for term in self.all_terms:
            for parent in self.parent_terms(term):
                grouped[parent.id].append(term)
        return {term_id: tuple(terms) for term_id, terms in grouped.items()}

    def child_terms(self, term: Term) -> tuple[Term, ...]:
        """Return the terms that name a term as their parent, in the order of the file."""
        return self._children.get(term.id, ())

    def subtree(self, term: Term) -> tuple[Term, ...]:
        """Return a term and all narrower terms, each once."""
        found: dict[str, Term] = {}
        ahead = [term]
        while ahead:
            one = ahead.pop()
            if one.id not in found:
                found[one.id] = one
                ahead += reversed(self.child_terms(one))
        return tuple(found.values())

    @cached_property
    def terms_with_depth(self) -> tuple[tuple[int, Term], ...]:
        """Pairs of depth and term: every term once, after and below the first of its parents."""
        below = defaultdict(list)
        for term in self.all_terms:
            below[next((parent.id for parent in self.parent_terms(term)), "")].append(term)
        found: list[tuple[int, Term]] = []
        ahead = [(0, term) for term in reversed(below[""])]
        while ahead:
            depth, term = ahead.pop()
            found.append((depth, term))
            ahead += [(depth + 1, child) for child in reversed(below[term.id])]
        return tuple(found)

    def with_terms(self, terms: Iterable[Term]) -> "Facet":
        """Return the facet with further terms at its end."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return Facet.model_validate({**own, "terms": (*self.terms, *terms)})


# The schema of a decimal differs between releases of pydantic.
_Number = Annotated[Decimal, WithJsonSchema({"type": ["number", "string"]})]


class Metric(Frozen):
    """A metric of results: the range of its values, and which of them are better."""

    title: Text
    aliases: tuple[Text, ...] = ()
    least: _Number = Decimal(0)
    most: _Number = Decimal("Infinity")
    better: Literal["higher", "lower"] = "higher"


class Vocabulary(Frozen):
    """All facets by name. The first with pages is the main facet: each entry has a term of it.

    `figure` is the name of an SVG file in the folder of entries. Its groups are regions of terms.
    """

    figure: Text = ""
    facets: Annotated[dict[str, Facet], Field(min_length=1, max_length=MAX_FACETS)]
    metrics: tuple[Metric, ...] = ()

    @property
    def main_facet(self) -> str:
        """The name of the main facet."""
        return next(name for name, facet in self.facets.items() if facet.pages)

    @cached_property
    def metrics_by_name(self) -> Mapping[str, Metric]:
        """The metrics by title and alias in lower case."""
        return {
            name.casefold(): metric
            for metric in self.metrics
            for name in (metric.title, *metric.aliases)
        }

    def find_metric(self, name: str) -> Metric | None:
        """Return the metric with a title or alias, in any case."""
        return self.metrics_by_name.get(name.casefold())

    def located_terms(self) -> Iterator[tuple[str, Term, tuple[str | int, ...]]]:
        """Yield the facet name, the term, and the location in the file of each term."""
        for name, facet in self.facets.items():
            for number, section in enumerate(facet.sections):
                for index, term in enumerate(section.terms):
                    yield name, term, ("facets", name, "sections", number, "terms", index)
            for index, term in enumerate(facet.terms):
                yield name, term, ("facets", name, "terms", index)


def is_facet_name(name: str) -> bool:
    """True if a name can be the key of a facet and a folder of the site."""
    is_name = not is_long(name) and _FACET_NAME.fullmatch(name) is not None
    return is_name and not is_reserved(name)
