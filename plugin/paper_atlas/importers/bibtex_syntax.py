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

_MAX_STRING = 4_000
"""The most characters of an `@string`, which is the name of a journal or a text around one."""

_MAX_JOINED = 50_000_000
"""The most characters that `#` makes of the `@string`s of a file: these can be much shorter."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"\d*")
_ESCAPED_OR_SPECIAL = re.compile(r'\\.|[{}"#]', re.DOTALL)


@dataclass(frozen=True)
class BibtexValue:
    """The value of a field as LaTeX. `is_defined` is False if it uses an unknown `@string`.

    `is_too_long` is True if that `@string` is known, but too long.
    """

    text: str
    line: int
    is_defined: bool = True
    is_too_long: bool = False


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
    strings = _Strings({})
    for block in library.blocks:
        if isinstance(block, String):
            strings.define(block)
    return dict(strings.texts)


class _Strings:
    """The `@string`s of a file by name in lower case, and what is left of `_MAX_JOINED`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        self._too_long: set[str] = set()
        self._remaining = _MAX_JOINED

    def define(self, block: String) -> None:
        """Add an `@string`, unless it is too long or uses an unknown one."""
        name, value = block.key.casefold(), self.value(str(block.value), 1)
        if value.is_too_long or (value.is_defined and len(value.text) > _MAX_STRING):
            self._too_long.add(name)
        elif value.is_defined:
            self.texts[name] = value.text

    def value(self, raw: str, line: int) -> BibtexValue:
        """Return the value that is written like this."""
        names = list(_split_at_hash(raw))
        parts = [self._part(name) for name in names]
        if len(parts) > 1:
            self._remaining -= max(0, sum(len(text) for text, _ in parts) - len(raw))
        is_too_long = self._remaining < 0 or any(n.casefold() in self._too_long for n in names)
        if is_too_long:
            return BibtexValue(raw, line, is_defined=False, is_too_long=True)
        is_defined = all(is_defined for _, is_defined in parts)
        return BibtexValue("".join(text for text, _ in parts), line, is_defined)

    def _part(self, part: str) -> tuple[str, bool]:
        if part[:1] + part[-1:] in ("{}", '""') and len(part) > 1:
            return part[1:-1], True
        if _NUMBER.fullmatch(part):
            return part, True
        return self.texts.get(part.casefold(), part), part.casefold() in self.texts


def split_records(
    file: str, shared: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[BibtexRecord], list[int]]:
    """Return the records in their order, and the lines where broken records begin.

    `shared` are the `@string`s of other files.
    """
    library = parse_string(file, parse_stack=[])
    strings = _Strings({**{month: month for month in _MONTHS}, **shared})
    records: list[BibtexRecord] = []
    broken: list[int] = []
    for block in library.blocks:
        block = _without_duplicate_error(block)
        if isinstance(block, String):
            strings.define(block)
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


def _record(block: Entry, strings: _Strings) -> BibtexRecord:
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


def _field_value(field: Field, strings: _Strings) -> BibtexValue:
    return strings.value(str(field.value), (field.start_line or 0) + 1)


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
