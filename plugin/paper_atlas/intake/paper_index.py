"""An index of papers: find the paper of an entry or of a draft by the rule of `model.identity`."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from paper_atlas.model.entry import Entry
from paper_atlas.model.identity import (
    Fingerprint,
    IdentityKey,
    Match,
    adds_nothing,
    compare,
    contradict,
    fingerprint_of_entry,
    is_similar,
)
from paper_atlas.text.identifiers import identifiers_in
from paper_atlas.text.names import author_key, split_name
from paper_atlas.text.slug import propose_id
from paper_atlas.text.titles import MAX_YEARS_APART, nearly_equal_titles, title_key


def propose_entry_id(paper: Fingerprint, taken: Container[str]) -> str:
    """Return an id for the entry of a paper that is not in `taken`."""
    surname = split_name(paper.author).surname if paper.author else ""
    return propose_id(next(iter(paper.titles), ""), taken, surname, paper.year)


_CERTAIN: Sequence[Callable[[Fingerprint, Fingerprint], bool]] = (
    lambda one, other: bool(one.identifiers & other.identifiers),
    lambda one, other: bool(one.urls & other.urls),
    adds_nothing,
)
"""Rules that choose between papers with one title; by the last one, a paper has no new facts."""


_MAX_COMPARED, _MAX_BY_AUTHOR = 50, 200
"""The most papers with one key, such as a title, and of one author, to compare a paper with.
Without a limit, the time would grow with the square of their number."""

_MAX_DESCRIPTIONS = 20
"""The most descriptions of one paper to compare with; lists repeat a paper a few times."""


def _lookup_keys(paper: Fingerprint) -> Iterator[IdentityKey]:
    """Yield the keys of a paper, and first of all one of its title with its place and date.

    Papers with a generic title are one only if these are the same.
    """
    place = (paper.author, paper.year, paper.venue, paper.volume, paper.pages)
    yield from (("described", f"{title}|{place}") for title in map(title_key, paper.titles))
    yield from paper.lookup_keys()


class PaperIndex:
    """Papers of entries, of files with errors, and of drafts, by id, and all ids that are taken."""

    def __init__(self, entries: Iterable[Entry], taken_ids: Iterable[str] = ()) -> None:
        self._ids_by_key: dict[IdentityKey, dict[str, None]] = defaultdict(dict)
        self._ids_by_author: dict[tuple[str, int | None], dict[str, None]] = defaultdict(dict)
        self._years_by_author: dict[str, set[int | None]] = defaultdict(set)
        self._fingerprints: dict[str, list[Fingerprint]] = defaultdict(list)
        self._entries: dict[str, Entry] = {}
        self.taken_ids = set(taken_ids)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add an entry, or replace it after a change."""
        self._entries[entry.id] = entry
        self.reserve(entry.id, fingerprint_of_entry(entry))

    def reserve(self, entry_id: str, paper: Fingerprint) -> None:
        """Take an id for a paper, which may have no entry yet, and add a fingerprint of it."""
        self.taken_ids.add(entry_id)
        known = self._fingerprints[entry_id]
        if paper in known:
            return
        if len(known) < _MAX_DESCRIPTIONS:
            known.append(paper)
        for key in _lookup_keys(paper):
            self._ids_by_key[key].setdefault(entry_id)
        if paper.author:
            author = author_key(paper.author)
            self._ids_by_author[author, paper.year].setdefault(entry_id)
            self._years_by_author[author].add(paper.year)

    def get_entry(self, entry_id: str) -> Entry | None:
        """Return the current entry of an id; None if the paper has no entry yet."""
        return self._entries.get(entry_id)

    def find_id(self, paper: Fingerprint) -> str | None:
        """Return the id of the same paper, or None.

        If several papers have its title, the one with its identifier, its URL or all its facts is
        the same, else none, because it can be any of them.
        """
        same = [name for name in self._candidates(paper) if self._is_same(paper, name)]
        if len(same) < 2:
            return next(iter(same), None)
        certain = (name for rule in _CERTAIN for name in same if self._any(rule, paper, name))
        return next(certain, None)

    def find_entry(self, paper: Fingerprint) -> Entry | None:
        """Return the entry of the same paper, or None; see `find_id`."""
        return self._entries.get(self.find_id(paper) or "")

    def find_similar(self, paper: Fingerprint) -> Entry | None:
        """Return the first entry of a paper that is similar, but not certainly the same, or None.

        Papers without authors are found by their titles only.
        """
        for name in dict.fromkeys([*self._candidates(paper), *self._by_author(paper)]):
            known = self._fingerprints[name]
            if name in self._entries and any(is_similar(paper, other) for other in known):
                return self._entries[name]
        return None

    def find_owner(self, kind: str, value: str) -> str | None:
        """Return the id of the first paper that has an identifier of a link, or None."""
        owners = (self._ids_by_key.get(key, {}) for key in sorted(identifiers_in({kind: value})))
        return next((name for names in owners for name in names), None)

    def find_by_identifier(self, links: Mapping[str, str]) -> Entry | None:
        """Return the first entry that has one of the identifiers in `links`, or None."""
        owners = (self.find_owner(kind, value) for kind, value in links.items())
        entries = (self._entries.get(name) for name in owners if name)
        return next(filter(None, entries), None)

    def _candidates(self, paper: Fingerprint) -> Iterator[str]:
        keys = (self._ids_by_key.get(key, {}) for key in _lookup_keys(paper))
        return iter(dict.fromkeys(name for names in keys for name in islice(names, _MAX_COMPARED)))

    def _by_author(self, paper: Fingerprint) -> Iterator[str]:
        """Yield the ids of papers by the same first author, in nearly the same year or unknown."""
        author = author_key(paper.author) if paper.author else ""
        years = self._years_by_author.get(author, set())
        if paper.year:
            first, last = paper.year - MAX_YEARS_APART, paper.year + MAX_YEARS_APART
            years = years & {None, *range(first, last + 1)}
        ordered = sorted(years, key=lambda year: year or 0)
        names = (name for year in ordered for name in self._ids_by_author[author, year])
        for name in islice(names, _MAX_BY_AUTHOR):
            titles = (title for known in self._fingerprints[name] for title in known.titles)
            if any(nearly_equal_titles(*pair) for pair in product(paper.titles, titles)):
                yield name

    def _any(
        self, rule: Callable[[Fingerprint, Fingerprint], bool], paper: Fingerprint, entry_id: str
    ) -> bool:
        return any(rule(paper, other) for other in self._fingerprints[entry_id])

    def _is_same(self, paper: Fingerprint, entry_id: str) -> bool:
        """True if a fingerprint of the other paper is the same, and no other one contradicts it."""
        known = self._fingerprints[entry_id]
        same = [other for other in known if compare(paper, other) is Match.SAME]
        if any(paper.identifiers & other.identifiers for other in same):
            return True
        return bool(same) and not any(contradict(paper, other) for other in known)
