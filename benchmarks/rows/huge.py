"""An atlas of a hundred thousand papers: time, growth and memory."""

import math
from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import WARM, Build
from benchmarks.table import PEAK, Row


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows without pages of papers, as the peer has none; no rows if `huge` is 0."""
    if not scale.huge:
        return
    cold, warm, small = (
        Build("paper-atlas", scale.huge, papers=False),
        Build("paper-atlas", scale.huge, WARM, papers=False),
        Build("paper-atlas", scale.large, papers=False),
    )
    times = math.log(scale.huge / scale.large)
    what = f"{scale.huge:,}, without pages of papers"
    yield Row(f"cold build, {what}", cold, Build("cards", scale.huge), 0.45)
    yield Row(
        f"growth from {scale.large:,}, as a power", cold, small, 1.05,
        figure=lambda own, other: math.log(own / other) / times,
    )  # fmt: skip
    yield Row(f"peak memory, cold, {what}", cold, None, 900, PEAK, unit=" MiB")
    yield Row(f"peak memory, {WARM}, {what}", warm, None, 600, PEAK, unit=" MiB")
