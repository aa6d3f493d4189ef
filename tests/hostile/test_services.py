"""The services answer `enrich` with records of any form: nothing wrong comes into an entry."""

import copy
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from helpers import ROOT
from helpers.enriching import H_DENSEUNET, write_entry
from helpers.services import Reply, Services, running_services
from helpers.small import OPEN_VOCABULARY
from helpers.torture import amount
from paper_atlas import Entry, load
from paper_atlas.cli import main
from paper_atlas.enrich.client import Client
from paper_atlas.enrich.response import InvalidResponseError, parse_json, parse_xml, text_at
from paper_atlas.enrich.services import SERVICES
from paper_atlas.enrich.services.base import Contact, ServiceError
from paper_atlas.web.cache import ResponseCache
from paper_atlas.web.fetch import WebResponse

DOI = "10.1109/TMI.2018.2845918"
PATHS = {
    "crossref": f"/crossref/works/{DOI}",
    "datacite": "/datacite/dois/10.48550/arXiv.1709.07330",
    "pubmed": "/pubmed/efetch.fcgi?id=29994201",
    "arxiv": "/arxiv?id_list=1709.07330",
    "openalex": f"/openalex/works/doi:{DOI}",
}
LARGE_NUMBER = int("9" * 4_000)
HOSTILE_TEXTS = (
    "",
    " ",
    "\x00",
    "\x1b]52;c;cm0=\x07",
    "\x1b[2J",
    "\r\n::error file=a::b\n##[error]c",
    "\u202egnp.exe",
    "\ud800",
    "\ufffe",
    "\U000e0041",
    "a\u2028b: c",
    "&#" + "9" * 5_000 + ";",
    "&#" + "9" * 3_000 + ";",
    "&#27;&#x9b;&#xD800;",
    "<" * 3_000,
    "<a" * 2_000,
    "x" * 100_000,
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "../../etc/passwd",
    "- &a *a !!python/object:os.system",
    "{{ config }} {% raw %}",
    "=cmd|' /C calc'!A0",
    "10.1000/" + "1" * 3_000,
    "https://doi.org/10.1/\x1b[0m",
    "9" * 3_000,
    "١٢٣",
    "²",
    "١٩٩٩-²",
    "-" * 3_000,
    "1–" * 1_500,
    ", " * 2_000,
)
HOSTILE_VALUES: tuple[Any, ...] = (
    *HOSTILE_TEXTS,
    None,
    True,
    0,
    -1,
    1.5,
    2018,
    LARGE_NUMBER,
    [],
    {},
    [[]],
    [{}],
    {"": {"": ""}},
    [None, True, 0, "", [], {}],
    {"date-parts": [[None]]},
    ["a"] * 2_000,
)


@cache
def papers() -> list[Entry]:
    return list(load(ROOT / "entries").entries)


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr("time.sleep", lambda _: None)
    with running_services(papers()) as running:
        yield running


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a value."""
    yield path
    pairs = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, inner in pairs:
        yield from nodes(inner, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return a copy with another value at a path."""
    if not path:
        return new
    changed = copy.deepcopy(value)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = new
    return changed


