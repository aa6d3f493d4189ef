"""A polite client: one request at a time, spaced as each service wants it, and kept on disk.

What may be better a moment later is asked again: a service that is busy or in trouble, a
connection that breaks, an answer that is not what it should be. Waits double, are longer where
the service says so, and vary a little, so that several clients do not come back together.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import httpx

from paper_atlas import __version__
from paper_atlas.enrich.cache import Cache, Kept
from paper_atlas.enrich.record import Record
from paper_atlas.enrich.response import BrokenAnswerError
from paper_atlas.enrich.services.base import Contact, FailedError, Read, Service
from paper_atlas.enrich.turns import Turns

DAY = 86_400.0
_ATTEMPTS = 4
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 120.0
_MAX_BYTES = 16 << 20
_SECONDS_IN_ALL = 90.0
_TIMEOUT = 20.0
_NOT_THERE = (404, 410)
_BUSY = 429
_NOT_MODIFIED = 304


class _AgainError(Exception):
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
        cache: Cache,
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
        self._turns = Turns(now, sleep)
        address = f" (mailto:{contact.email})" if contact.email else ""
        agent = {"User-Agent": f"paper-atlas/{__version__}{address}"}
        self._http = httpx.Client(headers=agent, timeout=timeout, follow_redirects=True)

    def ask(self, service: Service, path: str, read: Read) -> list[Record]:
        """See `Ask`. An answer that could be read is kept, and not asked for again for a day."""
        url = self._bases.get(service.name, service.base) + path
        kept = self._cache.find(url)
        known = _read_kept(kept, read) if kept else []
        kept = kept if known else None
        if kept and 0 <= self._now() - kept.fetched < DAY:
            return known
        attempt, wait = 1, _FIRST_WAIT
        while True:
            try:
                return self._attempt(service, url, read, kept)
            except _AgainError as error:
                if attempt == _ATTEMPTS or error.wait > _LONGEST_WAIT:
                    raise FailedError(str(error)) from error
                self._sleep(max(wait, error.wait) * (1 + self._chance() / 4))
            attempt, wait = attempt + 1, wait * 2

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _attempt(self, service: Service, url: str, read: Read, kept: Kept | None) -> list[Record]:
        self._turns.wait(service)
        try:
            response, body = self._get(service, url, kept.conditions if kept else {})
            if response.status_code == _NOT_MODIFIED and kept:
                answer = replace(kept, fetched=self._now())
            elif _is_there(response):
                etag, modified = (response.headers.get(it, "") for it in ("ETag", "Last-Modified"))
                answer = Kept(url, body, self._now(), etag, modified)
            else:
                return []
            records = read(answer.body)
        except BrokenAnswerError as error:
            raise _AgainError(f"it answers with {error}") from error
        except httpx.TimeoutException as error:
            raise _AgainError("it does not answer in time") from error
        except httpx.HTTPError as error:
            raise _AgainError(_why(error)) from error
        self._cache.keep(answer)
        return records

    def _get(
        self, service: Service, url: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Response, bytes]:
        """The response and its body; one that is too long, or takes too long, is given up."""
        address = httpx.URL(url).copy_merge_params(dict(service.contact(self._contact)))
        deadline = self._now() + _SECONDS_IN_ALL
        with self._http.stream("GET", address, headers=dict(headers)) as response:
            self._turns.learn(service, response.headers)
            _raise_for(response, self._now())
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > _MAX_BYTES:
                    raise FailedError(f"its answer is longer than {_MAX_BYTES >> 20} MiB")
                if self._now() > deadline:
                    raise _AgainError("it does not answer in time")
        return response, b"".join(parts)


def _read_kept(kept: Kept, read: Read) -> list[Record]:
    """The records of an answer on disk, none where it cannot be read, whoever wrote it."""
    try:
        return read(kept.body)
    except BrokenAnswerError:
        return []


def _is_there(response: httpx.Response) -> bool:
    return response.status_code not in _NOT_THERE


def _raise_for(response: httpx.Response, now: float) -> None:
    """Raise what a status means, unless there is an answer or nothing to be had."""
    status = response.status_code
    if response.is_success or status in (*_NOT_THERE, _NOT_MODIFIED):
        return
    if status == _BUSY or response.is_server_error:
        wait = _retry_after(response.headers.get("Retry-After", ""), now)
        later = f" and asks to wait {wait:.0f} seconds" if wait else ""
        raise _AgainError(f"it answers {status} {response.reason_phrase}{later}", wait)
    raise FailedError(f"it answers {status} {response.reason_phrase}")


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


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "it cannot be reached"
    if isinstance(error, httpx.TooManyRedirects):
        return "it leads from one address to the next"
    return "the connection breaks off"
