"""A preview in which late files are written when they are asked for."""

from collections.abc import Callable, Iterable
from posixpath import normpath
from threading import Condition
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_INDEX = "index.html"


class DeferredFiles:
    """Knows how each late file is written, by its path below the folder of the site."""

    def __init__(self) -> None:
        self._writers: dict[str, Callable[[], None]] = {}

    def add(self, path: str, write: Callable[[], None]) -> None:
        """Have a file written by calling a function."""
        self._writers[path] = write

    def discard(self, path: str) -> None:
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
        self._deferred_files: DeferredFiles | None = DeferredFiles()
        self._changed = Condition()

    def renew(self, deferred: DeferredFiles | None) -> None:
        """Take the late files of a build that has ended; nothing while one goes on."""
        with self._changed:
            self._deferred_files = deferred
            self._changed.notify_all()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        while True:
            deferred = self._write_requested(normpath(path.removeprefix(self._root)).lstrip("/"))
            given, answer = self._call_application(environ)
            if deferred is self._deferred_files:
                start_response(*given)
                return answer
            getattr(answer, "close", lambda: None)()

    def _write_requested(self, path: str) -> DeferredFiles:
        """Write the file at a path, or the one of the folder; returns the files it is of."""
        with self._changed:
            self._changed.wait_for(lambda: self._deferred_files)
            assert self._deferred_files
            self._deferred_files.write(path)
            self._deferred_files.write(normpath(f"{path}/{_INDEX}"))
            return self._deferred_files

    def _call_application(self, environ: WSGIEnvironment) -> tuple[Any, Iterable[bytes]]:
        """What the application gives to start a response with, and the response."""
        given: Any = ()

        def start(*values: Any) -> Any:
            nonlocal given
            given = values

        answer = self._application(environ, start)
        return given, answer
