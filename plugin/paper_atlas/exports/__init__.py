"""The papers of an atlas as files for other programs.

Most formats are a function from a paper to its record, and what stands around records; some are
one from all entries to the file. A new one is a module and a line here. A feed needs to know its
site, and a list under headings the vocabulary: whoever has these calls them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from paper_atlas.exports import biblatex, bibtex, csl, json, keys, ris, sqlite
from paper_atlas.exports import csv as csvfile
from paper_atlas.exports import markdown as markdown_list
from paper_atlas.exports.format import Facts, facts_of
from paper_atlas.model.entry import Entry


@dataclass(frozen=True)
class Export:
    """A format: a whole file is `start`, then the records with `between`, then `end`.

    Who writes a paper in several formats calls `records_of`, which finds its facts once.
    `divided_as` names the format whose files a browser divides into records in the same way.
    """

    suffix: str
    title: str
    written: Callable[[Facts], str]
    start: str = ""
    between: str = ""
    end: str = ""
    divided_as: str = ""

    def record(self, entry: Entry) -> str:
        """The record of a paper."""
        return self.written(facts_of(entry))

    def join(self, records: Iterable[str]) -> str:
        """The file of records."""
        return self.start + self.between.join(records) + self.end


@dataclass(frozen=True)
class Whole:
    """A format whose files are not made of records: `write` makes one of entries at a path."""

    suffix: str
    title: str
    write: Callable[[Sequence[Entry], Path], None]

    def content(self, entries: Sequence[Entry]) -> bytes:
        """The file of entries, for who cannot say where it will be."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"papers{self.suffix}"
            self.write(entries, path)
            return path.read_bytes()


EXPORTS: dict[str, Export] = {
    "bibtex": Export(".bib", "BibTeX", bibtex.record, between="\n"),
    "biblatex": Export(
        ".biblatex.bib", "BibLaTeX", biblatex.record, between="\n", divided_as="bibtex"
    ),
    "ris": Export(".ris", "RIS", ris.record, between="\r\n"),
    "csl": Export(".csl.json", "CSL-JSON", csl.record, "[\n", ",\n", "\n]\n"),
    "csv": Export(".csv", "CSV", csvfile.record, csvfile.HEADER),
    "json": Export(".json", "JSON", json.record, json.START, ",\n", json.END),
    "markdown": Export(".md", "Markdown", markdown_list.record),
    "keys": Export(".txt", "Keys", keys.record),
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
