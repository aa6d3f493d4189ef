"""The description of a web service: how to request records, and how to parse its responses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from paper_atlas.enrich.record import ServiceRecord

ResponseParser = Callable[[bytes], list[ServiceRecord]]
"""Parses the body of a response. Raises `InvalidResponseError`."""


class ServiceError(Exception):
    """A service gave no usable response. The message gives the reason, without the service."""


class DayLimitError(ServiceError):
    """A service allows no more requests today."""

    def __init__(self) -> None:
        super().__init__("it allows no more requests today (status 429)")


@dataclass(frozen=True)
class Contact:
    """The data about the user for services: an email address, and an API key of OpenAlex."""

    email: str = ""
    openalex_key: str = ""


def _no_parameters(_: Contact) -> dict[str, str]:
    return {}


def _any_identifier(_kind: str, _value: str) -> bool:
    return True


_LONGEST_PATH = 3800  # servers accept request lines of at least 4096 characters


@dataclass(frozen=True)
class Service:
    """A service on the web.

    Attributes:
        name: The name in options.
        title: The name in messages.
        base_url: The URL before every request path.
        identifier_kinds: The kinds of identifiers that it can look up, the preferred one first.
        pause: Seconds between two requests, or more if responses state a lower limit.
        request_path: Returns the path of a request, for a kind and its identifiers.
        parse: Parses the response to such a request.
        batch_size: How many identifiers one request may have.
        can_share: Returns whether a request for an identifier may have others too, for its kind and
            the identifier.
        fallback_for: The name of a preferred service. This one looks up only papers that the
            preferred one does not know.
        contact_parameters: Returns the query parameters that name the contact.
        first_pause: Seconds between two requests as long as no response states a limit, if that is
            more than `pause`.
        has_day_limit: True if the status 429 means that no more requests are allowed today.
    """

    name: str
    title: str
    base_url: str
    identifier_kinds: tuple[str, ...]
    pause: float
    request_path: Callable[[str, Sequence[str]], str]
    parse: ResponseParser
    batch_size: int = 1
    can_share: Callable[[str, str], bool] = _any_identifier
    fallback_for: str = ""
    contact_parameters: Callable[[Contact], Mapping[str, str]] = _no_parameters
    first_pause: float = 0.0
    has_day_limit: bool = False

    def batches(self, kind: str, values: Iterable[str]) -> Iterator[list[str]]:
        """Yield the identifiers of each request, in as few requests as possible."""
        batch: list[str] = []
        for value in values:
            if not self.can_share(kind, value):
                yield [value]
                continue
            longer = [*batch, value]
            if batch and not self._fits(kind, longer):
                yield batch
                longer = [value]
            batch = longer
        if batch:
            yield batch

    def _fits(self, kind: str, values: Sequence[str]) -> bool:
        is_short = len(self.request_path(kind, values)) <= _LONGEST_PATH
        return len(values) <= self.batch_size and is_short


class FetchRecords(Protocol):
    """Requests a path below the base URL of a service, and parses the response.

    Returns no records if the service does not find anything. Raises `ServiceError`.
    """

    def __call__(self, service: Service, path: str) -> list[ServiceRecord]: ...
