"""Parse lists of papers in formats of other programs into drafts of entries.

An importer is a function from the text of a file and its path to a `DraftList`. It reads no other
file. To add an importer, write a module and add a line to `FORMATS`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from paper_atlas.importers.bibtex import read_bibtex
from paper_atlas.importers.bibtex_syntax import shared_strings
from paper_atlas.importers.csl import read_csl
from paper_atlas.importers.csv import read_csv
from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.json import read_atlas_json
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.importers.nbib import read_nbib
from paper_atlas.importers.ris import read_ris
from paper_atlas.importers.yaml_table import read_yaml_table
from paper_atlas.source.files import read_any_file


@dataclass(frozen=True)
class Format:
    """A format: the extensions of its files, a pattern that its text matches, its importer."""

    suffixes: tuple[str, ...]
    text_pattern: re.Pattern[str]
    read: Callable[[str, str], DraftList]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


FORMATS: dict[str, Format] = {
    "bibtex": Format((".bib", ".bibtex"), _compile(r"^[ \t]*@\w+[ \t]*[{(]"), read_bibtex),
    "ris": Format((".ris",), _compile(r"^TY {1,2}-"), read_ris),
    "nbib": Format((".nbib",), _compile(r"\A\s*PMID ?- *\d"), read_nbib),
    "json": Format((".json",), _compile(r"\A\s*\{"), read_atlas_json),
    "csl": Format((".csl.json", ".json"), _compile(r"\A\s*\["), read_csl),
    "facts": Format((".yaml", ".yml"), _compile(r"\A(?:\s|#.*\n)*- *\w+:"), read_yaml_table),
    "csv": Format(
        (".csv", ".tsv"),
        _compile(r"\A(?:\W?sep=.\W?\n)?(?=[^\n]*[,;\t])[^\n]*\btitle\b"),
        read_csv,
    ),
    # Text without any link is no list of papers.
    "markdown": Format(
        (".md", ".markdown"), _compile(r"https?://|\]\([^)\s]|^#{1,6} "), read_markdown_list
    ),
}
"""The formats by name. Text without an extension is compared with them in this order."""

IMPORTERS: dict[str, Callable[[str, str], DraftList]] = {
    suffix: form.read for form in reversed(FORMATS.values()) for suffix in form.suffixes
}
"""The importer by extension. For `.json` there are two; `detect_format` chooses by the text."""


def detect_format(name: str, text: str) -> str | None:
    """Return the name of the format of a file, or None if the extension is of no format.

    The text decides if several formats have the extension, or if there is none or `.txt`, as for
    standard input.
    """
    suffix = PurePath(name).suffix.casefold()
    is_unknown = suffix in ("", ".txt")
    candidates = [key for key, form in FORMATS.items() if is_unknown or suffix in form.suffixes]
    if len(candidates) == 1:
        return candidates[0]
    return next((key for key in candidates if FORMATS[key].text_pattern.search(text)), None)


# Formats of other programs, and what these programs can write instead.
_OTHER_FORMATS = {
    _compile(r"\A\s*FN (?:Clarivate|Thomson|ISI)|\A(?:[^\n]*\n){0,3}PT [JBSPC]\s*$"): (
        "is the plain text format of Web of Science; export RIS or BibTeX there"
    ),
    _compile(r"\A\s*%0 "): "is the format of EndNote; export RIS or BibTeX there",
    _compile(r"\A\s*<\?xml|\A\s*<!doctype"): "is XML or HTML; export RIS, BibTeX or CSV there",
}


class UnreadableListError(ValueError):
    """A file that no importer can read; the message contains its path and the reason."""


def read_list(
    path: str | Path,
    format: str | None = None,  # noqa: A002
    strings: Mapping[str, str] | None = None,
) -> DraftList:
    """Read a list of papers.

    `format` is one of `FORMATS`, by default the one that `detect_format` finds. `strings` are those
    of other BibTeX files; see `strings_of_lists`.

    Raises:
        OSError: The file cannot be read.
        UnreadableListError: Its format is unknown, or it is not UTF-8 text, or empty.
    """
    return parse_list(read_any_file(Path(path)), str(path), format, strings)


def parse_list(
    data: bytes, path: str, name: str | None = None, strings: Mapping[str, str] | None = None
) -> DraftList:
    """Parse the bytes of a list whose path in problems is `path`; see `read_list`.

    Raises:
        UnreadableListError: See `read_list`.
    """
    text = _decode(data, path)
    for pattern, message in _OTHER_FORMATS.items():
        if name is None and pattern.search(text):
            raise UnreadableListError(f"'{path}' {message}")
    name = name or detect_format(path, text)
    if name is None:
        known = ", ".join(sorted(IMPORTERS))
        what = "is not in a known format" if text.strip() else "is empty"
        raise UnreadableListError(f"'{path}' {what} ({known})")
    try:
        if name == "bibtex":
            return read_bibtex(text, path, strings or {})
        return FORMATS[name].read(text, path)
    except RecursionError as error:
        raise UnreadableListError(f"'{path}' is nested too deeply") from error


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"'{path}' is not UTF-8 text (line {line}), but probably {_encoding(data)}"
        raise UnreadableListError(f"{message}; save it as UTF-8") from error


def _encoding(data: bytes) -> str:
    """Return the probable name of an encoding that is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return "Windows-1252" if re.search(rb"[\x80-\x9f]", data) else "ISO-8859-1 (Latin-1)"


def strings_of_lists(lists: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the `@string`s of all BibTeX files among lists, as text by name in lower case.

    A list is the pair of its path and its bytes. BibTeX too reads several files as one.
    """
    texts = [
        data.decode("utf-8-sig", errors="replace")
        for path, data in lists
        if PurePath(path).suffix.casefold() in FORMATS["bibtex"].suffixes
    ]
    return shared_strings("\n".join(texts)) if len(texts) > 1 else {}
