"""A service that knows papers by their identifiers: how it is asked, and how its answer is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from paper_atlas.enrich.record import ServiceRecord

ResponseParser = Callable[[bytes], list[ServiceRecord]]
"""The records of the body of an answer; raises `BrokenAnswerError`."""


class ServiceError(Exception):
    """A service gave no answer; the message says why."""


@dataclass(frozen=True)
class Contact:
    """Who asks: an address to be written to, and the key that OpenAlex gives to whom wants one."""

    email: str = ""
    openalex_key: str = ""


def _no_parameters(_: Contact) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Service:
    """A service on the web.

    It is asked by the first of `kinds` that a paper has, about up to `batch` papers at once, with
    `pause` seconds between requests. `path` makes the address behind `base` of identifiers of a
    kind, `read` reads the answer. `after` names the service
    that knows most of what this one does: it is asked only what that one does not know.
    """

    name: str
    title: str
    base_url: str
    identifier_kinds: tuple[str, ...]
    pause: float
    request_path: Callable[[str, Sequence[str]], str]
    parse: ResponseParser
    batch_size: int = 1
    fallback_for: str = ""
    contact_parameters: Callable[[Contact], Mapping[str, str]] = _no_parameters


class FetchRecords(Protocol):
    """Asks a service for what stands at a path behind its base, to be read by `read`.

    The records are none where the service has nothing there. Raises `FailedError`.
    """

    def __call__(
        self, service: Service, path: str, read: ResponseParser
    ) -> list[ServiceRecord]: ...
