"""The papers of an atlas as files for other programs.

Most formats are a function from a paper to its record, and what stands around records; some are
one from all entries to the file. A new one is a module and a line here. A feed needs to know its
site, and a list under headings the vocabulary: whoever has these calls them.
"""

from collections.abc import Iterable

from paper_atlas.exports import bibtex, csl, json, ris, sqlite
from paper_atlas.exports import csv as csvfile
from paper_atlas.exports import markdown as markdown_list
from paper_atlas.exports.format import Export, Whole, facts_of
from paper_atlas.model.entry import Entry

EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.record, between="\n"),
    "biblatex": Export(
        ".biblatex.bib", "BibLaTeX", bibtex.biblatex_record, between="\n", divided_as="bibtex"
    ),
    "ris": Export(".ris", "RIS", ris.record, between="\r\n"),
    "csl": Export(".csl.json", "CSL-JSON", csl.record, "[\n", ",\n", "\n]\n"),
    "csv": Export(".csv", "CSV", csvfile.record, csvfile.HEADER),
    "json": Export(".json", "JSON", json.record, json.START, ",\n", json.END),
    "markdown": Export(".md", "Markdown", markdown_list.record),
    "keys": Export(".txt", "Keys", lambda paper: f"{paper.entry.id}\n"),
}

WHOLES: dict[str, Whole] = {
    "sqlite": Whole(".sqlite", "SQLite", sqlite.write),
}


def records_of(entry: Entry) -> list[str]:
    """The record of a paper in every format, in the order of `EXPORTS`."""
    facts = facts_of(entry)
    return [it.written(facts) for it in EXPORTS.values()]


def export(name: str, entries: Iterable[Entry]) -> str:
    """The file of entries, in their order, in the format of that name among `EXPORTS`.

    Its line ends are those of the format (CR LF in RIS and CSV), to be written as they are.
    """
    chosen = EXPORTS[name]
    return chosen.join(chosen.record(entry) for entry in entries)
