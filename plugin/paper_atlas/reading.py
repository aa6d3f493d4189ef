"""What an importer found: drafts of entries under headings, and what it could not take."""

from dataclasses import dataclass, field

from paper_atlas.problem import Problem


@dataclass(frozen=True)
class Heading:
    """A heading of a list, at its line."""

    level: int
    title: str
    line: int


@dataclass(frozen=True)
class Draft:
    """A paper as a list has it, under a path of headings, the outermost first."""

    title: str
    links: dict[str, str]
    headings: tuple[Heading, ...]
    line: int


@dataclass(frozen=True)
class Reading:
    """A list that was read. `headings` are all of them; `empty` have nothing below them."""

    path: str
    drafts: tuple[Draft, ...]
    headings: tuple[Heading, ...]
    empty: frozenset[Heading] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()
