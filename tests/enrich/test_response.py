"""Values are read from responses of any form."""

from paper_atlas.enrich.response import (
    element_text,
    find_year,
    parse_xml,
    text_at,
)


def test_first_year_of_a_date_is_found() -> None:
    dates = ("2018 Nov-Dec", "2017-09-21T14:15:17Z", "Spring", "12018", "0")
    assert [find_year(it) for it in dates] == [2018, 2017, None, None, None]


def test_text_has_no_markup_and_no_control_characters() -> None:
    """Character references are resolved, and white space is collapsed."""
    title = {"title": ["<b>2D</b> &amp; 3D\n  \x1b[31mU-Net, 3 < 4\x07"]}
    assert text_at(title, "title", 0) == "2D & 3D [31mU-Net, 3 < 4"
    assert element_text(parse_xml(b"<a>2D <i>&amp;\n 3D</i>&#x85;</a>")) == "2D & 3D"
