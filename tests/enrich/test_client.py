"""The client limits its rate, caches valid responses, and retries after temporary errors."""

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from helpers.services import Reply, Services
from paper_atlas.enrich.client import DAY, CachedResponse, Client, ResponseCache, user_cache_folder
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact, ServiceError

CROSSREF = SERVICES["crossref"]
DOI = "10.1109/TMI.2018.2845918"
PAGE = Reply(200, b"<!DOCTYPE html><title>Maintenance</title>", {"Content-Type": "text/html"})


@dataclass
class Clock:
    """A clock that advances only in `sleep`."""

    time: float = 1_000_000_000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeClient = Callable[..., Client]


@pytest.fixture
def make(tmp_path: Path, services: Services, clock: Clock) -> Iterator[MakeClient]:
    clients: list[Client] = []

    def client(
        random_fraction: float = 0, timeout: float = 5, email: str = "", key: str = ""
    ) -> Client:
        bases = {name: f"{services.address}/{name}" for name in SERVICES}
        clients.append(
            Client(
                ResponseCache(tmp_path / "cache"), Contact(email, key), bases, now=clock.now,
                sleep=clock.sleep, random_fraction=lambda: random_fraction, timeout=timeout,
            )
        )  # fmt: skip
        return clients[-1]

    yield client
    for made in clients:
        made.close()


def ask(client: Client, service: str = "crossref", *values: str) -> list[ServiceRecord]:
    asked = SERVICES[service]
    return client.fetch_records(
        asked, asked.request_path(asked.identifier_kinds[0], values or (DOI,)), asked.parse
    )


def failure(client: Client) -> str:
    with pytest.raises(ServiceError) as raised:
        ask(client)
    return str(raised.value)


