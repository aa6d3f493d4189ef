"""The overview of a site for language models."""

import re
from collections.abc import Callable
from pathlib import Path

from helpers.site_of import Site

Build = Callable[..., Site]


HOST = "https://example.org/atlas/"


def test_llms_txt_lists_files_and_pages(small_atlas: Path, build: Build) -> None:
    text = build(small_atlas).files["llms.txt"].decode()
    lines = text.splitlines()
    assert lines[0] == "# A small atlas"
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Files", "## Organs", "## Data sets", "## Pages"]
    assert f"- [Liver]({HOST}organs/liver/): 2 papers on Liver." in lines
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
