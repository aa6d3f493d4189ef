"""Drafts of records: text with markup, years, notes, and titles of retracted papers."""

from collections.abc import Iterable

import pytest
from paper_atlas.importers.record import FieldValue, build_draft, note_values, venue_values


@pytest.mark.parametrize(
    ("text", "year", "has_remark"),
    [
        ("2020", "2020", False),
        ("2014//", "2014", False),
        ("c2019", "2019", False),
        ("{2020}", "2020", False),
        ("2020 (to appear)", "2020", True),
        ("18 Nov 2015", "2015", True),
        ("1983/84", "1983", True),
        ("1727", "1727", False),
        ("2019-2020", "2019", True),
        ("1963/1966", "1963", True),
        ("1961\u20131967", "1961", True),
        ("1964--1967", "1964", True),
        ("2019-12-30/2020-01-02", "2019", True),
        ("2020/2019", "2020/2019", False),
        ("2015 or 2016", "2015 or 2016", False),
        ("1998, 2004", "1998, 2004", False),
        ("in press", "in press", False),
        ("20201118", "20201118", False),
    ],
)
def test_years(text: str, year: str | None, has_remark: bool) -> None:
    draft, not_taken = build_draft(1, [FieldValue("year", 1, "year", text)])
    assert (draft.fields.get("year"), bool(not_taken)) == (year, has_remark)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A &amp;lt;i&amp;gt;B&amp;lt;/i&amp;gt;", "A B"),
        ("H<sub>2</sub>O &amp; <jats:italic>x</jats:italic>", "H2O & x"),
        ("p &lt; 0.05, a <b", "p < 0.05, a <b"),
        ("seg\u00admen\u2060tation\u200b of  cells", "segmentation of cells"),
    ],
)
def test_texts_are_plain(text: str, plain: str) -> None:
    values = [FieldValue(key, 1, key, text) for key in ("title", "venue", "keywords")]
    draft, _ = build_draft(1, [*values, FieldValue("x", 1, "organs", [text])])
    assert draft.fields == {"title": plain, "venue": plain, "organs": [plain]}
    assert draft.keywords == (plain,)


@pytest.mark.parametrize(
    ("title", "is_noted"),
    [
        ("RETRACTED: A trial", True),
        ("[Retracted] A trial", True),
        ("WITHDRAWN: A trial", True),
        ("RETRACTED ARTICLE: A trial", True),
        ("Retracted papers in medicine", False),
        ("Retraction notice to: A trial", False),
    ],
)
def test_titles_of_retracted_papers(title: str, is_noted: bool) -> None:
    draft, not_taken = build_draft(1, [FieldValue("title", 1, "title", title)])
    assert draft.fields["title"] == title
    assert [value.code for value in not_taken] == ["retracted-title"] * is_noted


@pytest.mark.parametrize(
    ("note", "links"),
    [
        ("PMID: 12\nPMCID: PMC3\nDOI: 10.1000/1",
         {"pmid": "12", "pmcid": "PMC3", "doi": "10.1000/1"}),
        ("arXiv: 2001.00001 [cs.CV]", {"arxiv": "2001.00001"}),
        ("Available at https://e.org/a_b.", {"url": "https://e.org/a_b"}),
        ("<https://e.org/a>", {"url": "https://e.org/a"}),
        ("https://doi.org/10.1000/1", {"doi": "10.1000/1"}),
        ("Code: https://github.com/a/b; Video: https://e.org/v",
         {"code": "https://github.com/a/b", "Video": "https://e.org/v"}),
        ("Website: https://e.org/p", {"project": "https://e.org/p"}),
    ],
)  # fmt: skip
def test_links_in_notes(note: str, links: dict[str, str]) -> None:
    draft, not_taken = build_draft(1, note_values("note", 1, note))
    assert (draft.links, not_taken) == (links, [])


@pytest.mark.parametrize(
    "note",
    [
        "Oral presentation",
        "See https://e.org for the long version",
        "Erratum: https://doi.org/10.1000/2 (2019)",
        "Data at https://doi.org/10.5281/1",
        "license: http://creativecommons.org/licenses/by/4.0/",
        "PMID: none",
    ],
)
def test_other_notes_are_reported(note: str) -> None:
    _, not_taken = build_draft(1, note_values("note", 7, note))
    assert not_taken == [FieldValue("note", 7)]


