"""A request follows redirects on the web, keeps the contact to one host, and has limits."""

from collections.abc import Iterator

import httpx
import pytest
from helpers.hostile_server import HostileServer, hostile_server, reply
from paper_atlas.web.fetch import FetchError, Limits, Web, add_parameters


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileServer]:
    """A server that answers for every host, so that no request leaves this machine."""
    with hostile_server() as running:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, running.address)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        yield running


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web(Limits(seconds=60, silence=60, redirects=3))
    yield web
    web.close()


def moves(proxy: HostileServer, *locations: str) -> None:
    """Make the server answer with redirects, and then with a page."""
    answers = [reply(f"Location: {place}", status="302 Found") for place in locations]
    remaining = iter([*answers, reply(body=b"{}")])
    proxy.script = lambda *_: iter([next(remaining)])


def test_another_host_gets_no_contact(proxy: HostileServer, web: Web) -> None:
    moves(proxy, "/there", "http://two.example.org/?x#y", "http://one.example.org/back")
    headers = {"User-Agent": "me@example.org", "X-Contact": "me"}
    assert web.fetch("http://one.example.org/", headers).body == b"{}"
    assert proxy.paths == [
        "http://one.example.org/",
        "http://one.example.org/there",
        "http://two.example.org/?x",
        "http://one.example.org/back",
    ]
    has_contact = [any("me" in value.split(": ")[1] for value in it) for it in proxy.headers]
    assert has_contact == [True, True, False, True]


def test_name_and_password_of_a_redirect_are_not_sent(proxy: HostileServer, web: Web) -> None:
    moves(proxy, "http://user:secret@one.example.org/")
    web.fetch("http://one.example.org/")
    assert not [value for it in proxy.headers for value in it if "authorization" in value.lower()]


@pytest.mark.parametrize("location", ["http://one.example.org/", "http://two.example.org/"])
def test_encrypted_connection_stays_encrypted(
    location: str, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(*_: object, **__: object) -> httpx.Response:
        return httpx.Response(302, headers={"Location": location})

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", move)
    with pytest.raises(FetchError, match="a redirect to an unencrypted connection"):
        web.fetch("https://one.example.org/")


@pytest.mark.parametrize(
    ("status", "text"), [(200, "200 OK"), (404, "404 Not Found"), (299, "299"), (999, "999")]
)
def test_status_has_its_name(
    status: int, text: str, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = httpx.Response(status, stream=httpx.ByteStream(b"{}"))
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: answer)
    response = web.fetch("https://one.example.org/")
    assert (response.status_text, response.is_success) == (text, status < 300)
    assert response.body == (b"{}" if status < 300 else b"")


@pytest.mark.parametrize(
    "error",
    [ValueError("9" * 5_000), OverflowError(), RecursionError(), KeyError("\x1b"), MemoryError()],
)
def test_error_in_a_library_is_one_line(
    error: Exception, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> httpx.Response:
        raise error

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", fail)
    with pytest.raises(FetchError) as raised:
        web.fetch("https://one.example.org/")
    assert str(raised.value) == f"the response cannot be read ({type(error).__name__})"
    assert not raised.value.is_temporary


def test_parameters_are_added_to_a_query() -> None:
    address = add_parameters("https://example.org/a?b=1", {"mailto": "me+x@example.org"})
    assert address == "https://example.org/a?b=1&mailto=me%2Bx%40example.org"
