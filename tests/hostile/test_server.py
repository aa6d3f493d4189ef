"""A server on the web answers with anything: there is a response or an error of one line, in time.

The server runs on this machine. Nothing leaves it.
"""

import gzip
import itertools
import json
import random
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest
from helpers.hostile_server import HostileServer, Parts, hostile_server, reply
from helpers.torture import amount
from paper_atlas.web.fetch import FetchError, Limits, Web, WebResponse

SIZE = 1 << 20
PATIENT = Limits(seconds=60, silence=60, size=SIZE, redirects=3)
"""For answers that end by themselves. Their errors do not depend on the speed of the machine."""
HURRIED = Limits(seconds=0.15, silence=60, size=SIZE, redirects=3)
"""For answers that never end."""

DIGITS = "9" * 5_000
TOO_LARGE = "the response is larger than 1 MiB"
TOO_SLOW = "no response in time"
LOST = "connection lost"
DAMAGED = "the compressed response is damaged"
ENCODED = "the response is encoded in a way that was not requested"
TO_NO_PAGE = "a redirect to something else than a web page"
TO_PRIVATE = "a redirect into a private network"
NO_URL = "a redirect without a valid URL"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileServer]:
    monkeypatch.setenv("NO_PROXY", "*")
    with hostile_server() as running:
        yield running


@cache
def web_within(limits: Limits) -> Web:
    """Return connections for several tests, because each new one reads all certificates."""
    return Web(limits)


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    for limits in (PATIENT, HURRIED):
        web_within(limits).close()
    web_within.cache_clear()


def answer(server: HostileServer, limits: Limits = PATIENT, path: str = "/") -> WebResponse | str:
    """Fetch from the server once. Return the response, or the message of the error."""
    try:
        return web_within(limits).fetch(server.address + path)
    except FetchError as error:
        message = str(error)
        assert message.isprintable()
        assert len(message) < 100
        return message