def test_retry_waits_for_the_seconds_in_retry_after(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    services.overrides[DOI.casefold()] = []
    services.overrides["works"] = [Reply(429, headers={"Retry-After": "7"}), Reply(429)]
    assert [it.volume for it in ask(make())] == ["37"]
    assert clock.waits == [7, 2]


def test_retry_waits_until_the_date_in_retry_after(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    """The clock of the tests starts on Sun, 09 Sep 2001 01:46:40 GMT."""
    later = {"Retry-After": "Sun, 09 Sep 2001 01:47:10 GMT"}
    services.overrides["works"] = [
        Reply(503, headers=later),
        Reply(503, headers={"Retry-After": "?"}),
    ]
    ask(make())
    assert clock.waits == [30, 2]


def test_delay_doubles_and_has_a_random_part(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    services.overrides["works"] = [Reply(503)] * 3
    ask(make())
    assert clock.waits == [1, 2, 4]
    services.overrides["works"] = [Reply(503)] * 2
    ask(make(random_fraction=1), "crossref", "10.1038/s41592-020-01008-z")
    assert clock.waits[3:] == [1.25, 2.5]


TEMPORARY_ERRORS = {
    "status 503 Service Unavailable": Reply(503),
    "status 500 Internal Server Error": Reply(500),
    "status 429 Too Many Requests, retry after 9 seconds": Reply(429, headers={"Retry-After": "9"}),
    "connection lost": Reply(200, b'{"message": {"DOI": "10.1"}}', is_cut=True),
    "invalid response: expected JSON, found an HTML page": PAGE,
    "invalid response: expected JSON, found other or incomplete text": Reply(
        200, b'{"message": {"DO'
    ),
    "invalid response: expected JSON, found nothing": Reply(200),
    "invalid response: expected a DOI, found none": Reply(200, b'{"status": "ok"}'),
}


@pytest.mark.parametrize("message", TEMPORARY_ERRORS)
def test_temporary_error_is_retried_three_times_and_not_cached(
    message: str, services: Services, make: MakeClient, tmp_path: Path
) -> None:
    services.overrides["works"] = [TEMPORARY_ERRORS[message]] * 4
    assert failure(make()) == message
    assert len(services.requests) == 4
    assert not (tmp_path / "cache").exists()
    assert len(ask(make())) == 1


def test_timeout_is_retried(services: Services, make: MakeClient) -> None:
    services.overrides["works"] = [Reply(is_slow=True)] * 4
    assert failure(make(timeout=0.02)) == "no response in time"
    assert len(ask(make())) == 1


def test_whole_response_has_a_time_limit(clock: Clock, make: MakeClient) -> None:
    client = make()
    steps = iter(range(0, 10_000, 60))
    client._now = lambda: clock.time + next(steps)
    assert failure(client) == "no response in time"


def test_permanent_error_is_not_retried(services: Services, clock: Clock, make: MakeClient) -> None:
    hour = {"Retry-After": "3600"}
    services.overrides["works"] = [Reply(403), Reply(429, headers=hour), Reply(404), Reply(410)]
    assert failure(make()) == "status 403 Forbidden"
    assert failure(make()) == "status 429 Too Many Requests, retry after 3600 seconds"
    assert (ask(make()), ask(make())) == ([], [])
    assert (len(services.requests), clock.waits) == (4, [])


def test_size_of_the_decompressed_body_is_limited(services: Services, make: MakeClient) -> None:
    """A compressed body of a few bytes expands to 17 MiB."""
    body = gzip.compress(b" " * (17 << 20))
    services.overrides["works"] = [Reply(200, body, {"Content-Encoding": "gzip"})]
    assert failure(make()) == "the response is larger than 16 MiB"


def test_redirect_is_followed(services: Services, make: MakeClient) -> None:
    there = {"Location": f"{services.address}/crossref/works/10.1038%2Fs41592-020-01008-z"}
    services.overrides[f"works/{DOI.replace('/', '%2F')}"] = [Reply(301, headers=there)]
    assert ask(make())[0].links["doi"] == "10.1038/s41592-020-01008-z"


def test_redirect_to_a_page_or_in_a_loop_is_an_error(services: Services, make: MakeClient) -> None:
    page = Reply(302, headers={"Location": f"{services.address}/crossref/login"})
    services.overrides = {"works": [page] * 4, "login": [PAGE] * 4}
    assert failure(make()) == "invalid response: expected JSON, found an HTML page"
    services.overrides = {"works": [Reply(302, headers={"Location": "works"})] * 100}
    assert failure(make()) == "too many redirects"


def test_unreachable_service_is_an_error(services: Services, make: MakeClient) -> None:
    services.address = "http://127.0.0.1:9"
    assert failure(make()) == "connection failed"


def test_response_is_cached_for_a_day_and_then_revalidated(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    services.etag = '"v1"'
    first = ask(make())
    assert (ask(make()), len(services.requests)) == (first, 1)
    clock.time += DAY
    assert ask(make()) == first
    assert services.request_headers[1]["If-None-Match"] == '"v1"'
    assert (ask(make()), len(services.requests)) == (first, 2)
    clock.time += DAY
    services.etag = '"v2"'
    services.overrides["works"] = [Reply(200, b'{"message": {"DOI": "10.1000/182"}}')]
    assert ask(make())[0].links == {"doi": "10.1000/182"}


@pytest.mark.parametrize("damaged", [b"", b"{}\n", b"\xff", b"[]\n{}", b'{"url": 1}\n'])
def test_damaged_cache_file_is_ignored(
    damaged: bytes, tmp_path: Path, services: Services, make: MakeClient
) -> None:
    first = ask(make())
    (file,) = (tmp_path / "cache").iterdir()
    head, _, body = file.read_bytes().partition(b"\n")
    for content in (damaged, head, head + b"\n" + body[:-9], head[:-9] + b"\n" + body):
        file.write_bytes(content)
        assert ask(make()) == first
    assert len(services.requests) == 5


def test_cache_that_cannot_be_written_is_ignored(tmp_path: Path, make: MakeClient) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert len(ask(make())) == len(ask(make())) == 1


def test_threads_can_share_a_cache(tmp_path: Path) -> None:
    """A reader always finds one complete response."""
    bodies = [bytes([65 + number]) * 50_000 for number in range(4)]
    ResponseCache(tmp_path).store(CachedResponse("u", bodies[0], 1.0))

    def write(body: bytes) -> None:
        for _ in range(30):
            ResponseCache(tmp_path).store(CachedResponse("u", body, 1.0))

    threads = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        cached = ResponseCache(tmp_path).find("u")
        assert cached is not None
        assert cached.body in bodies
    assert len(list(tmp_path.iterdir())) == 1


def test_cache_is_in_the_folder_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache_folder() == tmp_path / "paper-atlas"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the specification requires absolute paths
    assert user_cache_folder() == Path.home() / ".cache" / "paper-atlas"


def test_requests_wait_for_the_pause_of_the_service(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    client = make()
    for number in range(3):
        ask(client, "arxiv", f"170{number}.07330")
    assert clock.waits == [3, 3]
    ask(client)
    limit = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"}
    services.overrides["works"] = [Reply(404, headers=limit)]
    ask(client, "crossref", "10.1000/1")
    ask(client, "crossref", "10.1000/2")
    assert clock.waits[2:] == [pytest.approx(0.2), 0.5]


def test_contact_is_sent_and_not_cached(
    services: Services, tmp_path: Path, make: MakeClient
) -> None:
    client = make(email="curator@example.org", key="secret")
    ask(client)
    ask(client, "datacite")
    ask(client, "pubmed", "29994201")
    ask(client, "openalex")
    paths = [it["path"].partition("?")[2].partition("select")[0] for it in services.request_headers]
    assert paths == [
        "mailto=curator%40example.org", "mailto=curator%40example.org",
        "db=pubmed&retmode=xml&id=29994201&tool=paper-atlas&email=curator%40example.org", "",
    ]  # fmt: skip
    assert services.request_headers[-1]["path"].endswith("&api_key=secret")
    assert {it["User-Agent"].partition(" ")[2] for it in services.request_headers} == {
        "(mailto:curator@example.org)"
    }
    cached = b"".join(it.read_bytes() for it in (tmp_path / "cache").iterdir())
    assert b"29994201" in cached
    assert b"secret" not in cached
    assert b"curator" not in cached
