"""The overview of a site for language models."""

import re
from collections.abc import Callable
from pathlib import Path

from helpers.site_of import Site
from helpers.small import library
from paper_atlas import Library
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.files.llms_txt import MappedPage, llms_txt

Build = Callable[..., Site]


HOST = "https://example.org/atlas/"


def test_llms_txt_lists_files_and_pages(small_atlas: Path, build: Build) -> None:
    text = build(small_atlas).files["llms.txt"].decode()
    lines = text.splitlines()
    assert lines[0] == "# A small atlas"
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == [
        *("## Files", "## Organs", "## Modalities", "## Methods", "## Data sets", "## Pages"),
    ]
    assert f"- [Liver]({HOST}organs/liver/): 2 papers." in lines
    assert f"- [Atom]({HOST}feed.xml): papers added last" in lines
    assert f"- [Markdown]({HOST}papers.md.txt): all papers" in lines
    assert not [line for line in lines if "papers/u-net/" in line]
    by_hand = [path.stem for path in (small_atlas / "docs").glob("*.md")]
    assert all(any(f"/{name}/" in line or name == "index" for line in lines) for name in by_hand)


def test_handwritten_llms_txt_and_downloads_stay(small_atlas: Path, build: Build) -> None:
    for name in ("llms.txt", "feed.xml", "papers.csv"):
        (small_atlas / "docs" / name).write_text("mine")
    files = build(small_atlas).files
    assert {files[name] for name in ("llms.txt", "feed.xml", "papers.csv")} == {b"mine"}


def test_llms_txt_has_no_dead_link(this_site: Site) -> None:
    root = str(this_site.page("index.html").select_one("link[rel=canonical]")["href"])
    addresses = re.findall(r"\]\(([^)]+)\)", this_site.files["llms.txt"].decode())
    assert len(addresses) > 100
    for address in addresses:
        path = address.removeprefix(root)
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in this_site.files


FACETS = """\
facets:
  organs:
    title: Organs
    pages: true
    terms: [{title: "Liver *", id: liver, description: "What [it] is"}, Lung]
    sections: [{title: Review, terms: []}]
  methods: {title: Methods, terms: [U-Net, Unused]}
"""
PAGES = [
    MappedPage("Organs", "All", "organs/", "organs/index.md"),
    MappedPage("Guide", "", "./guide/", "guide.md"),
]


def blocks(atlas: Library, description: str = "", root: str = "https://e.org/") -> list[str]:
    site = SiteInfo("Atlas", description, Addresses(root=root))
    return llms_txt(atlas, site, PAGES).strip().split("\n\n")


def test_pages_are_listed_by_facet_and_other_pages_at_the_end(tmp_path: Path) -> None:
    papers = {"one": "organs: [Lung]\nmethods: [U-Net]"}
    text = "\n\n".join(blocks(library(tmp_path, papers, FACETS)))
    assert text.partition("\n\n## Organs")[2].splitlines() == [
        "",
        "",
        "- [Review](https://e.org/sections/review/)",
        r"- [Liver \*](https://e.org/organs/liver/): 0 papers. What \[it\] is",
        "- [Lung](https://e.org/organs/lung/): 1 paper.",
        "- [Organs](https://e.org/organs/): All",
        "",
        "## Methods",
        "",
        "- [U-Net](https://e.org/methods/u-net/): 1 paper.",
        "",
        "## Pages",
        "",
        "- [Guide](https://e.org/guide/)",
    ]


def test_the_overview_starts_with_the_description_of_the_site(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": ""})
    assert blocks(atlas, "Papers *here*")[:2] == ["# Atlas", r"> Papers \*here\*"]
    assert blocks(atlas)[1].startswith("1 paper. ")


def test_the_feed_is_listed_if_the_site_has_one(tmp_path: Path) -> None:
    atlas = library(tmp_path, {"one": "added: 2024-03-31"})
    assert "- [Atom](https://e.org/feed.xml)" in "\n".join(blocks(atlas))
    assert "Atom" not in "\n".join(blocks(atlas, root=""))
    (tmp_path / "undated").mkdir()
    assert "Atom" not in "\n".join(blocks(library(tmp_path / "undated", {"one": ""})))
