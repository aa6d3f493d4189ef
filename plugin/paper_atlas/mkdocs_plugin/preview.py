"""A preview in which late files are written when they are asked for."""

from collections.abc import Callable, Iterable
from posixpath import normpath
from threading import Condition
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_INDEX = "index.html"


class LateFiles:
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


class Preview:
    """A server's application around that which serves the files of a site.

    `root` is the path at which the site stands, with a slash at its end. While a build goes on
    requests wait; one that the application has kept waiting until the site was built anew is asked
    again, because what was written for it is gone.
    https://peps.python.org/pep-3333/
    """

    def __init__(self, application: WSGIApplication, root: str) -> None:
        self._application = application
        self._root = root
        self._late: LateFiles | None = LateFiles()
        self._renewed = Condition()

    def renew(self, late: LateFiles | None) -> None:
        """Take the late files of a build that has ended; nothing while one goes on."""
        with self._renewed:
            self._late = late
            self._renewed.notify_all()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        while True:
            late = self._written(normpath(path.removeprefix(self._root)).lstrip("/"))
            given, answer = self._asked(environ)
            if late is self._late:
                start_response(*given)
                return answer
            getattr(answer, "close", lambda: None)()

    def _written(self, path: str) -> LateFiles:
        """Write the file at a path, or the one of the folder; returns the files it is of."""
        with self._renewed:
            self._renewed.wait_for(lambda: self._late)
            assert self._late
            self._late.write(path)
            self._late.write(normpath(f"{path}/{_INDEX}"))
            return self._late

    def _asked(self, environ: WSGIEnvironment) -> tuple[Any, Iterable[bytes]]:
        """What the application gives to start a response with, and the response."""
        given: Any = ()

        def start(*values: Any) -> Any:
            nonlocal given
            given = values

        answer = self._application(environ, start)
        return given, answer
