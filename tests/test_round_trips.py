"""What is exported comes back: the same entries, for the fields that each format has."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT
from helpers.commands import files
from helpers.one_paper import PAGE, READ_AS, page
from helpers.projects import BESIDE_ENTRIES, ENTRIES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_atlas.cli import main
from paper_atlas.exports import EXPORTS, export
from paper_atlas.exports.markdown import headed_list
from paper_atlas.folder.load import load
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.importers import FORMATS
from paper_atlas.importers.draft import Draft
from paper_atlas.intake.entry import DraftedPaper, build_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.publication import (
    confirmed_links,
    keywords,
    page_range,
    retraction_url,
    url_beside_doi,
    url_of_link,
)
from paper_atlas.model.validation import describe_invisible
from paper_atlas.model.vocabulary import Term
from paper_atlas.problem import errors
from paper_atlas.text.identifiers import identifier_in_url
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import one_line
from pydantic import ValidationError

# The links that a format has a place for, beside the address of the paper. All formats have the
# id, the title, the authors, the year, venue, volume, issue and pages, the words of all facets,
# and that a paper is retracted. JSON has everything.
LINKS = {
    "bibtex": ("doi", "arxiv", "pmid", "code"),
    "ris": ("doi", "arxiv", "pmid", "code"),
    "biblatex": ("doi", "arxiv", "pmid", "code"),
    "csl": ("doi", "arxiv", "pmid", "pmcid", "code"),
    "csv": ("doi", "arxiv", "pmid", "pmcid", "code"),
}
# Nobody has confirmed any link of these, so that no other format than JSON has one.
WITHOUT_LINKS = {"bisc-unet", "rp-net"}
# What a list in Markdown does not say: ids, and the words of other facets than its headings.
UNLISTED = {"id": "", "words": []}


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ENTRIES, ROOT)


@pytest.fixture(scope="module")
def imported(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each format the folder of a project into which all papers of this atlas came by it."""
    return {
        name: brought(library, name, tmp_path_factory.mktemp(name)) for name in (*LINKS, "json")
    }


