"""A second host needs nothing of an atlas but the class `Atlas`."""

import ast
from pathlib import Path

import pytest
from helpers import ROOT, second_host
from helpers.projects import SMALL_ATLAS
from helpers.second_host import write_site
from helpers.site_of import Site
from paper_atlas import load
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas

INFO = SiteInfo("An atlas", "", Addresses(root="http://site.test/"))


@pytest.mark.parametrize("entries", [SMALL_ATLAS / "entries", ROOT / "entries"], ids=["5", "175"])
def test_no_link_is_dead(tmp_path: Path, entries: Path) -> None:
    write_site(Atlas(load(entries, entries.parent), INFO), tmp_path)
    site = Site(tmp_path)
    assert list(site.dead_links()) == []
    assert list(site.doubled_ids()) == []


def test_the_site_works_without_a_server(tmp_path: Path) -> None:
    info = SiteInfo("An atlas", "", Addresses(directory_urls=False))
    write_site(Atlas(load(SMALL_ATLAS / "entries", SMALL_ATLAS), info), tmp_path)
    site = Site(tmp_path)
    assert list(site.dead_links()) == []
    links = [str(link["href"]) for link in site.page("organs/liver.html").select("a[href]")]
    assert "../papers/h-denseunet.html" in links
    assert not [link for link in links if link.endswith("/") and "://" not in link]


def test_the_host_is_small() -> None:
    tree = ast.parse(Path(second_host.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name and name.startswith("paper_atlas")} == {
        f"paper_atlas.site.{name}"
        for name in ("atlas", "page_template", "pages.nav", "placeholders")
    }
    (function,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    assert (function.end_lineno or 0) - function.lineno < 40
