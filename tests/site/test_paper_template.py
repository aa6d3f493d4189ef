"""The pages of papers are copies of one page that the theme rendered."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.projects import THEMES
from helpers.site_of import Site
from paper_atlas import load
from paper_atlas.site.page import placeholder
from paper_atlas.site.paper_template import (
    DESCRIPTION_PLACEHOLDER,
    NAME_PLACEHOLDER,
    SOURCE_PLACEHOLDER,
    TITLE_PLACEHOLDER,
    PaperTemplate,
    TemplateValues,
)

COPY = TemplateValues(
    "u-net", 'U-Net "&" <b>', "Who", "entries/u-net.yml", "<meta>", "<div>body</div>"
)


@pytest.mark.parametrize("marker", ['<div class="paper-atlas" data-fragment="0"></div>',
                                    "<div class=paper-atlas data-fragment=0></div>"])  # fmt: skip
def test_a_page_has_the_values_of_its_paper(marker: str) -> None:
    page = (
        f"<head><title>{TITLE_PLACEHOLDER}</title></head><a href='{SOURCE_PLACEHOLDER}'>"
        f"{DESCRIPTION_PLACEHOLDER}{NAME_PLACEHOLDER}{marker}"
    )
    assert PaperTemplate(page).fill(COPY) == (
        "<head><title>U-Net &quot;&amp;&quot; &lt;b&gt;</title><meta>\n</head>"
        "<a href='entries/u-net.yml'>Whou-net<div>body</div>"
    )


def test_a_value_that_equals_a_placeholder_is_not_replaced() -> None:
    copy = TemplateValues(
        TITLE_PLACEHOLDER,
        NAME_PLACEHOLDER,
        marker := "<div class=paper-atlas data-fragment=0></div>",
        "",
        "",
        "",
    )
    page = PaperTemplate(
        f"{NAME_PLACEHOLDER} {TITLE_PLACEHOLDER} {DESCRIPTION_PLACEHOLDER}{marker}"
    ).fill(copy)
    assert page.startswith(f"{TITLE_PLACEHOLDER} {NAME_PLACEHOLDER} &lt;div")


def test_a_page_without_the_placeholder_of_the_body_gets_no_body() -> None:
    """The empty texts between two placeholders stay empty."""
    page = PaperTemplate(f"{NAME_PLACEHOLDER}{TITLE_PLACEHOLDER}")
    assert page.fill(TemplateValues("a", "b", "c", "d", "<meta>", "<div>")) == "ab"


def test_a_theme_that_loses_the_body_is_reported(
    small_atlas: Path, build: Callable[..., Site]
) -> None:
    hook = small_atlas / "hook.py"
    hook.write_text(
        "import re\n"
        "def on_post_page(output, page, **_):\n"
        "    return re.sub('<div[^>]*data-fragment[^>]*></div>', '', output)\n"
        "on_post_page.mkdocs_priority = -50\n"
    )
    site = build(small_atlas, hooks=["hook.py"], warnings=None)
    assert any(re.search(r"papers/.*the theme lost the placeholders", w) for w in site.warnings)


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_sitemap_has_each_paper(
    small_atlas: Path, build: Callable[..., Site], directory_urls: bool
) -> None:
    papers = small_atlas / "docs" / "papers"
    papers.mkdir()
    (papers / "u-net.md").write_text("# By hand\n")
    url = "https://e.org/atlas/"
    site = build(small_atlas, site_url=url, use_directory_urls=directory_urls)
    sitemap = site.files["sitemap.xml"].decode()
    ids = [entry.id for entry in load(small_atlas / "entries").entries]
    end = "/" if directory_urls else ".html"
    expected = [f"{url}papers/{name}{end}" for name in ids]
    found = re.findall(r"<loc>(.*/papers/[^/]+/?)</loc>", sitemap)
    assert sorted({*found} - {f"{url}papers/index.html"}) == sorted(expected)
    assert sitemap.count("<lastmod>") == sitemap.count("<url>")


def test_a_sitemap_without_an_address_is_empty(
    small_atlas: Path, build: Callable[..., Site]
) -> None:
    site = build(small_atlas, site_url="")
    assert b"<url>" not in site.files["sitemap.xml"]


def test_no_placeholder_is_left_in_the_site(this_site: Site) -> None:
    assert not [name for name, data in this_site.files.items() if b"PaperAtlasPlaceholder" in data]
    assert not [name for name in this_site.files if "PaperAtlasPlaceholder" in name]
    ids = [entry.id for entry in load(ROOT / "entries").entries]
    packed = gzip.decompress(this_site.files["sitemap.xml.gz"])
    for sitemap in (this_site.files["sitemap.xml"], packed):
        named = re.findall(r"<loc>[^<]*/papers/([^/<]+)/</loc>", sitemap.decode())
        assert named == ids


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_filled_page_equals_one_that_the_theme_renders(
    small_atlas: Path, build: Callable[..., Site], theme: str, directory_urls: bool
) -> None:
    """A handwritten page with the title of the paper differs only in its text."""
    options = {"theme": {"name": theme}, "use_directory_urls": directory_urls}
    path = "papers/u-net/index.html" if directory_urls else "papers/u-net.html"
    copy = build(small_atlas, **options).page(path)
    papers = small_atlas / "docs" / "papers"
    papers.mkdir()
    title = copy.select_one("h1").find(string=True)
    description = copy.select_one("meta[name=description]")
    words = f"description: '{description['content']}'\n" if description else ""
    (papers / "u-net.md").write_text(
        f"---\ntitle: '{title}'\n{words}---\n# {title} {{#page_title}}\n"
    )
    page = build(small_atlas, **options).page(path)
    for parsed in (copy, page):
        for tag in parsed.select(
            "a[href*='/edit/'], a[rel=edit], .md-source-file, .wy-breadcrumbs-aside"
        ):
            tag.decompose()
    assert copy.prettify() == page.prettify()


def test_title_description_and_source_are_escaped() -> None:
    page = PaperTemplate(f"{TITLE_PLACEHOLDER}|{DESCRIPTION_PLACEHOLDER}|{SOURCE_PLACEHOLDER}")
    copy = TemplateValues("a", "<t> & ", "<d> & ", "<s> & ", "", "")
    assert page.fill(copy) == "&lt;t&gt; &amp; |&lt;d&gt; &amp; |&lt;s&gt; &amp; "


def test_every_plain_text_is_escaped() -> None:
    odd = "<b> & \"'"
    copy = TemplateValues("one", odd, odd, odd, "<meta>", "<p>")
    page = PaperTemplate(
        f"{TITLE_PLACEHOLDER}|{DESCRIPTION_PLACEHOLDER}|{SOURCE_PLACEHOLDER}|</head>|{placeholder(0)}"
    ).fill(copy)
    title, description, source, head, body = page.split("|")
    assert title == description == source == "&lt;b&gt; &amp; &quot;&#x27;"
    assert (head, body) == ("<meta>\n</head>", "<p>")


def test_a_placeholder_that_occurs_twice_is_replaced_twice() -> None:
    copy = TemplateValues("one", "A", "", "", "", "")
    assert (
        PaperTemplate(f"{TITLE_PLACEHOLDER} {TITLE_PLACEHOLDER} {placeholder(0)}").fill(copy)
        == "A A "
    )
