"""What each text about a paper is made of, as digests under which it is kept.

A digest holds more than the text shows: all of the other papers that it names, the whole
vocabulary. So a text may be made again without need, and is never kept when it should not be.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from paper_atlas.analysis.related import RelatedPaper
from paper_atlas.folder.cache import Cache, digest
from paper_atlas.model.entry import RELATIONS, Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.translation import Translator

_BOTH_WAYS = (*RELATIONS, *RELATIONS.values())
_NAMED = re.compile(r"\[\[([^\[\]|]+)")


class CacheKeys:
    """Knows what is made of the papers of a library, in a language.

    `edit` gives the address at which a file can be edited, `mentions` the pages that name the
    paper with an id.
    """

    def __init__(
        self,
        cache: Cache,
        library: Library,
        addresses: Addresses,
        translate: Translator,
        edit: Callable[[str], str | None],
        mentions: Callable[[str], Sequence[tuple[str, str]]],
    ) -> None:
        self._library = library
        self._edit = edit
        self._mentions = mentions
        words = library.vocabulary.model_dump_json()
        self._base_digest = digest(
            cache.code_digest, library.folder, words, repr(addresses), translate.language
        )

    def records_key(self, entry: Entry) -> bytes:
        """Of its records in the formats for other programs: the paper alone."""
        return digest(self._base_digest, self._library.digests.get(entry.id, b""))

    def card_key(self, entry: Entry) -> bytes:
        """Of its card: also the papers in relation to it, those its notes name, and its file."""
        related = [self._papers(self._library.related_papers(entry, it)) for it in _BOTH_WAYS]
        named = [self._paper_digest(name.strip()) for name in _NAMED.findall(entry.notes or "")]
        return digest(self.records_key(entry), self._edit(entry.path) or "", *related, *named)

    def page_key(self, entry: Entry, neighbours: Sequence[RelatedPaper], head: str) -> bytes:
        """Of its page: also what names it, its neighbours, and the head of all such pages."""
        near = [
            (it.entry.id, [(why.facet, why.subject.id) for why in it.reasons]) for it in neighbours
        ]
        others = self._papers(it.entry for it in neighbours)
        mentions = repr(self._mentions(entry.id))
        return digest(self.card_key(entry), mentions, head, repr(near), others)

    def _papers(self, entries: Iterable[Entry]) -> bytes:
        return b"".join(self._paper_digest(entry.id) for entry in entries)

    def _paper_digest(self, name: str) -> bytes:
        """The digest of a paper, or, of one that is not there, its name."""
        return self._library.digests.get(name) or name.encode()
