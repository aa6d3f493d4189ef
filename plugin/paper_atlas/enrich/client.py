"""The client for the services: when it sends a request, and what it retries.

`web.fetch` sends the requests, and `web.cache` caches the responses. The policy is here: services
state their limits, and a failure is retried only if a later attempt may succeed.
"""

import contextlib
import time
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

import tenacity

from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.response import InvalidResponseError
from paper_atlas.enrich.services.base import Contact, DayLimitError, Service, ServiceError
from paper_atlas.web.cache import DAY, ResponseCache
from paper_atlas.web.fetch import (
    AGENT,
    LIMITS,
    FetchError,
    Limits,
    Web,
    WebResponse,
    add_parameters,
)
from paper_atlas.web.headers import read_number, retry_after

_MAX_ATTEMPTS = 4
_BACKOFF = tenacity.wait_exponential_jitter(initial=1, jitter=0.25)
_LONGEST_DELAY = 120.0
"""A service that is busy for longer than these seconds is not asked again in this run."""
_LONGEST_PAUSE = 10.0
"""The seconds between two requests that a service can ask for. More would stop the run."""
_BUSY, _SERVER_ERROR = 429, 500


class _RetryError(ServiceError):
    """An attempt failed, and a retry may succeed after `delay` seconds."""

    def __init__(self, message: str, delay: float = 0.0) -> None:
        super().__init__(message)
        self.delay = delay


class _Sender:
    """Sends requests at the rate that each service allows.

    The contact is added here, so that the cache does not contain it. A service that allows no more
    requests today has a file in `folder`.
    """

    def __init__(self, folder: Path, contact: Contact, limits: Limits) -> None:
        self._folder, self._contact = folder, contact
        self._stated_pauses: dict[Service, float] = {}
        self._last_requests: dict[Service, float] = {}
        self._closed: set[Service] = set()
        comment = f" (mailto:{contact.email})" if contact.email else ""
        self._headers = {"User-Agent": f"{AGENT}{comment}"}
        self._web = Web(limits)

    def send(self, service: Service, url: str, headers: Mapping[str, str]) -> WebResponse:
        """Return a response with a body to parse, or of "not found". Raises `ServiceError`."""
        self._wait(service)
        parameters = service.contact_parameters(self._contact)
        try:
            response = self._web.fetch(
                add_parameters(url, parameters), {**self._headers, **headers}
            )
        except FetchError as error:
            kind = _RetryError if error.is_temporary else ServiceError
            raise kind(str(error)) from error
        self._apply_limits(service, response)
        _raise_for_status(response)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def _wait(self, service: Service) -> None:
        """Wait until a service allows the next request. Raises `DayLimitError`."""
        if service in self._closed or self._day_file(service).exists():
            raise DayLimitError
        pause = max(service.pause, self._stated_pauses.get(service, service.first_pause))
        remaining = self._last_requests.get(service, -pause) + pause - time.time()
        if remaining > 0:
            time.sleep(min(remaining, pause))  # the clock may have been set back
        self._last_requests[service] = time.time()

    def _apply_limits(self, service: Service, response: WebResponse) -> None:
        """Set the pause from the headers of a response: a number of requests per interval.

        Raises `DayLimitError` if the service allows no more requests today.
        https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
        """
        limit = read_number(response.headers.get("x-rate-limit-limit", ""))
        interval = response.headers.get("x-rate-limit-interval", "").removesuffix("s")
        seconds = read_number(interval)
        if limit and seconds is not None:
            self._stated_pauses[service] = min(seconds / limit, _LONGEST_PAUSE)
        if response.status == _BUSY and service.has_day_limit:
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
        limits: Limits = LIMITS,
    ) -> None:
        self._bases = bases
        self._sender = _Sender(folder, contact, limits)
        self._cache = ResponseCache(folder)
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
        self._sender.close()
        self._cache.close()

    def _attempt(self, service: Service, url: str) -> list[ServiceRecord]:
        response = self._cache.get(url, partial(self._sender.send, service))
        try:
            records = service.parse(response.body) if response.is_found else []
        except InvalidResponseError as error:
            self._cache.remove(url)
            raise _RetryError(f"invalid response: {error}") from error
        if not records:
            self._cache.remove(url)
        return records


def _delay(state: tenacity.RetryCallState) -> float:
    """Return the seconds before the next attempt: at least as many as the service requests."""
    error = state.outcome and state.outcome.exception()
    return max(_BACKOFF(state), error.delay if isinstance(error, _RetryError) else 0.0)


def _raise_for_status(response: WebResponse) -> None:
    """Raise an error if the response has neither a body to parse nor a status of "not found"."""
    if response.is_success or response.is_unchanged or not response.is_found:
        return
    delay = retry_after(response.headers.get("retry-after", ""))
    message = f"status {response.status_text}"
    message += f", retry after {_interval(delay)}" if delay else ""
    is_busy = response.status == _BUSY or response.status >= _SERVER_ERROR
    if delay <= _LONGEST_DELAY and is_busy:
        raise _RetryError(message, delay)
    raise ServiceError(message)


def _interval(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds <= DAY else "more than a day"
