"""The page with the charts of an atlas."""

from collections.abc import Iterable, Iterator
from functools import reduce

from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import CHARTS
from paper_atlas.site.blocks import HeatMap, Matrix, Ranking, YearBars
from paper_atlas.site.html.charts import heat_map, matrix, ranking, year_bars
from paper_atlas.site.page import Block, Page
from paper_atlas.site.pages.tiles import Blocks, heading, no_papers
from paper_atlas.text.markdown import escape_punctuation
from paper_atlas.translation import ENGLISH, Translator

METHODS = "methods"


def charts_page(library: Library, translate: Translator = ENGLISH) -> Page:
    """Return the page with papers by year, and by the terms of the main facets."""
    blocks: Blocks = [translate("Charts of {count} papers.", count=len(library.entries))]
    if not library.entries:
        blocks = [no_papers(library, library.vocabulary.main_facet, None)]
    blocks += [*_years(library, translate), *_terms(library, translate)]
    blocks += [*_methods(library, translate), *_datasets(library, translate)]
    return Page(
        CHARTS, translate("Charts"), translate("Charts of the papers in the atlas."), tuple(blocks)
    )


def _years(library: Library, translate: Translator) -> Iterator[str | Block]:
    chart = year_bars(library, translate("Other"))
    words = []
    if len(chart.series) > 1:
        words.append(translate("Each paper counts once, in the section of its first term."))
    if undated := sum(chart.undated):
        words.append(translate("Not shown: {count} papers without a year.", count=undated))
    if chart.bars:
        yield heading(2, translate("Papers per year"), "papers_per_year")
        yield from filter(None, [" ".join(words)])
        yield YearBars(chart)


def _terms(library: Library, translate: Translator) -> Iterator[str | Block]:
    """Yield the heat map of the main facet and the first other facet."""
    facets, main = library.vocabulary.facets, library.vocabulary.main_facet
    across = next((name for name in facets if name != main), "")
    chart = heat_map(library, main, across, translate("Other")) if across else None
    if chart and chart.rows and chart.columns:
        titles = facets[main].title, facets[across].title.lower()
        one, other = map(escape_punctuation, titles)
        yield heading(2, translate("{one} and {other}", one=one, other=other), "heat_map")
        words = translate(
            "The number of papers with both terms. The columns are the broadest terms, which "
            "include narrower ones."
        )
        yield _with_omissions(translate, words, zip(chart.left_out, titles, strict=True))
        yield HeatMap(chart, main, across)


def _methods(library: Library, translate: Translator) -> Iterator[str | Block]:
    facet = library.vocabulary.facets.get(METHODS)
    chart = matrix(library, METHODS) if facet else None
    if facet and chart and chart.rows and chart.columns:
        title = translate("{facet} over the years", facet=escape_punctuation(facet.title))
        yield heading(2, title, "over_the_years")
        words = translate("The broadest terms, which include narrower ones, most used first.")
        titles = facet.title, translate("years")
        yield _with_omissions(translate, words, zip(chart.left_out, titles, strict=True))
        yield Matrix(chart, METHODS)


def _datasets(library: Library, translate: Translator) -> Iterator[str | Block]:
    facet = library.vocabulary.facets.get(DATASETS)
    items, others = ranking(library, DATASETS) if facet else ([], 0)
    if facet and items:
        title = translate("{facet} by number of papers", facet=escape_punctuation(facet.title))
        yield heading(2, title, "by_use")
        yield _with_omissions(
            translate, translate("The number of papers for each term."), [(others, facet.title)]
        )
        yield Ranking(items, DATASETS)


def _with_omissions(translate: Translator, words: str, left_out: Iterable[tuple[int, str]]) -> str:
    """Return the text below a chart, with the numbers of terms that the chart does not show."""
    parts = [
        translate("{count} of the {things}", count=count, things=escape_punctuation(title.lower()))
        for count, title in left_out
        if count
    ]
    if not parts:
        return words
    things = reduce(lambda one, other: translate("{one} and {other}", one=one, other=other), parts)
    return f"{words} {translate('Not shown: {things}.', things=things)}"
