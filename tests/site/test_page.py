"""Pages as Markdown with placeholders for HTML."""

import pytest
from paper_atlas.site.page import (
    Fragment,
    Page,
    missing_placeholders,
    placeholder,
    split_at_placeholders,
)


@pytest.mark.parametrize("found", [placeholder(7), "<div class=paper-atlas data-fragment=7></div>"])
def test_placeholders_are_found_with_and_without_quotes(found: str) -> None:
    assert split_at_placeholders(f"a{found}b") == ["a", "7", "b"]


def test_fragments_without_placeholder_are_listed() -> None:
    page = Page("a.md", "A", "", (Fragment("x", {}), "text", Fragment("y", {})))
    assert page.body == f"{placeholder(0)}\n\ntext\n\n{placeholder(2)}"
    assert missing_placeholders(page, page.body) == []
    assert missing_placeholders(page, placeholder(0)) == [2]


def test_card_ids_of_a_page_are_those_of_its_fragments() -> None:
    fragments = (Fragment("cards", {}, frozenset("ab")), Fragment("cards", {}, frozenset("bc")))
    assert Page("a.md", "A", "", fragments).card_ids == frozenset("abc")
