"""How one new entry is created."""

from pathlib import Path

import pytest
from helpers.small import VOCABULARY, library
from paper_atlas import Severity
from paper_atlas.intake.new_entry import NewEntry, NewEntryResult, create_entry, with_links

CODE = "https://github.com/one/two"
OTHER = "https://github.com/three/four"
FACETS = "facets: {organs: {title: O, pages: true, terms: [{title: The liver, id: liver}], %s}}"


def create(
    folder: Path, name: str = "", title: str = "Foo: a thing", **fields: object
) -> NewEntryResult:
    new = NewEntry({"title": title, "links": {"doi": "10.1000/9"}, **fields}, ("liver",), name)
    return create_entry(new, folder / "entries", folder)


def test_a_second_link_of_a_kind_gets_a_numbered_label() -> None:
    assert with_links({}, [CODE, OTHER, "https://e.org/1", "https://e.org/2"])["links"] == {
        "code": CODE, "code 2": OTHER, "url": "https://e.org/1", "url 2": "https://e.org/2"
    }  # fmt: skip


def test_an_existing_link_is_not_added_again() -> None:
    fields = {"links": {"code": CODE}}
    assert with_links(fields, [CODE, OTHER, OTHER])["links"] == {"code": CODE, "code 2": OTHER}


def test_an_identifier_replaces_another_one_of_its_kind() -> None:
    fields = {"links": {"doi": "10.1000/1"}}
    assert with_links(fields, ["10.1000/2"])["links"] == {"doi": "10.1000/2"}


def test_no_links_add_no_key() -> None:
    assert with_links({"title": "A"}, []) == {"title": "A"}


@pytest.mark.parametrize("name", ["foo", "Foo"])
def test_the_id_of_a_broken_file_is_not_available_in_any_case(tmp_path: Path, name: str) -> None:
    library(tmp_path, {name: "year: [1]"})
    assert create(tmp_path, "foo").refusal == f"the id 'foo' is already taken by entries/{name}.yml"


@pytest.mark.parametrize("name", ["con", "lpt1", "index", "page"])
def test_a_reserved_name_is_no_id(tmp_path: Path, name: str) -> None:
    library(tmp_path, {})
    assert f"'{name}' cannot be the id of a paper: " in create(tmp_path, name).refusal


@pytest.mark.parametrize("name", ["Foo", "a b", "ü"])
def test_an_id_has_lowercase_letters_digits_and_hyphens(tmp_path: Path, name: str) -> None:
    library(tmp_path, {})
    assert "cannot be the id of a paper" in create(tmp_path, name).refusal


@pytest.mark.parametrize("name", ["foo", "Foo"])
def test_a_proposed_id_differs_from_the_name_of_a_broken_file_without_case(
    tmp_path: Path, name: str
) -> None:
    library(tmp_path, {name: "year: [1]"})
    assert Path(create(tmp_path).written_path).name == "foo-2.yml"


def test_a_proposed_id_has_author_and_year(tmp_path: Path) -> None:
    library(tmp_path, {})
    fields = {"authors": ["Ada Lovelace"], "year": "2018", "title": "Livers in images"}
    assert Path(create(tmp_path, **fields).written_path).stem == "lovelace-2018-livers"  # type: ignore[arg-type]


def test_the_folder_of_an_entry_is_the_id_of_its_first_term(tmp_path: Path) -> None:
    library(tmp_path, {}, FACETS % "description: x")
    created = create(tmp_path)
    path = tmp_path / created.written_path
    assert (path.parent.name, created.problems) == ("liver", ())
    assert "organs: [The liver]" in path.read_text()


def test_an_open_facet_accepts_a_new_term(tmp_path: Path) -> None:
    library(tmp_path, {}, FACETS % "open: true")
    new = NewEntry({"title": "A", "links": {"doi": "10.1000/9"}}, ("Big Spleen",))
    created = create_entry(new, tmp_path / "entries", tmp_path)
    assert Path(created.written_path).parent.name == "big-spleen"


def test_a_warning_about_the_vocabulary_does_not_prevent_an_entry(tmp_path: Path) -> None:
    atlas = library(tmp_path, {}, VOCABULARY)  # has terms that no entry uses
    assert atlas.problems
    assert create(tmp_path).written_path


def test_an_existing_paper_is_refused_by_identifier_and_by_title(tmp_path: Path) -> None:
    library(tmp_path, {"one": "title: Foo - a thing\nlinks: {pmid: '1'}", "two": ""})
    assert create(tmp_path).refusal == "'Foo: a thing' is already in entries/one.yml"
    again = create(tmp_path, title="Other", links={"doi": "10.1000/two"})
    assert again.refusal == "entries/two.yml already has this identifier"


def test_a_similar_paper_is_written_with_a_warning(tmp_path: Path) -> None:
    title = "Segmentation of the liver in CT volumes by deep networks"
    library(tmp_path, {"one": f"title: {title}\nauthors: [Ada Lovelace]"})
    near = {
        "title": title.replace("volumes", "volume"),
        "authors": ["A. Lovelace"],
        "links": {"pmid": "1"},
    }
    result = create_entry(NewEntry(near, ("Liver",)), tmp_path / "entries", tmp_path)
    assert result.written_path.endswith(".yml")
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("similar-title", Severity.WARNING)
    assert "entries/one.yml" in problem.message
    again = create_entry(
        NewEntry({"title": title.upper()}, ("Liver",)), tmp_path / "entries", tmp_path
    )
    assert "is already in entries/one.yml" in again.refusal
