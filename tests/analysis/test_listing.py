"""How many papers a listing shows, in which order and in which view."""

from pathlib import Path

from paper_atlas import load
from paper_atlas.analysis.listing import Listing, parse_listing
from paper_atlas.folder.vocabulary_file import default_vocabulary


def listing(words: str) -> Listing:
    found, problems = parse_listing(f"<!-- papers: {words} -->", default_vocabulary())
    assert problems == []
    return found


def test_a_limit_can_have_several_digits() -> None:
    assert listing("limit=120").limit == 120


def test_the_default_is_a_list_with_the_newest_first() -> None:
    assert (listing("").view, listing("").sort) == ("list", "-year")


def test_titles_are_sorted_without_case_and_punctuation(tmp_path: Path) -> None:
    for name, title in {"a": '"vein"', "b": '"«Liver»"', "c": "Heart"}.items():
        text = f"title: {title}\ntopics: [Liver]\nlinks: {{doi: 10.1000/{name}}}\n"
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    found = listing("sort=title").select_papers(load(tmp_path, tmp_path))
    assert [entry.id for entry in found] == ["c", "b", "a"]


def test_problems_are_sorted_by_location() -> None:
    text = "<!-- papers: topic=liver limit=1 limit=2 -->"
    _, problems = parse_listing(text, default_vocabulary())
    assert [problem.code for problem in problems] == ["unknown-facet", "doubled-key"]
