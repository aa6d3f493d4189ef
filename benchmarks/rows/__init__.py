"""The rows of the table, by kind. To add a kind, write a module and add a line here."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from benchmarks.rows import browser, build, check, huge, memory, serve, sizes, start
from benchmarks.scale import Scale
from benchmarks.table import Row

KINDS: Mapping[str, Callable[[Scale], Iterator[Row]]] = {
    "build": build.rows,
    "memory": memory.rows,
    "huge": huge.rows,
    "serve": serve.rows,
    "check": check.rows,
    "start": start.rows,
    "sizes": sizes.rows,
    "browser": browser.rows,
}


def rows(kinds: Iterable[str], scale: Scale) -> list[Row]:
    """Return the rows of some kinds; of equal rows at a small scale only the last is used."""
    found = [row for kind in kinds for row in KINDS[kind](scale)]
    return [*{(row.what, row.subject, row.against): row for row in found}.values()]
