"""Lists of papers as files."""

from pathlib import Path

import pytest
from helpers.small import library
from paper_atlas import EXPORTS, Library, export
from paper_atlas.exports import records_of
from paper_atlas.model.entry import Entry
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.collection import Collection, collections_of
from paper_atlas.site.files.downloads import (
    MAX_LIST_PAPERS,
    download_paths,
    feed_paths,
    write_downloads,
)

PAPERS = {
    "one": "year: 2020\nmethods: [U-Net]",
    "two": "year: 2019\norgans: [Lung]",
    "three": "year: 2018\norgans: [Liver, Lung]",
}


@pytest.fixture
def atlas(tmp_path: Path) -> Library:
    return library(tmp_path, PAPERS)


def written(atlas: Library, folder: Path, paths: set[str]) -> dict[str, str]:
    """The files that are written, by path."""
    folder.mkdir()
    write_downloads(atlas, folder, paths)
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(files)
    }


def all_paths(atlas: Library) -> set[str]:
    return {path for papers in collections_of(atlas) for path in download_paths(papers).values()}


def test_all_papers_have_every_format_and_each_list_two(atlas: Library) -> None:
    everything, *others = collections_of(atlas)
    assert download_paths(everything).keys() == EXPORTS.keys()
    assert download_paths(everything)["markdown"] == "papers.md.txt"  # no page of the site
    liver = next(papers for papers in others if papers.folder == "organs/liver")
    assert download_paths(liver) == {
        "bibtex": "organs/liver/papers.bib",
        "ris": "organs/liver/papers.ris",
    }


@pytest.mark.parametrize(
    ("count", "has_files"),
    [(0, False), (1, True), (MAX_LIST_PAPERS, True), (MAX_LIST_PAPERS + 1, False)],
)
def test_empty_and_long_lists_have_no_files(atlas: Library, count: int, has_files: bool) -> None:
    papers = [atlas.entries[0]] * count
    assert bool(download_paths(Collection("organs/liver", "", "", papers))) == has_files
    assert download_paths(Collection("", "", "", papers)).keys() == EXPORTS.keys()


def test_each_file_is_the_export_of_its_papers(atlas: Library, tmp_path: Path) -> None:
    found = written(atlas, tmp_path / "site", all_paths(atlas))
    expected = {
        path: export(name, papers.entries)
        for papers in collections_of(atlas)
        for name, path in download_paths(papers).items()
    }
    assert len(expected) > 10
    assert found == dict(sorted(expected.items()))


@pytest.mark.parametrize(
    "paths",
    [
        {"papers.bib"},
        {"organs/lung/papers.ris"},
        {"papers.csv", "organs/liver/papers.bib"},
        set[str](),
    ],
    ids=["of all", "of a list", "of both", "none"],
)
def test_only_wanted_files_are_written(atlas: Library, tmp_path: Path, paths: set[str]) -> None:
    everything = written(atlas, tmp_path / "whole", all_paths(atlas))
    found = written(atlas, tmp_path / "some", paths)
    assert found == {path: everything[path] for path in paths}


def test_the_records_of_a_paper_are_made_once(atlas: Library, tmp_path: Path) -> None:
    made = []

    def records(entry: Entry) -> list[str]:
        made.append(entry.id)
        return [*records_of(entry)]

    write_downloads(atlas, tmp_path, all_paths(atlas), records)
    assert made == [entry.id for entry in atlas.entries]


def test_the_files_of_an_atlas_without_papers_are_empty_lists(tmp_path: Path) -> None:
    atlas = library(tmp_path, {})
    found = written(atlas, tmp_path / "site", all_paths(atlas))
    assert found.keys() == {*download_paths(next(collections_of(atlas))).values()}
    assert found["papers.csl.json"] == export("csl", ())


@pytest.mark.parametrize(
    ("added", "root", "paths"),
    [
        ("", "https://e.org/", []),
        ("added: 2024-03-31", "", []),
        ("added: 2024-03-31", "https://e.org/", ["feed.xml", "organs/liver/feed.xml"]),
    ],
    ids=["without dates", "without an address", "with both"],
)
def test_dated_lists_have_a_feed(tmp_path: Path, added: str, root: str, paths: list[str]) -> None:
    atlas = library(tmp_path, {"one": added, "two": "organs: [Lung]"})
    assert [*feed_paths(atlas, SiteInfo("A", "", Addresses(root=root)))] == paths
