"""Links to papers in Markdown."""

import pytest
from markdown import markdown
from paper_atlas.text.paper_links import (
    PaperLinks,
    find_link,
    linked_id,
    links_cut_by_cells,
    resolve_links,
)

LINK = '<a href="papers/u-net/">{}</a>'


def render(text: str) -> tuple[str, list[str]]:
    """Render Markdown with links to the paper `u-net`; return HTML and unresolved links."""
    html = markdown(text, extensions=[PaperLinks({"u-net": "U-Net"}), "tables"])
    return resolve_links(html, {"u-net": "papers/u-net/"}.get)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[u-net]]", LINK.format("U-Net")),
        ("[[u-net|the original]]", LINK.format("the original")),
        ("`[[u-net]]`", "<code>[[u-net]]</code>"),
        ("[[u-net]](https://e.org)", '<a href="https://e.org">[u-net]</a>'),
    ],
)
def test_links_have_the_title_or_words_as_text(text: str, html: str) -> None:
    assert render(text) == (f"<p>{html}</p>", [])


def test_links_without_a_paper_stay_text() -> None:
    assert render("[[v-net]]") == ("<p>[[v-net]]</p>", ["[[v-net]]"])


def test_headings_have_the_given_ids() -> None:
    assert render("## A *b* {#c}")[0] == '<h2 id="c">A <em>b</em></h2>'


def test_a_bar_in_a_table_must_be_escaped() -> None:
    row = "| a | b |\n|---|---|\n| [[u-net{}words]] | c |\n"
    assert LINK.format("words") in render(row.format(r"\|"))[0]
    assert links_cut_by_cells(render(row.format("|"))[0]) == ["[[u-net"]


def test_a_link_is_found_by_its_source() -> None:
    assert linked_id("[[u-net|the original]]") == "u-net"
    assert [*find_link("a\n b [[u-net]] [[u-net]]", "[[u-net]]")] == [(2, 4), (2, 14)]
