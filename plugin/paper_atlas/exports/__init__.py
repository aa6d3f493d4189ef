"""The papers of an atlas as files for other programs.

Most formats are a function from a paper to its record, with fixed text around the records. Some
are a function from all entries to a file. To add a format, write a module and add a line here.
The feed and the list with headings are not here: they also need the site or the vocabulary.
"""

from collections.abc import Iterable

from paper_atlas.exports import bibtex, csl, csv, json, markdown, ris, sqlite
from paper_atlas.exports.format import Export, FileExport, facts_of_paper
from paper_atlas.model.entry import Entry

EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.to_bibtex, separator="\n"),
    "biblatex": Export(".biblatex.bib", "BibLaTeX", bibtex.to_biblatex, separator="\n"),
    "ris": Export(".ris", "RIS", ris.to_ris, separator="\r\n"),
    "csl": Export(".csl.json", "CSL-JSON", csl.to_csl, "[\n", ",\n", "\n]\n"),
    "csv": Export(".csv", "CSV", csv.to_csv, csv.HEADER),
    "json": Export(".json", "JSON", json.to_json, json.JSON_START, ",\n", json.JSON_END),
    "markdown": Export(".md", "Markdown", markdown.to_markdown),
    "keys": Export(".txt", "Keys", lambda paper: f"{paper.entry.key}\n"),
}
"""The formats that consist of records, by the name that `paper-atlas export` takes."""

FILE_EXPORTS: dict[str, FileExport] = {
    "sqlite": FileExport(".sqlite", "SQLite", sqlite.write_sqlite),
}
"""The other formats, by name."""


def records_of(entry: Entry) -> list[str]:
    """Return the record of a paper in every format, in the order of `EXPORTS`."""
    facts = facts_of_paper(entry)
    return [export_format.format_record(facts) for export_format in EXPORTS.values()]


def export(name: str, entries: Iterable[Entry]) -> str:
    """Return the entries, in their order, as a file in a format of `EXPORTS`.

    Line ends are those of the format (CR LF in RIS and CSV), so write the text without newline
    translation.

    Raises:
        KeyError: there is no format called `name`.
    """
    export_format = EXPORTS[name]
    records = (export_format.record_of_entry(entry) for entry in entries)
    return export_format.join_records(records)
