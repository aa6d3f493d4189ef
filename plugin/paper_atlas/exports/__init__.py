"""The papers of an atlas as files for other programs.

A format is a function from an entry to its record and one from records to the file; a new one
is a module and a line here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paper_atlas.entry import Entry
from paper_atlas.exports import bibtex, csl, csvfile, json, keys, markdown_list, ris


@dataclass(frozen=True)
class Export:
    """A format: a whole file is `join(record(entry) for entry in entries)`."""

    suffix: str
    title: str
    record: Callable[[Entry], str]
    join: Callable[[Iterable[str]], str]


EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.record, bibtex.join),
    "ris": Export(".ris", "RIS", ris.record, ris.join),
    "csl": Export(".csl.json", "CSL-JSON", csl.record, csl.join),
    "csv": Export(".csv", "CSV", csvfile.record, csvfile.join),
    "json": Export(".json", "JSON", json.record, json.join),
    "markdown": Export(".md", "Markdown", markdown_list.record, markdown_list.join),
    "keys": Export(".txt", "Keys", keys.record, keys.join),
}


def export(name: str, entries: Iterable[Entry]) -> str:
    """The file of entries, in their order, in the format of that name among `EXPORTS`.

    Its line ends are those of the format (CR LF in RIS and CSV), to be written as they are.
    """
    chosen = EXPORTS[name]
    return chosen.join(chosen.record(entry) for entry in entries)
