"""Which papers an atlas has: by identifier, and by title where no identifier contradicts."""

from collections.abc import Iterable, Iterator, Mapping

from paper_atlas.entry import Entry
from paper_atlas.identifier import IDENTIFIERS, same
from paper_atlas.text import title_key

Key = tuple[str, str]


class Known:
    """The papers of some entries, and the ids that are taken, by them or otherwise."""

    def __init__(self, entries: Iterable[Entry], ids: set[str]) -> None:
        self._by_key: dict[Key, Entry] = {}
        self.ids = ids
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Know a further entry; of two with the same identifier the first stays."""
        self.ids.add(entry.id)
        for key in keys_of(entry.titles, entry.links.given()):
            self._by_key.setdefault(key, entry)

    def find(self, titles: Iterable[str], links: Mapping[str, str]) -> Entry | None:
        """The entry of a paper of which nothing says that it is another one."""
        found = (self._by_key[key] for key in keys_of(titles, links) if key in self._by_key)
        return next((it for it in found if agree(links, it.links.given())), None)

    def owner(self, links: Mapping[str, str]) -> Entry | None:
        """The entry that has one of the identifiers among the links."""
        return next((self._by_key[key] for key in _identifiers(links) if key in self._by_key), None)


def keys_of(titles: Iterable[str], links: Mapping[str, str]) -> Iterator[Key]:
    """By what a paper is known: each of its identifiers, and its titles."""
    yield from _identifiers(links)
    yield from (("title", title_key(title)) for title in titles)


def agree(links: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Whether nothing says that two papers of one title are different ones."""
    mine, other = dict(_identifiers(links)), dict(_identifiers(others))
    return all(mine[kind] == other[kind] for kind in mine.keys() & other.keys())


def _identifiers(links: Mapping[str, str]) -> Iterator[Key]:
    yield from ((kind, same(links[kind])) for kind in IDENTIFIERS if kind in links)
