"""`mkdocs serve` as a process, and the event that reloads a browser."""

import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A process in the background of a shell ignores interrupts, and so do those that it starts.
_MKDOCS = """\
import signal
from mkdocs.__main__ import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
cli()
"""
_READY = "Serving on "
_RELOAD = re.compile(r"livereload\((\d+), (\d+)\);")
_SCRIPT = re.compile(r"<script>\s*var livereload = .*?</script>\n?", re.DOTALL)


@dataclass(frozen=True)
class Served:
    """A served site."""

    url: str

    def text(self, path: str) -> str:
        """Return a page without the script that reloads it."""
        return _SCRIPT.sub("", self.content(path).decode())

    def content(self, path: str) -> bytes:
        """Return the response for a path."""
        with urllib.request.urlopen(self.url + path, timeout=120) as answer:
            found: bytes = answer.read()
            return found

    def epoch(self, path: str = "") -> tuple[str, str]:
        """Return the id of the build from a page."""
        match = _RELOAD.search(self.content(path).decode())
        assert match
        return match[1], match[2]

    def last_build(self) -> tuple[str, str]:
        """Return the id of the last build that succeeded."""
        return self.content("livereload/0/0").decode(), "0"

    def wait_for_rebuild(self, epoch: tuple[str, str]) -> None:
        """Wait for the event of a newer build."""
        while self.content(f"livereload/{epoch[0]}/{epoch[1]}").decode() == epoch[0]:
            pass  # the server answers at its own time-out too


@contextmanager
def served(project: Path, *options: str) -> Iterator[Served]:
    """Serve a project on a free port until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = ["serve", "--dev-addr", address, *(options or ["--livereload"])]
    command = [sys.executable, "-c", _MKDOCS, *serve]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        output = []
        for line in process.stderr:
            output.append(line)
            if _READY in line:
                break
        else:
            raise AssertionError("".join(output))
        # Read on, because the server stops when the pipe is full.
        reader = threading.Thread(target=process.stderr.read)
        reader.start()
        try:
            yield Served(line.split(_READY)[1].strip())
        finally:
            process.send_signal(signal.SIGINT)  # after it, MkDocs deletes the site
            reader.join()
