"""The peak memory of a build."""

from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import Build
from benchmarks.table import PEAK, Row


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows that compare with the same cards in Markdown."""
    peer = Build("cards", scale.large)
    for papers in (False, True):
        words = "" if papers else ", without pages of papers"
        subject = Build("paper-atlas", scale.large, papers=papers)
        yield Row(f"peak memory, {scale.large:,}{words}", subject, peer, 1.0, PEAK)
