"""The client limits its rate, caches valid responses, and retries after temporary errors."""

import contextlib
import gzip
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from helpers.services import Reply, Services
from paper_atlas import Entry
from paper_atlas.enrich.client import Client
from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.response import InvalidResponseError
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact, DayLimitError, ServiceError
from paper_atlas.enrich.services.crossref import CROSSREF_SEARCH, search_path
from paper_atlas.web.cache import DAY
from paper_atlas.web.fetch import LIMITS, Limits

DOI = "10.1109/TMI.2018.2845918"
OTHER_DOI = "10.1038/s41592-020-01008-z"
PAGE = Reply(200, b"<!DOCTYPE html><title>Maintenance</title>", {"Content-Type": "text/html"})


@dataclass
class Clock:
    """A clock that advances only in `sleep`. The random part of delays is `random_fraction`."""

    time: float = 1_000_000_000.0
    waits: list[float] = field(default_factory=list)
    random_fraction: float = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.random_fraction


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the client and of its libraries."""
    clock = Clock()
    monkeypatch.setattr("time.time", clock.now)
    monkeypatch.setattr("time.sleep", clock.sleep)
    monkeypatch.setattr("random.uniform", clock.uniform)
    return clock


MakeClient = Callable[..., Client]


@pytest.fixture
def make(tmp_path: Path, services: Services, clock: Clock) -> Iterator[MakeClient]:  # noqa: ARG001
    clients: list[Client] = []

    def client(limits: Limits = LIMITS, email: str = "", key: str = "") -> Client:
        bases = {name: f"{services.address}/{name}" for name in SERVICES}
        clients.append(Client(tmp_path / "cache", Contact(email, key), bases, limits))
        return clients[-1]

    yield client
    for made in clients:
        made.close()


def ask(client: Client, service: str = "crossref", *values: str) -> list[ServiceRecord]:
    asked = SERVICES[service]
    return client.fetch_records(
        asked, asked.request_path(asked.identifier_kinds[0], values or (DOI,))
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
    clock.random_fraction = 1
    ask(make(), "crossref", OTHER_DOI)
    assert clock.waits[3:] == [1.25, 2.25]


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
    message: str, services: Services, make: MakeClient
) -> None:
    services.overrides["works"] = [TEMPORARY_ERRORS[message]] * 4
    assert failure(make()) == message
    assert len(services.requests) == 4
    assert len(ask(make())) == 1
    assert len(services.requests) == 5


def test_timeout_is_retried(services: Services, make: MakeClient) -> None:
    services.overrides["works"] = [Reply(is_slow=True)] * 4
    assert failure(make(Limits(silence=0.02))) == "no response in time"
    assert len(ask(make())) == 1


def test_whole_request_has_a_time_limit(services: Services, make: MakeClient) -> None:
    services.overrides["works"] = [Reply(is_slow=True)] * 4
    assert failure(make(Limits(seconds=0.02))) == "no response in time"
    assert len(ask(make())) == 1


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


def test_only_the_last_modified_date_is_sent_without_an_etag(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    """The service has changed nothing, and says so without a validator."""
    changed = "Sat, 08 Sep 2001 01:46:40 GMT"
    body = services.true_reply(f"/crossref/works/{DOI}").body
    services.overrides["works"] = [Reply(200, body, {"Last-Modified": changed}), Reply(304)]
    first = ask(make())
    clock.time += DAY
    assert ask(make()) == ask(make()) == first
    assert services.request_headers[1]["If-Modified-Since"] == changed
    assert "If-None-Match" not in services.request_headers[1]
    assert len(services.requests) == 2


def test_headers_of_the_service_do_not_change_how_long_a_response_is_fresh(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    body = services.true_reply(f"/crossref/works/{DOI}").body
    headers = {"Cache-Control": "no-store, max-age=0", "Vary": "*", "Date": "never", "Age": "9"}
    services.overrides["works"] = [Reply(200, body, headers)]
    first = ask(make())
    clock.time += DAY - 1
    assert (ask(make()), len(services.requests)) == (first, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET data = X'FF'",
        "UPDATE streams SET chunk_data = X'3C68746D6C3E'",  # an HTML page
        "UPDATE streams SET chunk_data = substr(chunk_data, 1, 99)",
        "DELETE FROM streams",
        "DROP TABLE streams",
        "DROP TABLE entries",
        "ALTER TABLE entries ADD COLUMN other",  # a version of the library that does not exist yet
    ],
)
def test_damaged_entry_of_the_cache_is_ignored(
    sql: str, tmp_path: Path, services: Services, make: MakeClient
) -> None:
    first = ask(make())
    with contextlib.closing(sqlite3.connect(tmp_path / "cache" / "responses.sqlite")) as cache:
        cache.execute(sql)
        cache.commit()
    assert ask(make()) == first
    assert len(services.requests) == 2
    if "streams SET" in sql or "DELETE" in sql:
        ask(make())
        assert ask(make()) == first
        assert len(services.requests) <= 3


def start_process(cache: Path, services: Services, *dois: str) -> "subprocess.Popen[str]":
    """Start a process that looks DOIs up, without a pause. It has the logging of the command."""
    code = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "from paper_atlas.enrich.client import Client\n"
        "from paper_atlas.enrich.services import SERVICES\n"
        "from paper_atlas.enrich.services.base import Contact\n"
        "crossref = replace(SERVICES['crossref'], pause=0)\n"
        "client = Client(Path(sys.argv[1]), Contact(), {'crossref': sys.argv[2]})\n"
        "for doi in sys.argv[3:]:\n"
        "    (record,) = client.fetch_records(crossref, crossref.request_path('doi', [doi]))\n"
        "    assert record.links['doi'].casefold() == doi.casefold()\n"
        "client.close()\n"
    )
    arguments = (str(cache), f"{services.address}/crossref", *dois)
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff" * 9999, b"SQLite format 3\0" * 999])
def test_damaged_cache_file_is_ignored(content: bytes, tmp_path: Path, services: Services) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "responses.sqlite").write_bytes(content)
    assert start_process(tmp_path / "cache", services, DOI).communicate()[1] == ""
    assert len(services.requests) == 1


def test_cached_response_that_is_invalid_is_not_kept(services: Services, make: MakeClient) -> None:
    """A later version of a parser may accept less. Then the response is requested again."""

    def reject(_: bytes) -> list[ServiceRecord]:
        raise InvalidResponseError("x")

    crossref = SERVICES["crossref"]
    path = crossref.request_path("doi", [DOI])
    ask(make())
    with pytest.raises(ServiceError):
        make().fetch_records(replace(crossref, parse=reject), path)
    assert len(services.requests) == 4  # one of the four attempts used the cache
    ask(make())
    ask(make())
    assert len(services.requests) == 5


def test_cache_that_cannot_be_written_is_ignored(tmp_path: Path, services: Services) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert start_process(tmp_path / "cache", services, DOI, DOI).communicate()[1] == ""
    assert len(services.requests) == 2


@pytest.mark.parametrize(
    ("service", "value"),
    [("crossref", "10.1000/1"), ("pubmed", "1"), ("arxiv", "2101.00001"), ("openalex", "10.1/a")],
)
def test_nothing_found_is_not_cached(
    service: str, value: str, services: Services, make: MakeClient
) -> None:
    """Some services answer with the status 404, others with an empty list."""
    assert ask(make(), service, value) == ask(make(), service, value) == []
    assert len(services.requests) == 2


def test_several_processes_share_a_cache(
    tmp_path: Path, papers: dict[str, Entry], services: Services
) -> None:
    """Three commands request the same 20 papers at the same time, and a fourth one later."""
    dois = [entry.links.doi for entry in papers.values() if entry.links.doi][:20]
    running = [start_process(tmp_path / "cache", services, *dois) for _ in range(3)]
    assert [process.communicate()[1] for process in running] == [""] * 3
    services.requests.clear()
    assert start_process(tmp_path / "cache", services, *dois).communicate()[1] == ""
    assert services.requests == []


def test_requests_wait_for_the_pause_of_the_service(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    client = make()
    for number in range(3):
        ask(client, "arxiv", f"170{number}.07330")
    assert clock.waits == [3, 3]
    ask(client)
    services.overrides["works"] = [Reply(404, headers=limit_of(2)), Reply(404, headers=limit_of(9))]
    for number in range(3):
        ask(client, "crossref", f"10.1000/{number}")
    assert clock.waits[2:] == [pytest.approx(0.2), 0.5, pytest.approx(0.2)]


def limit_of(requests: int) -> dict[str, str]:
    """Return the headers of Crossref that allow so many requests in a second."""
    return {"x-rate-limit-limit": str(requests), "x-rate-limit-interval": "1s"}


def test_searches_start_at_one_a_second_and_follow_the_stated_limit(
    services: Services, clock: Clock, make: MakeClient
) -> None:
    client = make()

    def search(title: str) -> None:
        client.fetch_records(CROSSREF_SEARCH, search_path(title, "", 5))

    for title in ("one", "two"):
        search(title)
    services.overrides["rows"] = [Reply(404, headers=limit_of(count)) for count in (4, 50)]
    for title in ("three", "four", "five"):
        search(title)
    assert clock.waits == [1, 1, 0.25, pytest.approx(0.2)]
    ask(client)
    ask(client, "crossref", OTHER_DOI)
    assert clock.waits[4:] == [pytest.approx(0.2)]


@pytest.mark.parametrize("is_writable", [True, False], ids=["cache", "no cache"])
def test_arxiv_gets_no_request_after_its_status_429_on_that_day(
    is_writable: bool, tmp_path: Path, services: Services, clock: Clock, make: MakeClient
) -> None:
    """A cached answer is still used, and other services are requested. A later run waits too."""
    if not is_writable:
        (tmp_path / "cache").write_text("a file, not a folder")
    client = make()
    ask(client, "arxiv", "1709.07330")
    services.overrides["/arxiv"] = [Reply(429, headers={"Retry-After": "5"})]
    for number in range(2):
        with pytest.raises(DayLimitError, match="no more requests today"):
            ask(client, "arxiv", f"180{number}.00001")
    assert len(services.requests) == 2
    ask(client)
    if is_writable:
        assert len(ask(make(), "arxiv", "1709.07330")) == 1
        with pytest.raises(DayLimitError):
            ask(make(), "arxiv", "1801.00001")
        assert len(services.requests) == 3
    clock.time += DAY
    assert ask(make(), "arxiv", "1801.00001") == []


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
    client.close()
    cached = b"".join(it.read_bytes() for it in (tmp_path / "cache").iterdir())
    assert b"29994201" in cached
    assert b"secret" not in cached
    assert b"curator" not in cached
