"""Venues and years in the text of a list."""

import pytest
from paper_atlas.importers.markdown.venues import VenueYear, is_venue_or_year, parse_venue_year


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("CVPR 2021", "CVPR", 2021), ("[CVPR' 16]", "CVPR", 2016), ("MICCAI'20", "MICCAI", 2020),
        ("CVPR2021 (Oral)", "CVPR", 2021), ("AI Open 2020.", "AI Open", 2020),
        ("arxiv 2019", "arXiv", 2019), ("2018 TMI", "TMI", 2018), ("TMI 201907", "TMI", 2019),
        ("25th Jan., 2022", "", 2022), ("24 Sep 2022", "", 2022), ("2023.05.11", "", 2023),
        ("20200615", "", 2020), ("2021年", "", 2021), ("IEEE TPAMI", "IEEE TPAMI", None),
        ("ICML 2019 workshop", "ICML workshop", 2019), ("in ECCV, 2016", "ECCV", 2016),
        ("👍 MIDL 2021", "MIDL", 2021),
    ],
)  # fmt: skip
def test_venues_and_years(text: str, venue: str, year: int | None) -> None:
    assert parse_venue_year(text) == VenueYear(venue, year)


@pytest.mark.parametrize(
    "text",
    ["Liver", "U-Net", "1505.04597", "Presented at ICML 2019 by me", "ICLR 2021, TPAMI 2022",
     "by Dieter Fox 2005", "[bibtex]", "19, 100357, 2020", "ENet: A Deep Network - ARXIV - 2016"],
)  # fmt: skip
def test_text_that_is_not_a_venue_or_year(text: str) -> None:
    assert parse_venue_year(text) is None


def test_headings_that_are_only_a_venue_or_year() -> None:
    topics = ["Liver", "Liver 2019", "Graph networks", "Best of CVPR and more", "2D networks"]
    others = ["2021", "2015-2016", "CVPR 2021", "TPAMI / IJCV", "arXiv papers", "2021年", "★ 2020"]
    assert [title for title in [*topics, *others] if is_venue_or_year(title)] == others
