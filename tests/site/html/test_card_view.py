"""What a card shows, and the HTML of its template."""

import re
from pathlib import Path

import pytest
from helpers.small import library
from markupsafe import escape
from paper_atlas import Entry, Library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.card_view import CardView, card_view, numbered_facets
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.translation import ENGLISH

WORDS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung, Heart, Brain]}
  modalities: {title: Modalities, terms: [CT, MRI, PET, US]}
  methods: {title: Methods, singular: Method, open: true}
  targets: {title: Targets, terms: [Liver, Lesion]}
  datasets: {title: Data sets, open: true}
  dimensions: {title: Dimensions, terms: [2D, 3D]}
  seventh: {title: Seventh, open: true}
"""
PAPER = "paper"


def small(folder: Path, text: str = "", **others: str) -> Library:
    return library(folder, {PAPER: text, **others}, WORDS)


def view(folder: Path, text: str = "", **others: str) -> CardView:
    atlas = small(folder, text, **others)
    return card_view(atlas.entries_by_id[PAPER], atlas, ENGLISH, escape)


def html(atlas: Library, entry: Entry) -> str:
    renderer = Renderer(atlas, Addresses())
    return str(renderer.card(entry, renderer.links_from("../")))


@pytest.mark.parametrize(
    ("authors", "shown", "more"),
    [
        ("", "", 0),
        ("A One", "A One", 0),
        ("A One, B Two, C Three", "A One, B Two, C Three", 0),
        ("A One, B Two, C Three, D Four", "A One, B Two, C Three", 1),
        ("A One, B Two, C Three, D Four, E Five, F Six", "A One, B Two, C Three", 3),
    ],
)
def test_at_most_three_authors(tmp_path: Path, authors: str, shown: str, more: int) -> None:
    found = view(tmp_path, f"authors: [{authors}]" if authors else "")
    assert (found.authors, found.more_authors) == (shown, more)


@pytest.mark.parametrize(
    ("text", "expected", "more"),
    [
        pytest.param("organs: [Lung]", {"organs": "Lung"}, 0, id="one"),
        pytest.param(
            "methods: [A]\nmodalities: [CT]\norgans: [Lung]",
            {"organs": "Lung", "modalities": "CT", "methods": "A"},
            0,
            id="in the order of the vocabulary",
        ),
        pytest.param(
            "organs: [Lung]\nmethods: [A, B, C, D, E]",
            {"organs": "Lung", "methods": "A B C"},
            2,
            id="at most three of a facet",
        ),
        pytest.param(
            "organs: [Lung, Heart, Brain]\nmodalities: [CT, MRI]\n"
            "methods: [A, B]\ntargets: [Lesion]",
            {"organs": "Lung Heart Brain", "modalities": "CT MRI", "methods": "A"},
            2,
            id="at most six together",
        ),
        pytest.param(
            "organs: [Liver]\ntargets: [Liver, Lesion]",
            {"organs": "Liver", "targets": "Lesion"},
            0,
            id="no target that is an organ of the paper",
        ),
        pytest.param(
            "organs: [Lung]\ntargets: [Liver]",
            {"organs": "Lung", "targets": "Liver"},
            0,
            id="a target that is another organ",
        ),
    ],
)
def test_tags(tmp_path: Path, text: str, expected: dict[str, str], more: int) -> None:
    found = view(tmp_path, text)
    tags = {group.facet: " ".join(term.title for term in group.terms) for group in found.tags}
    assert (tags, found.more_tags) == (expected, more)


def test_the_kind_is_the_position_of_the_facet_up_to_six(tmp_path: Path) -> None:
    words = small(tmp_path).vocabulary
    kinds = [kind for kind, _, _ in numbered_facets(words)]
    assert kinds == [1, 2, 3, 4, 5, 6, 6]


def test_facets_from_the_sixth_on_have_no_tags(tmp_path: Path) -> None:
    found = view(tmp_path, "organs: [Lung]\ndatasets: [D]\ndimensions: [2D]\nseventh: [X]")
    assert [group.facet for group in found.tags] == ["organs", "datasets"]
    assert found.more_tags == 0


def test_the_title_of_a_facet_is_singular_if_it_has_one(tmp_path: Path) -> None:
    found = view(tmp_path, "organs: [Lung]\nmethods: [A, B]")
    assert [group.title for group in found.tags] == ["Organs", "Method"]


@pytest.mark.parametrize(
    ("links", "titles"),
    [
        pytest.param("doi: 10.1000/1", ["DOI"], id="DOI"),
        pytest.param(
            "doi: 10.1000/1, arxiv: '2001.00001', pmid: '12345678', pmcid: PMC1234567",
            ["DOI", "arXiv", "PubMed", "PMC"],
            id="identifiers",
        ),
        pytest.param(
            "pdf: https://a.org/p.pdf, code: https://a.org/c, data: https://a.org/d,"
            " project: https://a.org/",
            ["PDF", "Code", "Data", "Project"],
            id="URLs",
        ),
        pytest.param("url: https://a.org/1", ["Publisher"], id="the publisher"),
        pytest.param("doi: 10.1000/1, url: https://a.org/1", ["DOI"], id="the DOI leads there"),
        pytest.param("IEEE: https://ieee.org/1", ["Publisher"], id="a label of the curator"),
        pytest.param(
            "IEEE: https://ieee.org/1, Springer: https://springer.com/1", ["Publisher"], id="once"
        ),
        pytest.param("Second copy: https://arxiv.org/abs/2001.1", [], id="no second arXiv"),
        pytest.param("scholar: https://scholar.google.com/scholar?q=a", [], id="no search"),
    ],
)
def test_links(tmp_path: Path, links: str, titles: list[str]) -> None:
    found = view(tmp_path, f"links: {{{links}}}")
    assert [link.title for link in found.links] == titles


@pytest.mark.parametrize("kind", ["url", "IEEE"])
def test_a_link_has_an_icon_and_the_address(kind: str, tmp_path: Path) -> None:
    links = f"links: {{code: 'https://e.org/c', {kind}: 'https://e.org/1'}}"
    assert view(tmp_path, links).links == (
        ("code", "Code", "https://e.org/c"),
        ("link", "Publisher", "https://e.org/1"),
    )


def test_links_that_are_not_confirmed_are_not_shown(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: https://a.org/c}"
    assert [link.title for link in view(tmp_path, f"{text}\nunverified: [code]").links] == ["DOI"]
    assert not view(tmp_path, f"{text}\nunverified: [links]").links


@pytest.mark.parametrize(
    ("text", "kind", "url"),
    [
        ("", None, None),
        ("unverified: [year]\nyear: 2020", None, None),
        ("unverified: [organs]", "unchecked", ""),
        ("unverified: [organs]\nvenue: arXiv preprint", "preprint", ""),
        ("erratum: 10.1000/2\nvenue: arXiv", "corrected", "https://doi.org/10.1000/2"),
        ("erratum: 10.1000/2\nretracted: 10.1000/3", "retracted", "https://doi.org/10.1000/3"),
        ("retracted: 10.1000/3\nunverified: [retracted]", "retracted", ""),
    ],
)
def test_one_mark_by_priority(tmp_path: Path, text: str, kind: str | None, url: str | None) -> None:
    mark = view(tmp_path, text).mark
    assert (mark and mark.kind, mark and mark.url) == (kind, url)


def test_relations_have_short_names(tmp_path: Path) -> None:
    others = {f"p{n}": f"title: 'Net{n}: about images'" for n in range(4)}
    found = view(tmp_path, "extends: [p0, p1, p2]", **others, child=f"extends: [{PAPER}]")
    assert [name for _, name in found.extends] == ["Net0", "Net1"]
    assert (found.more_extends, found.extended_by) == (1, 1)


FULL = """\
title: 'A <b> & "c"'
authors: [A One, B Two, C Three, D Four]
venue: Journal of <i>
year: 2020
organs: [Lung, Heart]
methods: [A, B, C, D]
links: {doi: 10.1000/1, code: "https://a.org/?a=1&b=2"}
results: [{dataset: X, metric: Dice, value: 0.9}]
extends: [other]
"""


def test_the_html_of_a_card(tmp_path: Path) -> None:
    atlas = small(tmp_path, FULL, other="title: 'Net: x'", child=f"extends: [{PAPER}]")
    card = html(atlas, atlas.entries_by_id[PAPER])
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", card)).strip()
    assert text == (
        "A &lt;b&gt; &amp; &#34;c&#34;A One, B Two, C Three and 1 more Journal of &lt;i&gt; 2020 "
        "Organs Lung Heart Method A B C +1 more "
        "DOI Code Cite 1 result Extends Net Extended by 1"
    )
    for part in (
        '<article class="paper" id="paper" data-year="2020">',
        '<span class="Z3988" title="ctx_ver=',
        '<h3><a href="../papers/paper/">',
        'data-kind="3"',
        '<a class="pa-tag" data-term="methods/a" href="../methods/a/">A</a>',
        'href="https://a.org/?a=1&amp;b=2"',
        'xlink:href="../assets/paper-icons.svg#code"',
        'href="../papers/paper/#cite"',
        'href="../papers/paper/#results"',
        '<a href="../papers/other/">Net</a>',
    ):
        assert part in card, part


def test_a_card_without_facts_has_no_empty_parts(tmp_path: Path) -> None:
    atlas = small(tmp_path, "unverified: [links]")
    card = html(atlas, atlas.entries[0])
    assert 'class="by"' not in card
    assert not re.search(r"<(\w+)[^>]*></\1>", card.replace("</span>\n<div", "<div", 1)), card


def test_a_retracted_paper_is_marked(tmp_path: Path) -> None:
    atlas = small(tmp_path, "retracted: 10.1000/3")
    card = html(atlas, atlas.entries[0])
    assert " data-retracted>" in card
    assert '<a class="pa-mark retracted" href="https://doi.org/10.1000/3">Retracted</a>' in card


def test_a_card_is_short(tmp_path: Path) -> None:
    """A site repeats each card several times."""
    atlas = small(tmp_path, FULL, other="title: 'Net: x'")
    card = html(atlas, atlas.entries_by_id[PAPER])
    assert len(re.sub('<span class="Z3988".*?</span>', "", card)) < 1900
