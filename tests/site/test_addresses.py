"""The addresses of pages and files, and links to them."""

import pytest
from helpers.small import entry, vocabulary
from paper_atlas.site.addresses import Addresses, PageLinks, list_page_path


@pytest.mark.parametrize(
    ("path", "url", "file"),
    [
        ("index.md", "", "index.html"),
        ("organs/index.md", "organs/", "organs/index.html"),
        ("organs/liver.md", "organs/liver/", "organs/liver/index.html"),
        ("organs/liver/page/2.md", "organs/liver/page/2/", "organs/liver/page/2/index.html"),
        ("papers/body-index.md", "papers/body-index/", "papers/body-index/index.html"),
        ("organs/Niere ü.md", "organs/Niere%20%C3%BC/", "organs/Niere ü/index.html"),
    ],
)
def test_a_page_has_a_folder_unless_it_is_an_index(path: str, url: str, file: str) -> None:
    assert (Addresses().page_url(path), Addresses().page_file(path)) == (url, file)


def test_every_page_is_a_file_without_directory_urls() -> None:
    addresses = Addresses(directory_urls=False)
    assert addresses.page_url("organs/index.md") == addresses.page_file("organs/index.md")
    assert addresses.page_url("organs/liver.md") == addresses.page_file("organs/liver.md")
    assert addresses.page_file("organs/liver.md") == "organs/liver.html"


@pytest.mark.parametrize(
    ("path", "with_folders", "without"),
    [
        ("index.md", "", ""),
        ("papers/index.md", "../", "../"),
        ("papers/u-net.md", "../../", "../"),
        ("papers/page/2.md", "../../../", "../../"),
    ],
)
def test_the_base_of_a_page_leads_to_the_root(path: str, with_folders: str, without: str) -> None:
    assert Addresses().base_of(path) == with_folders
    assert Addresses(directory_urls=False).base_of(path) == without


@pytest.mark.parametrize(
    ("path", "number", "page"),
    [
        ("papers/index.md", 1, "papers/index.md"),
        ("papers/index.md", 3, "papers/page/3.md"),
        ("organs/liver.md", 2, "organs/liver/page/2.md"),
        ("sections/reviews/index.md", 12, "sections/reviews/page/12.md"),
    ],
)
def test_further_pages_of_a_list_are_below_its_first_page(
    path: str, number: int, page: str
) -> None:
    assert list_page_path(path, number) == page


def test_anchors_are_percent_encoded() -> None:
    assert Addresses().page_url("methods/index.md", "ü x") == "methods/#%C3%BC%20x"


def test_files_and_their_queries_are_percent_encoded() -> None:
    addresses = Addresses(root="https://e.org/")
    assert addresses.file_url("ü.csv", "organs=a b,c&x=1") == (
        "https://e.org/%C3%BC.csv?organs=a%20b,c&x=1"
    )


def test_a_full_address_starts_with_the_root() -> None:
    assert (
        Addresses(root="https://e.org/").full_page_url("papers/a.md", "b")
        == "https://e.org/papers/a/#b"
    )


@pytest.mark.parametrize(("root", "url"), [("https://e.org/", "https://e.org/papers/a/"), ("", "")])
def test_only_a_site_with_a_root_has_canonical_addresses(root: str, url: str) -> None:
    assert Addresses(root=root).canonical_url("papers/a.md") == url


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_link_to_a_paper_is_its_address(directory_urls: bool) -> None:
    addresses = Addresses(directory_urls)
    links = PageLinks("../", addresses)
    assert links.paper_url(entry(name="a")) == "../" + addresses.page_url("papers/a.md")


@pytest.mark.parametrize("facet", ["organs", "modalities"])
def test_each_term_of_each_facet_has_a_page(facet: str) -> None:
    term = vocabulary().facets[facet].terms[0]
    assert PageLinks("../../", Addresses()).term_url(facet, term) == f"../../{facet}/{term.id}/"


def test_links_to_files_and_pages_are_percent_encoded() -> None:
    links = PageLinks("../", Addresses())
    assert links.file_url("ü.csv") == "../%C3%BC.csv"
    assert links.page_url("ü.md", '"') == "../%C3%BC/#%22"
