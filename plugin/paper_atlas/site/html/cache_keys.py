"""The keys under which texts about papers are cached: digests of what the texts depend on.

A digest includes more than the text shows: the whole vocabulary, and all data of other papers
that it names. So a text is sometimes rendered again without need, but is never outdated.
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
    """Compute the cache keys of the papers of a library in a language.

    `edit` returns the address where a file can be edited, `mentions` the pages that mention the
    paper with an id. `has_maths` is True if maths is marked.
    """

    def __init__(
        self,
        cache: Cache,
        library: Library,
        addresses: Addresses,
        translate: Translator,
        edit: Callable[[str], str | None],
        mentions: Callable[[str], Sequence[tuple[str, str]]],
        has_maths: bool = False,
    ) -> None:
        self._library = library
        self._edit = edit
        self._mentions = mentions
        words = library.vocabulary.model_dump_json()
        self._base_digest = digest(
            cache.code_digest,
            library.folder,
            words,
            repr((addresses, has_maths)),
            translate.language,
        )

    def records_key(self, entry: Entry) -> bytes:
        """Return the key of the export records: only the paper."""
        return digest(self._base_digest, self._library.digests.get(entry.id, b""))

    def card_key(self, entry: Entry) -> bytes:
        """Return the key of the card: also related papers, papers in notes, and the file."""
        related = [
            self._papers(self._library.related_papers(entry, relation)) for relation in _BOTH_WAYS
        ]
        named = [self._paper_digest(name.strip()) for name in _NAMED.findall(entry.notes or "")]
        return digest(self.records_key(entry), self._edit(entry.path) or "", *related, *named)

    def page_key(self, entry: Entry, neighbours: Sequence[RelatedPaper], head: str) -> bytes:
        """Return the key of the page: also mentions, neighbours, and the head of the template."""
        shared = [
            (paper.entry.id, [(reason.facet, reason.subject.id) for reason in paper.reasons])
            for paper in neighbours
        ]
        others = self._papers(paper.entry for paper in neighbours)
        mentions = repr(self._mentions(entry.id))
        return digest(self.card_key(entry), mentions, head, repr(shared), others)

    def _papers(self, entries: Iterable[Entry]) -> bytes:
        return b"".join(self._paper_digest(entry.id) for entry in entries)

    def _paper_digest(self, name: str) -> bytes:
        """The digest of a paper, or its id if there is no such paper."""
        return self._library.digests.get(name) or name.encode()
