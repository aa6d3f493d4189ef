"""The records of papers for the search."""

from pathlib import Path

from helpers.small import library
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.files.search import SearchRecord, search_records
from paper_atlas.site.html.renderer import Renderer


def test_a_record_has_titles_authors_venue_year_and_terms(tmp_path: Path) -> None:
    text = "title: A\nalternative_titles: [B]\nauthors: [Ada, Ben]\nyear: 2018\nvenue: V\n"
    atlas = library(tmp_path, {"one": f"{text}modalities: [CT]"})
    (record,) = search_records(atlas, Renderer(atlas, Addresses()))
    assert record == SearchRecord("papers/one/", "A", "B · Ada · Ben · V · 2018 · Liver · CT")
