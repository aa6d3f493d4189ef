"""Fetch a URL with limits on time, size and redirects, whatever the server does.

Each limit holds for the whole request. The timeouts of httpx hold for one read, so a server that
sends a byte every few seconds would never reach them. Therefore a request runs in a thread, which
the caller leaves when the time is over.
"""

import ipaddress
import queue
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from types import MappingProxyType
from typing import Any

import httpx

from paper_atlas import __version__

AGENT = f"paper-atlas/{__version__}"
"""The name of this program in requests."""

_SCHEMES = ("http", "https")
_REDIRECTS = (301, 302, 303, 307, 308)
_LOCATION = "location"
_LAST_PORT = 0xFFFF
_GZIP = 16 + zlib.MAX_WBITS
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_ERRORS = {
    httpx.TimeoutException: "no response in time",
    httpx.ConnectError: "connection failed",
    httpx.HTTPError: "connection lost",
}
"""Messages by type of error. The first type that matches counts."""


@dataclass(frozen=True)
class Limits:
    """What a server may cost. The defaults are several times what the known services need.

    Attributes:
        seconds: The time of a request, with its redirects.
        silence: The time without a byte, in seconds.
        size: The size of a body in bytes, before and after decompression.
        redirects: The number of redirects that are followed.
    """

    seconds: float = 90.0
    silence: float = 20.0
    size: int = 16 << 20
    redirects: int = 5


LIMITS = Limits()
"""The limits of commands."""


class FetchError(Exception):
    """There is no response. The message gives the reason, in one line, without words of the server.

    `is_temporary` is true if a later attempt may succeed.
    """

    def __init__(self, message: str, *, is_temporary: bool = False) -> None:
        super().__init__(message)
        self.is_temporary = is_temporary


@dataclass(frozen=True)
class WebResponse:
    """A complete response. The names of its headers have small letters.

    The body is decompressed. It is empty unless the status is one of success.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """True if the status is one of success, 200 to 299."""
        return httpx.codes.is_success(self.status)

    @property
    def is_found(self) -> bool:
        """False if the status says that there is nothing at the address: 404 or 410."""
        return self.status not in (httpx.codes.NOT_FOUND, httpx.codes.GONE)

    @property
    def is_unchanged(self) -> bool:
        """True if the status says that the cached body is up to date: 304. It has no body."""
        return self.status == httpx.codes.NOT_MODIFIED

    @property
    def status_text(self) -> str:
        """The status with its name in the standard, such as `404 Not Found`."""
        return f"{self.status} {httpx.codes.get_reason_phrase(self.status)}".strip()


def add_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """Return a URL with further parameters in its query."""
    return str(httpx.URL(url).copy_merge_params(dict(parameters)))


Fetch = Callable[[str, Mapping[str, str]], WebResponse]
"""Fetches a URL with further headers. Raises `FetchError`."""


class _NoCookies(CookieJar):
    """Ignores cookies, so that no host recognizes a user and no header is parsed."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Do nothing."""


