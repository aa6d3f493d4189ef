"""The tree of a page: URLs in its text get tags, and no tag is too deep."""

import pytest
from paper_atlas.importers.markdown.page.tree import MAX_TAG_DEPTH, PageTree, bare_urls


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p>a https://e.org/1, b\n(http://e.org/2)",
            [("https://e.org/1", 1), ("http://e.org/2", 2)],
        ),
        ("\n<p>[[b]] (https://e.org/1 c", [("https://e.org/1", 2)]),
        ("<a href='https://e.org/1'>https://e.org/2</a>", [("https://e.org/1", 1)]),
        (
            "<a href='x'><b>https://e.org/2</b></a> https://e.org/3",
            [("x", 1), ("https://e.org/3", 1)],
        ),
        ("<!--\nhttps://e.org/1 -->\n<br>\n\nhttps://e.org/2", [("https://e.org/2", 5)]),
        ("a\n<i>b\n</i>c\nhttps://e.org/1_(b))", [("https://e.org/1_(b)", 4)]),
    ],
    ids=["text", "broken", "in a link", "deep in a link", "after a comment", "parentheses"],
)
def test_a_url_in_the_text_becomes_a_link(html: str, expected: list[tuple[str, int]]) -> None:
    tree = PageTree(html)
    assert [(tag["href"], tag.sourceline) for tag in tree.find_all("a")] == expected


def test_the_text_stays_in_its_order() -> None:
    tree = PageTree("<p>a https://e.org/1 b <i>c</i> https://e.org/2</p> d")
    assert tree.get_text() == "a https://e.org/1 b c https://e.org/2 d"
    assert [str(tag.next_sibling) for tag in tree.find_all("a")] == [" b ", ""]


def test_urls_in_comments_are_hidden() -> None:
    (url,) = PageTree("a\n\n<!-- b\nhttps://e.org/1. -->").hidden_urls
    assert (url.url, url.line, url.place) == ("https://e.org/1", 4, "in a comment")


def test_lines_of_bare_urls() -> None:
    text = "a\nhttps://e.org/1\n\nhttps://e.org/2 https://e.org/3"
    assert [url.line for url in bare_urls(text, 3, "")] == [4, 6, 6]


@pytest.mark.parametrize("tag", ["div", "b", "span", "ul", "table", "a"])
def test_no_tag_is_too_deep(tag: str) -> None:
    tree = PageTree("a\n" + f"<{tag}>b" * 1000 + "<a href='https://e.org/1'>c</a>")
    assert max(len(list(child.parents)) for child in tree.find_all(True)) <= MAX_TAG_DEPTH + 1
    assert len(tree.find_all(tag)) == 1000 + (tag == "a")
    assert tree.get_text() == "a\n" + "b" * 1000 + "c"
    assert tree.deep_line == 2


@pytest.mark.parametrize(
    ("html", "parent"),
    [("<p>a<p>b", "main"), ("<ul><li>a<li>b</ul>", "ul"), ("<dl><dt>a<dd>b</dl>", "dl"),
     ("<table><tr><td>a<td>b</table>", "tr")],
    ids=["p", "li", "dt", "td"],
)  # fmt: skip
def test_tags_that_need_no_end_are_siblings(html: str, parent: str) -> None:
    tree = PageTree(html)
    texts = [node for node in tree.find_all(string=True) if str(node) in "ab"]
    assert [node.parent.parent.name for node in texts if node.parent and node.parent.parent] == [
        parent
    ] * 2


def test_a_thousand_unclosed_items_are_not_deep() -> None:
    assert PageTree("<ul>" + "<li>a" * 1000).deep_line is None


def test_tags_without_content_do_not_contain_what_follows() -> None:
    tree = PageTree("<p>a<br>b<br/>c</br>d<img src=x>e</p>")
    assert (
        [child.name for child in tree.p.children if child.name] == ["br", "br", "img"]
        if tree.p
        else False
    )
    assert tree.get_text() == "abcde"
