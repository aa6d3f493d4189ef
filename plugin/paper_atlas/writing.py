"""Entries and vocabularies as YAML that a person likes to read: the canonical form.

One key a line in the order of the declaration; a list on one line where it fits; quotation
marks only where YAML needs them.
"""

import contextlib
import json
import os
import re
import stat
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from paper_atlas.entry import Entry
from paper_atlas.text import slug
from paper_atlas.vocabulary import Facet, Vocabulary

if sys.platform != "win32":
    import fcntl

WIDTH = 100
_MODE = 0o644  # of a new file
Place = tuple[str | int, ...]
Line = tuple[Place, str]
"""A line of a file, and the place of the key or the item that it belongs to."""

# Keys that few papers need, and that nobody writes before a check has asked for them.
_RARE = frozenset(
    {"alternative_titles", "retracted", "erratum", "unverified", "formerly", "not_same_as", "allow"}
)

_UNFINISHED = ".paper-atlas-"

_RESOLVER = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN = re.compile(r"[^\W_](?:[^:#,\[\]{}\"\n\t]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
# Line breaks to YAML, and what it takes for no text at all.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# What YAML 1.2 reads as something else than text, beside what 1.1 does.
_TYPED = re.compile(r"0o[0-7]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def scalar(text: str) -> str:
    """One value, plain where every YAML reader takes it for that text, else in double quotes.

    A whole number is plain too: nothing of it is lost by a reader who takes it for one.
    """
    if re.fullmatch(r"0|[1-9]\d*", text):
        return text
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    typed = tag != _TEXT_TAG
    special = typed or _TYPED.fullmatch(text) or _ESCAPED.search(text)
    if _PLAIN.fullmatch(text) and not special:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def dump_entry(entry: Entry, facets: Sequence[str]) -> str:
    """The canonical file of an entry; `facets` gives the order of the keys of its terms."""
    return "".join(f"{line}\n" for _, line in entry_lines(entry, facets))


def entry_lines(
    entry: Entry, facets: Sequence[str], blocks: Collection[str] = ()
) -> Iterator[Line]:
    """The lines of the canonical file of an entry; see `dump_entry`.

    `blocks` are keys whose lists have a line for each item, although they would fit on one.
    """
    return _mapping(in_file(entry, facets), (), blocks)


def dump_further_keys(entry: Entry, vocabulary: Vocabulary) -> str:
    """Comment lines with an example of each key that an entry does not have yet.

    Only what fits on a line and adds to most papers: the other keys answer problems, or need more.
    """
    given = in_file(entry, list(vocabulary.facets))
    lines: list[str] = []
    for name, field in Entry.model_fields.items():
        if name == "terms":
            facets = vocabulary.facets.items()
            lines += [_example(key, facet) for key, facet in facets if key not in given]
        elif name not in given and name not in _RARE:
            lines += [it for it in field.examples or () if str(it).startswith(f"{name}: ")]
    return "".join(f"# {line}\n" for line in lines)


def _example(name: str, facet: Facet) -> str:
    titles = [scalar(term.title) for term in facet.all_terms[:2]]
    return f"{name}: [{', '.join(titles) or 'a word, another word'}]"


def dump_vocabulary(vocabulary: Vocabulary) -> str:
    """The canonical `vocabulary.yml`."""
    facets = {name: _facet(facet) for name, facet in vocabulary.facets.items()}
    return "".join(f"{line}\n" for _, line in _mapping({"facets": facets}))


def write_new(path: Path, text: str) -> bool:
    """Write a file that does not exist yet, whole or not at all; False where it exists.

    The file is linked into place, which, unlike renaming, never replaces another.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(path.parent, text.encode(), _MODE) as temporary:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
            return True
        return False


def write_over(path: Path, text: str) -> None:
    """Replace the text of a file, whole or not at all; its permissions stay.

    Where the path is a link, the file that it leads to is replaced.
    """
    write_out(path.resolve(strict=True), text.encode())


def write_out(path: Path, content: bytes) -> None:
    """Write a file, or replace it as `write_over` does; what is no file, such as a pipe, is fed."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _MODE
    with _temporary(target.parent, content, mode) as temporary:
        temporary.replace(target)


@contextlib.contextmanager
def _temporary(folder: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A hidden file beside the one that it will become; deleted unless it was moved."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED, suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        path.chmod(mode)
        yield path
    finally:
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete what a writer left that was killed; nobody else may be writing (see `alone`)."""
    for path in folder.rglob(f"{_UNFINISHED}*.tmp"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other process or thread that asks for it too work on a folder meanwhile.

    The lock is the system's and leaves no file. Windows has none for folders; there nothing waits.
    """
    if sys.platform == "win32":
        yield
    else:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def in_file(entry: Entry, facets: Sequence[str]) -> dict[str, Any]:
    """What the file of an entry says, in order; see `dump_entry`."""
    values: dict[str, Any] = {}
    for name, value in vars(entry).items():  # several times as fast as to iterate over the model
        if name == "links":
            values[name] = entry.links.given()
        elif name == "terms":
            named = {facet: [t.title for t in entry.terms.get(facet, ())] for facet in facets}
            values |= {facet: words for facet, words in named.items() if words}
        elif value and name not in ("id", "path"):
            values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, str):  # as most are; to ask for a model takes several times as long
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    return value


def _facet(facet: Facet) -> dict[str, Any]:
    """A facet without what is as it would be anyway."""
    values = facet.model_dump(exclude_defaults=True)
    values |= {key: [_short(it) for it in values.pop(key, ())] for key in ("sections", "terms")}
    return {key: value for key, value in values.items() if value}


def _short(thing: Mapping[str, Any]) -> Any:
    """A section or term; its title alone where nothing else is to be said."""
    named = {key: value for key, value in thing.items() if value}
    if named.get("id") == slug(thing["title"]):
        del named["id"]
    if "terms" in named:
        named["terms"] = [_short(term) for term in named["terms"]]
    return named["title"] if len(named) == 1 else named


def _mapping(
    values: Mapping[str, Any], place: Place = (), blocks: Collection[str] = ()
) -> Iterator[Line]:
    for key, value in values.items():
        inner = (*place, key)
        name = f"{_indent(place)}{scalar(key)}:"
        if isinstance(value, str):
            yield from ((inner, line) for line in _text(name, value, _indent(place)))
        elif isinstance(value, bool):
            yield inner, f"{name} {str(value).lower()}"
        elif isinstance(value, Decimal):
            yield inner, f"{name} {value:f}"
        elif isinstance(value, int | date):
            yield inner, f"{name} {value}"
        elif isinstance(value, Mapping):
            yield inner, name
            yield from _mapping(value, inner)
        elif key not in blocks and _fits(line := f"{name} {_on_one_line(value)}", value):
            yield inner, line
        else:
            yield inner, name
            yield from _items(value, inner)


def _items(values: Sequence[Any], place: Place) -> Iterator[Line]:
    for index, value in enumerate(values):
        inner = (*place, index)
        if isinstance(value, Mapping):
            (first_place, first), *rest = _mapping(value, inner)
            yield first_place, f"{_indent(place)}- {first.lstrip()}"
            yield from rest
        else:
            yield inner, f"{_indent(place)}- {scalar(value)}"


def _indent(place: Place) -> str:
    return "  " * len(place)


def _fits(line: str, values: Sequence[Any]) -> bool:
    return len(line) <= WIDTH and all(isinstance(value, str) for value in values)


def _on_one_line(values: Sequence[Any]) -> str:
    return f"[{', '.join(scalar(value) for value in values if isinstance(value, str))}]"


def _text(name: str, value: str, indent: str) -> Iterator[str]:
    """A value on its line, or text of several lines as a block."""
    lines = value.split("\n")
    framed = lines[0].startswith(" ") or value.endswith("\n")
    if len(lines) == 1 or framed or _ESCAPED.search(value):
        yield f"{name} {scalar(value)}"
    else:
        yield f"{name} |-"
        yield from (f"{indent}  {line}" if line else "" for line in lines)
