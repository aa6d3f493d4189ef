"""The addresses of pages and files, and links to them."""

from pathlib import Path

import pytest
from helpers.small import entry, library
from paper_atlas.site.addresses import ROOT_PLACEHOLDER, Addresses, PageLinks, term_location


@pytest.mark.parametrize(
    ("path", "url", "file"),
    [
        ("index.md", "", "index.html"),
        ("organs/index.md", "organs/", "organs/index.html"),
        ("organs/liver.md", "organs/liver/", "organs/liver/index.html"),
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


def test_terms_of_a_facet_without_pages_are_on_the_page_of_the_facet(tmp_path: Path) -> None:
    atlas = library(tmp_path, {})
    facets = atlas.vocabulary.facets
    assert term_location(atlas, "organs", facets["organs"].terms[0]) == ("organs/liver.md", "")
    assert term_location(atlas, "modalities", facets["modalities"].terms[0]) == (
        "modalities/index.md", "ct"
    )  # fmt: skip


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_link_to_a_paper_is_its_address(tmp_path: Path, directory_urls: bool) -> None:
    atlas, addresses = library(tmp_path, {}), Addresses(directory_urls)
    links = PageLinks(atlas, addresses, lambda _: None)
    assert links.paper_url(entry(name="a")) == ROOT_PLACEHOLDER + addresses.page_url("papers/a.md")


def test_links_to_files_and_pages_are_percent_encoded(tmp_path: Path) -> None:
    links = PageLinks(library(tmp_path, {}), Addresses(), lambda _: None)
    assert links.file_url("ü.csv") == f"{ROOT_PLACEHOLDER}%C3%BC.csv"
    assert links.page_url("ü.md", '"') == f"{ROOT_PLACEHOLDER}%C3%BC/#%22"


def test_the_link_to_confirm_a_fact_is_the_file_or_the_page_with_instructions(
    tmp_path: Path,
) -> None:
    atlas = library(tmp_path, {})
    edited = PageLinks(atlas, Addresses(), lambda path: f"https://e.org/edit/{path}")
    assert edited.confirm_url(entry(name="a")) == "https://e.org/edit/entries/liver/a.yml"
    plain = PageLinks(atlas, Addresses(), lambda _: None)
    assert plain.confirm_url(entry(name="a")) == f"{ROOT_PLACEHOLDER}help-wanted/#unverified_facts"
