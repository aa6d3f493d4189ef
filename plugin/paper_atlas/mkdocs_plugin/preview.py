"""A preview that writes deferred files when they are requested."""

from collections.abc import Callable, Iterable
from posixpath import normpath
from threading import Condition
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_INDEX = "index.html"


class DeferredFiles:
    """The files to write later, by their path below the folder of the site."""

    def __init__(self) -> None:
        self._writers: dict[str, Callable[[], None]] = {}

    def add(self, path: str, write: Callable[[], None]) -> None:
        """Register the function that writes a file."""
        self._writers[path] = write

    def write(self, path: str) -> None:
        """Write a file if it is deferred and not written yet."""
        if write := self._writers.get(path):
            write()
            self._writers.pop(path, None)

    def write_all(self) -> None:
        """Write all remaining files in the order in which they were added."""
        for path in [*self._writers]:
            self.write(path)


class Preview:
    """A WSGI application around the one that serves the files of a site.

    The root of a site is its path on its host, with a slash at its end. Requests wait during a
    build. If the site was rebuilt while the application handled a request, the request is repeated,
    because the files that were written for it are gone. https://peps.python.org/pep-3333/
    """

    def __init__(self) -> None:
        self._application: WSGIApplication | None = None
        self._root = "/"
        self._deferred_files: DeferredFiles | None = None
        self._changed = Condition()

    def wrap(self, application: WSGIApplication, root: str) -> None:
        """Set the application that serves the files of the site at `root`."""
        self._application, self._root = application, root

    def renew(self, deferred: DeferredFiles | None) -> None:
        """Set the deferred files of a finished build, or None while a build runs."""
        with self._changed:
            self._deferred_files = deferred
            self._changed.notify_all()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        while True:
            deferred = self._write_requested(normpath(path.removeprefix(self._root)).lstrip("/"))
            arguments, answer = self._call_application(environ)
            if deferred is self._deferred_files:
                start_response(*arguments)
                return answer
            getattr(answer, "close", lambda: None)()

    def _write_requested(self, path: str) -> DeferredFiles:
        """Write the file at a path, or its index page. Returns the deferred files used."""
        with self._changed:
            self._changed.wait_for(lambda: self._deferred_files)
            assert self._deferred_files
            self._deferred_files.write(path)
            self._deferred_files.write(normpath(f"{path}/{_INDEX}"))
            return self._deferred_files

    def _call_application(self, environ: WSGIEnvironment) -> tuple[Any, Iterable[bytes]]:
        """Return the arguments for `start_response`, and the response."""
        arguments: Any = ()

        def start(*values: Any) -> Any:
            nonlocal arguments
            arguments = values

        assert self._application
        answer = self._application(environ, start)
        return arguments, answer
