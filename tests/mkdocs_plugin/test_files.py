"""The files of a site for MkDocs."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from paper_atlas.mkdocs_plugin.files import with_papers
from paper_atlas.site.paper_template import TEMPLATE_PAGE


def sitemap_file(path: str) -> File:
    """A file of the sitemap, with its page."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "Atlas", "site_url": "https://example.org/"})
    assert config.validate() == ([], [])
    file = File(path, None, "site", use_directory_urls=True)
    file.page = Page(None, file, config)
    return file


def test_only_the_template_is_replaced_by_the_pages_of_papers() -> None:
    files = [sitemap_file("index.md"), sitemap_file(TEMPLATE_PAGE.path)]
    pages = [file.page for file in with_papers(files, ["a", "b"])]
    assert [page and page.canonical_url for page in pages] == [
        "https://example.org/",
        "https://example.org/papers/a/",
        "https://example.org/papers/b/",
    ]
    assert list(with_papers(files[:1], ["a", "b"])) == files[:1]
