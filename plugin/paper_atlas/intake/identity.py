"""Which papers an atlas or a list has: by identifier, by title where no identifier contradicts,
and by a title that is nearly the same, by the rules of the check for doubled papers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from paper_atlas.checks.duplicates import SIMILARITY, YEARS_APART, author_key
from paper_atlas.model.entry import Entry
from paper_atlas.text.identifiers import IDENTIFIERS, same
from paper_atlas.text.slug import slug, title_key

Key = tuple[str, str]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Marks:
    """By what a paper is known again."""

    titles: tuple[str, ...]
    links: Mapping[str, str]
    author: str = ""
    year: int | None = None


def marks_of(entry: Entry) -> Marks:
    """The marks of the paper of an entry."""
    author = entry.authors[0] if entry.authors else ""
    return Marks(entry.titles, entry.links.given(), author, entry.year)


class Index(Generic[Thing]):
    """Things by the marks of the papers that they are about."""

    def __init__(self) -> None:
        self._by_key: dict[Key, list[Thing]] = defaultdict(list)
        self._by_author: dict[str, list[tuple[Marks, Thing]]] = defaultdict(list)

    def add(self, marks: Marks, thing: Thing) -> None:
        """Know a thing by further marks."""
        for key in keys_of(marks.titles, marks.links):
            if not any(it is thing for it in self._by_key[key]):
                self._by_key[key].append(thing)
        if marks.author:
            self._by_author[author_key(marks.author)].append((marks, thing))

    def find(self, marks: Marks) -> Iterator[Thing]:
        """Things that may be about the paper: what is most surely so comes first."""
        for key in keys_of(marks.titles, marks.links):
            yield from self._by_key.get(key, ())
        if marks.author:
            for other, thing in self._by_author.get(author_key(marks.author), ()):
                if _nearly(marks, other):
                    yield thing


class Known:
    """The papers of some entries and of what is to become one, and the ids that are taken."""

    def __init__(self, entries: Iterable[Entry], ids: set[str]) -> None:
        self._index: Index[str] = Index()
        self._links: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self.ids = ids
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Know a further entry, or one that has changed."""
        self._entries[entry.id] = entry
        self.reserve(entry.id, marks_of(entry))

    def reserve(self, name: str, marks: Marks) -> None:
        """Know the paper that has an id by further marks, whether or not it has an entry yet."""
        self.ids.add(name)
        self._index.add(marks, name)
        self._links[name].append(marks.links)

    def entry(self, name: str) -> Entry | None:
        """The entry of an id, as it is now."""
        return self._entries.get(name)

    def id_of(self, marks: Marks) -> str | None:
        """The id of a paper of which nothing says that it is another one."""
        agreeing = (
            name
            for name in self._index.find(marks)
            if all(agree(marks.links, links) for links in self._links[name])
        )
        return next(agreeing, None)

    def find(self, marks: Marks) -> Entry | None:
        """The entry of a paper; see `id_of`."""
        return self._entries.get(self.id_of(marks) or "")

    def owner(self, links: Mapping[str, str]) -> Entry | None:
        """The entry that has one of the identifiers among the links."""
        names = self._index.find(Marks((), links))
        return next((self._entries[name] for name in names), None)


def keys_of(titles: Iterable[str], links: Mapping[str, str]) -> Iterator[Key]:
    """By what a paper is known: each of its identifiers, and its titles."""
    yield from _identifiers(links)
    yield from (("title", title_key(title)) for title in titles)


def agree(links: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Whether nothing says that two papers of one title are different ones."""
    mine, other = dict(_identifiers(links)), dict(_identifiers(others))
    return all(mine[kind] == other[kind] for kind in mine.keys() & other.keys())


def _nearly(one: Marks, other: Marks) -> bool:
    """Whether two papers by one author have nearly one title, with the same numbers in it."""
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return False
    return any(_alike(mine, others) for mine in one.titles for others in other.titles)


def _alike(one: str, other: str) -> bool:
    mine, others = (" ".join(slug(title).split("-")) for title in (one, other))
    numbers = re.findall(r"\d+", mine) == re.findall(r"\d+", others)
    return numbers and bool(fuzz.ratio(mine, others, score_cutoff=SIMILARITY))


def _identifiers(links: Mapping[str, str]) -> Iterator[Key]:
    """The identifiers among links, which a list may give as addresses or with a prefix."""
    for kind, scheme in IDENTIFIERS.items():
        if kind in links:
            yield kind, same(scheme.bare(links[kind]) or links[kind])
