"""The words of an atlas: facets, their sections and terms, read from `vocabulary.yml`.

Without that file the facets are those of `default-vocabulary.yml` beside this module.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from paper_atlas.problem import Problem
from paper_atlas.source import Source, read
from paper_atlas.text import slug
from paper_atlas.validation import Text, validate

NAME = "vocabulary.yml"
_FACET = re.compile(r"[a-z][a-z0-9-]*")
DEFAULT = Path(__file__).with_name("default-vocabulary.yml")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Named(_Frozen):
    """A thing with a title, and an id made from it unless one is given.

    Where nothing but the title is to be said, the title alone stands for the whole.
    """

    title: Text
    id: Text = ""
    description: Text = ""

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


class Facet(_Frozen):
    """A way to sort entries: its terms, in sections or not, in the order of the file.

    An open facet takes words that it does not list; a facet with pages has a page per term.
    """

    title: Text
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
        return {name.casefold(): term for term in self.all_terms for name in term.names}

    def find(self, word: str) -> Term | None:
        """The term of that title, id or alias, also if hyphens and accents differ."""
        return self._by_name.get(word.strip().casefold()) or self._by_name.get(slug(word))

    def with_terms(self, terms: Iterable[Term]) -> "Facet":
        """The facet with further terms, which come last."""
        return Facet.model_validate({**dict(self), "terms": (*self.terms, *terms)})


class Vocabulary(_Frozen):
    """All facets by id. The first with pages is the main one: each entry names a term of it."""

    facets: Annotated[dict[str, Facet], Field(min_length=1)]

    @property
    def main(self) -> str:
        """The id of the main facet."""
        return next(name for name, facet in self.facets.items() if facet.pages)


def read_vocabulary(
    folder: Path, shown: str, reserved: Collection[str] = ()
) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary of a folder of entries, and its problems.

    A file that cannot be used gives the default vocabulary beside its problems. `reserved` are
    names that no facet can have.
    """
    path = folder / NAME
    if not path.exists():
        return default_vocabulary(), []
    source, problems = read(path, shown)
    if problems:
        return default_vocabulary(), problems
    vocabulary, problems = _validated(source)
    problems += _ill_named(vocabulary, source, reserved)
    return (vocabulary if vocabulary and not problems else default_vocabulary()), problems


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
        elif not _FACET.fullmatch(name):
            message = f"'{name}' cannot be the key of a facet"
            hint = "small letters a-z, digits and hyphens"
            yield source.problem("malformed-facet", loc, message, hint, of_key=True)


def _doubled(vocabulary: Vocabulary | None, source: Source) -> Iterator[Problem]:
    """Names that would mean two terms, and ids that would be two pages."""
    facets = vocabulary.facets if vocabulary else {}
    for facet, value in facets.items():
        owners: dict[str, Term] = {}
        for term in value.all_terms:
            for name in term.names:
                if owners.setdefault(name.casefold(), term) is not term:
                    loc = _loc_of(facet, value, term)
                    message = f"'{name}' is a name of '{owners[name.casefold()].title}' too"
                    yield source.problem("doubled-term", loc, message)
                    break
    sections = [
        (section.id, ("facets", facet, "sections", index))
        for facet, value in facets.items()
        for index, section in enumerate(value.sections)
    ]
    seen: set[str] = set()
    for name, loc in sections:
        if name in seen:
            yield source.problem("doubled-section", loc, f"the section '{name}' stands twice")
        seen.add(name)


def _loc_of(facet: str, value: Facet, term: Term) -> tuple[str | int, ...]:
    for index, section in enumerate(value.sections):
        for place, own in enumerate(section.terms):
            if own is term:
                return ("facets", facet, "sections", index, "terms", place)
    place = next((place for place, own in enumerate(value.terms) if own is term), 0)
    return ("facets", facet, "terms", place)
