"""The peak memory of a cold build."""

from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import ATLAS, Build
from benchmarks.table import PEAK, Row


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows in MiB. The huge build takes minutes, so it runs once."""
    large, huge = Build(ATLAS, scale.large), Build(ATLAS, scale.huge, once=True)
    yield Row(f"peak memory, cold build, {scale.large:,} papers", large, None, 175, PEAK)
    yield Row(f"peak memory, cold build, {scale.huge:,} papers", huge, None, 900, PEAK)
