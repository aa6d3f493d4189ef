"""The words of an atlas: facets, their sections and terms, read from `vocabulary.yml`.

Without that file the facets are those of `default-vocabulary.yml` beside this module.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
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

from paper_atlas.problem import Problem, errors
from paper_atlas.source import Source, read
from paper_atlas.text import loosely, slug
from paper_atlas.validation import Frozen, Text, mistake, validate

NAME = "vocabulary.yml"
_FACET = re.compile(r"[a-z][a-z0-9-]*")
DEFAULT = Path(__file__).with_name("default-vocabulary.yml")


def _term_id(value: str) -> str:
    """An id stands in addresses; `index` would be the page of the facet itself."""
    if slug(value) != value or value == "index":
        message = f"'{value}' cannot be an id"
        raise mistake("malformed-id", message, "small letters, digits, hyphens; not 'index'")
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
    """A value of a facet. An entry names it by title, id or alias, whatever the case."""

    aliases: tuple[Text, ...] = ()

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
        return {loosely(name): term for term in self.all_terms for name in term.names}

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """The terms by id."""
        return {term.id: term for term in self.all_terms}

    def find(self, word: str) -> Term | None:
        """The term of that title, id or alias, whatever its case, accents, blanks and hyphens."""
        return self._by_name.get(loosely(word))

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
    """All facets by id. The first with pages is the main one: each entry names a term of it."""

    facets: Annotated[dict[str, Facet], Field(min_length=1)]
    metrics: tuple[Metric, ...] = ()

    @property
    def main(self) -> str:
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

    def places(self) -> Iterator[tuple[str, Term, tuple[str | int, ...]]]:
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


def read_vocabulary(
    folder: Path, shown: str, reserved: Collection[str] = ()
) -> tuple[Vocabulary, Source, list[Problem]]:
    """The vocabulary of a folder of entries, its source and its problems.

    A file that cannot be used gives the default vocabulary beside its problems. `reserved` are
    names that no facet can have.
    """
    path = folder / NAME
    if not path.exists():
        return default_vocabulary(), read(DEFAULT, shown)[0], []
    source, problems = read(path, shown)
    vocabulary = None
    if not errors(problems):
        vocabulary, wrong = _validated(source)
        problems += [*wrong, *_ill_named(vocabulary, source, reserved)]
    usable = vocabulary if vocabulary and not errors(problems) else default_vocabulary()
    return usable, source, problems


def default_vocabulary() -> Vocabulary:
    """The facets of an atlas without a vocabulary of its own, all open."""
    vocabulary, _ = _validated(read(DEFAULT, DEFAULT.name)[0])
    if vocabulary is None:
        raise RuntimeError(f"{DEFAULT} is damaged")
    return vocabulary


def _validated(source: Source) -> tuple[Vocabulary | None, list[Problem]]:
    if not isinstance(source.data, dict):
        message = "expected a mapping with the key 'facets'"
        return None, [source.problem("wrong-type", (), message)]
    vocabulary, problems = validate(Vocabulary, source.data, source)
    return vocabulary, problems or list(_doubled(vocabulary, source))


def _ill_named(
    vocabulary: Vocabulary | None, source: Source, reserved: Collection[str]
) -> Iterator[Problem]:
    """Facets whose name cannot be a key of an entry and a folder of the site; none with pages."""
    if vocabulary and not any(facet.pages for facet in vocabulary.facets.values()):
        message, hint = "no facet has pages", "give the most important one 'pages: true'"
        yield source.problem("missing-pages", ("facets",), message, hint, of_key=True)
    for name in vocabulary.facets if vocabulary else ():
        loc = ("facets", name)
        if name in reserved:
            message = f"'{name}' means something else in an entry or on the site"
            yield source.problem("reserved-facet", loc, message, "choose another", of_key=True)
        elif not is_facet_name(name):
            message = f"'{name}' cannot be the key of a facet"
            hint = "small letters a-z, digits and hyphens"
            yield source.problem("malformed-facet", loc, message, hint, of_key=True)


def _doubled(vocabulary: Vocabulary | None, source: Source) -> Iterator[Problem]:
    """Names that would mean two terms, and ids that would be two pages."""
    owners: dict[tuple[str, str], Term] = {}
    for facet, term, loc in vocabulary.places() if vocabulary else ():
        for name in term.names:
            owner = owners.setdefault((facet, loosely(name)), term)
            if owner is not term:
                message = f"'{name}' is a name of '{owner.title}' too"
                yield source.problem("doubled-term", loc, message)
                break
    seen: set[str] = set()
    for name, value in vocabulary.facets.items() if vocabulary else ():
        for index, section in enumerate(value.sections):
            loc = ("facets", name, "sections", index)
            if section.id in seen:
                message = f"the section '{section.id}' stands twice"
                yield source.problem("doubled-section", loc, message)
            seen.add(section.id)
