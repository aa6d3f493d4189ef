"""The papers of an atlas as files for other programs.

Most formats are a function from an entry to its record and one from records to the file, some
one from all entries to the file; a new one is a module and a line here. A feed needs to know its
site, and a list under headings the vocabulary: whoever has these calls them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from paper_atlas.entry import Entry
from paper_atlas.exports import (
    biblatex,
    bibtex,
    csl,
    csvfile,
    json,
    keys,
    markdown_list,
    ris,
    sqlite,
)


@dataclass(frozen=True)
class Export:
    """A format: a whole file is `join(record(entry) for entry in entries)`.

    `divided_as` names the format whose files a browser divides into records in the same way.
    """

    suffix: str
    title: str
    record: Callable[[Entry], str]
    join: Callable[[Iterable[str]], str]
    divided_as: str = ""


@dataclass(frozen=True)
class Whole:
    """A format whose files are not made of records."""

    suffix: str
    title: str
    make: Callable[[Sequence[Entry]], bytes]


EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.record, bibtex.join),
    "biblatex": Export(".biblatex.bib", "BibLaTeX", biblatex.record, biblatex.join, "bibtex"),
    "ris": Export(".ris", "RIS", ris.record, ris.join),
    "csl": Export(".csl.json", "CSL-JSON", csl.record, csl.join),
    "csv": Export(".csv", "CSV", csvfile.record, csvfile.join),
    "json": Export(".json", "JSON", json.record, json.join),
    "markdown": Export(".md", "Markdown", markdown_list.record, markdown_list.join),
    "keys": Export(".txt", "Keys", keys.record, keys.join),
}

WHOLES: dict[str, Whole] = {
    "sqlite": Whole(".sqlite", "SQLite", sqlite.database),
}


def export(name: str, entries: Iterable[Entry]) -> str:
    """The file of entries, in their order, in the format of that name among `EXPORTS`.

    Its line ends are those of the format (CR LF in RIS and CSV), to be written as they are.
    """
    chosen = EXPORTS[name]
    return chosen.join(chosen.record(entry) for entry in entries)
