"""What an importer found: drafts of entries under headings, and what it could not take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paper_atlas.problem import Problem
from paper_atlas.source.document import YamlValue

Fields = dict[str, YamlValue]
"""Values by the keys of an entry, as its file would have them."""


@dataclass(frozen=True)
class Heading:
    """A heading of a list, at its line."""

    level: int
    title: str
    line: int


@dataclass(frozen=True)
class Draft:
    """A paper as a list has it: keys and values as in the file of an entry, not validated yet.

    `headings` are those above it, the outermost first; `keywords` are words of any facet, or of
    none. The `id` is the one that it asks for, or nothing.
    """

    fields: Mapping[str, Any]
    line: int
    headings: tuple[Heading, ...] = ()
    keywords: tuple[str, ...] = ()
    id: str = ""

    @property
    def title(self) -> str:
        """The title, or nothing."""
        title = self.fields.get("title")
        return title if isinstance(title, str) else ""

    @property
    def all_titles(self) -> list[str]:
        """The title and the alternative ones."""
        others = self.fields.get("alternative_titles")
        return [self.title, *(it for it in others or () if isinstance(it, str))]

    @property
    def links(self) -> dict[str, str]:
        """The links by kind."""
        return dict(self.fields.get("links") or {})


@dataclass(frozen=True)
class LinkCount:
    """How many links a list has, and how many of them drafts hold; the others are told."""

    total: int
    imported: int


@dataclass(frozen=True)
class DraftList:
    """A list that was read. `headings` are all of them; `empty` have nothing below them.

    `links` are counted where a list has others than those of its papers.
    """

    path: str
    drafts: tuple[Draft, ...]
    headings: tuple[Heading, ...] = ()
    empty_headings: frozenset[Heading] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()
    link_count: LinkCount | None = None
