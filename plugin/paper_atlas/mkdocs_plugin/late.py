"""Files that are written after all others, because they are large or many.

At the end of a build all are written. A preview writes one when it is asked for: few of them are
looked at before the next change.
"""

from collections.abc import Callable


class Late:
    """Knows how each late file is written, by its path below the folder of the site."""

    def __init__(self) -> None:
        self._writers: dict[str, Callable[[], None]] = {}

    def add(self, path: str, write: Callable[[], None]) -> None:
        """Have a file written by calling a function."""
        self._writers[path] = write

    def drop(self, path: str) -> None:
        """Leave a file as it is."""
        self._writers.pop(path, None)

    def write(self, path: str) -> None:
        """Write a file unless that has happened, or nothing is late there."""
        if write := self._writers.get(path):
            write()
            self._writers.pop(path, None)

    def write_all(self) -> None:
        """Write all that have not been written, in the order in which they were added."""
        for path in [*self._writers]:
            self.write(path)
