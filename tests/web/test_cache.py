"""Responses on disk: only what this program wrote is read, and only sound headers are kept."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from paper_atlas.web.cache import DAY, ResponseCache
from paper_atlas.web.fetch import FetchError, WebResponse

URL = "https://example.org/a"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ResponseCache]:
    cache = ResponseCache(tmp_path)
    yield cache
    cache.close()


class Server:
    """Answers with a response, and keeps the headers of the requests."""

    def __init__(self, *responses: WebResponse) -> None:
        self.responses, self.requests = list(responses), []

    def fetch(self, url: str, headers: Mapping[str, str]) -> WebResponse:
        assert url == URL
        self.requests.append(dict(headers))
        return self.responses.pop(0)


def test_response_is_read_from_the_file(cache: ResponseCache) -> None:
    server = Server(WebResponse(200, {"etag": '"1"'}, b"body"))
    assert [cache.get(URL, server.fetch).body for _ in range(3)] == [b"body"] * 3
    assert server.requests == [{}]
    cache.remove(URL)
    with pytest.raises(IndexError):
        cache.get(URL, server.fetch)


@pytest.mark.parametrize("error", [FetchError("x"), KeyError("x"), RuntimeError("x")])
def test_error_of_the_request_is_raised(error: Exception, cache: ResponseCache) -> None:
    def fail(*_: object) -> WebResponse:
        raise error

    with pytest.raises(type(error)) as raised:
        cache.get(URL, fail)
    assert raised.value is error


def test_changed_body_is_fetched_again(cache: ResponseCache, tmp_path: Path) -> None:
    """Also one that was changed to what could be a response."""
    sound = WebResponse(200, {}, b'{"volume": 17}')
    server = Server(sound, sound, sound)
    assert cache.get(URL, server.fetch).body == sound.body
    with closing(sqlite3.connect(tmp_path / "responses.sqlite")) as file:
        file.execute("UPDATE streams SET chunk_data = ?", (b'{"volume": 71}',))
        file.commit()
    assert cache.get(URL, server.fetch).body == sound.body
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("tag", "is_kept"),
    [('"v1"', True), ('W/"1"', True), ("", False), ("a" * 513, False), ("é", False),
     ("\x9b", False), ('"a\x7f"', False)],
)  # fmt: skip
def test_only_a_sound_tag_is_sent_again(
    tag: str, is_kept: bool, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    later = WebResponse(304, {}, b"") if is_kept else WebResponse(200, {}, b"body")
    server = Server(WebResponse(200, {"etag": tag, "last-modified": "never"}, b"body"), later)
    cache.get(URL, server.fetch)
    now += DAY + 1
    assert cache.get(URL, server.fetch).body == b"body"
    assert server.requests[1:] == [{"If-None-Match": tag} if is_kept else {}]


@pytest.mark.parametrize("status", [404, 410])
def test_missing_record_is_not_kept(status: int, cache: ResponseCache) -> None:
    server = Server(WebResponse(status, {}, b""), WebResponse(status, {}, b""))
    assert [cache.get(URL, server.fetch).status for _ in range(2)] == [status] * 2


def test_unasked_answer_of_no_change_is_passed_on(cache: ResponseCache) -> None:
    server = Server(WebResponse(304, {}, b""), WebResponse(304, {}, b""))
    assert cache.get(URL, server.fetch).status == 304


Break = Callable[[Path], object]


@pytest.mark.parametrize(
    "spoil",
    [lambda file: file.write_bytes(b"\xff" * 9_999), lambda file: file.mkdir(),
     lambda file: file.symlink_to("/dev/full"), lambda file: file.write_bytes(b"")],
)  # fmt: skip
def test_file_that_cannot_be_used_is_ignored(spoil: Break, tmp_path: Path) -> None:
    spoil(tmp_path / "responses.sqlite")
    cache = ResponseCache(tmp_path)
    server = Server(*[WebResponse(200, {}, b"body")] * 2)
    assert cache.get(URL, server.fetch).body == b"body"
    assert len(server.requests) == 1
    cache.close()
