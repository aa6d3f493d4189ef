"""A file of BibTeX or BibLaTeX.

A broken entry does not take the others with it. What an entry lacks it has from the one that its
`crossref` names, which is a volume and no paper.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paper_atlas.importers.bibtex_record import CAUSES, field_values
from paper_atlas.importers.bibtex_syntax import BibtexRecord, BibtexValue, split_records
from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.record import FieldValue, build_draft, problems_of_values
from paper_atlas.problem import Problem, Severity

# What a paper has from its volume; its identifiers are those of the volume.
_INHERITED = ("booktitle", "journal", "journaltitle", "year", "date", "volume", "number", "issue")
_VOLUMES = frozenset({"proceedings", "mvproceedings", "periodical", "set", "xdata"})


def read_bibtex(text: str, path: str) -> DraftList:
    """Read a file. What is broken is an error with its line, what has no place a note."""
    records, broken = split_records(text)
    problems = [_broken(path, line) for line in broken]
    volumes = _volumes(records)
    drafts: list[Draft] = []
    untaken: list[FieldValue] = []
    for record in records:
        if record.kind in _VOLUMES or record.key.casefold() in volumes:
            message = f"'{record.key}' is a volume, not a paper"
            problems.append(_note(path, record.line, "not-a-paper", message))
            continue
        draft, lost = build_draft(record.line, field_values(_inherited(record, volumes)))
        drafts.append(draft)
        untaken += lost
    problems += [*_repeated(path, records), *problems_of_values(path, untaken)]
    return DraftList(path, tuple(drafts), problems=tuple(sorted(problems)))


def _volumes(records: Iterable[BibtexRecord]) -> Mapping[str, BibtexRecord]:
    """The records that others name in `crossref`, by their keys in small letters."""
    named = {_crossref(record) for record in records} - {""}
    return {it.key.casefold(): it for it in records if it.key.casefold() in named}


def _crossref(record: BibtexRecord) -> str:
    return record.values["crossref"].text.strip().casefold() if "crossref" in record.values else ""


def _inherited(record: BibtexRecord, volumes: Mapping[str, BibtexRecord]) -> BibtexRecord:
    volume = volumes.get(_crossref(record))
    if volume is None:
        return record
    values = dict(_of_volume(volume.values))
    if values.keys() & {"journal", "journaltitle", "booktitle"} & record.values.keys():
        values = {name: value for name, value in values.items() if name != "booktitle"}
    own = record.values
    missing = {name: value for name, value in values.items() if name not in own}
    return replace(record, values={**own, **missing})


def _of_volume(values: Mapping[str, BibtexValue]) -> Iterator[tuple[str, BibtexValue]]:
    """The values of a volume; its title is that of the book in which the paper stands."""
    if "title" in values and not values.keys() & {"booktitle", "journal", "journaltitle"}:
        yield "booktitle", values["title"]
    yield from ((name, values[name]) for name in _INHERITED if name in values)


def _repeated(path: str, records: Iterable[BibtexRecord]) -> Iterator[Problem]:
    """Keys that stand a second time; both entries are read, since they may be two papers."""
    first: dict[str, int] = {}
    for record in records:
        key = record.key.casefold()
        if key and first.setdefault(key, record.line) != record.line:
            message = f"the key '{record.key}' stands in line {first[key]} already"
            yield _note(path, record.line, "doubled-key", message)


def _broken(path: str, line: int) -> Problem:
    return Problem(path, line, 1, "broken-record", "", "what begins here cannot be read", CAUSES)


def _note(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, 1, code, "", message, severity=Severity.NOTE)
