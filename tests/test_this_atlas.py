"""The entries of this atlas contain exactly the facts of the fact sheets.

The sheets are read here without the importer.
"""

import shutil
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import FIXTURES, ROOT
from helpers.commands import SEED, files, run
from paper_atlas import Entry, Library, Severity, load
from paper_atlas.cli import main
from paper_atlas.text.titles import title_key

FACTS = FIXTURES / "facts"
SHEETS = {"seed.yaml": 56, "beyond.yaml": 120}
RESULTS = {"results.yaml": 12}  # figures of papers that the other sheets have
WORDS = yaml.safe_load((FACTS / "words.yml").read_text(encoding="utf-8"))
FACETS = ("organs", "modalities", "methods", "targets", "datasets", "dimensionality")
SIMPLE = ("authors", "year", "venue", "volume", "issue", "pages")
LINKS = ("doi", "arxiv", "pmid", "code")
NOT_COMPARED = {"n", "seed_title", "section", "title", "sources", "note", "unverified"}

# Added by hand: organs that are named in the targets, and relations that are named in titles.
ORGANS_BY_HAND = {
    "2d-densely-connected-convolution-neural-networks": {"Liver tumour"},
    "3d-deeply-supervised-network-automated": {"Heart"},
    "3d-kidneys-kidney-tumor-semantic": {"Kidney tumour"},
    "automatic-liver-tumor-segmentation-ct": {"Liver tumour"},
    "automatic-segmentation-kidney-renal-tumor": {"Kidney tumour"},
    "bilic-2023-liver": {"Liver"},
    "bisc-unet": {"Kidney tumour"},
    "ce-net": {"Multi-organ"},
    "h-denseunet": {"Liver tumour"},
    "ma-2021-data-efficient": {"Lung"},
    "modality-adaptive-method-segmenting-brain-tumors": {"Brain tumour"},
    "modified-u-net-mu-net-incorporation-object-dependent": {"Liver tumour"},
    "mss-u-net": {"Kidney tumour"},
    "unet-plus-plus": {"Lung nodule and lung tumour", "Colorectal polyp"},
    "zhu-2019-multi-scale": {"Pancreas"},
}
EXTENDS_BY_HAND = {
    "3d-deeply-supervised-network-automated": {"3d-deeply-supervised-network-automatic"},
    "accurate-segmentation-bladder-wall-tumor": {"u-net"},
    "attention-u-net-adversarial-architectures-chest": {"attention-u-net"},
    "deep-q-learning-driven-ct": {"u-net"},
    "deep-residual-u-net-convolutional-neural": {"u-net"},
    "dense-unet": {"u-net"},
    "h-denseunet": {"u-net"},
    "liver-ct-sequence-segmentation-improved": {"u-net"},
    "modified-u-net-mu-net-incorporation-object-dependent": {"u-net"},
    "mss-u-net": {"3d-u-net"},
    "u-net-deep-learning-bladder-segmentation": {"u-net"},
    "unet-plus-plus": {"u-net"},
}


