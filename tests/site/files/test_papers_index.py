"""The records of papers that the script loads."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT
from helpers.small import library
from paper_atlas import load
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.files import papers_index
from paper_atlas.site.files.papers_index import PART_SIZE, PapersIndex
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods:
    title: Methods
    terms:
      - Unused
      - {title: Net, aliases: [Network]}
      - {title: Small net, parents: [Net]}
      - {title: Tiny, parents: [Small net]}
"""
MAX_PART = 300_000  # bytes with gzip


def index(folder: Path, *texts: str, **options: Any) -> dict[str, Any]:
    """The files of papers `p0`, `p1` … by path."""
    papers = {f"p{number}": text for number, text in enumerate(texts)}
    found = PapersIndex(library(folder, papers, FACETS), Addresses(**options), ENGLISH)
    files = {path: json.loads(text) for path, text in found.files()}
    assert sorted(files) == sorted(found.paths)
    return files


def records(folder: Path, *texts: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = index(folder, *texts)["papers/list-1.json"]["papers"]
    return found


def test_a_record_has_no_empty_values(tmp_path: Path) -> None:
    assert records(tmp_path, "title: 'A: B'") == [
        {"id": "p0", "title": "A: B", "terms": {"organs": [0], "has": [3]}, "ids": ["10.1000/p0"]}
    ]


def test_a_record_has_everything_that_the_script_searches_and_sorts(tmp_path: Path) -> None:
    texts = [
        "title: 'A: C'\nalternative_titles: [B]\nauthors: ['Lovelace, Ada']\nvenue: V\nyear: 2020\n"
        "added: 2024-03-31\nmethods: [Tiny, Net]\n"
        "links: {doi: 10.1000/1, arxiv: '1709.07330', code: 'https://github.com/owner/name'}",
        "title: Other\nextends: [p0]",
    ]
    record = records(tmp_path, *texts)[0]
    assert record == {
        "id": "p0",
        "title": "A: C",
        "also": ["B"],
        "authors": ["Ada Lovelace"],
        "year": 2020,
        "venue": "V",
        "terms": {"organs": [0], "methods": [3, 1], "has": [0, 2, 3]},
        "added": "2024-03-31",
        "extended": 1,
        "ids": ["10.1000/1", "1709.07330", "owner/name"],
    }


@pytest.mark.parametrize(
    ("title", "short"),
    [("U-Net: A network", None), ("Segment anything", "Lovelace 2020")],
    ids=["is the start of the title", "is made"],
)
def test_a_short_name_is_left_out_if_the_title_gives_it(
    tmp_path: Path, title: str, short: str | None
) -> None:
    text = f"title: {json.dumps(title)}\nauthors: ['Lovelace, Ada']\nyear: 2020"
    assert records(tmp_path, text)[0].get("short") == short


def test_a_record_has_no_feature_and_identifier_of_an_unverified_link(tmp_path: Path) -> None:
    links = "links: {doi: 10.1000/1, code: 'https://e.org/owner/name'}"
    found = index(tmp_path, f"{links}\nunverified: [code]")
    titles = [name for name, *_ in found["papers/list.json"]["facets"]["has"]["terms"]]
    (record,) = found["papers/list-1.json"]["papers"]
    assert [titles[number] for number in record["terms"]["has"]] == ["doi"]
    assert record["ids"] == ["10.1000/1"]


def test_terms_have_their_aliases_and_the_numbers_of_all_broader_terms(tmp_path: Path) -> None:
    found = index(tmp_path, "methods: [Tiny]")
    terms = found["papers/list.json"]["facets"]["methods"]["terms"]
    assert terms == [
        ["unused", "Unused", [], []],
        ["net", "Net", ["Network"], []],
        ["small-net", "Small net", [], [1]],
        ["tiny", "Tiny", [], [2, 1]],
    ]
    (record,) = found["papers/list-1.json"]["papers"]
    assert record["terms"]["methods"] == [3]


def test_the_numbers_of_records_name_the_terms_of_their_papers() -> None:
    atlas = load(ROOT / "entries", ROOT)
    files = dict(PapersIndex(atlas, Addresses(), ENGLISH).files())
    manifest = json.loads(files.pop("papers/list.json"))
    found = [record for text in files.values() for record in json.loads(text)["papers"]]
    assert [record["id"] for record in found] == [entry.id for entry in atlas.entries]
    assert manifest["count"] == len(atlas.entries)
    for record, entry in zip(found, atlas.entries, strict=True):
        for name, terms in entry.terms.items():
            numbers = record["terms"].get(name, [])
            ids = [manifest["facets"][name]["terms"][number][0] for number in numbers]
            assert ids == [term.id for term in terms]


@pytest.mark.parametrize(
    ("directory_urls", "paper", "first", "further"),
    [
        (True, "papers/{id}/", "papers/", "papers/page/{number}/"),
        (False, "papers/{id}.html", "papers/index.html", "papers/page/{number}.html"),
    ],
)
def test_addresses_have_placeholders(
    tmp_path: Path, directory_urls: bool, paper: str, first: str, further: str
) -> None:
    manifest = index(tmp_path, directory_urls=directory_urls)["papers/list.json"]
    assert manifest["paper"] == paper
    assert manifest["pages"] == {"first": first, "next": further, "size": 100}


def test_parts_are_in_the_order_of_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_index, "PART_SIZE", 2)
    found = index(tmp_path, "year: 2018", "year: 2020", "", "year: 2019", "year: 2020")
    parts = found["papers/list.json"]["parts"]
    assert [part["file"].partition("?")[0] for part in parts] == [
        f"papers/list-{number}.json" for number in (1, 2, 3)
    ]
    assert [(part["count"], part["newest"], part["oldest"]) for part in parts] == [
        (2, 2020, 2020), (2, 2019, 2018), (1, None, None),
    ]  # fmt: skip
    ids = [[one["id"] for one in found[f"papers/list-{n}.json"]["papers"]] for n in (1, 2, 3)]
    assert ids == [["p1", "p4"], ["p3", "p0"], ["p2"]]


def test_the_address_of_a_part_changes_with_its_content_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_index, "PART_SIZE", 1)
    papers = ["year: 2020", "year: 2019"]

    def addresses(*texts: str) -> list[str]:
        parts = index(tmp_path, *texts)["papers/list.json"]["parts"]
        return [part["file"] for part in parts]

    one, other = addresses(*papers)
    assert re.fullmatch(r"papers/list-1\.json\?[0-9a-f]{8}", one)
    assert addresses(*papers) == [one, other]
    changed, same = addresses("year: 2020\nvenue: V", papers[1])
    assert (changed == one, same == other) == (False, True)


def test_an_atlas_without_papers_has_no_parts(tmp_path: Path) -> None:
    found = index(tmp_path)
    assert [*found] == ["papers/list.json"]
    assert found["papers/list.json"]["parts"] == []


def test_a_part_of_papers_like_those_of_this_atlas_is_small() -> None:
    """Repeated records compress better than others, so the record of each paper is changed."""
    found = PapersIndex(load(ROOT / "entries", ROOT), Addresses(), ENGLISH)
    (text,) = (text for path, text in found.files() if path.endswith("-1.json"))
    count = len(json.loads(text)["papers"])
    assert len(gzip.compress(text.encode())) * PART_SIZE / count < MAX_PART
