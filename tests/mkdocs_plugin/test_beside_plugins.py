"""Sites with the atlas beside each of the plugins that change navigation, pages or files."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup
from helpers.site_of import Site

Build = Callable[..., Site]
Plugins = Sequence[str | Mapping[str, Any]]

NAME = "Atlas {{ name }} {% tag %} {# note #}"
TITLE = "{{ heart }} and {% vessel %} {# x #}"
ENTRIES = {
    "entries/vocabulary.yml": f"""\
facets:
  topics:
    title: "Topics {{{{ of }}}}"
    pages: true
    description: "{TITLE}"
    sections:
    - title: "Part {TITLE}"
      id: part
      description: "{TITLE}"
      terms: [Heart, {{title: "{TITLE}", id: vessel}}]
  methods: {{title: "Methods {{% if %}}", open: true}}
""",
    "entries/u-net.yml": f"""\
title: "U-Net {TITLE}"
links: {{doi: 10.1000/182}}
topics: [heart, vessel]
methods: ["{TITLE}"]
year: 2015
notes: "{TITLE}"
""",
    "entries/v-net.yml": "{title: V-Net, links: {doi: 10.1000/183}, topics: [heart], year: 2016}\n",
}
PAPERS = """\
See [[u-net|the first]], [[v-net]], [its page](papers/v-net.md), [Heart](topics/heart.md) and
[all](papers/index.md).

<!-- papers: topics=heart -->
"""
GUIDE = {"docs/guide.md": f"# Guide\n\n{PAPERS}"}
ATLAS = ["Papers", "Topics {{ of }}", "Methods {% if %}", "Charts", "Help wanted"]


@dataclass(frozen=True)
class Case:
    """A project with a plugin, and the navigation of its site from the top."""

    plugins: Plugins
    nav: Sequence[str]
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    pages: Sequence[str] = ("guide/",)
    """The handwritten pages with `PAPERS`."""


CASES = {
    "alone": Case((), [*ATLAS, "Guide"], GUIDE),
    "literate-nav": Case(
        ["literate-nav"],
        [*ATLAS, "My guide"],
        {**GUIDE, "docs/SUMMARY.md": "- [My guide](guide.md)\n"},
    ),
    "literate-nav with a wildcard": Case(
        ["literate-nav"],
        ["Home", *ATLAS, "Guide", "Part"],
        {
            **GUIDE,
            "docs/SUMMARY.md": "- [Home](index.md)\n- *.md\n- */\n",
            "docs/index.md": "# Home\n",
            "docs/part/x.md": "# X\n",
        },
    ),
    "literate-nav that names pages of the atlas": Case(
        ["literate-nav"],
        ["Start", *(name for name in ATLAS if name != "Charts"), "Guide", "Figures", "The heart"],
        {
            **GUIDE,
            "docs/SUMMARY.md": "- [Start](index.md)\n- [Guide](guide.md)\n"
            "- [Figures](charts/index.md)\n- [The heart](topics/heart.md)\n",
        },
    ),
    "awesome-nav": Case(
        ["awesome-nav"],
        [*ATLAS, "Guide"],
        {**GUIDE, "docs/.nav.yml": "nav: ['*']\n"},
    ),
    "awesome-nav with a home page": Case(
        ["awesome-nav"],
        ["Home", *ATLAS, "Guide", "Part"],
        {
            **GUIDE,
            "docs/.nav.yml": "nav: [index.md, '*']\n",
            "docs/index.md": "# Home\n",
            "docs/part/x.md": "# X\n",
        },
    ),
    "awesome-nav that names pages of the atlas": Case(
        ["awesome-nav"],
        ["Home", *(name for name in ATLAS if name != "Charts"), "Guide", "Figures", "The heart"],
        {
            **GUIDE,
            "docs/.nav.yml": "nav: [index.md, guide.md, {Figures: charts/index.md}, "
            "{The heart: topics/heart.md}]\n",
            "docs/index.md": "# Home\n",
        },
    ),
    "macros": Case(
        ["macros"],
        [*ATLAS, "Guide"],
        {
            "docs/guide.md": f"# Guide\n\n{{{{ 6 * 7 }}}}\n\n{PAPERS}",
            "docs/topics/heart.md": "# Heart\n\n{{ 6 * 7 }}\n",
        },
    ),
    "gen-files": Case(
        [{"gen-files": {"scripts": ["gen.py"]}}],
        [*ATLAS, "Made"],
        {
            "gen.py": f"""\
