"""Builds with a page for each paper, from scratch and after no change."""

from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import ATLAS, EMPTY, THIS_ATLAS, WARM, Build, InMemory
from benchmarks.table import Row

EMPTY_PAGES = 30


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows that compare with the same papers, or with a site of empty pages."""
    large, cards = scale.large, Build("cards", scale.large)
    small, generated = scale.small, Build("gen-files", scale.small)
    yield Row(f"cold build, {large:,} papers", Build(ATLAS, large), cards, 0.55)
    yield Row(f"cold build, {small:,} papers", Build(ATLAS, small), generated, 0.55)
    yield Row(f"build, {WARM}, {large:,} papers", Build(ATLAS, large, WARM), cards, 0.25)
    this, empty = InMemory(Build(THIS_ATLAS, 0)), InMemory(Build(EMPTY, EMPTY_PAGES))
    yield Row("cold build of this atlas, on a RAM disk", this, empty, 2.5)