def changed_json(body: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a body for each value in it and each hostile value, or a sample of them."""
    record = json.loads(body)
    pairs = [(path, new) for path in nodes(record) for new in HOSTILE_VALUES]
    for path, new in chance.sample(pairs, min(len(pairs), amount(sample=150, full=len(pairs)))):
        yield json.dumps(replaced(record, path, new)).encode()


def changed_xml(body: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a body for each element in it: without it, with another text, twice, or inside it."""
    count = len(list(ElementTree.fromstring(body).iter()))
    pairs = [(number, kind) for number in range(count) for kind in range(3 + len(HOSTILE_TEXTS))]
    for number, kind in chance.sample(pairs, min(len(pairs), amount(sample=100, full=len(pairs)))):
        root = ElementTree.fromstring(body)
        element = list(root.iter())[number]
        if kind == 0:
            element.clear()
        elif kind == 1:
            element.append(copy.deepcopy(element))
        elif kind == 2:
            element.tag, element.attrib = "x", {}
        else:
            text = HOSTILE_TEXTS[kind - 3]
            element.text = "".join(
                char for char in text if char >= " " and not "\ud7ff" < char < "\ue000"
            )
        yield ElementTree.tostring(root)


@pytest.mark.parametrize("name", PATHS)
def test_parsers_survive_any_value_at_any_place(name: str, services: Services) -> None:
    body = services.true_reply(PATHS[name]).body
    service = SERVICES[name]
    assert service.parse(body)
    change = changed_xml if name in ("pubmed", "arxiv") else changed_json
    for changed in change(body, random.Random(name)):
        try:
            records = service.parse(changed)
        except InvalidResponseError as error:
            assert_one_line(str(error))
            continue
        for record in records:
            assert_plain(repr(record).replace("\\", ""))


def assert_one_line(text: str) -> None:
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def assert_plain(text: str) -> None:
    assert not set(text) & set("\x00\x07\x1b\x7f\x9b\u202e\ud800\ufffe\n\r\u2028")


NOT_JSON = {
    "nested-lists": b"[" * 200_000,
    "nested-mappings": b'{"a":' * 200_000,
    "closed-nesting": b"[" * 100_000 + b"]" * 100_000,
    "number-of-5000-digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "nan": b'{"message": NaN}',
    "infinity": b'{"message": {"DOI": "10.1000/1", "volume": -Infinity}}',
    "doubled-key": b'{"message": {"DOI": "10.1000/1", "DOI": "10.1000/2"}}',
    "doubled-outer-key": b'{"message": 1, "message": {"DOI": "10.1000/1"}}',
    "latin-1": '{"message": "é"}'.encode("latin-1"),
    "utf-16-cut": '{"message": "é"}'.encode("utf-16")[:-1],
    "nul": b'{"message": "\x00"}',
    "only-nul": bytes(100),
    "byte-order-mark": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "two-values": b"{}{}",
    "comment": b"{} // x",
    "html": b"  <!DOCTYPE HTML><p>",
    "html-in-capitals": b"<HTML>",
    "empty": b" \n",
    "many-lists": b"[" + b"[]," * 600_000 + b"[]]",
    "many-mappings": b"[" + b"{}," * 600_000 + b"{}]",
    "many-commas": b"[" + b"0," * 1_100_000 + b"0]",
}


@pytest.mark.parametrize("case", NOT_JSON)
def test_other_text_than_json_is_invalid(case: str) -> None:
    with pytest.raises(InvalidResponseError, match=r"^expected JSON, found "):
        parse_json(NOT_JSON[case])


ENTITIES = '<!DOCTYPE a [<!ENTITY b "{}">]><a>&b;</a>'
NOT_XML = {
    "entities": ENTITIES.encode(),
    "entities-in-utf-16": ENTITIES.encode("utf-16"),
    "entities-in-utf-16-named": f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}'.encode(
        "utf-16"
    ),
    "entities-in-ebcdic": b'<?xml version="1.0" encoding="cp037"?>' + ENTITIES.encode("cp037"),
    "entities-in-utf-7": b'<?xml version="1.0" encoding="utf-7"?>' + ENTITIES.encode("utf-7"),
    "external-entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "parameter-entity": b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/"> %b;]><a/>',
    "unknown-entity": b"<a>&b;</a>",
    "latin-1": "<a>é</a>".encode("latin-1"),
    "nul": b"<a>\x00</a>",
    "escape": b"<a>&#27;</a>",
    "surrogate": b"<a>&#xD800;</a>",
    "digits": b"<a>&#" + b"9" * 5_000 + b";</a>",
    "cut": b"<a><b>",
    "two-roots": b"<a/><a/>",
    "many-elements": b"<a>" + b"<b/>" * 1_100_000 + b"</a>",
    "prefix": b"<b:a/>",
    "html": b"<!doctype html><p>",
    "json": b"{}",
    "empty": b"",
}


@pytest.mark.parametrize("case", NOT_XML)
def test_other_text_than_xml_is_invalid(case: str) -> None:
    with pytest.raises(InvalidResponseError, match=r"^expected XML"):
        parse_xml(NOT_XML[case])


def test_deep_elements_are_read() -> None:
    body = b"<PubmedArticleSet>" + b"<PubmedArticle>" * 100_000 + b"</PubmedArticle>" * 100_000
    assert SERVICES["pubmed"].parse(body + b"</PubmedArticleSet>")[0].titles == ("",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U-Net\n for\tliver", "U-Net for liver"),
        ("a\x1b[31mb\x9bc", "a[31mbc"),
        ("\u202ea\u2066b\u2069", "ab"),
        ("a\u2028b\x85c", "a b c"),
        ("\ud800a\udfff", "a"),
        ("شبكة\u200cعصبية", "شبكة\u200cعصبية"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("x" * 4_001, ""),
        (10**4_001, ""),
    ],
)
def test_text_of_a_service_is_plain(text: str | int, expected: str) -> None:
    assert text_at([text], 0) == expected


WaitsOf = Callable[..., tuple[list[float], str]]


