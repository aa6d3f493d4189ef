"""The bounds of the parser for Markdown, and that it reads what is within them as before."""

import pytest
from paper_atlas.importers.markdown.page.html import ParsedPage, parse_page
from paper_atlas.importers.markdown.reader import read_markdown_list

LINK = "[A title of words](https://e.org/1)"


def links(page: ParsedPage) -> list[str]:
    return [str(tag["href"]) for tag in page.soup.find_all("a")]


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "![" * 5000, "[" * 3000 + "a" + "]" * 3000, "a <![CDATA[" * 900],
    ids=["open", "images", "nested", "CDATA"],
)
def test_a_block_with_too_many_brackets_is_plain_text(text: str) -> None:
    page = parse_page(f"- {LINK}\n\n{text}\n\n- {LINK}\n")
    assert links(page) == ["https://e.org/1"] * 2
    assert [line for line, _ in page.limits] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30,
        f"{LINK} " * 2000,
        "[[a]] " * 2000,
        "- [ ] a\n" * 2000,
        r"\[" * 5000,
        "a [b c " * 20,
    ],
    ids=["few", "links", "double", "boxes", "escaped", "open"],
)
def test_usual_brackets_are_within_the_limits(text: str) -> None:
    assert parse_page(text).limits == ()


def test_links_in_a_block_with_too_many_brackets_are_reported() -> None:
    result = read_markdown_list(f"# T\n\n- {LINK}\n\n{'[' * 5000} https://e.org/2 {LINK}\n", "l.md")
    codes = {problem.code: problem.line for problem in result.problems}
    assert codes["too-complex"] == 5
    assert result.link_count
    assert result.link_count.total == 3


@pytest.mark.parametrize("number", [100, 30_000])
def test_definitions_are_used_until_they_repeat_too_much(number: int) -> None:
    page = parse_page(f"[a]: https://e.org/{'x' * 1900}\n\n{'[a] ' * number}\n")
    assert len(links(page)) == (number if number < 1000 else 0)
    assert [line for line, _ in page.limits] == ([] if number < 1000 else [3])
    assert bool(page.hidden_urls) == bool(page.limits)


def test_thirty_thousand_definitions_are_reported() -> None:
    text = "".join(f"[a{number}]: https://e.org/{number}\n" for number in range(30_000))
    assert len(parse_page(text).hidden_urls) == 30_000


def test_a_link_with_a_long_url_is_not_lost() -> None:
    result = read_markdown_list(f"# T\n\n- [A title]({'https://e.org/' + 'x' * 2000})\n", "l.md")
    assert result.link_count
    assert result.link_count.total == 1


@pytest.mark.parametrize("rows", [50, 5000])
def test_a_table_is_read_unless_too_many_cells_are_missing(rows: int) -> None:
    head = "|Title|" + "a|" * 99 + "\n" + "|-|" + "-|" * 99 + "\n"
    page = parse_page(head + "|b|\n" * rows)
    assert (page.soup.find("table") is None) == (rows > 1000)
    assert len(page.limits) == (rows > 1000)
