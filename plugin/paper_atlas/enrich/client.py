"""The HTTP client for the services: what it sends, when, what it retries and what it caches.

hishel caches the responses on disk by the rules of HTTP, and tenacity repeats failed attempts. The
policy is here: a response is fresh for a day and then revalidated, services state their limits, and
a failure is retried only if a later attempt may succeed.
"""

import contextlib
import logging
import os
import sqlite3
import time
from collections.abc import Mapping
from datetime import date
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from types import MappingProxyType

import httpx
import tenacity
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from paper_atlas import __version__
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.response import InvalidResponseError
from paper_atlas.enrich.services.base import Contact, DayLimitError, Service, ServiceError

DAY = 86_400
_MAX_ATTEMPTS = 4
_BACKOFF = tenacity.wait_exponential_jitter(initial=1, jitter=0.25)
_LONGEST_DELAY = 120.0
_MAX_BYTES = 16 << 20
_TIMEOUT, _TOTAL_TIMEOUT = 20.0, 90.0
_NOT_MODIFIED, _NOT_FOUND, _BUSY = 304, (404, 410), 429
_ERRORS = {
    httpx.TimeoutException: "no response in time",
    httpx.ConnectError: "connection failed",
    httpx.TooManyRedirects: "too many redirects",
    httpx.HTTPError: "connection lost",
}
"""Messages by type of error. The first type that matches counts."""

# Without a handler, logging prints the reasons why the cache cannot be used.
logging.getLogger("hishel").addHandler(logging.NullHandler())


def user_cache_folder() -> Path:
    """Return the folder for caches of this user, in `$XDG_CACHE_HOME` or `~/.cache`.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    variable = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(variable) if Path(variable).is_absolute() else Path.home() / ".cache"
    return base / "paper-atlas"


class _RetryError(ServiceError):
    """An attempt failed, and a retry may succeed after `delay` seconds."""

    def __init__(self, message: str, delay: float = 0.0) -> None:
        super().__init__(message)
        self.delay = delay


class _Sender(httpx.BaseTransport):
    """Sends the requests that the cache cannot answer, at the rate that each service allows.

    The extension `service` of a request is its service. The contact is added here, so that the
    cache does not contain it. A service that allows no more requests today has a file in `folder`.
    """

    def __init__(self, folder: Path, contact: Contact, timeout: float) -> None:
        self._folder, self._contact = folder, contact
        self._stated_pauses: dict[Service, float] = {}
        self._last_requests: dict[Service, float] = {}
        self._closed: set[Service] = set()
        comment = f" (mailto:{contact.email})" if contact.email else ""
        agent = {"User-Agent": f"paper-atlas/{__version__}{comment}"}
        self._http = httpx.Client(headers=agent, timeout=timeout, follow_redirects=True)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return a complete response with the headers for the cache. Raises `ServiceError`."""
        service: Service = request.extensions["service"]
        self._wait(service)
        url = request.url.copy_merge_params(dict(service.contact_parameters(self._contact)))
        deadline = time.time() + _TOTAL_TIMEOUT
        try:
            with self._http.stream("GET", url, headers=request.headers) as response:
                self._apply_limits(service, response)
                _raise_for_status(response)
                body = _read_body(response, deadline)
        except httpx.HTTPError as error:
            message = next(text for kind, text in _ERRORS.items() if isinstance(error, kind))
            raise _RetryError(message) from error
        return httpx.Response(response.status_code, headers=_cache_headers(response), content=body)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _wait(self, service: Service) -> None:
        """Wait until a service allows the next request. Raises `DayLimitError`."""
        if service in self._closed or self._day_file(service).exists():
            raise DayLimitError
        pause = max(service.pause, self._stated_pauses.get(service, service.first_pause))
        remaining = self._last_requests.get(service, -pause) + pause - time.time()
        if remaining > 0:
            time.sleep(min(remaining, pause))  # the clock may have been set back
        self._last_requests[service] = time.time()

    def _apply_limits(self, service: Service, response: httpx.Response) -> None:
        """Set the pause from the headers of a response: a number of requests per interval.

        Raises `DayLimitError` if the service allows no more requests today.
        https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
        """
        limit = response.headers.get("x-rate-limit-limit", "")
        seconds = response.headers.get("x-rate-limit-interval", "").removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit):
            self._stated_pauses[service] = int(seconds) / int(limit)
        if response.status_code == _BUSY and service.has_day_limit:
            self._closed.add(service)
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._day_file(service).touch()
            raise DayLimitError

    def _day_file(self, service: Service) -> Path:
        return self._folder / f"{service.name}-closed-{date.fromtimestamp(time.time())}"