def rows(names: Iterable[str] = SHEETS) -> list[dict[str, Any]]:
    """Return the rows of some sheets, as text."""
    found: list[dict[str, Any]] = []
    for name in names:
        found += yaml.load((FACTS / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "entries", ROOT)


@pytest.fixture(scope="module")
def pairs(library: Library) -> list[tuple[dict[str, Any], Entry]]:
    """Each row with its entry, found by the title."""
    by_title = {title_key(entry.title): entry for entry in library.entries}
    return [(row, by_title[title_key(row["title"])]) for row in rows()]


def folded(library: Library, facet: str, words: Any) -> Iterator[str]:
    """Yield the titles of the terms for the words of a sheet."""
    known = WORDS["terms"].get(facet, {})
    for word in [words] if isinstance(words, str) else words:
        names = known.get(word, word)
        for name in [names] if isinstance(names, str) else names:
            term = library.file_vocabulary.facets[facet].find_term(str(name))
            assert term, f"{facet}: '{word}' is neither a term nor an alias"
            yield term.title


def test_every_row_is_an_entry_and_every_entry_a_row(
    library: Library, pairs: list[tuple[dict[str, Any], Entry]]
) -> None:
    assert len(pairs) == 176
    assert {entry.id for _, entry in pairs} == {entry.id for entry in library.entries}
    messages = [it for it in library.problems if it.severity is not Severity.NOTE]
    assert messages == []


def test_simple_facts_match_the_sheets(pairs: list[tuple[dict[str, Any], Entry]]) -> None:
    for row, entry in pairs:
        assert entry.title == row["title"]
        for key in SIMPLE:
            value = getattr(entry, key)
            expected = list(value) if isinstance(value, tuple) else value and str(value)
            assert (expected or None) == row.get(key), (entry.id, key)
        if "seed_title" in row:
            known = {title_key(title) for title in entry.all_titles}
            assert title_key(row["seed_title"]) in known, entry.id
        elif entry.alternative_titles:
            pytest.fail(f"{entry.id} has a title that no sheet has")
        assert row.get("note", "") in (entry.notes or "")


def test_links_match_the_sheets_and_the_list(
    pairs: list[tuple[dict[str, Any], Entry]],
) -> None:
    """Other links are only those of the list from which the atlas started."""
    urls = SEED.read_text(encoding="utf-8")
    for row, entry in pairs:
        given = entry.links.by_kind()
        for kind in LINKS:
            if kind in row:
                assert given[kind] == row[kind], (entry.id, kind)
        others = {kind: value for kind, value in given.items() if row.get(kind) != value}
        others.pop("arXiv, second copy", None)  # the note of the sheet names it
        assert all(value.removeprefix("PMC") in urls for value in others.values()), entry.id
        assert not others or "seed_title" in row


def test_words_become_terms(library: Library, pairs: list[tuple[dict[str, Any], Entry]]) -> None:
    for row, entry in pairs:
        for facet in FACETS:
            titles = set(folded(library, facet, row.get(facet, [])))
            if facet == "organs":
                titles |= set(folded(library, facet, row["section"]))
                titles |= ORGANS_BY_HAND.get(entry.id, set())
            assert {term.title for term in entry.terms.get(facet, ())} == titles, (entry.id, facet)


def test_relations_match_the_sheets_and_titles(
    library: Library, pairs: list[tuple[dict[str, Any], Entry]]
) -> None:
    by_title = {
        title_key(title): entry.id for entry in library.entries for title in entry.all_titles
    }
    for row, entry in pairs:
        expected = {by_title[title_key(title)] for title in row.get("extends", [])}
        assert set(entry.extends) == expected | EXTENDS_BY_HAND.get(entry.id, set()), entry.id


def further() -> dict[str, dict[str, Any]]:
    """Return the rows of the sheet of results by title."""
    return {row["title"]: row for row in rows(RESULTS)}


def figures(row: dict[str, Any]) -> set[tuple[str, str, Decimal]]:
    results = row.get("results", [])
    return {(it["target"], it["metric"], Decimal(it["value"])) for it in results}


def test_results_match_the_sheets(pairs: list[tuple[dict[str, Any], Entry]]) -> None:
    more = further()
    for row, entry in pairs:
        known = {(it.target, it.metric, it.value) for it in entry.results}
        assert known == figures(row) | figures(more.get(entry.title, {})), entry.id
        assert len(known) == len(entry.results)
        assert all(result.stated for result in entry.results)


def test_splits_match_the_sheets(pairs: list[tuple[dict[str, Any], Entry]]) -> None:
    """A split is in the name of the data set or in the sheet of results."""
    more = further()
    for row, entry in pairs:
        expected = {it.get("split") for it in more.get(entry.title, {}).get("results", [])}
        expected |= {
            WORDS["results"].get(it["dataset"], {}).get("split") for it in row.get("results", [])
        }
        assert {result.split for result in entry.results} - {None} <= expected, entry.id


def test_unverified_keys_match_the_sheets(
    pairs: list[tuple[dict[str, Any], Entry]],
) -> None:
    more = further()
    for row, entry in pairs:
        doubted = {*row.get("unverified", []), *more.get(entry.title, {}).get("unverified", [])}
        assert set(entry.unverified) == doubted, entry.id


def test_every_key_of_the_sheets_is_compared() -> None:
    """Every key is compared above, or listed as not compared."""
    compared = {*SIMPLE, *LINKS, *FACETS, *NOT_COMPARED, "extends", "results"}
    assert {key for row in rows() for key in row} == compared
    assert {key for row in rows(RESULTS) for key in row} <= compared


def test_every_heading_has_papers(library: Library) -> None:
    facet = library.file_vocabulary.facets["organs"]
    assert [section.title for section in facet.sections] == [
        "Anatomical Structures Segmentation", "Abnormalities Segmentation", "Review",
    ]  # fmt: skip
    assert all(library.papers_of_term("organs", term) for term in facet.all_terms)
    organs = [term for term in facet.all_terms if term.id != "reviews"]
    assert len(organs) == 25


def test_every_term_has_a_description(library: Library) -> None:
    """All terms except targets have a description."""
    for name, facet in library.file_vocabulary.facets.items():
        bare = [term.title for term in facet.all_terms if not term.description]
        assert name == "targets" or bare == []


def test_second_import_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    monkeypatch.chdir(tmp_path)
    for name, count in (SHEETS | RESULTS).items():
        words = str(FACTS / "words.yml")
        code, messages = run(capsys, "import", str(FACTS / name), "--words", words)
        assert (code, messages) == (
            0,
            [
                f"{count} records read: {count} unchanged",
                f"0 papers written, {count} unchanged",
            ],
        )
    assert files(tmp_path / "entries") == files(ROOT / "entries")


def test_entries_can_be_imported_again(tmp_path: Path, library: Library) -> None:
    """An import of the list and the sheets gives the same papers with the same ids."""
    folder = tmp_path / "entries"
    folder.mkdir()
    for name in ("vocabulary.yml", "body.svg"):
        shutil.copy(ROOT / "entries" / name, folder)
    words = ["--words", str(FACTS / "words.yml"), "--entries", str(folder)]
    assert main(["import", str(SEED), "--entries", str(folder)]) == 0
    for name in SHEETS | RESULTS:
        assert main(["import", str(FACTS / name), *words]) == 0
    made = load(folder, tmp_path)
    assert set(made.entries_by_id) == set(library.entries_by_id)
    for entry in made.entries:
        ours = library.entries_by_id[entry.id]
        assert (entry.title, entry.authors) == (ours.title, ours.authors)
        assert set(entry.links.by_kind().items()) <= set(ours.links.by_kind().items())
        assert {it.value for it in entry.results} == {it.value for it in ours.results}
