"""The page of the theme for pages outside of the navigation."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.projects import THEMES
from helpers.site_of import Site
from mkdocs.config.defaults import MkDocsConfig
from paper_atlas.mkdocs_plugin.theme import set_file_scripts, without_counts

Build = Callable[..., Site]
WITNESS = """\
import json
from pathlib import Path

seen = {}

def note(event, path):
    seen.setdefault(event, []).append(path)

def on_files(files, **_):
    seen.clear()
    note("files", [file.src_uri for file in files.documentation_pages()])

def on_page_markdown(markdown, page, files, **_):
    note("markdown", page.file.src_uri)
    note("later files", [file.src_uri for file in files.documentation_pages()])

def on_page_context(context, page, **_):
    note("context", page.file.src_uri)

def on_post_page(output, page, **_):
    note("post page", page.file.src_uri)

def on_post_build(config, **_):
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen))
"""
NAVIGATION = {
    *("index.md", "papers/index.md", "organs/index.md", "modalities/index.md"),
    *("methods/index.md", "datasets/index.md", "lineage/index.md", "charts/index.md"),
    *("help-wanted/index.md", "reading.md"),
}


def test_no_other_plugin_sees_papers_terms_or_a_template_page(
    small_atlas: Path, build: Build
) -> None:
    (small_atlas / "hook.py").write_text(WITNESS)
    site = build(small_atlas, hooks=["hook.py"])
    seen = json.loads((small_atlas / "seen.json").read_text())
    for event in ("markdown", "context", "post page"):
        assert sorted(seen[event]) == sorted(NAVIGATION), event
    for event in ("files", "later files"):
        assert {path for paths in seen[event] for path in paths} <= NAVIGATION, event
    assert "papers/u-net/index.html" in site.files
    assert "organs/liver/index.html" in site.files


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_filled_page_equals_one_that_the_theme_renders(
    small_atlas: Path, build: Build, theme: str, directory_urls: bool
) -> None:
    """A handwritten page with the title of the paper differs in its navigation and source only."""
    options = {"theme": {"name": theme}, "use_directory_urls": directory_urls}
    path = "papers/u-net/index.html" if directory_urls else "papers/u-net.html"
    copy = build(small_atlas, **options).page(path)
    papers = small_atlas / "docs" / "papers"
    papers.mkdir()
    title = copy.select_one("h1").find(string=True)
    description = copy.select_one("meta[name=description]")["content"]
    front = f"title: '{title}'\ndescription: '{description}'\nhide: [navigation, toc]\n"
    (papers / "u-net.md").write_text(f"---\n{front}---\n# {title} {{#page_title}}\n")
    page = build(small_atlas, **options).page(path)
    for parsed in (copy, page):
        for tag in parsed.select(
            "nav, a[href*='/edit/'], a[rel=edit], .navbar, .wy-menu, .wy-breadcrumbs-aside, "
            ".md-source-file, .bs-sidebar, .wy-breadcrumbs"
        ):
            tag.decompose()
        for tag in parsed.select(".pa-paper-head"):
            tag.unwrap()
    assert [tag.name for tag in copy.find_all(True)] == [tag.name for tag in page.find_all(True)]
    assert words(copy) == words(page)
    assert heads(copy) == heads(page)


def words(page: object) -> str:
    return " ".join(page.get_text(" ").split())  # type: ignore[attr-defined]


def heads(page: object) -> list[str]:
    """The elements of a head, without values of Read the Docs that its script does not use."""
    found = (" ".join(str(tag).split()) for tag in page.select("head > *"))  # type: ignore[attr-defined]
    odd = re.compile('mkdocs_page_input_path = "[^"]*"|(?<=mkdocs_page_url = ")https://example.org')
    return sorted(odd.sub("", text) for text in found)


def test_no_placeholder_is_left_in_the_site(this_site: Site) -> None:
    for name, data in this_site.files.items():
        if name.endswith((".html", ".xml", ".json", ".txt")):
            assert b"PaperAtlas" not in data or b"Placeholder" not in data, name
    assert not [name for name in this_site.files if "Placeholder" in name]


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_sitemap_has_each_page_once(
    small_atlas: Path, build: Build, directory_urls: bool
) -> None:
    papers = small_atlas / "docs" / "papers"
    papers.mkdir()
    (papers / "u-net.md").write_text("# By hand\n")
    root = "https://e.org/atlas/"
    site = build(small_atlas, site_url=root, use_directory_urls=directory_urls)
    sitemap = site.files["sitemap.xml"].decode()
    found = [part.partition("</loc>")[0].strip() for part in sitemap.split("<loc>")[1:]]
    pages = [name for name in site.files if name.endswith(".html") and name != "404.html"]
    expected = [
        root + (name.removesuffix("index.html") if directory_urls else name) for name in pages
    ]
    home = {f"{root}index.html", f"{root}./", root}
    assert sorted({*found} - home) == sorted({*expected} - home)
    assert len({*found}) == len(found)


def test_a_sitemap_without_an_address_is_empty(small_atlas: Path, build: Build) -> None:
    assert b"<url>" not in build(small_atlas, site_url="").files["sitemap.xml"]


def test_the_canonical_address_of_each_page_is_its_own(small_atlas: Path, build: Build) -> None:
    site = build(small_atlas)
    for path in ("papers/u-net/", "organs/liver/", "sections/abnormalities/", "methods/u-net/"):
        links = site.page(path).select("link[rel=canonical]")
        assert [link["href"] for link in links] == [f"https://example.org/atlas/{path}"]


def test_the_link_to_edit_a_page_is_that_of_its_source(small_atlas: Path, build: Build) -> None:
    features = {"name": "material", "features": ["content.action.edit"]}
    site = build(small_atlas, theme=features)
    edit = "https://github.com/example/atlas/edit/main/entries/"
    for path, source in (
        ("papers/u-net/", "multi-organ/u-net.yml"), ("organs/liver/", "vocabulary.yml"),
    ):  # fmt: skip
        links = [
            str(link["href"])
            for link in site.page(path).select("a[rel=edit], a.md-content__button")
        ]
        assert links == [edit + source]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a class="md-source" data-md-component="source">', '<a class="md-source">'),
        ("<a data-md-component=source class=md-source>", "<a class=md-source>"),
        ("<a data-md-component='source'>", "<a>"),
        ('<a data-md-component="sources">', '<a data-md-component="sources">'),
        ("<code>data-md-component=&quot;source&quot;</code>",) * 2,
    ],
)
def test_the_link_to_the_repository_asks_for_no_counts(link: str, expected: str) -> None:
    assert without_counts(link) == expected


CDN = "https://unpkg.com/iframe-worker/shim"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], ["a/iframe-worker.js"]),
        ([CDN], ["a/iframe-worker.js"]),
        (["b.js", CDN], ["b.js", "a/iframe-worker.js"]),
        (["own/iframe-worker.js"], ["own/iframe-worker.js"]),
    ],
)
def test_the_search_in_files_needs_no_other_host(before: list[str], after: list[str]) -> None:
    config = MkDocsConfig()
    config.extra, config.extra_javascript = {"polyfills": before}, []
    for folder in ("de", "a"):  # the builds of a site in two languages
        set_file_scripts(config, f"{folder}/from-file.js", "a/iframe-worker.js")
    assert config.extra["polyfills"] == after
    assert [*map(str, config.extra_javascript)] == ["a/from-file.js"]
