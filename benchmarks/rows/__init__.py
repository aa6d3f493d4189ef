"""The rows of the table, by kind. To add a kind, write a module and add a line here."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from benchmarks.rows import browser, build, memory, preview, sizes
from benchmarks.scale import Scale
from benchmarks.table import Row

KINDS: Mapping[str, Callable[[Scale], Iterator[Row]]] = {
    "sizes": sizes.rows,
    "build": build.rows,
    "memory": memory.rows,
    "preview": preview.rows,
    "browser": browser.rows,
}


def rows(kinds: Iterable[str], scale: Scale) -> list[Row]:
    """Return the rows of some kinds."""
    return [row for kind in kinds for row in KINDS[kind](scale)]
