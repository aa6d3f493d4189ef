"""Parse BibTeX or BibLaTeX into records: the value of each field with its line.

    @string{m = "MICCAI"}
    @misc{a, note = m # { 2015}}     →
    BibtexRecord("misc", "a", 2, {"note": BibtexValue("MICCAI 2015", 2)})

bibtexparser finds where entries and fields begin and end. Its middlewares resolve only a field that
is a single `@string` name. They do not resolve a concatenation with `#`, an `@string` that contains
others, the name of a month in other fields, or entries with a duplicate key or field. So this
module resolves all values itself.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
    String,
)

# The log messages of bibtexparser would repeat the problems.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"\d*")
_ESCAPED_OR_SPECIAL = re.compile(r'\\.|[{}"#]', re.DOTALL)


@dataclass(frozen=True)
class BibtexValue:
    """The value of a field as LaTeX. `is_defined` is False if it uses an unknown `@string`."""

    text: str
    line: int
    is_defined: bool = True


@dataclass(frozen=True)
class BibtexRecord:
    """An entry: its type, and its values by the names of the fields, both in lower case.

    If a field appears twice, the first value is used, as in BibTeX. `duplicates` has the names and
    lines of the others.
    """

    entry_type: str
    key: str
    line: int
    values: Mapping[str, BibtexValue]
    duplicates: tuple[tuple[str, int], ...] = ()


_STRING = re.compile(
    r"^[ \t]*@string\b.*?(?=^[ \t]*@|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL
)


def shared_strings(text: str) -> dict[str, str]:
    """Return the texts of the `@string`s by name in lower case; undefined ones are left out."""
    library = parse_string("\n".join(_STRING.findall(text)), parse_stack=[])
    strings: dict[str, str] = {}
    for block in library.blocks:
        if isinstance(block, String):
            _define(block, strings)
    return strings


def _define(block: String, strings: dict[str, str]) -> None:
    text, is_defined = _value(block.value, strings)
    if is_defined:
        strings[block.key.casefold()] = text


def split_records(
    file: str, shared: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[BibtexRecord], list[int]]:
    """Return the records in their order, and the lines where broken records begin.

    `shared` are the `@string`s of other files.
    """
    library = parse_string(file, parse_stack=[])
    strings = {**{month: month for month in _MONTHS}, **shared}
    records: list[BibtexRecord] = []
    broken: list[int] = []
    for block in library.blocks:
        block = _without_duplicate_error(block)
        if isinstance(block, String):
            _define(block, strings)
        elif isinstance(block, Entry):
            records.append(_record(block, strings))
        elif isinstance(block, ParsingFailedBlock):
            broken.append((block.start_line or 0) + 1)
    return records, broken


def _without_duplicate_error(block: Block) -> Block:
    """Return the entry inside an error about a duplicate key or field, otherwise the block."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            break
        block = block.ignore_error_block
    return block


def _record(block: Entry, strings: Mapping[str, str]) -> BibtexRecord:
    values: dict[str, BibtexValue] = {}
    duplicates: list[tuple[str, int]] = []
    for field in block.fields:
        name, value = field.key.casefold(), _field_value(field, strings)
        if name in values:
            duplicates.append((name, value.line))
        elif value.text.strip():
            values[name] = value
    line = (block.start_line or 0) + 1
    return BibtexRecord(block.entry_type.casefold(), block.key, line, values, tuple(duplicates))


def _field_value(field: Field, strings: Mapping[str, str]) -> BibtexValue:
    text, is_defined = _value(str(field.value), strings)
    return BibtexValue(text, (field.start_line or 0) + 1, is_defined)


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, bool]:
    """Return the text of a value, and False if a part of it is an unknown `@string`."""
    parts = [_part_value(part, strings) for part in _split_at_hash(raw)]
    return "".join(text for text, _ in parts), all(is_defined for _, is_defined in parts)


def _split_at_hash(raw: str) -> Iterable[str]:
    """Return the parts around each `#`, except inside braces or quotation marks."""
    if "#" not in raw:
        return [raw.strip()]
    ends = [*_hash_positions(raw), len(raw)]
    starts = chain([0], (end + 1 for end in ends))
    return [raw[start:end].strip() for start, end in zip(starts, ends, strict=False)]


def _hash_positions(raw: str) -> Iterator[int]:
    depth, quoted = 0, False
    for match in _ESCAPED_OR_SPECIAL.finditer(raw):
        sign = match[0]
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and not depth:
            quoted = not quoted
        elif sign == "#" and not depth and not quoted:
            yield match.start()


def _part_value(part: str, strings: Mapping[str, str]) -> tuple[str, bool]:
    if part[:1] + part[-1:] in ("{}", '""') and len(part) > 1:
        return part[1:-1], True
    if _NUMBER.fullmatch(part):
        return part, True
    return strings.get(part.casefold(), part), part.casefold() in strings
