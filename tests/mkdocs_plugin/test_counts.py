"""A term has one number on every page: that of its papers and those of its narrower terms."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from helpers import ROOT
from helpers.site_of import Site
from paper_atlas import Library, load

LAST_NUMBER = re.compile(r"(\d+)\s*$")
PLACES = {
    "figure": ("index.html", ".pa-figure li > a", "span"),
    "figure, narrower": ("index.html", ".pa-figure small a", ""),
    "home, cards": ("index.html", ".pa-cards a", ".n"),
    "home, bars": ("index.html", ".pa-rank a", "b"),
    "home, table": ("index.html", "#data_sets tbody tr", ".num"),
    "facet column": ("papers/", ".pa-facet[data-facet] li > a", "b"),
    "charts, bars": ("charts/", ".pa-rank a", "b"),
    "charts, rows": ("charts/", ".pa-heat .total a", ""),
    "charts, columns": ("charts/", ".pa-heat thead a", "small"),
}
"""A page, its items that are or have links to terms, and the part with the number, if not all."""
INDEXES = {
    "cards": (".pa-cards a", ".n"),
    "rows": (".pa-table tbody tr", "td.num"),
    "narrower": (".narrower a", "next"),
    "sentence": (".pa-lead a[id]", "next"),
}


def numbers(site: Site, path: str, item: str, part: str) -> Iterator[tuple[str, int]]:
    """Yield the links to lists with the numbers beside them."""
    for tag in site.page(path).select(f"article {item}"):
        link = tag if tag.name == "a" else tag.select_one("a")
        assert isinstance(link, Tag)
        target = urljoin(f"/{path.removesuffix('index.html')}", str(link["href"]))
        if part == "next":
            number = str(tag.next_sibling)
        else:
            counted = tag.select_one(part) if part else tag
            assert isinstance(counted, Tag), (path, tag)
            number = counted.text
        found = re.search(r"\d+", number) if part else LAST_NUMBER.search(number)
        if found or part != "next":
            assert found, (path, tag)
            yield target[1:], int(found[0])


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "entries")


@pytest.fixture(scope="module")
def found(this_site: Site, library: Library) -> Mapping[str, Mapping[str, set[int]]]:
    """The numbers of the pages of terms by where they are."""
    places = dict(PLACES)
    for name in library.vocabulary.facets:
        for kind, (item, part) in INDEXES.items():
            places[f"{name}, {kind}"] = (f"{name}/", item, part)
    by_place: dict[str, dict[str, set[int]]] = {}
    for place, where in places.items():
        by_target: dict[str, set[int]] = defaultdict(set)
        for target, number in numbers(this_site, *where):
            by_target[target].add(number)
        by_place[place] = by_target
    return by_place


def test_all_places_have_numbers(found: Mapping[str, Mapping[str, set[int]]]) -> None:
    empty = {place for place, by_target in found.items() if not by_target}
    assert empty & {*PLACES} == set()


def test_every_number_of_a_term_is_that_of_its_page(
    this_site: Site, library: Library, found: Mapping[str, Mapping[str, set[int]]]
) -> None:
    for name, facet in library.vocabulary.facets.items():
        for term in facet.all_terms:
            target = f"{name}/{term.id}/"
            papers = len(library.papers_within(name, term))
            if not papers:
                continue
            count = this_site.page(target).select_one(".pa-toolbar .count")
            assert isinstance(count, Tag)
            own = int(count.text.split()[0])
            assert own == papers, target
            seen = {place: by[target] for place, by in found.items() if target in by}
            assert set(map(frozenset, seen.values())) == {frozenset({own})}, (target, seen)


def test_every_term_is_on_its_index_and_in_the_facet_column(
    library: Library, found: Mapping[str, Mapping[str, set[int]]]
) -> None:
    for name, facet in library.vocabulary.facets.items():
        used = {
            f"{name}/{term.id}/" for term in facet.all_terms if library.papers_within(name, term)
        }
        assert used <= found["facet column"].keys()
        index = set().union(*(found[f"{name}, {kind}"] for kind in INDEXES))
        below = {f"{name}/{term.id}/" for term in facet.all_terms if facet.broader_terms(term)}
        assert used - below <= index, name
        assert index <= {f"{name}/{term.id}/" for term in facet.all_terms}
