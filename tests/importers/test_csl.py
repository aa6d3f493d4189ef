"""Importer for CSL-JSON."""

import json

from helpers.drafts import read_text


def test_items_of_zotero_and_crossref() -> None:
    items = [
        {"id": "http://zotero.org/1", "type": "article", "title": "<i>In vivo</i> T<sub>2</sub>",
         "number": "arXiv:1505.04597", "issued": {"date-parts": [["2015", 5, 18]]},
         "author": [{"family": "Laak", "given": "J.", "non-dropping-particle": "van der"},
                    {"literal": "The Liver Consortium"}], "abstract": "x", "PMID": 123},
        {"title": ["A title"], "container-title": ["MICCAI"], "issued": {"raw": "2015"},
         "event": "A meeting", "DOI": "10.1000/1", "URL": "http://dx.doi.org/10.1000/1"},
    ]  # fmt: skip
    text = json.dumps([*items, "x"], indent=1)
    assert text.split("\n")[28] == " {"
    draft_list = read_text("csl", text)
    assert [draft.fields for draft in draft_list.drafts] == [
        {"title": "In vivo T2", "year": "2015", "authors": ["J. van der Laak",
         "The Liver Consortium"], "links": {"arxiv": "1505.04597", "pmid": "123"}},
        {"title": "A title", "venue": "MICCAI", "year": "2015", "links": {"doi": "10.1000/1"}},
    ]  # fmt: skip
    assert [draft.line for draft in draft_list.drafts] == [2, 29]
    assert [str(problem) for problem in draft_list.problems] == [
        "list:1:1: wrong-type: expected an object for each paper",
        "list:2:1: not-taken: 'abstract' cannot be stored in an entry",
        "list:2:1: not-taken: 'issued' is shortened to its year",
        "list:29:1: not-taken: 'event' cannot be stored in an entry",
    ]


def test_entities_and_extra_of_zotero() -> None:
    item = {"title": "A &amp; <span class='x'>B</span>", "note": "PMID: 12\nDOI: 10.1000/1",
            "issued": {"literal": "c2019"}, "URL": "HTTPS://e.org/a b"}  # fmt: skip
    draft_list = read_text("csl", json.dumps([item]))
    assert [draft.fields for draft in draft_list.drafts] == [
        {
            "title": "A & B",
            "year": "2019",
            "links": {"pmid": "12", "doi": "10.1000/1", "url": "https://e.org/a%20b"},
        }
    ]
    assert (draft_list.problems, draft_list.record_count) == ((), 1)
