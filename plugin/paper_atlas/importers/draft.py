"""The result of an importer: drafts of entries under headings, and problems.

DraftList("list.bib", (Draft({"title": "U-Net", "year": "2015"}, line=1),))
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paper_atlas.problem import Problem
from paper_atlas.source.document import YamlValue

Fields = dict[str, YamlValue]
"""Values by the keys of an entry, as in its YAML file."""


@dataclass(frozen=True)
class Heading:
    """A heading of a list; `level` is 1 for `#`, and `line` counts from 1."""

    level: int
    title: str
    line: int


@dataclass(frozen=True)
class Draft:
    """A paper as a list describes it, not validated yet.

    `fields` has the keys and values of an entry file. `line` is where the paper begins in the list.
    `headings` are those above the paper, the outermost first. `keywords` may be terms of any facet,
    or unknown. `id` is the proposed id or an empty string. `column_words` are the words of further
    columns of a table, by the header of the column; a header may name a facet.
    """

    fields: Mapping[str, Any]
    line: int
    headings: tuple[Heading, ...] = ()
    keywords: tuple[str, ...] = ()
    id: str = ""
    column_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title, or an empty string."""
        title = self.fields.get("title")
        return title if isinstance(title, str) else ""

    @property
    def all_titles(self) -> list[str]:
        """The title and the alternative titles."""
        others = self.fields.get("alternative_titles")
        return [self.title, *(title for title in others or () if isinstance(title, str))]

    @property
    def links(self) -> dict[str, str]:
        """The links by kind."""
        return dict(self.fields.get("links") or {})


@dataclass(frozen=True)
class LinkCount:
    """The number of all links of a list, and of those in its drafts. The others are reported."""

    total: int
    imported: int


@dataclass(frozen=True)
class DraftList:
    """The content of a list.

    `headings` are all headings, and `empty_headings` those with nothing below them. `link_count`
    is None if the format contains only links of papers. `record_count` is the number of records in
    the file, with those that became no draft; None if the format has no records.
    """

    path: str
    drafts: tuple[Draft, ...]
    headings: tuple[Heading, ...] = ()
    empty_headings: frozenset[Heading] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()
    link_count: LinkCount | None = None
    record_count: int | None = None
