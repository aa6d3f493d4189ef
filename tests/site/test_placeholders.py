"""The placeholders in an unfinished page."""

import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from paper_atlas.site import placeholders
from paper_atlas.site.placeholders import CONTENT, block_marker, replace_markers


@pytest.mark.parametrize(
    "marker",
    [
        block_marker(7),
        "<div class=paper-atlas data-block=7></div>",
        '<div class="paper-atlas" data-block=7></div>',
    ],
    ids=["as written", "without quotes", "with some quotes"],
)
def test_markers_are_found_with_and_without_quotes(marker: str) -> None:
    assert replace_markers(f"a{marker}b", lambda number: f"[{number}]") == "a[7]b"


def test_each_marker_is_replaced_by_its_own_block() -> None:
    text = f"{block_marker(1)} and {block_marker(0)} and {block_marker(1)}"
    assert replace_markers(text, "xy".__getitem__) == "y and x and y"


def test_a_marker_within_a_block_is_not_replaced() -> None:
    assert replace_markers(block_marker(0), lambda _: block_marker(1)) == block_marker(1)


@pytest.mark.parametrize(
    "text",
    [
        '<div class="paper-atlas">text</div>',
        '<div class="paper-atlas" data-block="x"></div>',
        '<div class="other" data-block="1"></div>',
        "&lt;div class=&quot;paper-atlas&quot; data-block=&quot;1&quot;&gt;&lt;/div&gt;",
    ],
)
def test_other_elements_stay(text: str) -> None:
    assert replace_markers(text, lambda _: "!") == text


def test_markdown_keeps_a_marker_between_texts() -> None:
    text = markdown(f"# A\n\n{block_marker(0)}\n\ntext\n\n{block_marker(1)}\n")
    found = BeautifulSoup(replace_markers(text, lambda number: f"<b>{number}</b>"), "html.parser")
    assert [tag.name for tag in found.find_all(True, recursive=False)] == ["h1", "b", "p", "b"]


def test_no_field_of_a_page_contains_another() -> None:
    """Otherwise one would be replaced within the other."""
    names = ("TITLE", "DESCRIPTION", "ADDRESS", "SOURCE")
    fields = [*(getattr(placeholders, name) for name in names), CONTENT]
    assert not [(a, b) for a in fields for b in fields if a is not b and a in b]
    assert all(field.isalnum() for field in fields[:-1])
