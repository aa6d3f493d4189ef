"""The input of the checks: the valid entries, and the files that they come from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.paper_links import linked_id
from paper_atlas.text.spelling import did_you_mean


@dataclass(frozen=True)
class CheckContext:
    """The entries and the vocabulary to check.

    `entries` are (entry, document) by id for all valid files, in the order of their paths.
    `documents` also contains the files with errors, because other entries may refer to their ids.
    Iterating yields the values of `entries`.
    """

    entries: Mapping[str, tuple[Entry, Document]]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    vocabulary_document: Document

    @cached_property
    def ids_by_former_id(self) -> Mapping[str, str]:
        """The current id of each paper by its former ids."""
        return {name: entry.id for entry, _ in self for name in entry.formerly}

    def __iter__(self) -> Iterator[tuple[Entry, Document]]:
        return iter(self.entries.values())


def unknown_paper_problem(
    path: str, position: tuple[int, int], field: str, name: str, known: Iterable[str]
) -> Problem:
    """Return the problem that no entry has this id, with the most similar `known` id as a hint.

    `name` is the unknown id, or a link in notes such as `[[id|words]]`. `known` are all ids.
    """
    message = f"'{name}' does not name an entry"
    hint = did_you_mean(linked_id(name), known)
    return Problem(path, *position, "unknown-paper", field, message, hint)
