"""The input of the checks: the valid entries, and the files that they come from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import Protocol, TypeVar, TypeVarTuple

from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.identity import IdentityKey, is_page, url_key
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import identifiers_in
from paper_atlas.text.names import author_key
from paper_atlas.text.paper_links import linked_id
from paper_atlas.text.spelling import did_you_mean
from paper_atlas.text.titles import title_key, title_words

MAX_HINTS = 200
"""The most unknown ids for which a similar one is searched: each search takes all ids."""

_Found = TypeVar("_Found")
_Arguments = TypeVarTuple("_Arguments")


@dataclass(frozen=True, eq=False)
class Paper:
    """A valid entry with its file, and the keys by which checks compare papers.

    A preview keeps all papers in memory, so only what is slow or often needed is cached.
    Two papers are equal only if they are one object.
    """

    entry: Entry
    document: Document

    @property
    def links(self) -> Mapping[str, str]:
        """The links by kind."""
        return self.entry.links.by_kind()

    @cached_property
    def identifiers(self) -> Sequence[tuple[IdentityKey, str]]:
        """Each identifier, also one inside a URL, with the kind of the first link that has it."""
        found: dict[IdentityKey, str] = {}
        for kind, value in self.links.items():
            for key in sorted(identifiers_in({kind: value})):
                found.setdefault(key, kind)
        return tuple(found.items())

    @cached_property
    def pages(self) -> Sequence[tuple[str, str]]:
        """(kind, key) of the URL and the PDF, without identifiers and home pages."""
        links = self.links
        given = [(kind, links[kind]) for kind in ("url", "pdf") if kind in links]
        keys = [(kind, url_key(url)) for kind, url in given if not identifiers_in({kind: url})]
        return tuple((kind, key) for kind, key in keys if is_page(key))

    @cached_property
    def title_key(self) -> str:
        """The letters and digits of the title."""
        return title_key(self.entry.title)

    @property
    def title_words(self) -> str:
        """The words of the title."""
        return title_words(self.entry.title)

    @cached_property
    def author_key(self) -> str | None:
        """Surname and initial of the first author."""
        return author_key(self.entry.authors[0]) if self.entry.authors else None

    @cached_property
    def relations(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of other papers by relation, and of those that are declared different."""
        names = (*RELATIONS, "not_same_as")
        return {name: ids for name in names if (ids := getattr(self.entry, name))}

    @cached_property
    def term_keys(self) -> Sequence[str]:
        """The keys of all terms; see `term_key`."""
        items = self.entry.terms.items()
        return tuple(term_key(name, term.id) for name, terms in items for term in terms)


def term_key(facet: str, term_id: str) -> str:
    """Return the key of a term, one object for all papers."""
    return intern(f"{facet}/{term_id}")


class Evaluate(Protocol):
    """The type of a function that calls another one and returns all that it yields."""

    def __call__(
        self, function: Callable[[*_Arguments], Iterator[_Found]], *arguments: *_Arguments
    ) -> Sequence[_Found]:
        """Return the results of `function` for hashable arguments, which determine them."""


def _evaluate(
    function: Callable[[*_Arguments], Iterator[_Found]], *arguments: *_Arguments
) -> Sequence[_Found]:
    return list(function(*arguments))


@dataclass(frozen=True)
class CheckContext:
    """The papers and the vocabulary to check.

    `papers` are the papers of all valid files by id, in the order of their paths. `documents` also
    contains the files with errors, because other entries may refer to their ids. Checks use
    `evaluate` for what only depends on some papers, so that a preview can reuse the results.
    Iterating yields the values of `papers`.
    """

    papers: Mapping[str, Paper]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    vocabulary_document: Document
    evaluate: Evaluate = _evaluate

    @cached_property
    def ids_by_former_id(self) -> Mapping[str, str]:
        """The current id of each paper by its former ids."""
        return {name: paper.entry.id for paper in self for name in paper.entry.formerly}

    @cached_property
    def hints(self) -> "HintsForIds":
        """The hints for unknown ids."""
        return HintsForIds(self.documents)

    def __iter__(self) -> Iterator[Paper]:
        return iter(self.papers.values())


class HintsForIds:
    """Finds the most similar id for the first `MAX_HINTS` unknown ids. `known` are all ids."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._hints: dict[str, str] = {}

    def problem(self, path: str, position: tuple[int, int], field: str, name: str) -> Problem:
        """Return the problem that no entry has this id, with the most similar id as a hint.

        `name` is the unknown id, or a link in notes such as `[[id|words]]`.
        """
        unknown = linked_id(name)
        if unknown not in self._hints and len(self._hints) < MAX_HINTS:
            self._hints[unknown] = did_you_mean(unknown, self._known)
        message, hint = f"'{name}' does not name an entry", self._hints.get(unknown, "")
        return Problem(path, *position, "unknown-paper", field, message, hint)