@pytest.fixture
def waits_of(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WaitsOf:
    """A function that fetches a record, and returns the delays and the message of the error."""

    def fetch(*replies: Reply) -> tuple[list[float], str]:
        waits: list[float] = []
        monkeypatch.setattr("time.sleep", waits.append)
        services.overrides["works"] = list(replies)
        client = Client(tmp_path, Contact(), {"crossref": f"{services.address}/crossref"})
        try:
            client.fetch_records(SERVICES["crossref"], f"/works/{DOI}")
        except ServiceError as error:
            return waits, str(error)
        finally:
            client.close()
        return waits, ""

    return fetch


IMPOSSIBLE_DELAYS = {
    "negative": "-5",
    "fraction": "1.5",
    "exponent": "1e308",
    "digits": "9" * 5_000,
    "sign": "+5",
    "infinity": "inf",
    "not-a-number": "nan",
    "arabic": "٥",
    "superscript": "²",
    "garbage": "\x9b31m",
    "empty": "",
    "past": "Sun, 09 Sep 1001 01:46:40 GMT",
    "year-0": "Sun, 09 Sep 0000 01:46:40 GMT",
    "year-99999": "Sun, 09 Sep 99999 01:46:40 GMT",
    "day-99": "Sun, 99 Sep 2001 01:46:40 GMT",
    "zone": "Sun, 09 Sep 2001 01:46:40 +99999999999999",
    "naive": "Fri, 31 Dec 9999 23:59:59 -0000x",
    "long": "Sun, " * 9_000,
}


@pytest.mark.parametrize("case", IMPOSSIBLE_DELAYS)
def test_impossible_delay_is_ignored(case: str, waits_of: WaitsOf) -> None:
    headers = {"Retry-After": IMPOSSIBLE_DELAYS[case].encode("utf-8").decode("latin-1")}
    waits, message = waits_of(*[Reply(503, headers=headers)] * 4)
    assert message.partition(", retry")[0] == "status 503 Service Unavailable"
    assert all(wait < 5 for wait in waits)


@pytest.mark.parametrize("delay", ["999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_long_delay_is_not_waited_for(delay: str, waits_of: WaitsOf) -> None:
    waits, message = waits_of(Reply(429, headers={"Retry-After": delay}))
    assert (waits, message) == ([], "status 429 Too Many Requests, retry after more than a day")


@pytest.mark.parametrize(
    ("limit", "interval"),
    [("1", "999999999s"), ("9" * 5_000, "1s"), ("1", "9" * 5_000 + "s"), ("²", "1s"), ("0", "0s"),
     ("-1", "-1s"), ("1", "1e9s"), ("", ""), ("50", "\x9b")],
)  # fmt: skip
def test_impossible_rate_never_stops_a_run(limit: str, interval: str, waits_of: WaitsOf) -> None:
    headers = {"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Interval": interval}
    headers = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    waits, _ = waits_of(*[Reply(503, headers=headers)] * 4)
    assert all(wait <= 10 for wait in waits)


BODY = json.dumps({"message": {"DOI": DOI, "volume": "37", "title": ["A title"] * 50}}).encode()


def damage(file: Path, chance: random.Random) -> None:
    """Change bytes of a file, or cut it, or change a value in its tables."""
    if chance.random() < 0.5:
        data = bytearray(file.read_bytes())
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        file.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        return
    column, table = chance.choice(
        [("chunk_data", "streams"), ("chunk_number", "streams"), ("data", "entries"),
         ("id", "entries"), ("expires_at", "entries"), ("chunk_count", "entries"),
         ("last_accessed_at", "entries"), ("ttl_deadline", "entries"), ("cache_key", "entries")]
    )  # fmt: skip
    value: Any = chance.choice([None, -1, 10**18, float("inf"), "", "x", b"", b"\xff" * 9])
    with closing(sqlite3.connect(file)) as cache:
        (old,) = cache.execute(f"SELECT {column} FROM {table}").fetchone()
        if isinstance(old, bytes) and chance.random() < 0.7:
            changed = bytearray(old)
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            value = bytes(changed)
        cache.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
        cache.commit()


@pytest.mark.parametrize("seed", range(amount(sample=25, full=5_000)))
def test_damaged_cache_never_changes_a_response(seed: int, tmp_path: Path) -> None:
    sound = WebResponse(
        200, {"etag": '"1"', "last-modified": "Sun, 09 Sep 2001 01:46:40 GMT"}, BODY
    )

    def read() -> bytes:
        cache = ResponseCache(tmp_path)
        try:
            return cache.get("https://example.org/", lambda *_: sound).body
        finally:
            cache.close()

    assert read() == BODY
    with suppress(sqlite3.Error):  # the table does not take the value
        damage(tmp_path / "responses.sqlite", random.Random(seed))
    assert [read(), read()] == [BODY, BODY]


@pytest.mark.parametrize("seed", range(amount(sample=3, full=300)))
def test_entries_stay_sound_whatever_the_services_answer(
    seed: int,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every value that a person wrote stays, and the entry has no errors."""
    monkeypatch.chdir(tmp_path)
    file = write_entry(H_DENSEUNET)
    Path("entries/vocabulary.yml").write_text(OPEN_VOCABULARY, encoding="utf-8")
    chance = random.Random(seed)
    for name, path in PATHS.items():
        if name in ("crossref", "openalex"):
            body = services.true_reply(path).body
            changed = chance.choice(list(changed_json(body, chance)))
            services.overrides[f"/{name}/"] = [Reply(200, changed)] * 99
    options = ("--base", services.address, "--cache", str(tmp_path / "cache"))
    assert main(["enrich", "--accept", *options]) in (0, 1)
    printed = capsys.readouterr()
    assert_plain((printed.out + printed.err).replace("\n", ""))
    text = file.read_text(encoding="utf-8")
    assert text.startswith(H_DENSEUNET.splitlines()[0])
    library = load(tmp_path / "entries")
    assert library.problems == ()
    (entry,) = library.entries
    assert entry.title.startswith("H-DenseUNet")
    assert entry.links.doi == DOI
