"""Cold builds, and builds after no change or a change of one entry.

Only the blog has a page for each paper among the peers, so the atlas is compared with and without
such pages.
"""

from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import CHANGED, COLD, WARM, Build
from benchmarks.table import Row, added

ATLAS = "paper-atlas"


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows with aims for 10,000 and for 1,000 papers."""
    yield from _cold(scale.large)
    yield from _small(scale.small)
    yield from _again(scale.large, "cards", 0.12)
    yield from _again(scale.small, "gen-files", 0.28)


def _cold(count: int) -> Iterator[Row]:
    whole, without = Build(ATLAS, count), Build(ATLAS, count, papers=False)
    for peer, aim in (("cards", 0.38), ("raw-html", 0.75), ("gen-files", 0.22), ("bibtex", 0.15)):
        yield Row(
            f"cold build, {count:,}, without pages of papers", without, Build(peer, count), aim
        )
    yield Row(f"cold build, {count:,}", whole, Build("cards", count), None)
    yield Row(f"what {count:,} pages of papers add", whole, without, 2.0, figure=added)


def _small(count: int) -> Iterator[Row]:
    for peer, aim in (("blog", 0.08), ("gen-files", 0.40)):
        against = Build(peer, count)
        without = Build(ATLAS, count, papers=False)
        yield Row(f"cold build, {count:,}, without pages of papers", without, against, aim)
        yield Row(f"cold build, {count:,}", Build(ATLAS, count), against, aim)


def _again(count: int, peer: str, aim: float) -> Iterator[Row]:
    for papers in (False, True):
        words = "" if papers else ", without pages of papers"
        for state in (WARM, CHANGED):
            subject, against = Build(ATLAS, count, state, papers), Build(peer, count, COLD)
            yield Row(f"build, {state}, {count:,}{words}", subject, against, aim)
