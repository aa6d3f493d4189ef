"""The papers that a page mentions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.site_of import Site
from paper_atlas.site.mentions import mentioned_papers

Build = Callable[..., Site]


def page(project: Path, text: str, name: str = "own.md") -> None:
    path = project / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("[[u-net]], then [[deeporgan|it]] and [[u-net]] again", ["u-net", "deeporgan"]),
            ("[[nothing]] and [[u-net]](https://example.org/)", []),
            ("`[[u-net]]`, ``a ` [[u-net]]`` and [[deeporgan]]", ["deeporgan"]),
            ("```\n[[u-net]]\n```\n\n~~~~ md\n~~~\n\n[[u-net]]\n~~~~\n\n[[deeporgan]]",
             ["deeporgan"]),
            ("text\n\n    [[u-net]]\n", []),
            ("- item\n\n    [[u-net]]\n\n    ```\n    a\n\n    [[deeporgan]]\n    ```\n",
             ["u-net"]),
            ("!!! note\n\n    [[u-net]]\n\n??? note \"Folded\"\n\n    [[deeporgan]]",
             ["u-net", "deeporgan"]),
            ('=== "Tab"\n\n    [[u-net]]\n', ["u-net"]),
            ("<!-- [[u-net]] -->", []),
            ("| a |\n| --- |\n| [[u-net\\|it]] |\n", ["u-net"]),
        ],
    )  # fmt: skip
    def test_mentioned_papers(self, text: str, ids: list[str]) -> None:
        assert mentioned_papers(text, {"u-net": "U-Net", "deeporgan": "DeepOrgan"})[1] == ids

    def test_the_title_of_a_page_is_its_heading(self) -> None:
        text = "# Some & *more* on [[u-net]]\n\n# Another"
        assert mentioned_papers(text, {"u-net": "U-Net"}) == ("Some & more on U-Net", ["u-net"])

    @pytest.mark.parametrize("directory_urls", [True, False])
    def test_a_paper_lists_the_pages_that_mention_it(
        self, small_atlas: Path, build: Build, directory_urls: bool
    ) -> None:
        page(small_atlas, "---\ntitle: A & B\n---\n\n[[deeporgan]]\n", "two words/README.md")
        page(small_atlas, "[[deeporgan]]\n", "bare.md")
        page(small_atlas, "# The paper\n\n[[deeporgan]]\n", "papers/deeporgan.md")
        page(small_atlas, "[[deeporgan]]\n", "left-out.md")
        options = {"use_directory_urls": directory_urls, "exclude_docs": "left-out.md"}
        site = build(small_atlas, **options)
        found = {
            name: [link.text for link in self.links(site, name, directory_urls)]
            for name in ("u-net", "attention-u-net", "deeporgan", "unet-plus-plus")
        }
        assert found == {
            "u-net": ["A small atlas"],
            "attention-u-net": ["Reading list"],
            "deeporgan": ["bare.md", "A & B"],
            "unet-plus-plus": [],
        }
        assert list(site.dead_links("/atlas/")) == []

    @staticmethod
    def links(site: Site, name: str, directory_urls: bool) -> list[object]:
        path = f"papers/{name}/" if directory_urls else f"papers/{name}.html"
        return list(site.page(path).select("#mentions a"))

    def test_the_mentions_follow_each_build(self, small_atlas: Path, build: Build) -> None:
        assert self.links(build(small_atlas), "h-denseunet", True)
        index = small_atlas / "docs" / "index.md"
        index.write_text("# A\n")
        assert not self.links(build(small_atlas), "h-denseunet", True)

    def test_mkdocs_reports_an_unreadable_page(self, small_atlas: Path, build: Build) -> None:
        (small_atlas / "docs" / "odd.md").write_bytes(b"# \xff [[u-net]]")
        with pytest.raises(UnicodeDecodeError):
            build(small_atlas, warnings=None)


TITLES = {"one": "One", "two": "Two"}


def test_each_mentioned_paper_is_listed_once() -> None:
    text = "# Head\n[[two]] [[one]] [[two|again]] [[three]]"
    assert mentioned_papers(text, TITLES) == ("Head", ["two", "one"])


@pytest.mark.parametrize(
    "code",
    ["`[[one]]`", "```\n[[one]]\n```", "    [[one]]", "!!! note\n\n    ~~~\n    [[one]]\n    ~~~"],
)
def test_links_in_code_are_no_mentions(code: str) -> None:
    assert mentioned_papers(f"# Head\n\n{code}\n\n[[two]]", TITLES)[1] == ["two"]


@pytest.mark.parametrize("mark", ["!!! note", "??? note", "???+ note", '=== "Tab"'])
def test_the_text_of_a_block_is_not_code(mark: str) -> None:
    assert mentioned_papers(f"# Head\n\n{mark}\n\n    [[one]]", TITLES)[1] == ["one"]


def test_the_title_of_a_page_is_plain_text() -> None:
    assert mentioned_papers("# *Head* & `code`\n[[one]]", TITLES)[0] == "Head & code"
