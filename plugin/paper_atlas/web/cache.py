"""Responses on disk, by the rules of HTTP: fresh for a day, and then revalidated.

hishel applies the rules. It sees only headers that this module makes, so a server does not decide
how long its response counts. A digest of each body shows if the file of the cache is damaged.
"""

import contextlib
import hashlib
import logging
import time
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path

import httpx
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from paper_atlas.web.fetch import Fetch, WebResponse
from paper_atlas.web.headers import read_date

DAY = 86_400
"""The seconds for which a response is fresh."""

_DIGEST = "Paper-Atlas-Digest"
_LONGEST_TAG = 512

# Without a handler, logging prints the reasons why the cache cannot be used.
logging.getLogger("hishel").addHandler(logging.NullHandler())


class _FetchFailedError(Exception):
    """Carries an error of the function that fetches through hishel."""


class _Sender(httpx.BaseTransport):
    """Sends the requests that the cache cannot answer, by the function in their extensions."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fetch: Fetch = request.extensions["fetch"]
        fetched: list[WebResponse] = request.extensions["fetched"]
        names = [name for name in ("If-None-Match", "If-Modified-Since") if name in request.headers]
        try:
            response = fetch(str(request.url), {name: request.headers[name] for name in names})
        except Exception as error:
            raise _FetchFailedError from error
        fetched.append(response)
        headers = _cache_headers(str(request.url), response)
        return httpx.Response(response.status, headers=headers, content=response.body)


class ResponseCache:
    """A cache in the file `responses.sqlite` of `folder`. A file that cannot be used is ignored."""

    def __init__(self, folder: Path) -> None:
        self._storage = SqliteStorage(database_path=folder / "responses.sqlite")
        self._transport = CacheTransport(_Sender(), self._storage, CacheOptions(shared=False))

    def get(self, url: str, fetch: Fetch) -> WebResponse:
        """Return the response to `url` from the cache, otherwise by `fetch`.

        Raises what `fetch` raises.
        """
        fetched: list[WebResponse] = []
        try:
            response = self._cached(url, fetch, fetched)
        except _FetchFailedError as error:
            raise error.__cause__ or error from None
        except Exception:  # a damaged file raises errors of every library that reads it
            response = None
        if response is None:
            self.remove(url)
            is_complete = bool(fetched) and not fetched[-1].is_unchanged
            response = fetched[-1] if is_complete else fetch(url, {})
        return response

    def remove(self, url: str) -> None:
        """Remove the response to `url`."""
        with contextlib.suppress(Exception):  # then the cache is not used at all
            for entry in self._storage.get_entries(url):
                self._storage.remove_entry(entry.id)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(Exception):  # nothing is lost but the cache
            self._transport.close()

    def _cached(self, url: str, fetch: Fetch, fetched: list[WebResponse]) -> WebResponse | None:
        """Return the response that hishel chooses, or None if it is damaged."""
        extensions = {"fetch": fetch, "fetched": fetched, "caching": {"key": url}}
        response = self._transport.handle_request(httpx.Request("GET", url, extensions=extensions))
        body = response.read()
        cached = WebResponse(response.status_code, {}, body)
        is_sound = response.headers.get(_DIGEST, "") == _digest(url, body)
        return cached if is_sound or cached.is_unchanged else None


def _cache_headers(url: str, response: WebResponse) -> dict[str, str]:
    """Return headers for the cache: fresh for a day, or not to be stored if nothing was found.

    https://www.rfc-editor.org/rfc/rfc9111#section-4.2
    """
    headers = {
        "Date": formatdate(time.time(), usegmt=True),
        "Cache-Control": f"max-age={DAY}" if response.is_found else "no-store",
        **_validators(response.headers),
    }
    if not response.is_unchanged:  # then there is a body; otherwise the cache keeps the old digest
        headers[_DIGEST] = _digest(url, response.body)
    return headers


def _validators(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers for a later request whether a response has changed, if they are sound."""
    tag, changed = headers.get("etag", ""), headers.get("last-modified", "")
    is_tag = tag.isascii() and tag.isprintable() and 0 < len(tag) <= _LONGEST_TAG
    validators = {"ETag": tag} if is_tag else {}
    if (date := read_date(changed)) is not None:
        with contextlib.suppress(ValueError, OverflowError, OSError):
            validators["Last-Modified"] = formatdate(date, usegmt=True)
    return validators


def _digest(url: str, body: bytes) -> str:
    return hashlib.sha256(url.encode() + b"\n" + body).hexdigest()
