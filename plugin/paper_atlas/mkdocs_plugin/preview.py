"""A preview that serves the last whole site, and writes deferred files when they are requested.

Each build has a folder of its own. While a build runs, and after one that failed, requests are
answered from the folder of the last build that succeeded. So no request waits for a build, and no
answer has parts of two builds.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from posixpath import normpath
from threading import Condition, Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_INDEX = "index.html"
_ERROR_PAGE = "404.html"
_RELOADS = "/livereload/"  # requests that wait for the next site

Builder = Callable[..., None]
"""The function with which MkDocs builds a site."""


class DeferredFiles:
    """The files to write later, by their path below the folder of the site.

    A file whose writer is gone is complete, so a request for it never waits for other files.
    """

    def __init__(self) -> None:
        self._writers: dict[str, Callable[[], None]] = {}
        self._writing = Lock()

    def add(self, path: str, write: Callable[[], None]) -> None:
        """Register the function that writes a file."""
        self._writers[path] = write

    def write(self, path: str) -> None:
        """Write a file if it is deferred and not written yet."""
        if path not in self._writers:
            return
        with self._writing:
            if write := self._writers.get(path):
                write()
                self._writers.pop(path)

    def write_all(self) -> None:
        """Write all remaining files in the order in which they were added."""
        for path in [*self._writers]:
            self.write(path)


class WholeSite:
    """The site of a build that has ended. `close` frees what its deferred files need."""

    def __init__(self, folder: Path, deferred: DeferredFiles, close: Callable[[], None]) -> None:
        self.folder = folder
        self._deferred = deferred
        self._close = close
        self.requests = 0  # that are being answered
        self._server: Any = None

    def start(self, server: Any) -> None:
        """Prepare to answer requests like `server`, the one of a preview.

        A further object of its class serves the folder. It is not started and never builds, so its
        requests never wait. Its pages reload after any build that begins later.
        https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L97-L132
        """
        if not self._server:
            host, port = server.server_address[:2]
            arguments = {"host": host, "port": port, "mount_path": server.mount_path}
            self._server = type(server)(builder=lambda: None, root=str(self.folder), **arguments)
            self._server.error_handler = self._error_page
            self._server.watch(str(self.folder))  # without it, pages have no script that reloads

    def answer(
        self, path: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request for a path below the folder, after writing the file if necessary."""
        self._deferred.write(path)
        self._deferred.write(normpath(f"{path}/{_INDEX}"))
        answer: Iterable[bytes] = self._server.serve_request(environ, start_response)
        return answer

    def close(self) -> None:
        """Free all that the site holds, except its folder."""
        if self._server:
            self._server.server_close()
        self._close()

    def _error_page(self, code: int) -> bytes | None:
        page = self.folder / _ERROR_PAGE
        return page.read_bytes() if code == 404 and page.is_file() else None


class Preview:
    """A WSGI application that serves the last whole site.

    The application of the server only answers requests that wait for the next site. Responses
    follow https://peps.python.org/pep-3333/.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._server: Any = None
        self._serve_otherwise: WSGIApplication | None = None
        self._folder: Path | None = None
        self._next: WholeSite | None = None
        self._site: WholeSite | None = None
        self._changed = Condition()

    def folder_below(self, folder: str) -> str:
        """Return a folder for the next build, below the one that MkDocs deletes at its end.

        Its name begins with a dot, because a build without the plugin deletes all others.
        """
        self._folder = Path(folder, f".{next(self._numbers)}")
        return str(self._folder)

    def renew(self, deferred: DeferredFiles, close: Callable[[], None]) -> None:
        """Set the deferred files of the site that is being built.

        A plugin that builds a site once for each language causes several calls.
        """
        assert self._folder
        if self._next:
            self._next.close()
        self._next = WholeSite(self._folder, deferred, close)

    def wrap(self, server: Any) -> None:
        """Serve the site of the first build, and of all that follow, with a server of MkDocs.

        A build ends when the builder of the server returns: no event follows the last one of the
        plugins.
        """
        self._server = server
        self._serve_otherwise = server.get_app()
        server.set_app(self)
        server.builder = self._publishing(server.builder)
        self._publish()

    def close(self) -> None:
        """Close the last sites."""
        self._discard()
        self._replace(None)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        with self._last_site() as site:
            if site and not path.startswith(_RELOADS):
                below = normpath(path.removeprefix(self._server.mount_path)).lstrip("/")
                return site.answer(below, environ, start_response)
        assert self._serve_otherwise
        return self._serve_otherwise(environ, start_response)

    @contextmanager
    def _last_site(self) -> Iterator[WholeSite | None]:
        """Keep the last whole site until the end of the block."""
        with self._changed:
            if site := self._site:
                site.requests += 1
        try:
            yield site
        finally:
            with self._changed:
                if site:
                    site.requests -= 1
                self._changed.notify_all()

    def _publishing(self, builder: Builder) -> Builder:
        """Return a builder that also publishes the site, or discards it after an error."""

        def build(*arguments: Any, **options: Any) -> None:
            try:
                builder(*arguments, **options)
            except BaseException:
                self._discard()
                raise
            self._publish()

        return build

    def _publish(self) -> None:
        """Serve the site that was built from now on."""
        self._next, site = None, self._next or self._site_without_plugin()
        if site:
            site.start(self._server)
            self._replace(site)

    def _site_without_plugin(self) -> WholeSite | None:
        """Return the site of a build without the plugin, which has used the folder of MkDocs."""
        assert self._folder
        items = [path for path in self._folder.parent.iterdir() if not path.name.startswith(".")]
        if not items:
            return None
        folder = Path(self.folder_below(str(self._folder.parent)))
        folder.mkdir()
        for item in items:
            item.rename(folder / item.name)
        return WholeSite(folder, DeferredFiles(), lambda: None)

    def _replace(self, site: WholeSite | None) -> None:
        """Serve another site, and delete the one before when all its requests are answered."""
        with self._changed:
            self._site, before = site, self._site
            self._changed.wait_for(lambda: not (before and before.requests))
        if before:
            before.close()
            shutil.rmtree(before.folder, ignore_errors=True)

    def _discard(self) -> None:
        """Delete what a failed build has written."""
        self._next, failed = None, self._next
        if failed:
            failed.close()
        if self._folder and not (self._site and self._site.folder == self._folder):
            shutil.rmtree(self._folder, ignore_errors=True)
