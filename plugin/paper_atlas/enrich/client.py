"""A polite client: one request at a time, spaced as each service wants it, and kept on disk.

What may be better a moment later is asked again: a service that is busy or in trouble, a
connection that breaks, an answer that is not what it should be. Waits double, are longer where
the service says so, and vary a little, so that several clients do not come back together.
"""

import contextlib
import hashlib
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import MappingProxyType

import httpx

from paper_atlas import __version__
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.response import InvalidResponseError
from paper_atlas.enrich.services.base import Contact, ResponseParser, Service, ServiceError


@dataclass(frozen=True)
class CachedResponse:
    """An answer that was understood: its body, when it came, and what tells whether it changed."""

    url: str
    body: bytes
    fetched_at: float
    etag: str = ""
    last_modified: str = ""

    @property
    def conditional_headers(self) -> dict[str, str]:
        """The headers that ask for the body only if it changed.

        https://www.rfc-editor.org/rfc/rfc9110#section-13.1
        """
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def user_cache_folder() -> Path:
    """Where the user's caches are: `$XDG_CACHE_HOME`, else `~/.cache`.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
    return base / "paper-atlas"


class ResponseCache:
    """A folder with a file for each address: a line of JSON, then the body as it came.

    Files are replaced whole, so that several processes may share the folder, and a process that
    is stopped leaves no half of one. What cannot be read is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str) -> CachedResponse | None:
        """The answer kept for an address."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            kept = CachedResponse(body=body, **json.loads(head))
            return kept if kept.url == url and isinstance(kept.fetched_at, float) else None
        except (OSError, ValueError, TypeError):
            return None

    def store(self, kept: CachedResponse) -> None:
        """Keep an answer; where the disk does not let it, nothing is kept."""
        head = {name: value for name, value in asdict(kept).items() if name != "body"}
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(head).encode() + b"\n" + kept.body)
                Path(name).replace(self._path(kept.url))
            finally:
                Path(name).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()


class RateLimiter:
    """Keeps the pause of each service, which is longer where its answers say so."""

    def __init__(self, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._now = now
        self._sleep = sleep
        self._pauses: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def wait(self, service: Service) -> None:
        """Wait until a service may be asked, which it is at once."""
        pause = max(service.pause, self._pauses.get(service.name, 0.0))
        left = self._last.get(service.name, -pause) + pause - self._now()
        if left > 0:
            self._sleep(min(left, pause))  # the clock may have been set back
        self._last[service.name] = self._now()

    def apply_limit(self, service: Service, headers: Mapping[str, str]) -> None:
        """Keep to the limit that an answer states: so many requests in so many seconds.

        https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
        """
        limit = headers.get("x-rate-limit-limit", "")
        seconds = headers.get("x-rate-limit-interval", "").removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit):
            self._pauses[service.name] = int(seconds) / int(limit)


DAY = 86_400.0
_MAX_ATTEMPTS = 4
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 120.0
_MAX_BYTES = 16 << 20
_TOTAL_TIMEOUT = 90.0
_TIMEOUT = 20.0
_NOT_FOUND = (404, 410)
_BUSY = 429
_NOT_MODIFIED = 304


class _RetryError(Exception):
    """An attempt failed in a way that may pass; `wait` is how long the service asks to wait."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class Client:
    """Asks services, for a contact; `bases` are other addresses of services, by name.

    The clock, the pause and the chance are arguments, so that tests need none of them.
    """

    def __init__(
        self,
        cache: ResponseCache,
        contact: Contact,
        bases: Mapping[str, str] = MappingProxyType({}),
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        timeout: float = _TIMEOUT,
    ) -> None:
        self._cache, self._contact, self._bases = cache, contact, bases
        self._now, self._sleep, self._chance = now, sleep, chance
        self._turns = RateLimiter(now, sleep)
        address = f" (mailto:{contact.email})" if contact.email else ""
        agent = {"User-Agent": f"paper-atlas/{__version__}{address}"}
        self._http = httpx.Client(headers=agent, timeout=timeout, follow_redirects=True)

    def fetch_records(
        self, service: Service, path: str, read: ResponseParser
    ) -> list[ServiceRecord]:
        """See `Ask`. An answer that could be read is kept, and not asked for again for a day."""
        url = self._bases.get(service.name, service.base_url) + path
        kept = self._cache.find(url)
        known = _parse_cached(kept, read) if kept else []
        kept = kept if known else None
        if kept and 0 <= self._now() - kept.fetched_at < DAY:
            return known
        attempt, wait = 1, _FIRST_WAIT
        while True:
            try:
                return self._attempt(service, url, read, kept)
            except _RetryError as error:
                if attempt == _MAX_ATTEMPTS or error.wait > _LONGEST_WAIT:
                    raise ServiceError(str(error)) from error
                self._sleep(max(wait, error.wait) * (1 + self._chance() / 4))
            attempt, wait = attempt + 1, wait * 2

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _attempt(
        self, service: Service, url: str, read: ResponseParser, kept: CachedResponse | None
    ) -> list[ServiceRecord]:
        self._turns.wait(service)
        try:
            response, body = self._get(service, url, kept.conditional_headers if kept else {})
            if response.status_code == _NOT_MODIFIED and kept:
                answer = replace(kept, fetched_at=self._now())
            elif _is_found(response):
                etag, modified = (response.headers.get(it, "") for it in ("ETag", "Last-Modified"))
                answer = CachedResponse(url, body, self._now(), etag, modified)
            else:
                return []
            records = read(answer.body)
        except InvalidResponseError as error:
            raise _RetryError(f"it answers with {error}") from error
        except httpx.TimeoutException as error:
            raise _RetryError("it does not answer in time") from error
        except httpx.HTTPError as error:
            raise _RetryError(_describe_error(error)) from error
        self._cache.store(answer)
        return records

    def _get(
        self, service: Service, url: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        """The response and its body; one that is too long, or takes too long, is given up."""
        address = httpx.URL(url).copy_merge_params(dict(service.contact_parameters(self._contact)))
        deadline = self._now() + _TOTAL_TIMEOUT
        with self._http.stream("GET", address, headers=dict(headers)) as response:
            self._turns.apply_limit(service, response.headers)
            _raise_for_status(response, self._now())
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > _MAX_BYTES:
                    raise ServiceError(f"its answer is longer than {_MAX_BYTES >> 20} MiB")
                if self._now() > deadline:
                    raise _RetryError("it does not answer in time")
        return response, b"".join(parts)


def _parse_cached(kept: CachedResponse, read: ResponseParser) -> list[ServiceRecord]:
    """The records of an answer on disk, none where it cannot be read, whoever wrote it."""
    try:
        return read(kept.body)
    except InvalidResponseError:
        return []


def _is_found(response: httpx.Response) -> bool:
    return response.status_code not in _NOT_FOUND


def _raise_for_status(response: httpx.Response, now: float) -> None:
    """Raise what a status means, unless there is an answer or nothing to be had."""
    status = response.status_code
    if response.is_success or status in (*_NOT_FOUND, _NOT_MODIFIED):
        return
    if status == _BUSY or response.is_server_error:
        wait = _retry_after(response.headers.get("Retry-After", ""), now)
        later = f" and asks to wait {wait:.0f} seconds" if wait else ""
        raise _RetryError(f"it answers {status} {response.reason_phrase}{later}", wait)
    raise ServiceError(f"it answers {status} {response.reason_phrase}")


def _retry_after(text: str, now: float) -> float:
    """Seconds to wait, of a number of seconds or a date; 0 where it says nothing.

    https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return 0.0


def _describe_error(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "it cannot be reached"
    if isinstance(error, httpx.TooManyRedirects):
        return "it leads from one address to the next"
    return "the connection breaks off"
