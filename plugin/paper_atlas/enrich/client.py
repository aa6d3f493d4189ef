"""The HTTP client for the services, with a rate limiter, a cache on disk and retries.

It retries if a service is busy or has an error, if the connection fails, and if the response is
not valid. The delay doubles after each attempt. A random part keeps several clients from
retrying at the same moment.
"""

import contextlib
import hashlib
import json
import os
import random
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
from paper_atlas.source.atomic import write_bytes


@dataclass(frozen=True)
class CachedResponse:
    """A valid response, with the headers that show whether it has changed.

    `fetched_at` is in seconds since 1970.
    """

    url: str
    body: bytes
    fetched_at: float
    etag: str = ""
    last_modified: str = ""

    @property
    def conditional_headers(self) -> dict[str, str]:
        """The headers that request the body only if it has changed.

        https://www.rfc-editor.org/rfc/rfc9110#section-13.1
        """
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def user_cache_folder() -> Path:
    """Return the folder for caches of this user, in `$XDG_CACHE_HOME` or `~/.cache`.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    variable = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(variable) if Path(variable).is_absolute() else Path.home() / ".cache"
    return base / "paper-atlas"


class ResponseCache:
    """A folder with a file for each URL: a line of JSON, then the body.

    Files are replaced atomically, so several processes can share the folder and can be stopped at
    any time. A file that cannot be read counts as missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str) -> CachedResponse | None:
        """Return the cached response of a URL."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            cached = CachedResponse(body=body, **json.loads(head))
            is_valid = cached.url == url and isinstance(cached.fetched_at, float)
            return cached if is_valid else None
        except (OSError, ValueError, TypeError):
            return None

    def store(self, response: CachedResponse) -> None:
        """Write a response to the cache. Does nothing if the disk cannot be written."""
        head = {name: value for name, value in asdict(response).items() if name != "body"}
        content = json.dumps(head).encode() + b"\n" + response.body
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_bytes(self._path(response.url), content)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()


class RateLimiter:
    """Waits between two requests to a service, longer if its responses state a lower limit."""

    def __init__(self, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._now = now
        self._sleep = sleep
        self._pauses: dict[str, float] = {}
        self._last_requests: dict[str, float] = {}

    def wait(self, service: Service) -> None:
        """Wait until a service allows the next request. Call it just before that request."""
        pause = max(service.pause, self._pauses.get(service.name, 0.0))
        remaining = self._last_requests.get(service.name, -pause) + pause - self._now()
        if remaining > 0:
            self._sleep(min(remaining, pause))  # the clock may have been set back
        self._last_requests[service.name] = self._now()

    def apply_limit(self, service: Service, headers: Mapping[str, str]) -> None:
        """Set the pause from the headers of a response: a number of requests per interval.

        https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
        """
        limit = headers.get("x-rate-limit-limit", "")
        seconds = headers.get("x-rate-limit-interval", "").removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit):
            self._pauses[service.name] = int(seconds) / int(limit)


DAY = 86_400.0
_MAX_ATTEMPTS = 4
_FIRST_DELAY, _LONGEST_DELAY = 1.0, 120.0
_MAX_BYTES = 16 << 20
_TOTAL_TIMEOUT = 90.0
_TIMEOUT = 20.0
_TIMEOUT_MESSAGE = "no response in time"
_NOT_FOUND = (404, 410)
_BUSY = 429
_NOT_MODIFIED = 304


class _RetryError(Exception):
    """An attempt failed, and a retry may succeed after `delay` seconds."""

    def __init__(self, message: str, delay: float = 0.0) -> None:
        super().__init__(message)
        self.delay = delay


class Client:
    """Fetches records from services.

    `bases` replaces base URLs of services, by name. Tests replace the functions `now`, `sleep` and
    `random_fraction`, which returns a number from 0 to 1.
    """

    def __init__(
        self,
        cache: ResponseCache,
        contact: Contact,
        bases: Mapping[str, str] = MappingProxyType({}),
        *,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        random_fraction: Callable[[], float] = random.random,
        timeout: float = _TIMEOUT,
    ) -> None:
        self._cache, self._contact, self._bases = cache, contact, bases
        self._now, self._sleep, self._random_fraction = now, sleep, random_fraction
        self._rate_limiter = RateLimiter(now, sleep)
        comment = f" (mailto:{contact.email})" if contact.email else ""
        agent = {"User-Agent": f"paper-atlas/{__version__}{comment}"}
        self._http = httpx.Client(headers=agent, timeout=timeout, follow_redirects=True)

    def fetch_records(
        self, service: Service, path: str, parse: ResponseParser
    ) -> list[ServiceRecord]:
        """Implement `FetchRecords`. A cached response is used for a day without a request."""
        url = self._bases.get(service.name, service.base_url) + path
        cached = self._cache.find(url)
        records = _parse_cached(cached, parse) if cached else []
        cached = cached if records else None
        if cached and 0 <= self._now() - cached.fetched_at < DAY:
            return records
        attempt, delay = 1, _FIRST_DELAY
        while True:
            try:
                return self._attempt(service, url, parse, cached)
            except _RetryError as error:
                if attempt == _MAX_ATTEMPTS or error.delay > _LONGEST_DELAY:
                    raise ServiceError(str(error)) from error
                self._sleep(max(delay, error.delay) * (1 + self._random_fraction() / 4))
            attempt, delay = attempt + 1, delay * 2

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _attempt(
        self, service: Service, url: str, parse: ResponseParser, cached: CachedResponse | None
    ) -> list[ServiceRecord]:
        self._rate_limiter.wait(service)
        try:
            response, body = self._get(service, url, cached.conditional_headers if cached else {})
            if response.status_code == _NOT_MODIFIED and cached:
                valid = replace(cached, fetched_at=self._now())
            elif _is_found(response):
                etag = response.headers.get("ETag", "")
                last_modified = response.headers.get("Last-Modified", "")
                valid = CachedResponse(url, body, self._now(), etag, last_modified)
            else:
                return []
            records = parse(valid.body)
        except InvalidResponseError as error:
            raise _RetryError(f"invalid response: {error}") from error
        except httpx.TimeoutException as error:
            raise _RetryError(_TIMEOUT_MESSAGE) from error
        except httpx.HTTPError as error:
            raise _RetryError(_describe_error(error)) from error
        self._cache.store(valid)
        return records

    def _get(
        self, service: Service, url: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        """Return the response and its body.

        Raises:
            ServiceError: The body is too large, or the status is an error without a retry.
            _RetryError: The response takes too long, or the status is another error.
        """
        full_url = httpx.URL(url).copy_merge_params(dict(service.contact_parameters(self._contact)))
        deadline = self._now() + _TOTAL_TIMEOUT
        with self._http.stream("GET", full_url, headers=dict(headers)) as response:
            self._rate_limiter.apply_limit(service, response.headers)
            _raise_for_status(response, self._now())
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > _MAX_BYTES:
                    raise ServiceError(f"the response is larger than {_MAX_BYTES >> 20} MiB")
                if self._now() > deadline:
                    raise _RetryError(_TIMEOUT_MESSAGE)
        return response, b"".join(parts)


def _parse_cached(cached: CachedResponse, parse: ResponseParser) -> list[ServiceRecord]:
    """Return the records of a cached response, none if it cannot be parsed."""
    try:
        return parse(cached.body)
    except InvalidResponseError:
        return []


def _is_found(response: httpx.Response) -> bool:
    return response.status_code not in _NOT_FOUND


def _raise_for_status(response: httpx.Response, now: float) -> None:
    """Raise an error if the response has neither a body to parse nor a status of "not found"."""
    status = response.status_code
    if response.is_success or status in (*_NOT_FOUND, _NOT_MODIFIED):
        return
    message = f"status {status} {response.reason_phrase}"
    if status == _BUSY or response.is_server_error:
        delay = _retry_after(response.headers.get("Retry-After", ""), now)
        raise _RetryError(message + (f", retry after {delay:.0f} seconds" if delay else ""), delay)
    raise ServiceError(message)


def _retry_after(text: str, now: float) -> float:
    """Parse the header `Retry-After`: a number of seconds or a date. Return seconds, or 0.

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
        return "connection failed"
    if isinstance(error, httpx.TooManyRedirects):
        return "too many redirects"
    return "connection lost"
