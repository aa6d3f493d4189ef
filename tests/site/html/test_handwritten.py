"""What the atlas adds to a page that a person has written, and the problems of its text."""

from pathlib import Path

import pytest
from helpers.small import library
from markdown import markdown
from paper_atlas import Library
from paper_atlas.problem import MAX_PROBLEMS
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.handwritten import finish_page
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.page import Page
from paper_atlas.text.paper_links import PaperLinks

TABLE = "a | b\n--|--\n"
PAGE = Page("own.md", "Own", "", ())


def atlas(folder: Path) -> Library:
    """A paper, and a file with errors."""
    return library(folder, {"u-net": "title: U-Net", "broken": "year: soon"})


def finished(folder: Path, source: str, text: str = "") -> tuple[str, list[str]]:
    """The HTML of a page from its Markdown, and its problems; `text` is that of its snippets."""
    found = atlas(folder)
    titles = {entry.id: entry.title for entry in found.entries}
    html = markdown(text or source, extensions=[PaperLinks(titles), "tables"])
    renderer = Renderer(found, Addresses())
    html, _, problems = finish_page(renderer, found, PAGE, html, "../", "docs/own.md", source)
    return html, [str(problem) for problem in problems]


UNKNOWN = "unknown-paper: '{}' does not name an entry"
CUT = "unknown-paper: '{}' is split at the border of a cell (in a table, write \\| instead of |)"
PROBLEMS = {
    "known": ("[[u-net]] and [[u-net|words]]", []),
    "file with errors": ("[[broken]]", []),
    "unknown": ("A\n\nb [[nope]]", [f"3:3: {UNKNOWN.format('[[nope]]')}"]),
    "similar": ("[[u-nett]]", [f"1:1: {UNKNOWN.format('[[u-nett]]')} (did you mean 'u-net'?)"]),
    "with words": ("[[nope|words]]", [f"1:1: {UNKNOWN.format('[[nope|words]]')}"]),
    "twice": (
        "[[x]] [[x]]\n[[x]]",
        [f"{at}: {UNKNOWN.format('[[x]]')}" for at in ("1:1", "1:7", "2:1")],
    ),
    "two": ("[[y]] [[x]]", [f"1:1: {UNKNOWN.format('[[y]]')}", f"1:7: {UNKNOWN.format('[[x]]')}"]),
    "in code": ("`[[nope]]`", []),
    "split in a table": (f"{TABLE}[[u-net|words]] | x", [f"3:1: {CUT.format('[[u-net')}"]),
    "unknown and split": (
        f"[[nope]]\n\n{TABLE}x | [[u-net|words]]",
        [f"1:1: {UNKNOWN.format('[[nope]]')}", f"5:5: {CUT.format('[[u-net')}"],
    ),
    "escaped in a table": (f"{TABLE}[[u-net\\|words]] | x", []),
    "beside a wrong list": (
        "[[nope]]\n\n<!-- papers: odd=1 -->",
        [
            f"1:1: {UNKNOWN.format('[[nope]]')}",
            "3:14: unknown-facet: 'odd' is neither a facet nor an option",
        ],
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_links_without_a_paper_are_reported_at_each_position(name: str, tmp_path: Path) -> None:
    source, expected = PROBLEMS[name]
    found = finished(tmp_path, source)[1]
    assert [line.split(" (use one of")[0] for line in found] == [
        f"docs/own.md:{line}" for line in expected
    ]


def test_a_link_from_a_snippet_is_reported_at_the_start_of_the_page(tmp_path: Path) -> None:
    _, problems = finished(tmp_path, "--8<-- 'other.md'", "[[nope]]")
    assert problems == [f"docs/own.md:1:1: {UNKNOWN.format('[[nope]]')}"]


def test_only_as_many_positions_are_searched_as_problems_are_shown(tmp_path: Path) -> None:
    links = [f"[[nope-{number}]]" for number in range(MAX_PROBLEMS + 1)]
    places = [line.split(":")[1] for line in finished(tmp_path, "\n".join(links))[1]]
    assert places == [*map(str, range(1, MAX_PROBLEMS + 1)), "1"]


def test_a_page_gets_links_and_lists(tmp_path: Path) -> None:
    html, problems = finished(tmp_path, "[[u-net]] [[nope]]\n\n<!-- papers: view=list -->")
    assert html.split("\n", 1)[0] == '<p><a href="../papers/u-net/">U-Net</a> [[nope]]</p>'
    assert '<li><a href="../papers/u-net/">U-Net</a></li>' in html
    assert len(problems) == 1


def test_the_blocks_of_the_page_with_its_lists_are_returned(tmp_path: Path) -> None:
    found = atlas(tmp_path)
    text = "<!-- papers: view=list -->"
    _, page, _ = finish_page(Renderer(found, Addresses()), found, PAGE, text, "", "own.md", text)
    assert len(page.blocks) == 1
