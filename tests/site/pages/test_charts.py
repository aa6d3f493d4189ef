"""The page with the charts of an atlas."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas.site.blocks import Charts, NoPapers
from paper_atlas.site.html.charts import charts_of
from paper_atlas.site.pages.charts import charts_page
from paper_atlas.translation import ENGLISH


@pytest.mark.parametrize(("papers", "block"), [({}, NoPapers), ({"one": ""}, Charts)])
def test_an_empty_atlas_says_how_to_add_the_first_paper(
    tmp_path: Path, papers: dict[str, str], block: type
) -> None:
    atlas = library(tmp_path, papers)
    page = charts_page(atlas, ENGLISH, charts_of(atlas, ENGLISH), has_lineage=False)
    assert [type(block) for block in page.blocks] == [block]
