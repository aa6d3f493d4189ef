"""One BibTeX entry as the fields of an entry of ours, and what has no place there.

bibtexparser finds the fields and divides the names; pylatexenc turns LaTeX into plain text.
"""

import logging
import re
from collections.abc import Mapping
from functools import cache

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import MergeNameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Field,
    MiddlewareErrorBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import LatexNodes2Text

from paper_atlas.identifier import IDENTIFIERS, decode, same
from paper_atlas.source import Value

# What it would log is told here as the error, in words of ours.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

Fields = dict[str, Value]

_TEXTS = {
    "title": "title",
    "year": "year",
    "journal": "venue",
    "journaltitle": "venue",
    "booktitle": "venue",
    "volume": "volume",
    "number": "issue",
    "pages": "pages",
}
_LINKS = {"doi": "doi", "eprint": "arxiv", "pmid": "pmid", "url": "url"}
_OF_EPRINT = ("archiveprefix", "eprinttype", "primaryclass", "eprintclass")
_KNOWN = {"author", *_TEXTS, *_LINKS, *_OF_EPRINT}
# A field without braces or quotation marks: a number, else the name of a @string.
_NUMBER = re.compile(r"\d*")


class BibtexError(ValueError):
    """A text that does not hold exactly one sound BibTeX entry; the message says why."""


def read_bibtex(text: str) -> tuple[Fields, list[str]]:
    """The fields of the one entry in a text, and what of it is not taken.

    Raises BibtexError where the text holds no entry, several, or a broken one.
    """
    given = {it.key.casefold(): it for it in _one_block(text).fields if it.value}
    fields: Fields = {}
    links: Fields = {}
    problems: list[str] = []
    for name, field in given.items():
        if untaken := _untaken(name, given):
            problems.append(f"bibtex: '{name}' {untaken}")
        elif name == "author":
            fields["authors"], more = _authors(field.value)
            problems += more
        elif name in _TEXTS:
            fields[_TEXTS[name]] = _text(name, field.value)
        elif name in _LINKS:
            links[_LINKS[name]] = _bare(field.value)
    if links:
        fields["links"] = _without_doubled(links)
    return {key: value for key, value in fields.items() if value}, problems


def _untaken(name: str, given: Mapping[str, Field]) -> str:
    """Why a field is not taken, or nothing. Of two with the same place the first is taken."""
    home = _TEXTS.get(name)
    first = next((other for other in given if home and _TEXTS.get(other) == home), name)
    of_other_archive = name in ("eprint", *_OF_EPRINT) and not _is_arxiv(given)
    if name not in _KNOWN or name != first or of_other_archive:
        return "has no place in an entry"
    return "is not taken: no @string says what it is" if _is_undefined(given[name]) else ""


def _one_block(text: str) -> Block:
    names = [SeparateCoAuthors(), SplitNameParts(), MergeNameParts("first")]
    library = parse_string(text, append_middleware=names)
    twice = [it for it in library.failed_blocks if isinstance(it, DuplicateBlockKeyBlock)]
    broken = [it for it in library.failed_blocks if it not in twice]
    if broken:
        raise BibtexError(_broken(broken[0]))
    count = len(library.entries) + len(twice)
    if count != 1:
        found = f"{count} entries" if count else "no entry"
        raise BibtexError(f"bibtex: expected one entry, found {found}")
    return library.entries[0]


def _broken(block: ParsingFailedBlock) -> str:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(f"'{name}'" for name in sorted(block.duplicate_keys))
        return f"bibtex: line {line}: the entry has {names} twice"
    if isinstance(block, MiddlewareErrorBlock):
        hint = "write 'Last, First and Last, First'"
        return f"bibtex: line {line}: the names of the entry cannot be told apart ({hint})"
    where = f"what begins in line {line} cannot be read"
    return f"bibtex: {where}; is a brace, a comma or a '=' missing, or one too many?"


def _is_undefined(field: Field) -> bool:
    """Whether a value is the name of a @string that was not found, or several joined by `#`."""
    return field.enclosing == "no-enclosing" and not _NUMBER.fullmatch(str(field.value))


def _authors(names: list[str]) -> tuple[Value, list[str]]:
    others = ["bibtex: 'and others' in 'author' names nobody"] if "others" in names else []
    return [_plain(name) for name in names if name != "others"], others


def _text(name: str, value: str) -> str:
    plain = _plain(value)
    return re.sub(r"\s*[-–—]+\s*", "-", plain) if name == "pages" else plain


def _plain(latex: str) -> str:
    """LaTeX as text on one line.

    A bare `%` or `&` is meant as such: in LaTeX the one would hide what comes after it.
    """
    escaped = re.sub(r"(?<!\\)([%&])", r"\\\1", latex)
    try:
        return " ".join(_decoder().latex_to_text(escaped).split())
    except (IndexError, RecursionError, ValueError) as error:  # as pylatexenc ends on odd macros
        raise BibtexError(f"'{latex[:60]}' cannot be read as LaTeX") from error


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text")


def _bare(value: str) -> str:
    """An identifier or address, in which nothing but the escapes is LaTeX."""
    return re.sub(r"\\url\b|[{}\s]|\\(?=[_%&#~$])", "", value)


def _is_arxiv(given: Mapping[str, Field]) -> bool:
    """Whether the entry says that its e-print is one of arXiv."""
    archives = (given[key].value for key in ("archiveprefix", "eprinttype") if key in given)
    return "eprint" in given and any(str(it).casefold() == "arxiv" for it in archives)


def _without_doubled(links: Fields) -> Fields:
    """Links where an address that holds an identifier is that; not beside one that differs."""
    kind, bare = decode(str(links.get("url", ""))) or ("", "")
    scheme = IDENTIFIERS.get(kind)
    beside = str(links.get(kind, bare))
    if not scheme or same(scheme.bare(beside) or "") != same(bare):
        return links
    return {key: value for key, value in links.items() if key != "url"} | {kind: beside}
