"""The HTML of papers: cards, rows, and the bodies of their pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from paper_atlas import Library, load
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import Cards, PaperBody, Rows
from paper_atlas.site.html.renderer import Renderer

# An element, an attribute and a character reference.
HARM = """<x-harm/a='"'>&lt"""
ATTRIBUTES = {
    *("aria-hidden", "aria-label", "class", "href", "id", "role", "scope", "tabindex", "title"),
    *("data-copied", "data-name", "hidden", "type"),
    *("data-kind", "data-pa", "data-paper", "data-retracted", "data-term", "data-view"),
    *("data-year", "xlink:href"),
}
FACTS = {
    "title": f"Title {HARM}",
    "alternative_titles": [f"Other {HARM}", f"Third {HARM}"],
    "authors": [f"Author {name} {HARM}" for name in "ABCDE"],
    "year": 2020,
    "venue": f"Venue {HARM}",
    "volume": f"Volume {HARM}",
    "issue": f"Issue {HARM}",
    "pages": f"Pages {HARM}",
    "links": {
        "doi": f"10.1000/{HARM.replace(chr(34), '')}",
        "url": f"https://e.org/url/{HARM}",
        "code": f"https://e.org/code/{HARM}",
        f"Label {HARM}": f"https://e.org/label/{HARM}",
    },
    "erratum": f"https://e.org/erratum/{HARM}",
    "organs": ["Liver", "Lung"],
    "kinds": [f"Kind {HARM}"],
    "extends": ["other"],
    "results": [
        {
            "dataset": f"Data set {HARM}",
            "split": f"Split {HARM}",
            "target": f"Target {HARM}",
            "metric": f"Metric {HARM}",
            "value": 0.5,
            "stated": f"Table {HARM}",
        },
        {"dataset": "D", "metric": "M", "value": 1, "stated": f"https://stated.org{HARM}/"},
    ],
    "summary": f"Summary {HARM}",
    "added": "2024-03-31",
}
VOCABULARY = {
    "facets": {
        "organs": {
            "title": f"Organs {HARM}",
            "pages": True,
            "terms": [
                {"title": f"{name} {HARM}", "id": name.lower()} for name in ("Liver", "Lung")
            ],
        },
        "kinds": {"title": f"Kinds {HARM}", "open": True},
    }
}


def harmful(folder: Path, unverified: list[str]) -> Library:
    """Return a paper with HTML syntax in every field, one that it extends, and a related one."""
    other = {"title": f"Other paper {HARM}", "organs": ["Lung"], "kinds": FACTS["kinds"],
             "links": {"doi": "10.1000/1"}}  # fmt: skip
    notice = f"10.1000/retracted/{HARM.replace(chr(34), '')}"
    related = {**other, "links": {"doi": "10.1000/2"}, "title": f"Related {HARM}",
               "retracted": notice}  # fmt: skip
    papers = {"harm": {**FACTS, "unverified": unverified}, "other": other, "related": related}
    for name, data in {**papers, "vocabulary": VOCABULARY}.items():
        (folder / f"{name}.yml").write_text(json.dumps(data), encoding="utf-8")
    library = load(folder, folder)
    assert sorted(library.entries_by_id) == ["harm", "other", "related"], library.problems
    return library


def parts(library: Library) -> dict[str, BeautifulSoup]:
    """Return the card, the row and the body of the page of the harmful paper."""
    renderer = Renderer(
        library,
        Addresses(),
        edit_url=lambda path: f"https://e.org/edit/{path}/{HARM}",
        mentions={"harm": [(f"Page {HARM}", "page/")]},
    )
    entry = library.entries_by_id["harm"].model_copy(update={"path": f"entries/{HARM}.yml"})
    neighbours = RelatedPapers(library).for_entry(library.entries_by_id["harm"])
    blocks = {
        "card": Cards([library.entries_by_id["harm"]]),
        "line": Rows([entry]),
        "page": PaperBody(entry, neighbours),
    }
    links = renderer.links_from("../")
    made = {name: renderer.html(block, links) for name, block in blocks.items()}
    return {name: BeautifulSoup(text, "html.parser") for name, text in made.items()}


def shown(soup: BeautifulSoup) -> str:
    """Return every text and every value of an attribute."""
    values = [str(value) for tag in soup.find_all(True) for value in tag.attrs.values()]
    return "\n".join([soup.get_text(), *values])


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from ([key] if HARM in key else [])
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif HARM in str(value):
        yield str(value)


@pytest.fixture(params=["confirmed", "unverified"])
def harmed(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, BeautifulSoup]:
    links = [*FACTS["links"]] if request.param == "unverified" else []  # type: ignore[misc]
    facts = [it for it in FACTS if it != "links"] if links else []
    return parts(harmful(tmp_path, [*facts, *links]))


@pytest.mark.parametrize("part", ["card", "line", "page"])
def test_no_text_of_an_entry_is_interpreted_as_html(
    harmed: dict[str, BeautifulSoup], part: str
) -> None:
    soup = harmed[part]
    assert soup.select("x-harm") == []
    assert {name for tag in soup.find_all(True) for name in tag.attrs} <= ATTRIBUTES
    assert "&lt" in shown(soup)
    assert "&amp" not in shown(soup)
    assert not any(sign in shown(soup) for sign in "\x1d\x1e\x1f")


def test_every_fact_is_shown_unchanged(harmed: dict[str, BeautifulSoup]) -> None:
    found = shown(harmed["page"])
    hidden = {FACTS["erratum"]} if "Not yet checked" in found else set()
    expected = {*texts(FACTS)} - hidden
    assert sorted(it for it in expected if it not in found) == []
    assert f"Other paper {HARM}" in found
    assert f"https://e.org/edit/entries/{HARM}.yml/{HARM}" in found
    assert f"Page {HARM}" in found
    assert f"Related {HARM}" in found
    assert f"Same kinds {HARM}: Kind {HARM}" in found


def test_a_card_shows_titles_names_and_terms_unchanged(harmed: dict[str, BeautifulSoup]) -> None:
    found = shown(harmed["card"])
    for text in (f"Title {HARM}", f"Author A {HARM}", f"Venue {HARM}", f"Kind {HARM}"):
        assert text in found
    assert f"Organs {HARM}" in found
