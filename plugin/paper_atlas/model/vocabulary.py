"""The words of an atlas: facets, their sections and terms, and metrics."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
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
from paper_atlas.model.validation import Frozen, Text, validation_error
from paper_atlas.text.slug import slug, spelling_key

_FACET = re.compile(r"[a-z][a-z0-9-]*")


def _term_id(value: str) -> str:
    """An id stands in addresses; `index` would be the page of the facet itself."""
    if slug(value) != value or value == "index":
        message = f"'{value}' cannot be an id"
        raise validation_error(
            "malformed-id", message, "small letters, digits, hyphens; not 'index'"
        )
    return value


class _Named(Frozen):
    """A thing with a title, and an id made from it unless one is given.

    Where nothing but the title is to be said, the title alone stands for the whole.
    """

    title: Text
    id: Annotated[Text, AfterValidator(_term_id)] = ""
    description: Text = ""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """In a file the title alone may stand for the whole."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        if isinstance(data, str):
            data = {"title": data}
        if isinstance(data, dict) and isinstance(data.get("title"), str):
            return {"id": slug(data["title"]), **data}
        return data


class Term(_Named):
    """A value of a facet. An entry names it by title, id or alias, whatever the case.

    `parents` are broader terms of its facet; `about` are terms of other facets that go with it,
    such as the modality of a data set; `links` lead to its home or its place in an ontology;
    `region` is the part of the atlas's figure that stands for it.
    """

    region: Text = ""
    aliases: tuple[Text, ...] = ()
    parents: tuple[Text, ...] = ()
    about: Mapping[Text, tuple[Text, ...]] = {}
    links: Mapping[Text, WebAddress] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is understood."""
        return (self.title, self.id, *self.aliases)


class Section(_Named):
    """A group of terms under a heading."""

    terms: tuple[Term, ...] = ()


class Facet(Frozen):
    """A way to sort entries: its terms, in sections or not, in the order of the file.

    An open facet takes words that it does not list; a facet with pages has a page per term.
    """

    title: Text
    description: Text = ""
    open: bool = False
    pages: bool = False
    sections: tuple[Section, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def all_terms(self) -> tuple[Term, ...]:
        """The terms of the sections, then those without a section."""
        return (*(term for section in self.sections for term in section.terms), *self.terms)

    @cached_property
    def _by_name(self) -> Mapping[str, Term]:
        return {spelling_key(name): term for term in self.all_terms for name in term.names}

    @cached_property
    def terms_by_id(self) -> Mapping[str, Term]:
        """The terms by id."""
        return {term.id: term for term in self.all_terms}

    def find_term(self, word: str) -> Term | None:
        """The term of that title, id or alias, whatever its case, accents, blanks and hyphens."""
        return self._by_name.get(spelling_key(word))

    def parent_terms(self, term: Term) -> tuple[Term, ...]:
        """The broader terms that a term names."""
        return tuple(found for name in term.parents if (found := self.find_term(name)))

    @cached_property
    def _broader(self) -> dict[str, tuple[Term, ...]]:
        return {}

    def broader_terms(self, term: Term) -> tuple[Term, ...]:
        """All terms above a term, each once, the nearest first; walked once for each term."""
        if term.id not in self._broader:
            self._broader[term.id] = self._above(term)
        return self._broader[term.id]

    def _above(self, term: Term) -> tuple[Term, ...]:
        found: dict[str, Term] = {}
        ahead = [term]
        while ahead:
            parents = [it for it in self.parent_terms(ahead.pop(0)) if it.id not in found]
            found |= {it.id: it for it in parents}
            ahead += parents
        return tuple(found.values())

    @cached_property
    def _children(self) -> Mapping[str, tuple[Term, ...]]:
        grouped = defaultdict(list)
        for term in self.all_terms:
            for parent in self.parent_terms(term):
                grouped[parent.id].append(term)
        return {name: tuple(terms) for name, terms in grouped.items()}

    def child_terms(self, term: Term) -> tuple[Term, ...]:
        """The terms that name a term as their parent, in the order of the file."""
        return self._children.get(term.id, ())

    def subtree(self, term: Term) -> tuple[Term, ...]:
        """A term and all that are narrower, each once."""
        found = {term.id: term}
        for child in self.child_terms(term):
            found |= {it.id: it for it in self.subtree(child)}
        return tuple(found.values())

    @cached_property
    def terms_with_depth(self) -> tuple[tuple[int, Term], ...]:
        """Every term once with its depth, each below the first of its parents."""
        below = defaultdict(list)
        for term in self.all_terms:
            below[next((it.id for it in self.parent_terms(term)), "")].append(term)

        def walk(name: str, depth: int) -> Iterator[tuple[int, Term]]:
            for term in below[name]:
                yield depth, term
                yield from walk(term.id, depth + 1)

        return tuple(walk("", 0))

    def with_terms(self, terms: Iterable[Term]) -> "Facet":
        """The facet with further terms, which come last."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return Facet.model_validate({**own, "terms": (*self.terms, *terms)})


# pydantic's own schema of a decimal differs from one of its releases to the next.
_Number = Annotated[Decimal, WithJsonSchema({"type": ["number", "string"]})]


class Metric(Frozen):
    """A figure of merit: the values that it can have, and which of them are better."""

    title: Text
    aliases: tuple[Text, ...] = ()
    least: _Number = Decimal(0)
    most: _Number = Decimal("Infinity")
    better: Literal["higher", "lower"] = "higher"


class Vocabulary(Frozen):
    """All facets by id. The first with pages is the main one: each entry names a term of it.

    `figure` is the name of an SVG file beside the vocabulary, whose groups are regions of terms.
    """

    figure: Text = ""
    facets: Annotated[dict[str, Facet], Field(min_length=1)]
    metrics: tuple[Metric, ...] = ()

    @property
    def main_facet(self) -> str:
        """The id of the main facet."""
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
        """The metric of that title or alias."""
        return self.metrics_by_name.get(name.casefold())

    def located_terms(self) -> Iterator[tuple[str, Term, tuple[str | int, ...]]]:
        """Each term with its facet, and its place in the file."""
        for name, facet in self.facets.items():
            for number, section in enumerate(facet.sections):
                for index, term in enumerate(section.terms):
                    yield name, term, ("facets", name, "sections", number, "terms", index)
            for index, term in enumerate(facet.terms):
                yield name, term, ("facets", name, "terms", index)


def is_facet_name(name: str) -> bool:
    """Whether a name can be the key of a facet and a folder of the site."""
    return _FACET.fullmatch(name) is not None
