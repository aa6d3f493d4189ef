"""Which papers an atlas or a list has: by identifier, by title where no identifier contradicts,
and by a title that is nearly the same, by the rules of the check for doubled papers."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz

from paper_atlas.checks.duplicates import SIMILARITY, YEARS_APART
from paper_atlas.model.entry import Entry
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import author_key, split_name
from paper_atlas.text.slug import propose_id, slug, title_key

Key = tuple[str, str]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Fingerprint:
    """By what a paper is known again."""

    titles: tuple[str, ...]
    links: Mapping[str, str]
    author: str = ""
    year: int | None = None


def fingerprint_of_entry(entry: Entry) -> Fingerprint:
    """The marks of the paper of an entry."""
    author = entry.authors[0] if entry.authors else ""
    return Fingerprint(entry.all_titles, entry.links.by_kind(), author, entry.year)


def fingerprint_of_fields(
    fields: Mapping[str, Any], titles: Iterable[str], links: Mapping[str, str]
) -> Fingerprint:
    """The fingerprint of fields that are not validated yet."""
    authors, year = fields.get("authors"), str(fields.get("year") or "")
    author = str(authors[0]) if isinstance(authors, list) and authors else ""
    number = int(year) if year.isascii() and year.isdigit() else None
    return Fingerprint(tuple(titles), links, author, number)


def propose_entry_id(found: Fingerprint, taken: Collection[str]) -> str:
    """An id for the entry of a paper, not among those `taken`."""
    return propose_id(found.titles[0], taken, split_name(found.author).surname, found.year)


class FingerprintIndex(Generic[Item]):
    """Things by the marks of the papers that they are about."""

    def __init__(self) -> None:
        self._by_key: dict[Key, list[Item]] = defaultdict(list)
        self._by_author: dict[str, list[tuple[Fingerprint, Item]]] = defaultdict(list)

    def add(self, marks: Fingerprint, thing: Item) -> None:
        """Know a thing by further marks."""
        for key in identity_keys(marks.titles, marks.links):
            if not any(it is thing for it in self._by_key[key]):
                self._by_key[key].append(thing)
        if marks.author:
            self._by_author[author_key(marks.author)].append((marks, thing))

    def find(self, marks: Fingerprint) -> Iterator[Item]:
        """Things that may be about the paper: what is most surely so comes first."""
        for key in identity_keys(marks.titles, marks.links):
            yield from self._by_key.get(key, ())
        if marks.author:
            for other, thing in self._by_author.get(author_key(marks.author), ()):
                if _nearly(marks, other):
                    yield thing


class PaperIndex:
    """The papers of some entries and of what is to become one, and the ids that are taken."""

    def __init__(self, entries: Iterable[Entry], ids: set[str]) -> None:
        self._index: FingerprintIndex[str] = FingerprintIndex()
        self._links: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self.taken_ids = ids
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Know a further entry, or one that has changed."""
        self._entries[entry.id] = entry
        self.reserve(entry.id, fingerprint_of_entry(entry))

    def reserve(self, name: str, marks: Fingerprint) -> None:
        """Know the paper that has an id by further marks, whether or not it has an entry yet."""
        self.taken_ids.add(name)
        self._index.add(marks, name)
        self._links[name].append(marks.links)

    def get_entry(self, name: str) -> Entry | None:
        """The entry of an id, as it is now."""
        return self._entries.get(name)

    def find_id(self, marks: Fingerprint) -> str | None:
        """The id of a paper of which nothing says that it is another one."""
        agreeing = (
            name
            for name in self._index.find(marks)
            if all(can_be_same(marks.links, links) for links in self._links[name])
        )
        return next(agreeing, None)

    def find_entry(self, marks: Fingerprint) -> Entry | None:
        """The entry of a paper; see `id_of`."""
        return self._entries.get(self.find_id(marks) or "")

    def find_by_identifier(self, links: Mapping[str, str]) -> Entry | None:
        """The entry that has one of the identifiers among the links."""
        names = self._index.find(Fingerprint((), links))
        return next((self._entries[name] for name in names), None)


def identity_keys(titles: Iterable[str], links: Mapping[str, str]) -> Iterator[Key]:
    """By what a paper is known: each of its identifiers, and its titles."""
    yield from _identifiers(links)
    yield from (("title", title_key(title)) for title in titles)


def can_be_same(links: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Whether nothing says that two papers of one title are different ones."""
    mine, other = dict(_identifiers(links)), dict(_identifiers(others))
    return all(mine[kind] == other[kind] for kind in mine.keys() & other.keys())


def _nearly(one: Fingerprint, other: Fingerprint) -> bool:
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
            yield kind, comparison_key(scheme.parse(links[kind]) or links[kind])
