"""Entries as JSON in the cache."""

from pathlib import Path

from helpers import ROOT, small
from paper_atlas import load
from paper_atlas.folder.cached_json import entry_from_json, entry_to_json
from paper_atlas.text.names import Group


def test_every_entry_survives_the_cache_unchanged() -> None:
    library = load(ROOT / "entries", ROOT)
    facets = library.file_vocabulary.facets
    plain = [
        entry
        for entry in library.entries
        if all(
            term.id in facets[name].terms_by_id
            for name, terms in entry.terms.items()
            for term in terms
        )
    ]
    assert len(plain) > 100
    for entry in plain:
        again = entry_from_json(entry_to_json(entry), library.file_vocabulary)
        assert again == entry
        assert list(again.links.by_kind()) == list(entry.links.by_kind())
        assert repr(again) == repr(entry)


def test_the_date_of_an_entry_survives_the_cache(tmp_path: Path) -> None:
    text = "title: T\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\nadded: 2024-03-31\n"
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    library = load(tmp_path, tmp_path)
    (entry,) = library.entries
    assert entry_from_json(entry_to_json(entry), library.vocabulary) == entry


def test_groups_among_the_authors_survive_the_cache() -> None:
    given = small.entry("authors: [Ann Doe, {group: Ann Doe}]")
    assert entry_from_json(entry_to_json(given), small.vocabulary()) == given
    assert given.authors == ("Ann Doe", Group("Ann Doe"))
