"""Find the same paper in an atlas or a list: by identifier, by title, or by a nearly equal title.

The last rule is that of the check for duplicates. Titles count only if no identifier differs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from paper_atlas.model.entry import Entry
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import AuthorName, Group, author_key, split_name
from paper_atlas.text.slug import propose_id
from paper_atlas.text.titles import MAX_YEARS_APART, nearly_equal_titles, title_key

IdentityKey = tuple[str, str]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Fingerprint:
    """Titles, links by kind, first author and year by which a paper is recognised."""

    titles: tuple[str, ...]
    links: Mapping[str, str]
    author: AuthorName = ""
    year: int | None = None


def fingerprint_of_entry(entry: Entry) -> Fingerprint:
    """Return the fingerprint of the paper of an entry."""
    author = entry.authors[0] if entry.authors else ""
    return Fingerprint(entry.all_titles, entry.links.by_kind(), author, entry.year)


def fingerprint_of_fields(
    fields: Mapping[str, Any], titles: Iterable[str], links: Mapping[str, str]
) -> Fingerprint:
    """Return the fingerprint of a paper whose fields are not validated yet."""
    authors, year = fields.get("authors"), str(fields.get("year") or "")
    author = authors[0] if isinstance(authors, list) and authors else ""
    author = author if isinstance(author, Group) else str(author)
    number = int(year) if year.isascii() and year.isdigit() else None
    return Fingerprint(tuple(titles), links, author, number)


def propose_entry_id(fingerprint: Fingerprint, taken: Collection[str]) -> str:
    """Return an id for the entry of a paper that is not in `taken`."""
    surname = split_name(fingerprint.author).surname
    return propose_id(fingerprint.titles[0], taken, surname, fingerprint.year)


class FingerprintIndex(Generic[Item]):
    """Items by the fingerprints of their papers; an item can have several fingerprints."""

    def __init__(self) -> None:
        self._by_key: dict[IdentityKey, list[Item]] = defaultdict(list)
        self._by_author: dict[str, list[tuple[Fingerprint, Item]]] = defaultdict(list)

    def add(self, fingerprint: Fingerprint, item: Item) -> None:
        """Add a fingerprint of an item."""
        for key in identity_keys(fingerprint.titles, fingerprint.links):
            if not any(known is item for known in self._by_key[key]):
                self._by_key[key].append(item)
        if fingerprint.author:
            self._by_author[author_key(fingerprint.author)].append((fingerprint, item))

    def find(self, fingerprint: Fingerprint) -> Iterator[Item]:
        """Yield items that may have the same paper: by identifier, by title, by similar title."""
        for key in identity_keys(fingerprint.titles, fingerprint.links):
            yield from self._by_key.get(key, ())
        if fingerprint.author:
            for other, item in self._by_author.get(author_key(fingerprint.author), ()):
                if _nearly_equal(fingerprint, other):
                    yield item


class PaperIndex:
    """Papers of entries and of drafts, by id, and all ids that are taken."""

    def __init__(self, entries: Iterable[Entry], taken_ids: set[str]) -> None:
        self._index: FingerprintIndex[str] = FingerprintIndex()
        self._links: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self.taken_ids = taken_ids
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add an entry, or replace it after a change."""
        self._entries[entry.id] = entry
        self.reserve(entry.id, fingerprint_of_entry(entry))

    def reserve(self, entry_id: str, fingerprint: Fingerprint) -> None:
        """Take an id for a paper, which may have no entry yet, and add a fingerprint of it."""
        self.taken_ids.add(entry_id)
        self._index.add(fingerprint, entry_id)
        self._links[entry_id].append(fingerprint.links)

    def get_entry(self, entry_id: str) -> Entry | None:
        """Return the current entry of an id; None if the paper has no entry yet."""
        return self._entries.get(entry_id)

    def find_id(self, fingerprint: Fingerprint) -> str | None:
        """Return the id of the paper, or None. Papers with another identifier are excluded."""
        matches = (
            entry_id
            for entry_id in self._index.find(fingerprint)
            if all(can_be_same(fingerprint.links, links) for links in self._links[entry_id])
        )
        return next(matches, None)

    def find_entry(self, fingerprint: Fingerprint) -> Entry | None:
        """Return the entry of the paper, or None; see `find_id`."""
        return self._entries.get(self.find_id(fingerprint) or "")

    def find_by_identifier(self, links: Mapping[str, str]) -> Entry | None:
        """Return the entry that has one of the identifiers in `links`, or None."""
        entry_ids = self._index.find(Fingerprint((), links))
        return next((self._entries[entry_id] for entry_id in entry_ids), None)


def identity_keys(titles: Iterable[str], links: Mapping[str, str]) -> Iterator[IdentityKey]:
    """Yield `(kind, key)` for each identifier of a paper, then `("title", key)` for each title."""
    yield from _identifiers(links)
    yield from (("title", title_key(title)) for title in titles)


def can_be_same(links: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """True if two papers have no different identifiers of the same kind."""
    mine, other = dict(_identifiers(links)), dict(_identifiers(others))
    return all(mine[kind] == other[kind] for kind in mine.keys() & other.keys())


def _nearly_equal(one: Fingerprint, other: Fingerprint) -> bool:
    """True if two papers by one author have nearly equal titles and close years."""
    if one.year and other.year and abs(one.year - other.year) > MAX_YEARS_APART:
        return False
    return any(nearly_equal_titles(mine, its) for mine in one.titles for its in other.titles)


def _identifiers(links: Mapping[str, str]) -> Iterator[IdentityKey]:
    """Yield `(kind, key)` for each identifier in the links, also for URLs and prefixed ones."""
    for kind, scheme in IDENTIFIERS.items():
        if kind in links:
            yield kind, comparison_key(scheme.parse(links[kind]) or links[kind])