class Client:
    """Fetches records from services, and caches the responses in `folder`.

    `bases` replaces base URLs of services, by name.
    """

    def __init__(
        self,
        folder: Path,
        contact: Contact,
        bases: Mapping[str, str] = MappingProxyType({}),
        timeout: float = _TIMEOUT,
    ) -> None:
        self._bases = bases
        self._sender = _Sender(folder, contact, timeout)
        self._storage = SqliteStorage(database_path=folder / "responses.sqlite")
        self._cache = CacheTransport(self._sender, self._storage, CacheOptions(shared=False))
        self._retry = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_RetryError),
            stop=tenacity.stop_after_attempt(_MAX_ATTEMPTS),
            wait=_delay,
            reraise=True,
        )

    def fetch_records(self, service: Service, path: str) -> list[ServiceRecord]:
        """Implement `FetchRecords`. A cached response is used for a day without a request."""
        url = self._bases.get(service.name, service.base_url) + path
        return self._retry(self._attempt, service, url)

    def close(self) -> None:
        """Close the connections and the cache."""
        self._cache.close()

    def _attempt(self, service: Service, url: str) -> list[ServiceRecord]:
        extensions = {"service": service, "caching": {"key": url}}
        request = httpx.Request("GET", url, extensions=extensions)
        try:
            response = self._cache.handle_request(request)
            response.read()
        except (RuntimeError, sqlite3.Error):  # the cache is damaged
            self._remove_cached(url)
            response = self._sender.handle_request(request)
        try:
            is_found = response.status_code not in _NOT_FOUND
            records = service.parse(response.content) if is_found else []
        except InvalidResponseError as error:
            self._remove_cached(url)
            raise _RetryError(f"invalid response: {error}") from error
        if not records:
            self._remove_cached(url)
        return records

    def _remove_cached(self, url: str) -> None:
        with contextlib.suppress(RuntimeError):  # the cache is of another version of hishel
            for entry in self._storage.get_entries(url):
                self._storage.remove_entry(entry.id)


def _delay(state: tenacity.RetryCallState) -> float:
    """Return the seconds before the next attempt: at least as many as the service requests."""
    error = state.outcome and state.outcome.exception()
    return max(_BACKOFF(state), error.delay if isinstance(error, _RetryError) else 0.0)


def _cache_headers(response: httpx.Response) -> dict[str, str]:
    """Return headers for the cache: fresh for a day, or not to be stored if nothing was found.

    https://www.rfc-editor.org/rfc/rfc9111#section-4.2
    """
    is_found = response.status_code not in _NOT_FOUND
    names = [name for name in ("ETag", "Last-Modified") if name in response.headers]
    return {
        "Date": formatdate(time.time(), usegmt=True),
        "Cache-Control": f"max-age={DAY}" if is_found else "no-store",
        **{name: response.headers[name] for name in names},
    }


def _read_body(response: httpx.Response, deadline: float) -> bytes:
    """Return the body. Raises `ServiceError` if it is too large, also if it takes too long."""
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > _MAX_BYTES:
            raise ServiceError(f"the response is larger than {_MAX_BYTES >> 20} MiB")
        if time.time() > deadline:
            raise httpx.ReadTimeout("total time")
    return bytes(body)


def _raise_for_status(response: httpx.Response) -> None:
    """Raise an error if the response has neither a body to parse nor a status of "not found"."""
    status = response.status_code
    if response.is_success or status in (*_NOT_FOUND, _NOT_MODIFIED):
        return
    delay = _retry_after(response.headers.get("Retry-After", ""))
    message = f"status {status} {response.reason_phrase}"
    message += f", retry after {delay:.0f} seconds" if delay else ""
    if delay <= _LONGEST_DELAY and (status == _BUSY or response.is_server_error):
        raise _RetryError(message, delay)
    raise ServiceError(message)


def _retry_after(text: str) -> float:
    """Parse the header `Retry-After`: a number of seconds or a date. Return seconds, or 0.

    https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return 0.0
