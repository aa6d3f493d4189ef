"""The papers of an atlas as files for other programs.

Most formats are a function from a paper to its record, and what stands around records; some are
one from all entries to the file. A new one is a module and a line here. A feed needs to know its
site, and a list under headings the vocabulary: whoever has these calls them.
"""

from collections.abc import Iterable

from paper_atlas.exports import bibtex, csl, csv, json, markdown, ris, sqlite
from paper_atlas.exports.format import Export, FileExport, facts_of
from paper_atlas.model.entry import Entry

EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.to_bibtex, separator="\n"),
    "biblatex": Export(
        ".biblatex.bib", "BibLaTeX", bibtex.to_biblatex, separator="\n", divided_as="bibtex"
    ),
    "ris": Export(".ris", "RIS", ris.to_ris, separator="\r\n"),
    "csl": Export(".csl.json", "CSL-JSON", csl.to_csl, "[\n", ",\n", "\n]\n"),
    "csv": Export(".csv", "CSV", csv.to_csv, csv.HEADER),
    "json": Export(".json", "JSON", json.to_json, json.JSON_START, ",\n", json.JSON_END),
    "markdown": Export(".md", "Markdown", markdown.to_markdown),
    "keys": Export(".txt", "Keys", lambda paper: f"{paper.entry.id}\n"),
}

FILE_EXPORTS: dict[str, FileExport] = {
    "sqlite": FileExport(".sqlite", "SQLite", sqlite.write_sqlite),
}


def records_of(entry: Entry) -> list[str]:
    """The record of a paper in every format, in the order of `EXPORTS`."""
    facts = facts_of(entry)
    return [it.format_record(facts) for it in EXPORTS.values()]


def export(name: str, entries: Iterable[Entry]) -> str:
    """The file of entries, in their order, in the format of that name among `EXPORTS`.

    Its line ends are those of the format (CR LF in RIS and CSV), to be written as they are.
    """
    chosen = EXPORTS[name]
    return chosen.join_records(chosen.record_of_entry(entry) for entry in entries)
