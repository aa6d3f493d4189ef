"""A file of BibTeX or BibLaTeX as records: what each field says, and where it stands.

bibtexparser finds where entries and fields begin and end. Its middlewares resolve a field that is
one `@string` name, but no concatenation with `#`, no `@string` made of others, no name of a month
in other fields, and nothing in entries with a duplicate key or field. So values are resolved here.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

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

# What it would log is told as problems, in words of ours.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"\d*")
_ESCAPED_OR_SIGN = re.compile(r'\\.|[{}"#]', re.DOTALL)


@dataclass(frozen=True)
class BibtexValue:
    """What a field says, in LaTeX, and its line; `is_known` unless it is a name of nothing."""

    text: str
    line: int
    is_known: bool = True


@dataclass(frozen=True)
class BibtexRecord:
    """An entry of the file: its values by the names of the fields, in small letters.

    Of two fields of a name the first counts, as in BibTeX; `doubled` has the lines of the others.
    """

    kind: str
    key: str
    line: int
    values: Mapping[str, BibtexValue]
    doubled: tuple[tuple[str, int], ...] = ()


def split_records(file: str) -> tuple[list[BibtexRecord], list[int]]:
    """The records of a file in their order, and the lines where something begins that is none."""
    library = parse_string(file, parse_stack=[])
    strings: dict[str, str] = {month: month for month in _MONTHS}
    records: list[BibtexRecord] = []
    broken: list[int] = []
    for block in library.blocks:
        block = _as_it_stands(block)
        if isinstance(block, String):
            text, is_known = _value(block.value, strings)
            if is_known:
                strings[block.key.casefold()] = text
        elif isinstance(block, Entry):
            records.append(_record(block, strings))
        elif isinstance(block, ParsingFailedBlock):
            broken.append((block.start_line or 0) + 1)
    return records, broken


def _as_it_stands(block: Block) -> Block:
    """A block without the error that its key, or one of its fields, is doubled."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            break
        block = block.ignore_error_block
    return block


def _record(block: Entry, strings: Mapping[str, str]) -> BibtexRecord:
    values: dict[str, BibtexValue] = {}
    doubled: list[tuple[str, int]] = []
    for field in block.fields:
        name, value = field.key.casefold(), _of_field(field, strings)
        if name in values:
            doubled.append((name, value.line))
        elif value.text.strip():
            values[name] = value
    line = (block.start_line or 0) + 1
    return BibtexRecord(block.entry_type.casefold(), block.key, line, values, tuple(doubled))


def _of_field(field: Field, strings: Mapping[str, str]) -> BibtexValue:
    text, is_known = _value(str(field.value), strings)
    return BibtexValue(text, (field.start_line or 0) + 1, is_known)


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, bool]:
    """The text of a value, and whether each part of it means something."""
    parts = [_part(part, strings) for part in _joined(raw)]
    return "".join(text for text, _ in parts), all(known for _, known in parts)


def _joined(raw: str) -> Iterable[str]:
    """What `#` joins; one inside braces or quotation marks is part of the text."""
    if "#" not in raw:
        return [raw.strip()]
    ends = [*_joints(raw), len(raw)]
    starts = chain([0], (end + 1 for end in ends))
    return [raw[start:end].strip() for start, end in zip(starts, ends, strict=False)]


def _joints(raw: str) -> Iterator[int]:
    depth, quoted = 0, False
    for found in _ESCAPED_OR_SIGN.finditer(raw):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and not depth:
            quoted = not quoted
        elif sign == "#" and not depth and not quoted:
            yield found.start()


def _part(part: str, strings: Mapping[str, str]) -> tuple[str, bool]:
    if part[:1] + part[-1:] in ("{}", '""') and len(part) > 1:
        return part[1:-1], True
    if _NUMBER.fullmatch(part):
        return part, True
    return strings.get(part.casefold(), part), part.casefold() in strings
