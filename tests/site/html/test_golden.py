"""The whole HTML of papers, lists, charts and pages of an atlas in which every field is set.

Each golden file in `fixtures/html` has one part. To see how a change affects them, run this module
with `PAPER_ATLAS_WRITE_GOLDEN=1` and read the difference.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import FIXTURES
from helpers.golden import compare_with_file
from helpers.small import library
from paper_atlas import Library
from paper_atlas.analysis.leaderboards import leaderboards_by_dataset
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.blocks import Cards, PaperBody, Rows
from paper_atlas.site.html.charts import charts_of
from paper_atlas.site.html.handwritten import finish_page
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Block, Page
from paper_atlas.site.pages.charts import charts_page
from paper_atlas.site.pages.datasets import dataset_page, datasets_page
from paper_atlas.site.pages.facets import facet_page
from paper_atlas.site.pages.home import home_page
from paper_atlas.site.pages.lineage import lineage_page
from paper_atlas.site.pages.tiles import term_index
from paper_atlas.translation import ENGLISH

SITE = SiteInfo("Atlas", "", Addresses())

WORDS = """\
figure: map.svg
facets:
  organs:
    title: Organs
    pages: true
    sections:
      - title: Chest
        terms: [{title: Heart, region: chest}, {title: Lung & pleura, id: lung, region: chest}]
      - {title: Abdomen, terms: [Liver, {title: Liver lobe, parents: [Liver]}]}
    terms: [Skin]
  modalities: {title: Modalities, open: true, terms: [MRI, {title: Cine MRI, parents: [MRI]}, CT]}
  methods: {title: Methods, open: true, terms: [U-Net with very many long words in its title]}
  targets: {title: Targets, open: true}
  datasets: {title: Data sets, open: true, pages: true, terms: [LiTS]}
metrics: [{title: Dice, most: 1}]
"""
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 20 100 50"><g id="chest"><path d="M0 0"/>'
    '</g><g id="liver"><rect width="9" height="9"/></g><g id="none"/></svg>'
)
FACTS = """\
title: "Segmentation of the liver < 2 mm: a study of $L^p$ norms"
alternative_titles: ["Livers & norms", "An older title"]
authors: [Ada Lovelace, "Ramos Lima, Ana", {group: The Liver Group}, Alan Turing, Grace Hopper]
year: 2020
venue: Journal of Livers & Norms
volume: "37"
issue: "2"
pages: 101-110
citation_key: Lovelace2020
links:
  doi: 10.1000/full
  arxiv: "2001.00001"
  pmid: "123"
  pmcid: PMC123
  url: https://e.org/full?a=1&b=2
  pdf: https://e.org/full.pdf
  code: https://e.org/code
  data: https://e.org/data
  project: https://e.org/
  scholar: https://scholar.google.com/scholar?q=livers
  IEEE: https://ieee.org/full
retracted: 10.1000/retraction
erratum: https://e.org/erratum
organs: [Liver, Heart]
modalities: [CT, MRI, Cine MRI, PET]
methods: [U-Net with very many long words in its title]
targets: [Heart, Tumour]
datasets: [LiTS, Own data]
extends: [oldest, old, other]
results:
  - {dataset: LiTS, split: test, target: tumour, metric: Dice, value: 0.9, stated: Table 1}
  - {dataset: Another, metric: "p < x", value: 1.5, stated: "https://www.e.org/page"}