@pytest.mark.parametrize(
    "venue",
    [
        "arXiv preprint arXiv:2001.00001",
        "arXiv preprint 2001.00001",
        "ArXiv e-prints, abs/2001.00001",
        "arXiv:2001.00001 [cs.CV]",
    ],
)
def test_the_number_of_arxiv_in_a_venue(venue: str) -> None:
    draft, _ = build_draft(1, venue_values("journal", 1, venue))
    assert (draft.fields["venue"], draft.links) == (venue, {"arxiv": "2001.00001"})


@pytest.mark.parametrize(
    ("text", "venue", "links"),
    [
        ("https://e.org/a. Date Accessed: August 20, 2018.", None, {"url": "https://e.org/a"}),
        ("< https://e.org/a>", None, {"url": "https://e.org/a"}),
        ("Talks (http://www. e.org/a b)", "Talks (http://www. e.org/a b)", {}),
        ("Blog post, https://e.org/a", "Blog post", {"url": "https://e.org/a"}),
        ("math.AG/0710.2488", "math.AG/0710.2488", {"arxiv": "0710.2488"}),
        ("math/0309136", "math/0309136", {"arxiv": "math/0309136"}),
        ("Journal of A/B tests", "Journal of A/B tests", {}),
    ],
)
def test_links_in_venues(text: str, venue: str | None, links: dict[str, str]) -> None:
    draft, _ = build_draft(1, venue_values("howpublished", 1, text))
    assert (draft.fields.get("venue"), draft.links) == (venue, links)


def test_a_short_doi_is_only_used_without_another_link() -> None:
    values = [
        FieldValue("DOI", 1, "doi", "10/gbhhv3"),
        FieldValue("URL", 2, "url", "https://e.org"),
    ]
    assert build_draft(1, values)[0].links == {"url": "https://e.org"}
    assert build_draft(1, values[:1])[0].links == {"url": "https://doi.org/gbhhv3"}


def test_the_url_of_a_note_is_used_without_another_one() -> None:
    note = list(note_values("note", 1, "https://web.archive.org/web/2021/https://e.org"))
    draft, not_taken = build_draft(1, [*note, FieldValue("URL", 2, "url", "https://e.org")])
    assert draft.links == {"url": "https://e.org"}
    assert not_taken == [FieldValue("note", 1)]


def test_a_date_without_a_year_does_not_replace_the_year() -> None:
    values = [FieldValue("DA", 1, "year", "SEP"), FieldValue("PY", 2, "year", "2018")]
    draft, not_taken = build_draft(1, values)
    assert draft.fields == {"year": "2018"}
    assert [value.name for value in not_taken] == ["DA"]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (FieldValue("TI", 3, "title", "a" * 2001), "'TI' has 2001 characters, more than 2000"),
        (FieldValue("UR", 3, "url", "a" * 4001), "'UR' has 4001 characters, more than 4000"),
        (FieldValue("notes", 3, "notes", "a" * 10_001), "'notes' has 10001 characters"),
        (FieldValue("key", 3, "id", "a" * 400), "'key' has 400 characters, more than 200"),
    ],
    ids=lambda value: value.key if isinstance(value, FieldValue) else "",
)
def test_a_long_field_is_reported_and_the_others_stay(field: FieldValue, message: str) -> None:
    draft, (report,) = build_draft(2, [field, FieldValue("VL", 4, "volume", "37")])
    assert draft.fields == {"volume": "37"}
    assert (report.code, report.line) == ("long-text", 3)
    assert report.message.startswith(message)


@pytest.mark.parametrize(
    ("key", "most", "values"),
    [
        ("keywords", 500, (f"word {number}" for number in range(502))),
        ("url", 100, (f"https://e.org/{number}" for number in range(102))),
    ],
    ids=["keywords", "links"],
)
def test_too_many_values_are_reported_once(key: str, most: int, values: Iterable[str]) -> None:
    draft, not_taken = build_draft(1, [FieldValue("X", 1, key, value) for value in values])
    assert len(draft.keywords) + len(draft.links) == most
    assert [(field.code, f"more than {most} times" in field.message) for field in not_taken] == [
        ("too-many", True)
    ]


def test_a_long_part_of_a_note_is_reported() -> None:
    values = list(note_values("note", 1, f"Code: https://e.org/1; {'a' * 4001}"))
    assert [value.key for value in values] == ["code", ""]
    assert values[1].code == "long-text"


def test_a_long_venue_is_reported() -> None:
    assert [value.code for value in venue_values("T2", 1, "a" * 4001)] == ["long-text"]