@cache
def zeros(megabytes: int, *, twice: bool = False) -> bytes:
    """Return compressed zeros without their end, compressed again if `twice`."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    head, block = (pack.compress(bytes(1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    once = head + block * (megabytes - 1)
    return gzip.compress(once) if twice else once


def to(location: str, status: str = "302 Found") -> bytes:
    return reply(f"Location: {location}", status=status)


def packed(body: bytes, encoding: str = "gzip") -> bytes:
    return reply(f"Content-Encoding: {encoding}", body=body)


REDIRECTS = {
    "data": (to("data:application/json,{}"), TO_NO_PAGE),
    "file": (to("file:///etc/passwd"), TO_NO_PAGE),
    "javascript": (to("javascript:alert(1)"), TO_NO_PAGE),
    "ftp": (to("ftp://127.0.0.1/"), TO_NO_PAGE),
    "no-host": (to("http:///x"), "too many redirects"),  # the same host
    "open-bracket": (to("http://[::1"), NO_URL),
    "port": (to("http://example.org:99999/"), NO_URL),
    "control": (to("http://example.org/\x01"), NO_URL),
    "long": (to("http://example.org/" + "a" * 70_000), NO_URL),
    "loopback": (to("http://127.0.0.2/"), TO_PRIVATE),
    "localhost": (to("http://localhost/"), TO_PRIVATE),
    "cloud": (to("http://169.254.169.254/latest/meta-data/"), TO_PRIVATE),
    "router": (to("//192.168.0.1/"), TO_PRIVATE),
    "ipv6": (to("http://[::1]/"), TO_PRIVATE),
    "mapped": (to("http://[::ffff:127.0.0.1]/"), TO_PRIVATE),
    "one-number": (to("http://2130706433/"), TO_PRIVATE),
    "hexadecimal": (to("http://0x7f.0.0.1/"), TO_PRIVATE),
    "short": (to("http://127.1/"), TO_PRIVATE),
    "dot": (to("http://127.0.0.1./"), TO_PRIVATE),
    "internal": (to("http://metadata.google.internal/"), TO_PRIVATE),
    "loop": (to("/"), "too many redirects"),
    "permanent": (to("?again", "308 Permanent Redirect"), "too many redirects"),
}


@pytest.mark.parametrize("case", REDIRECTS)
def test_redirect_leads_to_the_public_web_or_nowhere(case: str, server: HostileServer) -> None:
    sent, expected = REDIRECTS[case]
    server.script = lambda *_: iter([sent])
    assert answer(server) == expected
    assert len(server.paths) <= 1 + PATIENT.redirects


def test_redirects_are_counted(server: HostileServer) -> None:
    """Of 1,000 hops with bodies, four are requested, and no body is read."""
    hops = itertools.count()
    server.script = lambda *_: iter([to(f"/{next(hops)}"), bytes(1000)])
    assert answer(server) == "too many redirects"
    assert len(server.paths) == 4


HEADERS = {
    "length-of-5000-digits": (reply(f"Content-Length: {DIGITS}", length=False), LOST),
    "negative-length": (reply("Content-Length: -1", length=False), LOST),
    "length-with-exponent": (reply("Content-Length: 1e9", length=False), LOST),
    "two-lengths": (reply("Content-Length: 5", body=b"{}"), LOST),
    "length-of-a-terabyte": (
        reply("Content-Length: 1099511627776", "X: /close", length=False) + bytes(SIZE + 9),
        TOO_LARGE,
    ),
    "chunk-of-5000-digits": (
        reply("Transfer-Encoding: chunked", length=False) + DIGITS.encode() + b"\r\n{}",
        LOST,
    ),
    "chunk-of-negative-size": (
        reply("Transfer-Encoding: chunked", length=False) + b"-1\r\n{}\r\n0\r\n\r\n",
        LOST,
    ),
    "chunked-twice": (reply("Transfer-Encoding: chunked, chunked", length=False), LOST),
    "transfer-gzip": (reply("Transfer-Encoding: gzip", length=False), LOST),
    "no-colon": (reply("Nothing here"), LOST),
    "space-in-name": (reply("A name : x"), LOST),
    "nul": (reply("X: a\0b"), LOST),
    "longer-than-100-kB": (reply("X: " + "a" * 200_000), LOST),
    "10000-headers": (reply(*(f"X-{number}: {number}" for number in range(10_000))), LOST),
    "version": (b"HTTP/9.9 200 OK\r\n\r\n{}", ""),
    "status-of-5-digits": (reply(status="20000 OK"), LOST),
    "status-of-words": (reply(status="fine"), LOST),
    "another-protocol": (b"220 mail.example.org ESMTP ready\r\n" * 9, LOST),
    "encrypted": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), LOST),
    "nothing": (b"", LOST),
    "line-breaks": (b"\r\n" * 500, LOST),
    "switch": (reply(status="101 Switching Protocols", length=False), LOST),
}
"""Answers and the messages about them. The one without a message is read."""


@pytest.mark.parametrize("case", HEADERS)
def test_headers_of_any_form_give_an_answer(case: str, server: HostileServer) -> None:
    sent, expected = HEADERS[case]
    server.script = lambda *_: iter([sent])
    got = answer(server, path="/close")
    assert isinstance(got, str) == bool(expected), got
    assert not expected or got == expected


HARMLESS = {
    "age": [f"Age: {DIGITS}", f"Cache-Control: max-age={DIGITS}, s-maxage=-{DIGITS}"],
    "cookies": [f"Set-Cookie: a={'b' * 60_000}", "Set-Cookie: " + '"\\;=,' * 3_000],
    "dates": ["Date: never", "Expires: -1", "Last-Modified: Fri, 31 Dec 9999 23:59:59 -2359"],
    "vary": ["Vary: *", "Vary: " + ",".join(map(str, range(5_000)))],
    "escape": ["X: \x7f\x9b31m"],
    "types": ["Content-Type: text/html; charset=utf-99", "Content-Type: application/\xff"],
    "location": ["Location: data:,"],
}


@pytest.mark.parametrize("case", HARMLESS)
def test_headers_that_do_not_matter_are_ignored(case: str, server: HostileServer) -> None:
    server.script = lambda *_: iter([reply(*HARMLESS[case], body=b"{}")])
    got = answer(server)
    assert isinstance(got, WebResponse)
    assert (got.status, got.body) == (200, b"{}")


def test_cookies_are_not_kept(server: HostileServer) -> None:
    server.script = lambda *_: iter([reply("Set-Cookie: id=1; Path=/", body=b"{}")])
    web = web_within(PATIENT)
    web.fetch(server.address)
    assert not list(web._http.cookies.jar)


def test_status_has_the_name_of_the_standard(server: HostileServer) -> None:
    server.script = lambda *_: iter([reply(status="503 \x9b31m::error::")])
    got = answer(server)
    assert isinstance(got, WebResponse)
    assert got.status_text == "503 Service Unavailable"


def dripping(start: bytes, *rest: bytes) -> Callable[[HostileServer], Callable[..., Parts]]:
    """Return a script that sends `start` at once, and then parts with delays for ever."""
    return lambda server: (
        lambda *_: itertools.chain(
            [start], server.drip(itertools.cycle(rest) if rest else iter(()))
        )
    )


STALLING = {
    "dripping-status": dripping(b"HTTP/1.1 200", b" "),
    "dripping-header": dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    "dripping-headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"),
    "dripping-continue": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "flood-of-continue": lambda _: (
        lambda *_: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 99)
    ),
    "dripping-body": dripping(reply("Content-Length: 99999", length=False), b" "),
    "dripping-chunks": dripping(reply("Transfer-Encoding: chunked", length=False), b"1\r\n \r\n"),
    "dripping-gzip": dripping(
        reply("Content-Encoding: gzip", "Content-Length: 99999", length=False)
        + gzip.compress(b"")[:10],
        b"\x00\x00\x00\xff\xff",
    ),
    "dripping-trailer": dripping(
        reply("Transfer-Encoding: chunked", length=False) + b"0\r\n", b"X: a\r\n"
    ),
    "silence": lambda server: lambda *_: server.drip(itertools.repeat(b"")),
    "dripping-redirects": lambda server: lambda *_: server.drip(iter([b"", to("/")] * 30)),
}


@pytest.mark.parametrize("case", STALLING)
def test_whole_request_has_a_deadline(case: str, server: HostileServer) -> None:
    server.script = STALLING[case](server)
    assert answer(server, HURRIED) in (TOO_SLOW, LOST, "too many redirects")


def test_request_after_a_deadline_uses_new_connections(server: HostileServer) -> None:
    server.script = STALLING["dripping-body"](server)
    web = Web(HURRIED)
    with pytest.raises(FetchError, match=TOO_SLOW):
        web.fetch(server.address)
    web._limits = PATIENT
    server.script = lambda *_: iter([reply(body=b"{}")])
    assert web.fetch(server.address).body == b"{}"
    web.close()


BODIES = {
    "endless": (lambda *_: itertools.chain([reply(length=False)], flood_of(b" ")), TOO_LARGE),
    "endless-chunks": (
        lambda *_: itertools.chain(
            [reply("Transfer-Encoding: chunked", length=False)], flood_of(b"400\r\n", b"\r\n")
        ),
        TOO_LARGE,
    ),
    "bomb": (lambda *_: iter([packed(zeros(256))]), TOO_LARGE),
    "doubled-bomb": (lambda *_: iter([packed(zeros(256, twice=True), "gzip, gzip")]), ENCODED),
    "doubled-header": (
        lambda *_: iter(
            [
                reply(
                    "Content-Encoding: gzip",
                    "Content-Encoding: gzip",
                    body=zeros(256, twice=True),
                )
            ]
        ),
        ENCODED,
    ),
    "bomb-in-a-redirect": (
        lambda *_: iter(
            [reply("Location: /", "Content-Encoding: gzip", body=zeros(256), status="302 Found")]
        ),
        "too many redirects",
    ),
    "brotli": (lambda *_: iter([packed(b"\x8b\x00\x80", "br")]), ENCODED),
    "zstd": (lambda *_: iter([packed(b"(\xb5/\xfd", "zstd")]), ENCODED),
    "unknown-encoding": (lambda *_: iter([packed(b"{}", "x" * 9_000)]), ENCODED),
    "not-gzip": (lambda *_: iter([packed(b"{}" * 50)]), DAMAGED),
    "cut-gzip": (lambda *_: iter([packed(gzip.compress(b"{}" * 50)[:-9])]), DAMAGED),
    "gzip-with-a-tail": (lambda *_: iter([packed(gzip.compress(b"{}") + b"tail")]), DAMAGED),
    "empty-gzip": (lambda *_: iter([packed(b"")]), DAMAGED),
}


def flood_of(before: bytes, after: bytes = b"") -> Parts:
    return itertools.repeat(before + b" " * 1024 + after)


@pytest.mark.parametrize("case", BODIES)
def test_body_takes_bounded_memory(case: str, server: HostileServer) -> None:
    """What is kept is a small multiple of the limit, and not 256 MB or more."""
    server.script, expected = BODIES[case]
    tracemalloc.start()
    try:
        assert answer(server, path="/close") == expected
        assert tracemalloc.get_traced_memory()[1] < 8 * SIZE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("body", [b"{}", b"", b"\0\xff", json.dumps("é" * 999).encode()])
def test_sound_body_is_returned_as_it_is(body: bytes, server: HostileServer) -> None:
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    for sent in (
        reply(body=body),
        packed(gzip.compress(body)),
        packed(gzip.compress(body), "X-GZip"),
        packed(body, "identity"),
        reply("Transfer-Encoding: chunked", length=False) + chunks,
    ):
        server.script = lambda *_, sent=sent: iter([sent])
        got = answer(server)
        assert isinstance(got, WebResponse)
        assert got.body == body


def test_connection_that_closes_at_any_byte_gives_an_error(server: HostileServer) -> None:
    whole = reply("Content-Encoding: gzip", body=gzip.compress(b'{"message": {"DOI": "10.1/a"}}'))
    step = amount(sample=9, full=1)
    for end in range(0, len(whole), step):
        server.script = lambda *_, end=end: iter([whole[:end]])
        assert answer(server, path="/close") == LOST, end


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        reply(body=b"{}"),
        b"\x15\x03\x03\x00\x02\x02\x28",
        b"\x16\x03\x03\xff\xff" + bytes(70_000),
    ],
    ids=["nothing", "plain", "alert", "record-of-zeros"],
)
def test_connection_without_encryption_fails(sent: bytes, server: HostileServer) -> None:
    """The handshake of TLS is read as a request line, and answered with anything."""
    server.raw = sent
    address = server.address.replace("http://", "https://")
    with pytest.raises(FetchError, match=r"^connection (failed|lost)$"):
        web_within(PATIENT).fetch(address)


def random_answer(chance: random.Random) -> bytes:
    """Return a response with some bytes changed, inserted, removed, repeated or moved."""
    names = ["Content-Length", "Transfer-Encoding", "Content-Encoding", "Location", "Set-Cookie"]
    values = ["1", "chunked", "gzip", "/", "data:,", DIGITS, "\x9b", "", "a=b", "-1", "http://"]
    headers = [
        f"{chance.choice(names)}: {chance.choice(values)}" for _ in range(chance.randrange(4))
    ]
    status = chance.choice(["200 OK", "301 Moved", "404 No", "429 Busy", "500 Error", "206 Part"])
    body = chance.choice([b"{}", gzip.compress(b"{}"), b"2\r\n{}\r\n0\r\n\r\n", bytes(99)])
    sent = bytearray(reply(*headers, body=body, status=status, length=chance.random() < 0.5))
    for _ in range(chance.randrange(3)):
        start = chance.randrange(len(sent))
        end = start + chance.randrange(1, 9)
        noise = chance.choice([b"", sent[start:end] * 2, chance.randbytes(3), b"\r\n", b"\0"])
        sent[start:end] = noise
    return bytes(sent)


@pytest.mark.parametrize("seed", range(amount(sample=1, full=40)))
def test_random_answers_never_raise_anything_else(seed: int, server: HostileServer) -> None:
    chance = random.Random(seed)
    web = web_within(PATIENT)
    for _ in range(amount(sample=60, full=500)):
        sent = random_answer(chance)
        server.script = lambda *_, sent=sent: iter([sent])
        with suppress(FetchError):
            web.fetch(f"{server.address}/close")
