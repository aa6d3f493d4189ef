"""Round trips: an import of an export gives the same entries, for the fields of each format."""

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
from paper_atlas import EXPORTS, Draft, Entry, Library, Term, export, load
from paper_atlas.cli import main
from paper_atlas.exports.markdown import headed_list
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.importers import FORMATS
from paper_atlas.intake.entry import ListedPaper, build_entry
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.model.publication import (
    confirmed_links,
    keywords,
    page_range,
    retraction_url,
)
from paper_atlas.model.validation import describe_invisible
from paper_atlas.problem import errors
from paper_atlas.text.html import plain_text
from paper_atlas.text.identifiers import identifier_in_url
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import AuthorName, Group, split_name
from pydantic import ValidationError

# All formats store the id, title, authors, year, venue, volume, issue, pages, the terms of all
# facets, all confirmed links, and the retraction. JSON stores everything.
RECORD_FORMATS = ("bibtex", "ris", "biblatex", "csl", "csv")
# What a Markdown list does not contain: ids, and terms of other facets than its headings.
UNLISTED: dict[str, Any] = {"id": "", "words": []}


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ENTRIES, ROOT)


@pytest.fixture(scope="module")
def imported(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of a project for each format, with all papers of this atlas imported from it."""
    return {
        name: import_export(library, name, tmp_path_factory.mktemp(name))
        for name in (*RECORD_FORMATS, "json")
    }


def import_export(library: Library, name: str, project: Path) -> Path:
    (project / "entries").mkdir()
    for file in BESIDE_ENTRIES:
        shutil.copy(ENTRIES / file, project / "entries")
    path = project / f"papers{EXPORTS[name].suffix}"
    path.write_bytes(export(name, library.entries).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert main(["import", path.name]) == 0
    return project


def links_in(entry: Entry) -> dict[str, str]:
    """Return the links of a paper that an export contains, with the identifier in its URL."""
    links = confirmed_links(entry)
    kind, value = identifier_in_url(links.get("url", "")) or ("", "")
    return {kind: value} | links if kind else links


def common(entry: Entry) -> dict[str, Any]:
    """Return the fields that every format stores."""
    return {
        "id": entry.id,
        "title": one_line(entry.title),
        "authors": [*map(split_name, entry.authors)],
        "year": entry.year,
        "venue": one_line(entry.venue),
        "volume": one_line(entry.volume),
        "issue": one_line(entry.issue),
        "pages": page_range(entry),
        "retracted": retraction_url(entry),
        "words": sorted(keywords(entry)),
    }


@pytest.mark.parametrize("name", RECORD_FORMATS)
def test_import_of_an_export_gives_the_same_papers(
    library: Library, imported: Mapping[str, Path], name: str
) -> None:
    again = load(imported[name] / "entries", imported[name])
    assert errors(again.problems) == []
    assert [common(entry) for entry in again.entries] == [
        common(entry) for entry in library.entries
    ]
    assert [entry.path for entry in again.entries] == [entry.path for entry in library.entries]
    for entry, other in zip(library.entries, again.entries, strict=True):
        assert other.links.by_kind() == links_in(entry), entry.id


def test_import_of_json_gives_the_same_files(imported: Mapping[str, Path]) -> None:
    """The bytes are the same, because the entries are in canonical form without comments."""
    expected, found = files(ENTRIES), files(imported["json"] / "entries")
    assert found == expected


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "json"])
def test_import_into_the_exported_atlas_changes_nothing(
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
    read, written = captured.err.splitlines()
    assert (read, written) == (
        "176 records read: 176 unchanged",
        "0 papers to write, 176 unchanged",
    )


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
SEPARATORS = st.sampled_from([" ", ", ", " van ", " de la ", ", Jr., ", ", MD, "])
NAMES = st.one_of(
    st.tuples(WORDS, SEPARATORS, WORDS).map("".join),
    st.tuples(WORDS, SEPARATORS, WORDS, SEPARATORS, WORDS).map("".join),
    st.lists(st.sampled_from(["山田", "太郎", "김", "민수", "たろう", ", "]), max_size=3).map(
        "".join
    ),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join).map(Group),
    st.sampled_from([Group("Company Name, LLC"), Group("A & B"), "Plato", "The Liver Network"]),
).filter(lambda name: is_name(name))


def is_name(name: AuthorName) -> bool:
    """True for an author of an entry, except for one whose parts look like one quotation."""
    try:
        return bool(entry(title="A", authors=[name])) and str(name).count('"') < 2
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


@pytest.mark.parametrize("name", RECORD_FORMATS)
@LIMITS
@given(title=TEXTS, venue=TEXTS.map("A {} B".format))
@example(title="}{ CT} {U-Net", venue="A '=1+1 B")
@example(title="'=1+1", venue="A\nTI  - B")
@example(title="^ \\^ ˆ ~ `", venue="A # B")
def test_any_texts_survive(name: str, title: str, venue: str) -> None:
    two = [entry(title=title, venue=venue, id=key) for key in ("a-b", "c")]
    for draft, key in zip(drafts(name, *two), ("a-b", "c"), strict=True):
        assert draft.fields["title"] == plain_text(title)
        assert draft.fields["venue"] == plain_text(venue)
        assert (draft.id, draft.links["doi"]) == (key, "10.1000/1")


def parts_of(author: AuthorName) -> tuple[str, ...]:
    """Return the parts of a name; most formats do not tell a particle from the surname."""
    name = split_name(author)
    return name.given, name.family, name.suffix, name.plain


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "json"])
@LIMITS
@given(names=st.lists(NAMES, min_size=1, max_size=3))
@example(names=["% A"])
@example(names=["Ramos Lima, Ana", "van den Berg Smith, Jan", "Costa, Jr., P. T.", "山田, 太郎"])
@example(names=[Group("World Health Organization"), Group("Ana Ramos"), "Ana Ramos", "Smith Jr."])
@example(names=[Group("Smith, Doe, Roe and Sons"), Group("{X}"), Group("a}b")])
def test_names_survive(name: str, names: list[AuthorName]) -> None:
    """The parts of all names stay the same, and so does what the importer makes of them."""
    (draft,) = drafts(name, entry(title="A", authors=names))
    again = entry(title="A", authors=draft.fields["authors"])
    assert [*map(parts_of, again.authors)] == [*map(parts_of, names)]


@LIMITS
@given(title=TEXTS, other=TEXTS, notes=TEXTS, reason=TEXTS, value=st.decimals(0, 1, places=3))
def test_any_entry_survives_json(
    title: str, other: str, notes: str, reason: str, value: object
) -> None:
    vocabulary = default_vocabulary()
    liver = Term.model_validate("Liver")
    first = entry(
        title=title,
        alternative_titles=[other],
        notes=notes,
        terms={"topics": (liver,)},
        results=[{"dataset": other, "metric": title, "value": str(value), "stated": notes}],
        added="2024-02-29",
        formerly=["a", "b-c"],
        not_same_as=["d"],
        allow={"similar-title": reason},
        unverified=["notes"],
    )
    (draft,) = drafts("json", first)
    again, problems = build_entry(ListedPaper("x", draft), vocabulary, first.path, str)
    assert (again, problems) == (first, [])


def test_seed_list_can_be_imported_again(tmp_path: Path) -> None:
    """Export the seed list as Markdown with headings, and import it with the same vocabulary.

    A list in Markdown cannot say that the year of a preprint is unverified.
    """
    seed = ROOT / "tests" / "fixtures" / "seed" / "README.md"
    assert main(["import", str(seed), "--entries", str(tmp_path / "one")]) == 0
    library = load(tmp_path / "one")
    topics = library.vocabulary.facets["topics"]
    lists = ((term.title, library.papers_of_term("topics", term)) for term in topics.all_terms)
    text = "".join(f"\n## {title}\n\n{export('markdown', entries)}" for title, entries in lists)
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / "vocabulary.yml", tmp_path / "two")
    assert main(["import", str(tmp_path / "list.md"), "--entries", str(tmp_path / "two")]) == 0
    assert len(library.entries) == 56
    mark = b"unverified: [year]\n"
    first = {path: text.replace(mark, b"") for path, text in files(tmp_path / "one").items()}
    assert files(tmp_path / "two") == first


def test_list_in_a_readme_can_be_imported_again(library: Library, tmp_path: Path) -> None:
    """All papers are imported with their terms, except ids and the order of terms."""
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


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with the papers of the seed list."""
    project = tmp_path_factory.mktemp("seed")
    source = ROOT / "tests" / "fixtures" / "seed" / "README.md"
    assert main(["import", str(source), "--entries", str(project / "entries")]) == 0
    return project


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "markdown"])
def test_all_papers_of_the_seed_list_come_back(
    seed: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each format brings back all 56 papers with their links and their terms."""
    given = load(seed / "entries").entries
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    shutil.copy(seed / "entries" / "vocabulary.yml", tmp_path / "entries")
    path = f"papers{EXPORTS[name].suffix}"
    assert main(["export", name, "--out", path, "--entries", str(seed / "entries")]) == 0
    assert main(["import", path]) == 0
    again = {entry.title: entry for entry in load(tmp_path / "entries").entries}
    equal = [
        entry
        for entry in given
        if {**common(again[entry.title]), "id": ""} == {**common(entry), "id": ""}
        and again[entry.title].links.by_kind() == links_in(entry)
    ]
    assert (len(equal), len(given), len(again)) == (56, 56, 56)


@pytest.mark.parametrize("name", RECORD_FORMATS)
def test_every_kind_of_link_survives(name: str) -> None:
    links = {
        "doi": "10.1000/1", "arxiv": "1709.07330", "pmid": "29994201", "pmcid": "PMC12",
        **{kind: f"https://e.org/{kind}_(a)?b=c&d=%20~{{x}}" for kind in LINK_TITLES
           if kind not in ("doi", "arxiv", "pmid", "pmcid")},
        "Slides": "https://e.org/a#b",
        "Vidéo 2 (long)": "https://e.org/a;b",
        "图像": "https://e.org/--a",
    }  # fmt: skip
    (draft,) = drafts(name, entry(title="A", links=links))
    encoded = {kind: url.replace("{", "%7B").replace("}", "%7D") for kind, url in links.items()}
    assert draft.links == encoded


@pytest.mark.parametrize("name", RECORD_FORMATS)
@pytest.mark.parametrize("kind", ["pdf", "code", "data", "project", "scholar", "Slides"])
def test_an_only_link_survives(name: str, kind: str) -> None:
    links = {kind: "https://e.org/a"}
    (draft,) = drafts(name, entry(title="A", links=links))
    assert draft.links == links


@pytest.mark.parametrize("name", [*RECORD_FORMATS, "json"])
def test_a_citation_key_survives(name: str) -> None:
    (draft,) = drafts(name, entry(title="A", citation_key="Doe:2019xyz"))
    assert draft.fields["citation_key"] == "Doe:2019xyz"


def test_docs_page_of_one_paper_is_up_to_date() -> None:
    hint = "run PYTHONPATH=tests python -m helpers.one_paper"
    assert PAGE.read_text(encoding="utf-8") == page(), hint
