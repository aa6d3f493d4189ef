"""The files of a site for MkDocs."""

import re
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from paper_atlas.mkdocs_plugin.files import (
    DeferredFile,
    add_link_targets,
    add_to_sitemap,
    append_page,
    common_folder,
)

SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
         <loc>https://example.org/</loc>
    </url>
    <url><loc> https://example.org/a/?b&amp;c </loc></url>
</urlset>
"""
EMPTY = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n</urlset>'


@pytest.mark.parametrize(
    ("sitemap", "addresses", "expected"),
    [
        (SITEMAP, [], ["", "a/?b&amp;c"]),
        (SITEMAP, ["papers/a/"], ["", "a/?b&amp;c", "papers/a/"]),
        (SITEMAP, ["", "papers/a/", "a/?b&c"], ["", "a/?b&amp;c", "papers/a/"]),
        (SITEMAP, ["fr/", "x&y/"], ["", "a/?b&amp;c", "fr/", "x&amp;y/"]),
        (EMPTY, ["b/", "a/"], ["b/", "a/"]),
    ],
)
def test_a_sitemap_gets_the_pages_that_it_lacks(
    sitemap: str, addresses: list[str], expected: list[str]
) -> None:
    root = "https://example.org/"
    text = add_to_sitemap(sitemap, [root + address for address in addresses])
    assert re.findall(r"<loc>\s*https://example\.org/(.*?)\s*</loc>", text) == expected
    assert text.rstrip().endswith("</urlset>")


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        ([], ""),
        (["index.md"], ""),
        (["fr/index.md"], "fr/"),
        (["fr/index.md", "fr/guide/a.md"], "fr/"),
        (["fr/index.md", "guide/a.md"], ""),
        (["fr/index.md", "index.md"], ""),
        (["fr/guide/a.md", "fr/guide/b.md"], "fr/"),
    ],
)
def test_the_folder_of_a_language_has_all_its_pages(paths: list[str], folder: str) -> None:
    files = [File(path, None, "site", use_directory_urls=True) for path in paths]
    assert common_folder(files) == folder


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"site_name": "A", "site_dir": str(tmp_path / "site")})
    assert config.validate() == ([], [])
    config.plugins._current_plugin = "paper-atlas"  # as in an event
    return config


def file(config: MkDocsConfig, path: str, **options: object) -> File:
    return File.generated(config, path, content="", **options)  # type: ignore[call-overload, no-any-return]


class TestLinkTargets:
    def files(self, config: MkDocsConfig, *present: File) -> Files:
        files = Files(present)
        add_link_targets(files, config, {"organs/liver.md", "papers/one.md"}, "")
        return files

    def test_a_page_that_is_no_file_is_found_by_its_path_only(self, config: MkDocsConfig) -> None:
        files = self.files(config, file(config, "index.md"))
        found = files.get_file_from_path("organs/liver.md")
        assert isinstance(found, DeferredFile)
        assert (found.url, found.dest_uri) == ("organs/liver/", "organs/liver/index.html")
        assert files.get_file_from_path("organs/liver.md") is found
        assert [one.src_uri for one in files] == ["index.md"]
        assert [one.src_uri for one in files.documentation_pages()] == ["index.md"]
        assert "organs/liver.md" not in files.src_uris

    def test_other_paths_are_found_as_before(self, config: MkDocsConfig) -> None:
        home = file(config, "index.md")
        files = self.files(config, home)
        assert files.get_file_from_path("index.md") is home
        assert files.get_file_from_path("organs/lung.md") is None

    @pytest.mark.parametrize(
        ("inclusion", "is_found"),
        [(InclusionLevel.INCLUDED, True), (InclusionLevel.NOT_IN_NAV, True),
         (InclusionLevel.EXCLUDED, False), (InclusionLevel.DRAFT, False)],
    )  # fmt: skip
    def test_an_excluded_file_does_not_hide_the_page(
        self, config: MkDocsConfig, inclusion: InclusionLevel, is_found: bool
    ) -> None:
        own = file(config, "papers/one.md", inclusion=inclusion)
        assert (self.files(config, own).get_file_from_path("papers/one.md") is own) == is_found


def test_a_page_has_a_real_source(config: MkDocsConfig, tmp_path: Path) -> None:
    files = Files([file(config, "papers/index.md", inclusion=InclusionLevel.EXCLUDED)])
    page = append_page(files, config, "papers/index.md", "# Papers\n", tmp_path, "")
    assert [*files] == [page]
    assert Path(page.abs_src_path or "").read_text() == page.content_string == "# Papers\n"
    assert page.inclusion.is_not_in_nav()
    assert page.dest_uri == "papers/index.html"
