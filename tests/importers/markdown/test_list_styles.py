"""Drafts and notes of Markdown lists in different styles."""

import pytest
from paper_atlas import Severity
from paper_atlas.importers import IMPORTERS

STYLES = {
    "title in the link": ("- [A title](https://example.org/a)", {"url": "https://example.org/a"}),
    "title before links": (
        "- **A title**. [paper](https://example.org/a) [[code]](https://github.com/a/b)",
        {"url": "https://example.org/a", "code": "https://github.com/a/b"},
    ),
    "numbered, over two lines": (
        "1. A title\n   [pdf](https://example.org/a.pdf)",
        {"pdf": "https://example.org/a.pdf"},
    ),
    "an identifier beside its address": (
        "- A title [arxiv](https://arxiv.org/pdf/1505.04597.pdf)",
        {"arxiv": "1505.04597", "url": "https://arxiv.org/pdf/1505.04597.pdf"},
    ),
    "two links of a kind": (
        "- A title [code](https://github.com/a/b) [code](https://github.com/c/d)",
        {"code": "https://github.com/a/b", "code 2": "https://github.com/c/d"},
    ),
    "title only in the search": (
        "- [] [[scholar]](https://scholar.google.com/scholar?q=A+title)",
        {"scholar": "https://scholar.google.com/scholar?q=A+title"},
    ),
    "a year before": (
        "- [2018] [A title](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "a venue before": ("- (MICCAI 2015) [A title](https://e.org/a)", {"url": "https://e.org/a"}),
    "a tag before": (
        "- **[2018 TMI]** A title [paper](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "names before": ("- Roth et al. [A title](https://e.org/a)", {"url": "https://e.org/a"}),
    "a check box": ("- [x] [A title](https://example.org/a)", {"url": "https://example.org/a"}),
    "a line break": (
        "- **A title**<br>[[Paper]](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "links in items below": (
        "- A title\n  - Paper: [pdf](https://e.org/a.pdf)\n  - [code](https://github.com/a/b)",
        {"pdf": "https://e.org/a.pdf", "code": "https://github.com/a/b"},
    ),
    "HTML": (
        '<ul><li>A title <a href="https://example.org/a">link</a></li></ul>',
        {"url": "https://example.org/a"},
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_gives_the_same_draft(style: str) -> None:
    item, links = STYLES[style]
    draft_list = IMPORTERS[".md"](f"# A list\n\n## Liver\n\n{item}\n", "README.md")
    assert [(draft.title, draft.links) for draft in draft_list.drafts] == [("A title", links)]
    assert [heading.title for heading in draft_list.drafts[0].headings] == ["A list", "Liver"]
    assert not [problem for problem in draft_list.problems if problem.code != "text-not-taken"]


def test_text_and_links_that_are_not_imported_are_notes() -> None:
    text = (
        "[badge](https://example.org/badge)\n\n## Liver\n\n"
        "- A title [x](https://example.org/a) by me\n- no link\n- [](https://example.org/b)\n"
        "- B [y](b.md)\n- C [z](https://example.org/c) [w](c.md)\n"
    )
    draft_list = IMPORTERS[".md"](text, "README.md")
    assert [draft.title for draft in draft_list.drafts] == ["A title", "C"]
    assert {problem.severity for problem in draft_list.problems} == {Severity.NOTE}
    assert [str(problem) for problem in draft_list.problems] == [
        "README.md:1:1: link-outside: 'https://example.org/badge' does not belong to a paper, "
        "so it is not imported",
        "README.md:5:1: text-not-taken: the words after the title are not imported in 1 of 2 "
        "papers, on line 5; for example 'by me'",
        "README.md:6:1: not-a-paper: 'no link' has no link, so it is not imported",
        "README.md:7:1: link-not-taken: the link to 'https://example.org/b' is not imported",
        "README.md:7:1: not-a-paper: the item has no title, so it is not imported",
        "README.md:8:1: link-not-taken: the link 'y' to 'b.md' is not imported",
        "README.md:8:1: not-a-paper: 'B' has no link, so it is not imported",
        "README.md:9:1: link-not-taken: the link 'w' to 'c.md' is not imported",
    ]


def test_links_outside_items_are_reported() -> None:
    text = (
        "### [In a heading](https://e.org/1)\n\n| a | [in a table](https://e.org/2) |\n|-|-|\n"
        "| b | [in a row](https://e.org/3) |\n\n> - [A title](https://e.org/4)\n\n"
        "<div><a href='https://e.org/5'>raw</a></div>\n"
    )
    draft_list = IMPORTERS[".md"](text, "README.md")
    urls = [problem.message.split("'")[1] for problem in draft_list.problems]
    assert urls == ["https://e.org/1", "https://e.org/2", "https://e.org/3", "https://e.org/5"]
    assert [draft.title for draft in draft_list.drafts] == ["A title"]


def test_all_items_of_deeply_nested_lists_are_drafts() -> None:
    items = "".join(f"{'  ' * n}- T{n}: a [pdf](https://e.org/{n})\n" for n in range(15))
    assert len(IMPORTERS[".md"](f"## L\n{items}", "README.md").drafts) == 15