def brought(library: Library, name: str, project: Path) -> Path:
    (project / "entries").mkdir()
    for file in BESIDE_ENTRIES:
        shutil.copy(ENTRIES / file, project / "entries")
    path = project / f"papers{EXPORTS[name].suffix}"
    path.write_bytes(export(name, library.entries).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert main(["import", path.name]) == (0 if name == "json" else 1)
    return project


def links_in(name: str, entry: Entry) -> dict[str, str]:
    """The links that an export of a paper has, as they come back."""
    confirmed = confirmed_links(entry)
    links = {kind: value for kind, value in confirmed.items() if kind in LINKS[name]}
    if url := url_beside_doi(confirmed):
        kind, value = identifier_in_url(url) or ("url", url)
        is_its_own = kind != "url" and url == url_of_link(kind, value)
        links[kind if is_its_own else "url"] = value if is_its_own else url
        if kind != "url":
            links.setdefault(kind, value)
    return links


def common(entry: Entry) -> dict[str, Any]:
    """What every format has of a paper."""
    return {
        "id": entry.id,
        "title": one_line(entry.title),
        "authors": [split_name(author).plain for author in entry.authors],
        "year": entry.year,
        "venue": one_line(entry.venue),
        "volume": one_line(entry.volume),
        "issue": one_line(entry.issue),
        "pages": page_range(entry),
        "retracted": retraction_url(entry),
        "words": sorted(keywords(entry)),
    }


@pytest.mark.parametrize("name", LINKS)
def test_all_papers_come_back(library: Library, imported: Mapping[str, Path], name: str) -> None:
    again = load(imported[name] / "entries", imported[name])
    assert errors(again.problems) == []
    expected = [entry for entry in library.entries if entry.id not in WITHOUT_LINKS]
    assert [common(entry) for entry in again.entries] == [common(entry) for entry in expected]
    assert [entry.path for entry in again.entries] == [entry.path for entry in expected]
    for entry, other in zip(expected, again.entries, strict=True):
        assert other.links.by_kind() == links_in(name, entry), entry.id


def test_json_gives_the_same_files(imported: Mapping[str, Path]) -> None:
    """Byte for byte: the entries of this atlas have one form, and no comments."""
    expected, found = files(ENTRIES), files(imported["json"] / "entries")
    assert found == expected


@pytest.mark.parametrize("name", [*LINKS, "json"])
def test_nothing_is_added_to_the_atlas_that_an_export_is_of(
    imported: Mapping[str, Path],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(ENTRIES, tmp_path / "entries")
    monkeypatch.chdir(tmp_path)
    source = imported[name] / f"papers{EXPORTS[name].suffix}"
    assert main(["import", str(source), "--dry-run"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "0 papers to write, 176 unchanged\n"


PIECES = ("&", "%", "#", "_", "$", "{", "}", "~", "^", "\\", "+", "=", "@", "-", "'", '"', "`",
          "<b>", "&amp;", "[", "](", "*", "|", ",", ";", "!", "?", "\n", " ", "CT", "U-Net",
          "é", "ﬁ", "🙂", "بحث", "图像", " and ", "@misc{x,", "ER  - ", "TY  - x", "\\textbf{",
          "\\&", "'=", "http://e.org", "\u2028", "- title: x", ": ", "null")  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30),
).filter(lambda text: text.strip() and not describe_invisible(text))
WORDS = st.text(
    st.one_of(st.characters(categories=["Lu", "Ll", "Lo"]), st.sampled_from("+%#_{}'\"é-.")),
    min_size=1,
    max_size=8,
)
NAMES = st.tuples(WORDS, WORDS).map(" ".join).filter(lambda name: is_name(name))


def is_name(text: str) -> bool:
    try:
        return bool(entry(title="A", authors=[text]))
    except ValidationError:
        return False


LIMITS = settings(max_examples=120, deadline=None, derandomize=True)


def entry(**values: Any) -> Entry:
    given = {"id": "a-b", "path": "a-b.yml", "links": {"doi": "10.1000/1"}, "terms": {}, **values}
    return Entry.model_validate(given)


def drafts(name: str, *entries: Entry) -> list[Draft]:
    reader = FORMATS[READ_AS.get(name, name)]
    reading = reader.read(export(name, entries), "papers")
    assert reading.problems == ()
    return list(reading.drafts)


@pytest.mark.parametrize("name", LINKS)
@LIMITS
@given(title=TEXTS, venue=TEXTS.map("A {} B".format))
@example(title="}{ CT} {U-Net", venue="A '=1+1 B")
@example(title="'=1+1", venue="A\nTI  - B")
@example(title="^ \\^ ˆ ~ `", venue="A # B")
def test_texts_survive(name: str, title: str, venue: str) -> None:
    two = [entry(title=title, venue=venue, id=key) for key in ("a-b", "c")]
    for draft, key in zip(drafts(name, *two), ("a-b", "c"), strict=True):
        assert draft.fields["title"] == one_line(title)
        assert draft.fields["venue"] == one_line(venue)
        assert (draft.id, draft.links["doi"]) == (key, "10.1000/1")


@pytest.mark.parametrize("name", LINKS)
@LIMITS
@given(names=st.lists(NAMES, min_size=1, max_size=3))
def test_names_survive(name: str, names: list[str]) -> None:
    (draft,) = drafts(name, entry(title="A", authors=names))
    assert [split_name(it).plain for it in draft.fields["authors"]] == [
        split_name(it).plain for it in names
    ]


@LIMITS
@given(title=TEXTS, other=TEXTS, notes=TEXTS, reason=TEXTS, value=st.decimals(0, 1, places=3))
def test_all_survives_json(title: str, other: str, notes: str, reason: str, value: object) -> None:
    vocabulary = default_vocabulary()
    liver = Term.model_validate("Liver")
    first = entry(
        title=title,
        alternative_titles=[other],
        notes=notes,
        terms={"organs": (liver,)},
        results=[{"dataset": other, "metric": title, "value": str(value), "stated": notes}],
        added="2024-02-29",
        formerly=["a", "b-c"],
        not_same_as=["d"],
        allow={"similar-title": reason},
        unverified=["notes"],
    )
    (draft,) = drafts("json", first)
    again, problems = build_entry(DraftedPaper("x", [draft]), vocabulary, first.path, str)
    assert (again, problems) == (first, [])


def test_the_list_of_the_seed_comes_back(tmp_path: Path) -> None:
    """Exported as Markdown below the headings of its organs, and imported beside its vocabulary."""
    seed = ROOT / "tests" / "fixtures" / "seed" / "README.md"
    assert main(["import", str(seed), "--entries", str(tmp_path / "one")]) == 0
    library = load(tmp_path / "one")
    organs = library.vocabulary.facets["organs"]
    lists = ((term.title, library.papers_of_term("organs", term)) for term in organs.all_terms)
    text = "".join(f"\n## {title}\n\n{export('markdown', entries)}" for title, entries in lists)
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / "vocabulary.yml", tmp_path / "two")
    assert main(["import", str(tmp_path / "list.md"), "--entries", str(tmp_path / "two")]) == 0
    assert len(library.entries) == 56
    assert files(tmp_path / "two") == files(tmp_path / "one")


def test_the_section_of_a_readme_comes_back(library: Library, tmp_path: Path) -> None:
    """All papers below their headings, but for ids and the order of terms."""
    text = headed_list(library.entries, "organs", library.vocabulary.facets["organs"])
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    (tmp_path / "entries").mkdir()
    for file in BESIDE_ENTRIES:
        shutil.copy(ENTRIES / file, tmp_path / "entries")
    source = str(tmp_path / "README.md")
    assert main(["import", source, "--entries", str(tmp_path / "entries")]) == 0
    found = {entry.title: entry for entry in load(tmp_path / "entries").entries}
    assert len(found) == len(library.entries)
    for entry in library.entries:
        again = found[one_line(entry.title)]
        assert {**common(again), **UNLISTED} == {**common(entry), **UNLISTED}
        one, other = ({term.id for term in it.terms["organs"]} for it in (again, entry))
        assert one == other
        assert again.links.by_kind() == confirmed_links(entry)


def test_the_page_of_one_paper_shows_what_the_programs_do() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/one_paper.py"
