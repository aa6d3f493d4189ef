"""The page with the charts of an atlas."""

from collections.abc import Iterable, Iterator

from paper_atlas.charts import heat_map, matrix, ranking, year_bars
from paper_atlas.library import Library
from paper_atlas.page import Fragment, Page, escape
from paper_atlas.pages.parts import Blocks, how_to_add, papers
from paper_atlas.places import CHARTS
from paper_atlas.results import DATASETS

MODALITIES, METHODS = "modalities", "methods"


def charts_page(library: Library) -> Page:
    """The papers by year, and by the terms of the facets that tell most."""
    blocks: Blocks = [f"{papers(len(library.entries))} in numbers."]
    if not library.entries:
        blocks = [how_to_add(library, library.vocabulary.main, None)]
    blocks += [*_years(library), *_terms(library), *_methods(library), *_datasets(library)]
    return Page(CHARTS, "Charts", "The papers of the atlas in numbers.", tuple(blocks))


def _years(library: Library) -> Iterator[str | Fragment]:
    chart = year_bars(library)
    words = []
    if len(chart.series) > 1:
        words.append("Each paper counts once, in the section of the first term that it names.")
    if undated := sum(chart.undated):
        words.append(f"Not drawn: {papers(undated)} without a year.")
    if chart.bars:
        yield "## Papers per year {#papers_per_year}"
        yield from filter(None, [" ".join(words)])
        yield Fragment("chart-bars.html.jinja", {"chart": chart})


def _terms(library: Library) -> Iterator[str | Fragment]:
    """The main facet against modalities, or against another one where there are none."""
    facets, main = library.vocabulary.facets, library.vocabulary.main
    others = [name for name in facets if name != main]
    across = MODALITIES if MODALITIES in others else next(iter(others), "")
    chart = heat_map(library, main, across) if across else None
    if chart and chart.rows and chart.columns:
        titles = facets[main].title, facets[across].title.lower()
        yield f"## {escape(' and '.join(titles))} {{#heat_map}}"
        words = "Papers that name both; the broadest terms across, with their narrower ones."
        yield _with_left_out(words, zip(chart.left_out, titles, strict=True))
        values = {"chart": chart, "facet": main, "across": across}
        yield Fragment("chart-heat-map.html.jinja", values)


def _methods(library: Library) -> Iterator[str | Fragment]:
    facet = library.vocabulary.facets.get(METHODS)
    chart = matrix(library, METHODS) if facet else None
    if facet and chart and chart.rows and chart.columns:
        yield f"## {escape(facet.title)} over the years {{#over_the_years}}"
        words = "The broadest with their narrower ones, the most used first."
        titles = facet.title, "years"
        yield _with_left_out(words, zip(chart.left_out, titles, strict=True))
        yield Fragment("chart-matrix.html.jinja", {"chart": chart, "facet": METHODS})


def _datasets(library: Library) -> Iterator[str | Fragment]:
    facet = library.vocabulary.facets.get(DATASETS)
    items, others = ranking(library, DATASETS) if facet else ([], 0)
    if facet and items:
        yield f"## {escape(facet.title)} by use {{#by_use}}"
        yield _with_left_out("Papers that name each.", [(others, facet.title)])
        yield Fragment("chart-ranking.html.jinja", {"items": items, "facet": DATASETS})


def _with_left_out(words: str, left_out: Iterable[tuple[int, str]]) -> str:
    """Words on a chart, and what of it is not drawn."""
    parts = [f"{count} of the {escape(title.lower())}" for count, title in left_out if count]
    return f"{words} Not drawn: {' and '.join(parts)}." if parts else words
