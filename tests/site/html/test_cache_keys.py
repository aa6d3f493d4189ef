"""The keys of cached texts about a paper change with everything that the texts show."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from paper_atlas import load
from paper_atlas.analysis.related import RelatedPaper, SharedSubject
from paper_atlas.folder.cache import Cache
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.html.cache_keys import CacheKeys
from paper_atlas.translation import ENGLISH, translator_for


def no_pages(_: str) -> list[tuple[str, str]]:
    return []


def cache_keys(
    folder: Path,
    mentions: Callable[[str], list[tuple[str, str]]] = no_pages,
    edit: Callable[[str], str | None] = str,
) -> CacheKeys:
    return CacheKeys(Cache(), load(folder, folder), Addresses(), ENGLISH, edit, mentions)


def paper(folder: Path, name: str, *lines: str) -> None:
    given = (f"title: {name}", "topics: [Liver]", f"links: {{doi: 10.1000/{name}}}", *lines, "")
    text = "\n".join(given)
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def keys_of_a(folder: Path) -> tuple[bytes, bytes]:
    """The keys of the records and of the card of the paper `a`."""
    entry = load(folder, folder).entries_by_id["a"]
    keys = cache_keys(folder)
    return keys.records_key(entry), keys.card_key(entry)


def test_the_card_key_depends_on_papers_that_the_notes_link_to(tmp_path: Path) -> None:
    paper(tmp_path, "a", "notes: See [[b]].")
    paper(tmp_path, "b")
    records, card = keys_of_a(tmp_path)
    paper(tmp_path, "b", "year: 2020")
    assert keys_of_a(tmp_path)[0] == records
    assert keys_of_a(tmp_path)[1] != card


def test_the_card_key_depends_on_a_linked_paper_with_a_label(tmp_path: Path) -> None:
    paper(tmp_path, "a", "notes: See [[ b |the other]].")
    paper(tmp_path, "b")
    _, card = keys_of_a(tmp_path)
    paper(tmp_path, "b", "year: 2020")
    assert keys_of_a(tmp_path)[1] != card


@pytest.mark.parametrize(("one", "other"), [("extends: [b]", ""), ("", "extends: [a]")])
def test_the_card_key_depends_on_papers_in_a_relation(one: str, other: str, tmp_path: Path) -> None:
    paper(tmp_path, "a", one)
    paper(tmp_path, "b", other)
    _, card = keys_of_a(tmp_path)
    paper(tmp_path, "b", other, "year: 2020")
    assert keys_of_a(tmp_path)[1] != card


def test_the_card_key_depends_on_the_edit_address_of_the_file(tmp_path: Path) -> None:
    paper(tmp_path, "a")
    entry = load(tmp_path, tmp_path).entries_by_id["a"]
    one, other = (cache_keys(tmp_path, edit=lambda path, at=at: at + path) for at in "xy")
    assert one.card_key(entry) != other.card_key(entry)
    assert one.records_key(entry) == other.records_key(entry)


def test_all_keys_depend_on_the_vocabulary_the_addresses_and_the_language(
    tmp_path: Path,
) -> None:
    paper(tmp_path, "a")
    library = load(tmp_path, tmp_path)
    facets = library.vocabulary.facets
    facet = facets["datasets"].model_copy(update={"title": "Benchmarks"})
    renamed = library.vocabulary.model_copy(update={"facets": {**facets, "datasets": facet}})
    entry = library.entries_by_id["a"]
    keys = {
        CacheKeys(Cache(), atlas, addresses, translate, str, no_pages).records_key(entry)
        for atlas in (library, replace(library, vocabulary=renamed))
        for addresses in (Addresses(), Addresses(directory_urls=False), Addresses(root="/x/"))
        for translate in (ENGLISH, translator_for("fr"))
    }
    assert len(keys) == 12


def test_the_page_key_depends_on_neighbours_reasons_mentions_and_head(
    tmp_path: Path,
) -> None:
    for name in "abc":
        paper(tmp_path, name)
    entries, without_mentions = load(tmp_path, tmp_path).entries_by_id, cache_keys(tmp_path)
    with_mentions = cache_keys(tmp_path, mentions=lambda _: [("More", "more.md")])
    organ = SharedSubject("topics", entries["a"].terms["topics"][0])
    near = [RelatedPaper(entries["b"], (organ,))]
    keys = [
        without_mentions.page_key(entries["a"], near, "<head>"),
        with_mentions.page_key(entries["a"], near, "<head>"),
        without_mentions.page_key(entries["a"], near, "<other>"),
        without_mentions.page_key(entries["a"], [RelatedPaper(entries["b"], ())], "<head>"),
        without_mentions.page_key(entries["a"], [RelatedPaper(entries["c"], (organ,))], "<head>"),
    ]
    assert len(set(keys)) == 5


def test_the_page_key_depends_on_the_text_of_a_neighbour(tmp_path: Path) -> None:
    def page_key() -> bytes:
        entries = load(tmp_path, tmp_path).entries_by_id
        return cache_keys(tmp_path).page_key(entries["a"], [RelatedPaper(entries["b"], ())], "")

    paper(tmp_path, "a")
    paper(tmp_path, "b")
    before = page_key()
    paper(tmp_path, "b", "year: 2020")
    assert page_key() != before
