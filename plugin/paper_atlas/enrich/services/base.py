"""The description of a web service: how to request records, and how to parse its responses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from paper_atlas.enrich.record import ServiceRecord

ResponseParser = Callable[[bytes], list[ServiceRecord]]
"""Parses the body of a response. Raises `InvalidResponseError`."""


class ServiceError(Exception):
    """A service gave no usable response. The message gives the reason, without the service."""


@dataclass(frozen=True)
class Contact:
    """The data about the user for services: an email address, and an API key of OpenAlex."""

    email: str = ""
    openalex_key: str = ""


def _no_parameters(_: Contact) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Service:
    """A service on the web.

    Attributes:
        name: The name in options.
        title: The name in messages.
        base_url: The URL before every request path.
        identifier_kinds: The kinds of identifiers that it can look up, the preferred one first.
        pause: Seconds between two requests.
        request_path: Returns the path of a request, for a kind and its identifiers.
        parse: Parses the response to such a request.
        batch_size: How many identifiers one request may have.
        fallback_for: The name of a preferred service. This one looks up only papers that the
            preferred one does not know.
        contact_parameters: Returns the query parameters that name the contact.
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
    """Requests a path below the base URL of a service, and parses the response.

    Returns no records if the service does not find anything. Raises `ServiceError`.
    """

    def __call__(
        self, service: Service, path: str, parse: ResponseParser
    ) -> list[ServiceRecord]: ...