notes: "A *note* on [[old]], with <b>b</b> and a [link](https://e.org/)."
added: 2024-03-31
"""
KEYS = (
    "alternative_titles, authors, year, venue, volume, issue, pages, doi, arxiv, pmid, pmcid, url, "
    "pdf, code, data, project, scholar, IEEE, retracted, erratum, organs, modalities, methods, "
    "targets, datasets, extends, results, notes, added"
)
PAPERS = {
    "full": FACTS,
    "unsure": f"{FACTS.replace('full', 'unsure').replace('Lovelace2', 'Other2')}"
    f"not_same_as: [full]\nunverified: [{KEYS}]\n",
    "bare": "links: {}\norgans: [Skin]\nunverified: [links]",
    "oldest": "title: The oldest paper about lobes\nyear: 2014\norgans: [Liver lobe]\n"
    "authors: [A One]\nmodalities: [Cine MRI]\nmethods: [Atlas]\ndatasets: [LiTS]\n"
    "results: [{dataset: LiTS, split: a <b>, metric: Dice, value: 0.8, stated: 'https://e.org/?a&b'}]",
    "old": "title: 'Net: a network'\nyear: 2016\nextends: [oldest]\n"
    "organs: [Heart, Lung & pleura]\nauthors: [B Two, C Three]\nvenue: arXiv preprint\n"
    "modalities: [CT]\nmethods: [Atlas]\n"
    "results: [{dataset: LiTS, split: A <b>, metric: Dice, value: 0.9}, "
    "{dataset: LiTS, metric: p < x, value: 5, target: a & b}]",
    "other": "title: Another paper whose title is so long that the drawing cannot show all of it\n"
    "extends: [oldest]\nunverified: [organs]\nmethods: [Atlas]\ndatasets: [LiTS]",
    "newest": "title: Newest\nyear: 2021\nextends: [full, old]\nadded: 2024-05-01\n"
    "organs: [Lung & pleura]\nerratum: 10.1000/notice\nunverified: [erratum]\nmodalities: [MRI]\n"
    "results: [{dataset: LiTS, split: a <b>, metric: Dice, value: 0.85}]",
}  # fmt: skip


def atlas(folder: Path) -> Library:
    (folder / "entries").mkdir()
    (folder / "entries" / "map.svg").write_text(FIGURE)
    found = library(folder, PAPERS, WORDS)
    assert len(found.entries) == len(PAPERS), found.problems
    return found


def renderer(found: Library, *, is_edited: bool = True, has_maths: bool = False) -> Renderer:
    return Renderer(
        found,
        Addresses(),
        edit_url=(lambda path: f"https://e.org/edit/{path}?a&b") if is_edited else (lambda _: None),
        mentions={"full": [("A <page>", "own/page/"), ("Home", "")]},
        has_maths=has_maths,
    )


def blocks_html(of: Renderer, *blocks: str | Block) -> str:
    links = of.links_from("../")
    return "\n".join(it if isinstance(it, str) else of.html(it, links) for it in blocks)


def body(name: str, *, is_edited: bool = True) -> Callable[[Library], str]:
    def made(found: Library) -> str:
        paper = found.entries_by_id[name]
        block = PaperBody(paper, RelatedPapers(found).for_entry(paper))
        return blocks_html(renderer(found, is_edited=is_edited), block)

    return made


def cards(found: Library) -> str:
    return blocks_html(renderer(found, has_maths=True), Cards(found.entries))


def page_blocks(make: Callable[[Library], Page]) -> Callable[[Library], str]:
    return lambda found: blocks_html(renderer(found), *make(found).blocks)


def dataset(found: Library) -> str:
    """The page of a term outside of the navigation, with the results on a data set."""
    term = found.vocabulary.facets["datasets"].find_term("LiTS")
    assert term
    page = dataset_page(found, ENGLISH, term, leaderboards_by_dataset(found))
    return renderer(found).page_html(page, "../../")


def listing(*directives: str) -> Callable[[Library], str]:
    """The lists of a handwritten page."""

    def made(found: Library) -> str:
        text = "\n".join(f"<!-- papers: {directive} -->" for directive in directives)
        page = Page("own.md", "Own", "", ())
        html, _, problems = finish_page(renderer(found), found, page, text, "../", "own.md", text)
        return "\n".join([html, *map(str, problems)])

    return made


def own_card(found: Library) -> str:
    of = renderer(found)
    return of.card(found.entries_by_id["full"], of.links_from("../"), ("organs", "heart"))


def charts(found: Library) -> Page:
    return charts_page(found, ENGLISH, charts_of(found, ENGLISH), has_lineage=True)


PARTS: dict[str, Callable[[Library], str]] = {
    "cards": cards,
    "card-on-the-page-of-a-term": own_card,
    "rows": lambda found: blocks_html(renderer(found), Rows(found.entries)),
    "paper": body("full"),
    "paper-unverified": body("unsure"),
    "paper-bare": body("bare", is_edited=False),
    "paper-extended": body("old"),
    "charts": page_blocks(charts),
    "lineage": page_blocks(lambda found: lineage_page(found, ENGLISH)),
    "facet-table": page_blocks(lambda found: facet_page(found, ENGLISH, "modalities")),
    "home": page_blocks(lambda found, *_: home_page(found, ENGLISH, SITE, [])),
    "term-index": lambda found: blocks_html(renderer(found), term_index(found, "organs")),
    "data-set": dataset,
    "data-sets": page_blocks(
        lambda found: datasets_page(found, ENGLISH, leaderboards_by_dataset(found))
    ),
    "page-of-blocks": lambda found: renderer(found).page_html(
        Page("a.md", "A <page> of $L^p$", "", ("left out", Rows(found.entries[:1]), Rows([]))),
        "../",
    ),
    "list-cards": listing("view=cards sort=title year>=2016", "view=cards organs=Heart"),
    "list-table": listing("view=table"),
    "list-rows": listing("view=list organs=Heart"),
    "list-bibliography": listing("view=bibliography"),
    "list-of-nothing": listing("year=1900"),
    "list-with-problems": listing("view=card odd=1 organs=Hart"),
}


@pytest.mark.parametrize("name", PARTS)
def test_the_html_of_a_part(name: str, tmp_path: Path) -> None:
    html = PARTS[name](atlas(tmp_path))
    text = html.replace("\r", "").rstrip()  # records of RIS have both signs at the end of a line
    compare_with_file(FIXTURES / "html" / f"{name}.html", f"{text}\n")


def test_every_golden_file_has_its_part() -> None:
    assert {path.stem for path in (FIXTURES / "html").iterdir()} == set(PARTS)
