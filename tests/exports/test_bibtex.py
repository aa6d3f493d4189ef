"""BibTeX and BibLaTeX, read by other programs and by the importer."""

import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pybtex.database
import pytest
from helpers.records import ris_records
from helpers.titles import LIMITS, TITLES, titled_entry
from hypothesis import example, given
from hypothesis import strategies as st
from paper_atlas import EXPORTS, Entry, Library, export
from paper_atlas.importers.bibtex import read_bibtex_entry
from paper_atlas.model.publication import confirmed_links
from paper_atlas.text.html import plain_text
from paper_atlas.text.lines import one_line
from pylatexenc.latex2text import LatexNodes2Text


def test_bibtexparser_reads_every_entry(library: Library) -> None:
    text = export("bibtex", library.entries)
    parsed = bibtexparser.parse_string(text)
    assert parsed.failed_blocks == []
    assert [block.key for block in parsed.entries] == [entry.id for entry in library.entries]


def test_importer_reads_every_field_of_bibtex(library: Library) -> None:
    for entry in library.entries:
        fields, _ = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(entry))
        given = {
            "title": " ".join(entry.title.split()),
            "authors": list(entry.authors),
            "year": str(entry.year or ""),
            "venue": entry.venue,
            **{key: getattr(entry, key) for key in ("volume", "issue", "pages")},
        }
        assert {key: value for key, value in given.items() if value} == {
            key: value for key, value in fields.items() if key != "links"
        }
        links = dict(fields.get("links", {}))
        confirmed = confirmed_links(entry)
        for kind in ("doi", "arxiv", "pmid", "url"):
            if kind in confirmed:
                assert links.pop(kind) == confirmed[kind]
        assert set(links.values()) <= set(confirmed.values())


@LIMITS
@given(title=TITLES)
@example(title="}{ CT} {U-Net")
@example(title="--- ''`` ?` !` ,, << >>")
def test_any_title_survives_bibtex(title: str) -> None:
    fields, problems = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(titled_entry(title)))
    assert problems == []
    assert fields["title"] == plain_text(title)


@LIMITS
@given(authors=st.lists(TITLES.map("Ann {} Lee".format), min_size=1, max_size=3))
def test_any_names_survive_bibtex_and_ris(authors: list[str]) -> None:
    entry = titled_entry("a").model_copy(update={"authors": tuple(authors)})
    fields, _ = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(entry))
    assert isinstance(fields["authors"], list)
    assert len(fields["authors"]) == len(authors)
    assert [len(record["AU"]) for record in ris_records(export("ris", [entry]))] == [len(authors)]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_pybtex_reads_every_entry(library: Library, odd: Entry, name: str) -> None:
    entries = [*library.entries, odd.model_copy(update={"id": "odd"})]
    parsed = pybtex.database.parse_string(export(name, entries), "bibtex").entries
    assert list(parsed) == [entry.id for entry in entries]
    for entry in entries:
        title = LatexNodes2Text().latex_to_text(parsed[entry.id].fields["title"])
        assert title == one_line(entry.title)
        assert len(parsed[entry.id].persons.get("author", [])) == len(entry.authors)
    heng = parsed["h-denseunet"].persons["author"][-1]
    assert (heng.first_names, heng.last_names) == (["Pheng-Ann"], ["Heng"])


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
def test_biber_accepts_every_field(library: Library, odd: Entry, tmp_path: Path) -> None:
    """It reports only fields that the entries do not have."""
    entries = [*library.entries, odd.model_copy(update={"id": "odd"})]
    path = tmp_path / "papers.bib"
    path.write_text(export("biblatex", entries), encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    messages = [line for line in done.stdout.splitlines() if "INFO" not in line]
    missing = [line for line in messages if "Missing mandatory field" in line]
    lacking = {entry.id for entry in entries if not entry.authors or not entry.year}
    assert {line.split("'")[1] for line in missing} <= lacking
    assert [line for line in messages if line not in missing] == []
