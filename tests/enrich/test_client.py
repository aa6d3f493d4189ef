"""The client is polite, and patient within limits, with a server that misbehaves."""

import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.services import Reply, Services, serving
from paper_atlas.enrich.client import DAY, CachedResponse, Client, ResponseCache, user_cache_folder
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact, ServiceError
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry

CROSSREF = SERVICES["crossref"]
DOI = "10.1109/TMI.2018.2845918"
PAGE = Reply(200, b"<!DOCTYPE html><title>Maintenance</title>", {"Content-Type": "text/html"})


@dataclass
class Clock:
    """Time that passes only while somebody waits."""

    time: float = 1_000_000_000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(load(ROOT / "entries").entries)


@pytest.fixture
def services(entries: list[Entry], monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(entries) as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()


Make = Callable[..., Client]


@pytest.fixture
def make(tmp_path: Path, services: Services, clock: Clock) -> Iterator[Make]:
    made: list[Client] = []

    def client(
        random_fraction: float = 0, timeout: float = 5, email: str = "", key: str = ""
    ) -> Client:
        bases = {name: f"{services.address}/{name}" for name in SERVICES}
        made.append(
            Client(
                ResponseCache(tmp_path / "cache"), Contact(email, key), bases, now=clock.now,
                sleep=clock.sleep, random_fraction=lambda: random_fraction, timeout=timeout,
            )
        )  # fmt: skip
        return made[-1]

    yield client
    for it in made:
        it.close()


def ask(client: Client, service: str = "crossref", *values: str) -> list[ServiceRecord]:
    found = SERVICES[service]
    return client.fetch_records(
        found, found.request_path(found.identifier_kinds[0], values or (DOI,)), found.parse
    )


def failure(client: Client) -> str:
    with pytest.raises(ServiceError) as raised:
        ask(client)
    return str(raised.value)


def test_it_waits_as_long_as_a_busy_service_asks(
    services: Services, clock: Clock, make: Make
) -> None:
    services.instead[DOI.casefold()] = []
    services.instead["works"] = [Reply(429, headers={"Retry-After": "7"}), Reply(429)]
    assert [it.volume for it in ask(make())] == ["37"]
    assert clock.waits == [7, 2]


def test_a_service_may_name_the_time_when_it_can_be_asked(
    services: Services, clock: Clock, make: Make
) -> None:
    """The clock of the tests starts on Sun, 09 Sep 2001 01:46:40 GMT."""
    later = {"Retry-After": "Sun, 09 Sep 2001 01:47:10 GMT"}
    services.instead["works"] = [
        Reply(503, headers=later),
        Reply(503, headers={"Retry-After": "?"}),
    ]
    ask(make())
    assert clock.waits == [30, 2]


def test_waits_double_and_vary(services: Services, clock: Clock, make: Make) -> None:
    services.instead["works"] = [Reply(503)] * 3
    ask(make())
    assert clock.waits == [1, 2, 4]
    services.instead["works"] = [Reply(503)] * 2
    ask(make(random_fraction=1), "crossref", "10.1038/s41592-020-01008-z")
    assert clock.waits[3:] == [1.25, 2.5]


WRONG = {
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


@pytest.mark.parametrize("words", WRONG)
def test_what_may_pass_is_asked_again_and_then_given_up(
    words: str, services: Services, make: Make, tmp_path: Path
) -> None:
    """Nothing of it is kept, so the next run may find the truth."""
    services.instead["works"] = [WRONG[words]] * 4
    assert failure(make()) == words
    assert len(services.asked) == 4
    assert not (tmp_path / "cache").exists()
    assert len(ask(make())) == 1


def test_a_service_that_is_slow(services: Services, make: Make) -> None:
    services.instead["works"] = [Reply(is_slow=True)] * 4
    assert failure(make(timeout=0.02)) == "no response in time"
    assert len(ask(make())) == 1


def test_a_service_that_takes_too_long_in_all(clock: Clock, make: Make) -> None:
    client = make()
    steps = iter(range(0, 10_000, 60))
    client._now = lambda: clock.time + next(steps)
    assert failure(client) == "no response in time"


def test_what_is_sure_is_not_asked_again(services: Services, clock: Clock, make: Make) -> None:
    hour = {"Retry-After": "3600"}
    services.instead["works"] = [Reply(403), Reply(429, headers=hour), Reply(404), Reply(410)]
    assert failure(make()) == "status 403 Forbidden"
    assert failure(make()) == "status 429 Too Many Requests, retry after 3600 seconds"
    assert (ask(make()), ask(make())) == ([], [])
    assert (len(services.asked), clock.waits) == (4, [])


def test_a_body_that_grows_without_end(services: Services, make: Make) -> None:
    """17 MiB from a few bytes."""
    body = gzip.compress(b" " * (17 << 20))
    services.instead["works"] = [Reply(200, body, {"Content-Encoding": "gzip"})]
    assert failure(make()) == "the response is larger than 16 MiB"


def test_it_follows_where_a_service_has_moved(services: Services, make: Make) -> None:
    there = {"Location": f"{services.address}/crossref/works/10.1038%2Fs41592-020-01008-z"}
    services.instead[f"works/{DOI.replace('/', '%2F')}"] = [Reply(301, headers=there)]
    assert ask(make())[0].links["doi"] == "10.1038/s41592-020-01008-z"


def test_a_way_that_leads_to_a_page_or_nowhere(services: Services, make: Make) -> None:
    page = Reply(302, headers={"Location": f"{services.address}/crossref/login"})
    services.instead = {"works": [page] * 4, "login": [PAGE] * 4}
    assert failure(make()) == "invalid response: expected JSON, found an HTML page"
    services.instead = {"works": [Reply(302, headers={"Location": "works"})] * 100}
    assert failure(make()) == "too many redirects"


def test_a_service_that_cannot_be_reached(services: Services, make: Make) -> None:
    services.address = "http://127.0.0.1:9"
    assert failure(make()) == "connection failed"


def test_an_answer_serves_for_a_day_and_then_if_it_did_not_change(
    services: Services, clock: Clock, make: Make
) -> None:
    services.etag = '"v1"'
    first = ask(make())
    assert (ask(make()), len(services.asked)) == (first, 1)
    clock.time += DAY
    assert ask(make()) == first
    assert services.headers[1]["If-None-Match"] == '"v1"'
    assert (ask(make()), len(services.asked)) == (first, 2)
    clock.time += DAY
    services.etag = '"v2"'
    services.instead["works"] = [Reply(200, b'{"message": {"DOI": "10.1000/182"}}')]
    assert ask(make())[0].links == {"doi": "10.1000/182"}


@pytest.mark.parametrize("rubbish", [b"", b"{}\n", b"\xff", b"[]\n{}", b'{"url": 1}\n'])
def test_a_broken_cache_is_none(
    rubbish: bytes, tmp_path: Path, services: Services, make: Make
) -> None:
    first = ask(make())
    (file,) = (tmp_path / "cache").iterdir()
    head, _, body = file.read_bytes().partition(b"\n")
    for content in (rubbish, head, head + b"\n" + body[:-9], head[:-9] + b"\n" + body):
        file.write_bytes(content)
        assert ask(make()) == first
    assert len(services.asked) == 5


def test_a_cache_that_cannot_be_written(tmp_path: Path, make: Make) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert len(ask(make())) == len(ask(make())) == 1


def test_several_may_share_a_cache(tmp_path: Path) -> None:
    """Whoever reads finds a whole answer, of whichever writer."""
    bodies = [bytes([65 + number]) * 50_000 for number in range(4)]
    ResponseCache(tmp_path).store(CachedResponse("u", bodies[0], 1.0))

    def write(body: bytes) -> None:
        for _ in range(30):
            ResponseCache(tmp_path).store(CachedResponse("u", body, 1.0))

    threads = [threading.Thread(target=write, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        found = ResponseCache(tmp_path).find("u")
        assert found is not None
        assert found.body in bodies
    assert len(list(tmp_path.iterdir())) == 1


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache_folder() == tmp_path / "paper-atlas"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # not allowed, so it does not count
    assert user_cache_folder() == Path.home() / ".cache" / "paper-atlas"


def test_requests_keep_their_distance(services: Services, clock: Clock, make: Make) -> None:
    client = make()
    for number in range(3):
        ask(client, "arxiv", f"170{number}.07330")
    assert clock.waits == [3, 3]
    ask(client)
    limit = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s"}
    services.instead["works"] = [Reply(404, headers=limit)]
    ask(client, "crossref", "10.1000/1")
    ask(client, "crossref", "10.1000/2")
    assert clock.waits[2:] == [pytest.approx(0.2), 0.5]


def test_who_asks(services: Services, tmp_path: Path, make: Make) -> None:
    """An address and a key are told to those who want them, and not kept."""
    client = make(email="curator@example.org", key="secret")
    ask(client)
    ask(client, "datacite")
    ask(client, "pubmed", "29994201")
    ask(client, "openalex")
    paths = [it["path"].partition("?")[2].partition("select")[0] for it in services.headers]
    assert paths == [
        "mailto=curator%40example.org", "mailto=curator%40example.org",
        "db=pubmed&retmode=xml&id=29994201&tool=paper-atlas&email=curator%40example.org", "",
    ]  # fmt: skip
    assert services.headers[-1]["path"].endswith("&api_key=secret")
    assert {it["User-Agent"].partition(" ")[2] for it in services.headers} == {
        "(mailto:curator@example.org)"
    }
    kept = b"".join(it.read_bytes() for it in (tmp_path / "cache").iterdir())
    assert b"29994201" in kept
    assert b"secret" not in kept
    assert b"curator" not in kept
