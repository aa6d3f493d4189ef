"""The vocabulary of an atlas: facets, their sections and terms, and metrics."""

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

    In the file, an item without other keys can be written as its title alone.
    """

    title: Text
    id: Annotated[Text, AfterValidator(_term_id)] = ""
    description: Text = ""

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


class Term(_NamedItem):
    """A value of a facet. An entry names it by title, id or alias, in any case.

    `parents` are broader terms of its facet. `about` are related terms by the name of another
    facet, such as the task of a data set. `links` are URLs by label, such as its home page or
    its place in an ontology. `region` is the id of its part of the figure of the atlas.
    """

    region: Text = ""
    aliases: tuple[Text, ...] = ()
    parents: tuple[Text, ...] = ()
    about: Mapping[Text, tuple[Text, ...]] = {}
    links: Mapping[Text, WebAddress] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The title, the id and the aliases."""
        return (self.title, self.id, *self.aliases)


class Section(_NamedItem):
    """A group of terms under a heading."""

    terms: tuple[Term, ...] = ()


class Facet(Frozen):
    """A way to sort entries: its terms, in sections or not, in the order of the file.

    An open facet accepts terms that it does not list. A facet with pages has a page for each term.
    """

    title: Text
    description: Text = ""
    open: bool = False
    pages: bool = False
    sections: tuple[Section, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
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

    def find_term(self, word: str) -> Term | None:
        """Return the term with a title, id or alias that equals `word`.

        Case, accents, spaces and hyphens are ignored.
        """
        return self._by_name.get(spelling_key(word))

    def unknown_term(self, word: str) -> tuple[str, str]:
        """Return the message and the hint of the problem that no term has the name `word`."""
        return f"'{word}' is not in the vocabulary", self._hint_for(word)

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
        return did_you_mean(word, [name for term in terms for name in term.names]) or known

    def parent_terms(self, term: Term) -> tuple[Term, ...]:
        """Return the terms that a term names as its parents."""
        return tuple(found for name in term.parents if (found := self.find_term(name)))

    @cached_property
    def _broader_by_id(self) -> dict[str, tuple[Term, ...]]:
        return {}

    def broader_terms(self, term: Term) -> tuple[Term, ...]:
        """Return all terms above a term, each once, the nearest first."""
        if term.id not in self._broader_by_id:
            self._broader_by_id[term.id] = self._find_broader_terms(term)
        return self._broader_by_id[term.id]

    def _find_broader_terms(self, term: Term) -> tuple[Term, ...]:
        found: dict[str, Term] = {}
        queue = [term]
        while queue:
            parents = [
                parent for parent in self.parent_terms(queue.pop(0)) if parent.id not in found
            ]
            found |= {parent.id: parent for parent in parents}
            queue += parents
        return tuple(found.values())

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
        found = {term.id: term}
        for child in self.child_terms(term):
            found |= {narrower.id: narrower for narrower in self.subtree(child)}
        return tuple(found.values())

    @cached_property
    def terms_with_depth(self) -> tuple[tuple[int, Term], ...]:
        """Pairs of depth and term: every term once, after and below the first of its parents."""
        below = defaultdict(list)
        for term in self.all_terms:
            below[next((parent.id for parent in self.parent_terms(term)), "")].append(term)

        def walk(parent_id: str, depth: int) -> Iterator[tuple[int, Term]]:
            for term in below[parent_id]:
                yield depth, term
                yield from walk(term.id, depth + 1)

        return tuple(walk("", 0))

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
    facets: Annotated[dict[str, Facet], Field(min_length=1)]
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