import mkdocs_gen_files

pages = {{
    "made.md": "# Made",
    "topics/heart.md": "# Heart, in my words",
    "papers/u-net.md": "# U-Net, in my words",
    "charts/index.md": "# My charts",
}}
for path, text in pages.items():
    with mkdocs_gen_files.open(path, "w") as file:
        file.write(text + "\\n\\n" + {PAPERS!r}.replace("](", "](" + "../" * path.count("/")))
"""
        },
        pages=("made/", "topics/heart/"),
    ),
    "rss": Case(
        [{"rss": {"use_git": False}}],
        [*ATLAS, "Guide"],
        {**GUIDE, "docs/topics/heart.md": "# Heart\n\nMine.\n"},
        {"site_url": "https://example.org/atlas/"},
    ),
    "blog": Case(
        ["blog"],
        [*ATLAS, "Blog"],
        {
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/a.md": "---\ndate: 2024-01-02\ncategories: [News]\n---\n# Post\n\n"
            + PAPERS.replace("](", "](../../")
            + "\n<!-- more -->\n\nRest.\n",
        },
        pages=("blog/", "blog/2024/01/02/post/", "blog/archive/2024/", "blog/category/news/"),
    ),
}


def orders(plugins: Plugins) -> dict[str, Plugins]:
    """The plugins before and after that of the atlas."""
    if not plugins:
        return {"": ["search", "paper-atlas"]}
    return {
        "first": ["search", *plugins, "paper-atlas"],
        "last": ["search", "paper-atlas", *plugins],
    }


PARAMETERS = [
    pytest.param(case, plugins, urls, id=" ".join(filter(None, [name, order, *words])))
    for name, case in CASES.items()
    for order, plugins in orders(case.plugins).items()
    for urls, words in ((True, []), (False, ["files"]))
    if urls or order != "first"
]


def project(folder: Path, files: Mapping[str, str], **options: object) -> Path:
    config = {"site_name": NAME, "theme": {"name": "material", "font": False}} | options
    for path, text in {**ENTRIES, **files, "mkdocs.yml": yaml.safe_dump(config)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "docs").mkdir(exist_ok=True)
    return folder


def file_of(path: str, urls: bool) -> str:
    """The file of a page such as `guide/`."""
    is_index = path.endswith(("blog/", "papers/", "topics/", "fr/")) or not path
    return f"{path}index.html" if urls or is_index else f"{path.rstrip('/')}.html"


def nav_of(page: BeautifulSoup) -> list[str]:
    """The titles at the top of the navigation of Material."""
    items = page.select("nav.md-nav--primary > ul > li")
    titles = [item.select_one(".md-ellipsis").get_text(strip=True) for item in items]
    return [title for title in titles if title != "Metadata"]  # of a post


def assert_complete(site: Site) -> None:
    """No page has a placeholder, and every link leads somewhere."""
    rest = re.compile(
        r"<span data-paper=|<!--\s*papers:|data-block=|PaperAtlas\w+Placeholder|Macro \w+ Error"
    )
    for name, content in site.files.items():
        if name.endswith((".html", ".xml", ".json")):
            # A feed may begin with the source of a page, where a comment is invisible.
            text = content.decode()
            found = rest.search(text.replace("<!-- papers:", "") if "feed" in name else text)
            assert not found, f"{name}: {found}"
    assert list(site.dead_links("/")) == []
    assert not any("laceholder" in name for name in site.files)


def assert_papers(page: BeautifulSoup, path: str) -> None:
    """The page has the links and the list of `PAPERS`."""
    links = {tag.get_text(strip=True): tag["href"] for tag in page.select("article p a[href]")}
    assert {"the first", "V-Net", "its page", "Heart", "all"} <= links.keys()
    rows = [tag.get_text() for tag in page.select("article li a")]
    assert {"V-Net", f"U-Net {TITLE}"} <= {*rows}, path


@pytest.mark.parametrize(("case", "plugins", "urls"), PARAMETERS)
def test_a_site_is_complete(
    case: Case, plugins: Plugins, urls: bool, tmp_path: Path, build: Build
) -> None:
    folder = project(tmp_path / "project", case.files, plugins=list(plugins), **case.options)
    mount = "https://example.org/atlas/" if case.options else None
    site = build(folder, strict=True, use_directory_urls=urls, site_url=mount)
    assert_complete(site)
    for path in case.pages:
        page = site.page(file_of(path, urls))
        assert nav_of(page) == case.nav, path
        assert_papers(page, path)
    for path in ("topics/heart/", "topics/vessel/", "papers/"):
        page = site.page(file_of(path, urls))
        assert nav_of(page) == case.nav, path
        assert page.select_one("article article#u-net"), path
    assert_term_has_its_title(site, urls)


def assert_term_has_its_title(site: Site, urls: bool) -> None:
    vessel = site.page(file_of("topics/vessel/", urls))
    assert vessel.select_one("h1").get_text() == TITLE
    assert vessel.select_one("title").get_text() == f"{TITLE} - {NAME}"


@pytest.mark.parametrize("order", ["first", "last"])
def test_a_feed_has_only_handwritten_pages(order: str, tmp_path: Path, build: Build) -> None:
    case = CASES["rss"]
    plugins = list(orders(case.plugins)[order])
    folder = project(tmp_path / "project", case.files, plugins=plugins, **case.options)
    feed = json.loads(build(folder, strict=True).files["feed_json_created.json"])
    assert {item["title"]: "Mine." in item["content_html"] for item in feed["items"]} == {
        "Guide": False,
        "Heart": True,
    }


@pytest.mark.parametrize("plugin", ["alone", "macros", "gen-files"])
def test_a_page_of_ones_own_has_the_papers_below(plugin: str, tmp_path: Path, build: Build) -> None:
    case = CASES[plugin]
    files = {
        "docs/methods/index.md": "# Methods, in my words\n",
        "docs/index.md": "# Home, in my words\n",
        "docs/sections/part/index.md": "# Part, in my words\n",
        "docs/topics/vessel.md": "# Vessel, in my words\n",
        "docs/papers/v-net.md": "# V-Net, in my words\n",
    }
    plugins = list(orders(case.plugins)["first" if case.plugins else ""])
    folder = project(tmp_path / "project", {**case.files, **files}, plugins=plugins)
    site = build(folder, strict=True)
    assert_complete(site)
    for path in files:
        page = site.page(path.removeprefix("docs/").replace("index.md", "").replace(".md", "/"))
        assert page.select_one("h1").get_text().endswith(", in my words"), path
        assert nav_of(page)[:2] == ["Home, in my words", "Papers"], path
    assert site.page("topics/vessel/").select("article article#u-net")
    assert site.page("sections/part/").select("article article#v-net")
    assert site.page("papers/v-net/").find("a", href="https://doi.org/10.1000/183")


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("topics/heart.md", "../topics/heart/"),
        ("./topics/heart.md#u-net", "../topics/heart/#u-net"),
        ("papers/u-net.md?from=here#cite", "../papers/u-net/?from=here#cite"),
        ("sections/part/index.md", "../sections/part/"),
        ("topics/%76essel.md", "../topics/vessel/"),
        ("methods/index.md", "../methods/"),
    ],
)
def test_a_link_leads_to_a_page_of_the_atlas(
    link: str, target: str, tmp_path: Path, build: Build
) -> None:
    words = f"[**bold** words]({link}), [by name][name]"
    text = f"# Guide\n\n{words}\n\n`[code]({link})`\n\n[name]: {link}\n"
    folder = project(tmp_path / "project", {"docs/guide.md": text}, plugins=["paper-atlas"])
    article = build(folder, strict=True).page("guide/").select_one("article")
    links = {tag.get_text(): tag["href"] for tag in article.select("p a")}
    assert links == {"bold words": target, "by name": target}
    assert f"[code]({link})" in article.get_text()


@pytest.mark.parametrize(
    "link", ["topics/lung.md", "papers/w-net.md", "heart.md", "../topics/heart.md"]
)
def test_a_link_to_a_missing_page_is_a_warning(link: str, tmp_path: Path, build: Build) -> None:
    files = {"docs/guide.md": f"# Guide\n\n[x]({link})\n"}
    folder = project(tmp_path / "project", files, plugins=["paper-atlas"])
    site = build(folder, warnings=1)
    assert f"contains a link '{link}'" in site.warnings[0]


LANGUAGES = [
    {"locale": "en", "default": True, "name": "English"},
    {"locale": "fr", "name": "Français", "nav_translations": {"Guide": "Guide français"}},
]
I18N_CASES = {
    "suffix": (
        "suffix",
        {
            "docs/index.md": f"# Home\n\n{PAPERS}",
            "docs/index.fr.md": f"# Accueil\n\n{PAPERS}",
            "docs/guide.md": f"# Guide\n\n{PAPERS}",
            "docs/topics/heart.md": "# Heart, in my words\n",
            "docs/topics/vessel.fr.md": "# Vaisseau\n",
        },
    ),
    "folder": (
        "folder",
        {
            "docs/en/index.md": "# Home\n\n" + PAPERS.replace("](", "](../"),
            "docs/fr/index.md": "# Accueil\n\n" + PAPERS.replace("](", "](../"),
            "docs/en/guide.md": "# Guide\n\n" + PAPERS.replace("](", "](../"),
            "docs/en/topics/heart.md": "# Heart, in my words\n",
            "docs/fr/topics/vessel.md": "# Vaisseau\n",
        },
    ),
    "without a home page": (
        "suffix",
        {"docs/guide.en.md": f"# Guide\n\n{PAPERS}", "docs/guide.fr.md": f"# Guide\n\n{PAPERS}"},
    ),
}


@pytest.mark.parametrize("urls", [True, False])
@pytest.mark.parametrize("order", ["first", "last"])
@pytest.mark.parametrize("name", I18N_CASES)
def test_each_language_has_an_atlas(
    name: str, order: str, urls: bool, tmp_path: Path, build: Build
) -> None:
    structure, files = I18N_CASES[name]
    i18n = {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}
    plugins = list(orders([i18n])[order])
    address = "http://site.test/"
    folder = project(tmp_path / "project", files, plugins=plugins, site_url=address)
    site = build(folder, strict=True, use_directory_urls=urls)
    assert_complete(site)
    for prefix, papers, charts in (("", "Papers", "Charts"), ("fr/", "Articles", "Graphiques")):
        for path in ("guide/", "papers/", "topics/heart/", "papers/u-net/"):
            page = site.page(prefix + file_of(path, urls))
            titles = nav_of(page)
            start = titles.index(papers)
            assert titles[start + 3 : start + 4] == [charts], (prefix, path, titles)
            scripts = [str(tag["src"]) for tag in page.select("script[type=module]")]
            found = urljoin(address + prefix + file_of(path, urls), scripts[0])
            assert (len(scripts), found) == (1, f"{address}{prefix}assets/paper-atlas/start.js")
        assert_papers(site.page(prefix + file_of("guide/", urls)), prefix)
        assert site.page(prefix + file_of("topics/vessel/", urls)).select("article article#u-net")
        paper = site.page(prefix + file_of("papers/u-net/", urls))
        assert paper.select_one("html")["lang"] == (prefix or "en/")[:2]
        alternates = [tag["href"] for tag in paper.select(".md-select__link[hreflang]")]
        ends = ("/", "/fr/") if urls else ("/index.html", "/fr/index.html")
        assert tuple(alternates) == ends
    locations = re.findall("<loc>(.*?)</loc>", site.files["sitemap.xml"].decode())
    assert len(locations) == len(set(locations))
    pages = {one.removeprefix(address) for one in locations}
    heart = "topics/heart/" if urls else "topics/heart.html"
    assert {heart, f"fr/{heart}"} <= pages
    found = {record["location"] for record in site.records}
    assert any(one.startswith("fr/") for one in found)
