"""Every link of a list in Markdown is imported or reported."""

import re
from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from helpers import FIXTURES
from helpers.commands import SEED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from paper_atlas import DraftList
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.text.identifiers import identifier_in_url

LISTS = FIXTURES / "lists"
STYLES = sorted(path.stem for path in LISTS.glob("*.md") if path.stem != "README")
LINK_CODES = {"link-within", "link-not-taken", "link-outside", "image"}


def find_urls(text: str) -> Counter[str]:
    """Count the URLs of a list without the importer."""
    env: dict[str, Any] = {}
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    soup = BeautifulSoup(parser.render(text, env), "html.parser")
    attributes = ("href", "src", "srcset")
    urls = [str(tag.get(name) or "").strip() for name in attributes for tag in soup.find_all(True)]
    found = Counter(url for url in urls if url)
    for link in soup.select("a"):
        link.clear()
    for node in soup.find_all(string=True):
        bare = re.findall(r"https?://[^\s<>\"'\[\]()，。{}`]+", str(node))
        found.update(url.rstrip(".,;:!?*_~") for url in bare)
    defined = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    targets = [definition["href"] for definition in defined]
    return found + Counter(url for url in targets if url.strip("#") and url not in found)


def unreported_urls(draft_list: DraftList, found: Counter[str]) -> list[str]:
    """Return the URLs that are in no draft and in no message."""
    codes = Counter(problem.code for problem in draft_list.problems)
    messages = [problem.message for problem in draft_list.problems]
    imported = {url for draft in draft_list.drafts for url in draft.links.values()}
    within = [url for url in found.elements() if url.startswith("#")]
    assert len(within) <= sum(codes[code] for code in LINK_CODES)
    return [
        url
        for url in found
        if not url.startswith("#")
        and url not in imported
        and dict([identifier_in_url(url) or ("", "")]).popitem()[1] not in imported
        and not any(f"'{url}'" in message for message in messages)
    ]


def check_links(text: str) -> DraftList:
    """Check that every URL of a list is imported or reported; return the drafts."""
    draft_list = read_markdown_list(text, "README.md")
    assert draft_list.link_count is not None
    found = find_urls(text)
    reported = sum(problem.code in LINK_CODES for problem in draft_list.problems)
    assert draft_list.link_count.total == found.total()
    assert draft_list.link_count.total == draft_list.link_count.imported + reported
    assert unreported_urls(draft_list, found) == []
    last_line = text.count("\n") + 1
    assert all(1 <= problem.line <= last_line for problem in draft_list.problems)
    return draft_list


@pytest.mark.parametrize("style", [*STYLES, "seed"])
def test_every_link_is_imported_or_reported(style: str) -> None:
    path = SEED if style == "seed" else LISTS / f"{style}.md"
    text = path.read_text(encoding="utf-8")
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    draft_list = check_links(text[front.end() :] if front else text)
    assert draft_list.drafts


@pytest.mark.parametrize("style", STYLES)
def test_a_reported_link_has_its_line(style: str) -> None:
    lines = (LISTS / f"{style}.md").read_text(encoding="utf-8").split("\n")
    draft_list = read_markdown_list("\n".join(lines), "README.md")
    for problem in draft_list.problems:
        if problem.code in LINK_CODES - {"link-within"}:
            (*_, url) = re.findall(r"'([^']*)'", problem.message)
            # The URL of a tag may be on the next line.
            near = "\n".join(lines[problem.line - 1 : problem.line + 1])
            assert url in near, problem


URLS = st.sampled_from(
    ["https://arxiv.org/abs/1505.04597", "https://arxiv.org/pdf/1606.04797.pdf", "#networks",
     "https://github.com/a/b", "https://doi.org/10.1000/182", "https://e.org/a?b=c&d=e", "a/b.md",
     "https://scholar.google.com/citations?user=a", "https://img.shields.io/x.svg",
     "mailto:a@e.org"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["U-Net: Convolutional Networks for Biomedical Image Segmentation", "paper", "[CVPR 2021]", "",
     "*Olaf Ronneberger, Philipp Fischer*", "**V-Net.**", "MICCAI'16", "| x |", "论文：", ":fire:",
     "`code`", "**[DETR]**", "We thank all who", "et al.", "- ", "<b>", "</b>", "</div>", "A",
     "2018", "]("]
)  # fmt: skip
LINKS = st.builds(
    lambda form, words, url: form.format(words, url),
    st.sampled_from(["[{0}]({1})", "[[{0}]({1})]", "[[{0}]]({1})", "![{0}]({1})", "{0} <{1}>",
                     "[![{0}](https://e.org/i.png)]({1})", '<a href="{1}">{0}</a>',
                     '<img src="{1}" alt="{0}">', "[[{0}]] (https://e.org/broken)",
                     "[{0}](https://e.org/open", "[{0}][ref]"]),
    WORDS, URLS,
)  # fmt: skip
INLINE = st.lists(st.one_of(WORDS, LINKS), min_size=1, max_size=5).map(" ".join)
BLOCKS = st.one_of(
    INLINE,
    INLINE.map("- {}".format),
    INLINE.map("1. {}".format),
    INLINE.map("  - {}".format),
    INLINE.map("## {}".format),
    INLINE.map("    {}".format),
    INLINE.map("<details><summary>{}</summary>\n".format),
    INLINE.map("| Title | Code |\n|---|---|\n| {} | x |".format),
    INLINE.map("<div>\n{}\n</div>".format),
    INLINE.map("<table><tr><td>{}</td></tr></table>".format),
    st.sampled_from(["", "</details>", "***", "[ref]: https://e.org/ref", "> quoted", "~~~"]),
)


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=8))
def test_no_link_of_any_page_is_lost(blocks: list[str]) -> None:
    check_links("\n".join(blocks) + "\n")
