"""The records of papers that the script loads."""

import json
from pathlib import Path
from typing import Any

from helpers.small import library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.files.papers_index import papers_index
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods:
    title: Methods
    terms: [Unused, Net, {title: Small net, parents: [Net]}, {title: Tiny, parents: [Small net]}]
"""


def index(folder: Path, *texts: str) -> Any:
    papers = {f"p{number}": text for number, text in enumerate(texts)}
    return json.loads("".join(papers_index(library(folder, papers, FACETS), Addresses(), ENGLISH)))


def test_a_record_has_no_empty_values(tmp_path: Path) -> None:
    (record,) = index(tmp_path, "title: A")["papers"]
    assert record == {"id": "p0", "title": "A", "terms": {"organs": [0], "has": [1]}}


def test_a_record_has_no_feature_of_an_unverified_link(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: 'https://e.org/'}\nunverified: [code]"
    found = index(tmp_path, text)
    assert [key for key, _ in found["facets"]["has"]["terms"]] == ["code", "doi", "results"]
    assert found["papers"][0]["terms"]["has"] == [1]


def test_terms_have_the_numbers_of_all_broader_terms(tmp_path: Path) -> None:
    found = index(tmp_path, "methods: [Tiny]")
    assert found["facets"]["methods"]["terms"] == [
        ["net", "Net", []],
        ["small-net", "Small net", [0]],
        ["tiny", "Tiny", [1, 0]],
    ]
    assert found["papers"][0]["terms"]["methods"] == [2]


def test_the_address_of_papers_has_a_placeholder_for_the_id(tmp_path: Path) -> None:
    assert index(tmp_path)["paper"] == "papers/{id}/"