class Web:
    """Connections to the web, which stay open between requests."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._http = self._connect()

    def fetch(self, url: str, headers: Mapping[str, str] = _NO_HEADERS) -> WebResponse:
        """Implement `Fetch`. Another host, after a redirect, does not get `headers`."""
        request = _Request(self._http, self._limits, time.monotonic() + self._limits.seconds)
        outcome: queue.SimpleQueue[WebResponse | FetchError] = queue.SimpleQueue()
        thread = threading.Thread(
            target=lambda: outcome.put(_outcome(request, url, headers)), daemon=True
        )
        thread.start()
        try:
            result = outcome.get(timeout=self._limits.seconds)
        except queue.Empty:
            self._http.close()  # so that the thread ends
            self._http = self._connect()
            raise _too_slow() from None
        if isinstance(result, FetchError):
            raise result
        return result

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _connect(self) -> httpx.Client:
        return httpx.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
            timeout=self._limits.silence,
            cookies=_NoCookies(),
            event_hooks={"response": [_hide_location]},
        )


def _hide_location(response: httpx.Response) -> None:
    """Move a redirect to where httpx does not parse it. Even unfollowed, it raises errors."""
    response.extensions[_LOCATION] = response.headers.pop("Location", None)


def _outcome(request: "_Request", url: str, headers: Mapping[str, str]) -> WebResponse | FetchError:
    try:
        return request.follow(url, headers)
    except FetchError as error:
        return error
    except httpx.HTTPError as error:
        message = next(text for kind, text in _ERRORS.items() if isinstance(error, kind))
        return FetchError(message, is_temporary=True)
    except zlib.error:
        return FetchError("the compressed response is damaged", is_temporary=True)
    except Exception as error:  # what a server sends may raise anything in a library
        return FetchError(f"the response cannot be read ({type(error).__name__})")


def _too_slow() -> FetchError:
    return FetchError("no response in time", is_temporary=True)


@dataclass(frozen=True)
class _Request:
    """One request, which may use `http` until `deadline`, a time of `time.monotonic`."""

    http: httpx.Client
    limits: Limits
    deadline: float

    def follow(self, address: str, headers: Mapping[str, str]) -> WebResponse:
        """Send the request and follow redirects. Raises `FetchError`, also any other error."""
        first = url = httpx.URL(address)
        for _ in range(self.limits.redirects + 1):
            own = headers if url.host == first.host else _NO_HEADERS
            with self.http.stream("GET", url, headers=dict(own)) as response:
                location = response.extensions[_LOCATION]
                if response.status_code not in _REDIRECTS or location is None:
                    return self._complete(response)
            url = _next_url(first, url, location)
        raise FetchError("too many redirects")

    def _complete(self, response: httpx.Response) -> WebResponse:
        body = b"".join(self._parts(response)) if response.is_success else b""
        return WebResponse(response.status_code, dict(response.headers), body)

    def _parts(self, response: httpx.Response) -> Iterator[bytes]:
        """Yield the parts of the body, decompressed.

        Not by httpx, which decompresses what it has received as a whole, and several times if a
        response says so: a few kilobytes become gigabytes.
        """
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError("the response is encoded in a way that was not requested")
        unpack = zlib.decompressobj(_GZIP) if "gzip" in encoding else None
        received = size = 0
        for part in response.iter_raw():
            received += len(part)
            text = unpack.decompress(part, self.limits.size - size + 1) if unpack else part
            size += len(text)
            if max(received, size) > self.limits.size:
                raise FetchError(f"the response is larger than {self.limits.size >> 20} MiB")
            if time.monotonic() > self.deadline:
                raise _too_slow()
            yield text
        if unpack and (not unpack.eof or unpack.unused_data):
            raise zlib.error("no end, or several")


def _next_url(first: httpx.URL, url: httpx.URL, location: str) -> httpx.URL:
    """Return where a redirect leads. Raises `FetchError` if it must not be followed."""
    try:
        following = url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("a redirect without a valid URL") from error
    if following.port is not None and not 0 < following.port <= _LAST_PORT:
        raise FetchError("a redirect without a valid URL")
    if following.scheme not in _SCHEMES or not following.host:
        raise FetchError("a redirect to something else than a web page")
    if url.scheme == "https" and following.scheme == "http":
        raise FetchError("a redirect to an unencrypted connection")
    if following.host != first.host and not _is_public(following.host):
        raise FetchError("a redirect into a private network")
    return following.copy_with(fragment=None, username=None, password=None)


def _is_public(host: str) -> bool:
    """True if a host may be of the public web, by its name alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        *_, parent, last = ["", *host.rstrip(".").split(".")]
        # A last part of digits is an old way to write an address.
        is_name = bool(parent) and last[:1].isalpha()
        return is_name and last not in ("local", "internal", "localhost")
