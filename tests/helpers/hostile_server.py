"""A server on this machine that sends any bytes, in any parts, as an answer to a request."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Parts = Iterator[bytes]
Script = Callable[[str, str], Parts]
"""The answer to a request: from its path and the address of the server to the parts to send."""

DRIP = 0.005
"""The seconds between two parts of an answer that drips."""


@dataclass
class HostileServer:
    """A running server. `script` may change between requests. `raw` is sent before any request."""

    script: Script
    address: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[list[str]] = field(default_factory=list)
    raw: bytes | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def drip(self, parts: Parts) -> Parts:
        """Yield parts with a delay before each, until the server ends."""
        for part in parts:
            if self.over.wait(DRIP):
                return
            yield part


def reply(*headers: str, body: bytes = b"", status: str = "200 OK", length: bool = True) -> bytes:
    """Return a response with headers of one line each."""
    counted = [f"Content-Length: {len(body)}"] if length else []
    lines = [f"HTTP/1.1 {status}", *counted, *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class _Handler(socketserver.StreamRequestHandler):
    hostile: HostileServer

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            if self.hostile.raw is not None:
                self.wfile.write(self.hostile.raw)
                return
            while line := self.rfile.readline(70_000):
                path = line.split()[1].decode("latin-1")
                self.hostile.paths.append(path)
                headers = iter(lambda: self.rfile.readline(70_000).strip(), b"")
                self.hostile.headers.append([header.decode("latin-1") for header in headers])
                for part in self.hostile.script(path, self.hostile.address):
                    if self.hostile.over.is_set():
                        return
                    self.wfile.write(part)
                if path.endswith("/close"):
                    return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


def _nothing(_path: str, _address: str) -> Parts:
    return iter(())


@contextmanager
def hostile_server(script: Script = _nothing) -> Iterator[HostileServer]:
    """Run a server. A request whose path ends with `/close` ends its connection."""
    hostile = HostileServer(script)
    handler = type("Handler", (_Handler,), {"hostile": hostile})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        hostile.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield hostile
        hostile.over.set()
        server.shutdown()
