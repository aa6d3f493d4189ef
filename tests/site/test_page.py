"""Pages as Markdown with markers for their blocks of HTML."""

from helpers.small import entry
from paper_atlas.site.blocks import Cards, Rows
from paper_atlas.site.page import Page
from paper_atlas.site.placeholders import block_marker

ONE, TWO, THREE = (entry(name=name) for name in ("one", "two", "three"))


def test_the_body_has_the_markdown_and_a_marker_for_each_block() -> None:
    page = Page("a.md", "A", "", (Rows([ONE]), "text", Cards([TWO])))
    assert page.body == f"{block_marker(0)}\n\ntext\n\n{block_marker(2)}"


def test_the_heading_is_text_of_markdown() -> None:
    heading = Page("a.md", "*A* <b> [c]", "", ()).heading
    assert heading.startswith("# ")
    assert "*" not in heading
    assert "<" not in heading
    assert heading.endswith(" {: #page_title }")


def test_card_ids_of_a_page_are_those_of_its_cards() -> None:
    blocks = (Cards([ONE, TWO]), "text", Rows([THREE]), Cards([TWO]))
    assert Page("a.md", "A", "", blocks).card_ids == {"one", "two"}
