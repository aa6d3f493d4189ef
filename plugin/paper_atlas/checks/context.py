"""What checks look at: the entries that could be read, each with its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document
from paper_atlas.text.paper_links import linked_id
from paper_atlas.text.slug import did_you_mean


@dataclass(frozen=True)
class CheckContext:
    """Entries by id in the order of their paths, and the vocabulary they are sorted by.

    `sources` are all files by id, also those whose own problems keep them from being entries:
    to name such a paper is right.
    """

    entries: Mapping[str, tuple[Entry, Document]]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    vocabulary_document: Document

    @cached_property
    def ids_by_former_id(self) -> Mapping[str, str]:
        """The ids of papers by their former ones."""
        return {name: entry.id for entry, _ in self for name in entry.formerly}

    def __iter__(self) -> Iterator[tuple[Entry, Document]]:
        return iter(self.entries.values())


def unknown_paper_problem(
    path: str, place: tuple[int, int], field: str, name: str, known: Iterable[str]
) -> Problem:
    """The problem of a name that is no entry's; `name` may be written as `[[id|words]]`."""
    message = f"'{name}' leads to no entry"
    hint = did_you_mean(linked_id(name), known)
    return Problem(path, *place, "unknown-paper", field, message, hint)
