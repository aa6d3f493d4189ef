"""A file of an entry put into its canonical form, with the comments that people wrote in it.

YAML's parser drops comments. They are found as what starts with '#' outside every scalar, and
each is tied to a part of the file: a key with its value, or an item of a list. The lines that
`writing` gives know their parts too, so a comment follows its part to wherever that is written.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml

from paper_atlas.folder.entry_file import entry_lines
from paper_atlas.folder.reader import EntryFile
from paper_atlas.folder.schema import modeline
from paper_atlas.model.entry import Entry
from paper_atlas.source.document import Document
from paper_atlas.source.yaml_writer import KeyPath, PlacedLine
from paper_atlas.text.slug import spelling_key

_HEADER = re.compile(r"[^\r\n\x85\u2028\u2029]*")
_BLOCK = ("|", ">")
_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
# What may stand before a comment that has the line for itself.
_NOTHING = re.compile(r"(?:^(?:---)?|[\r\x85\u2028\u2029])[ \t]*\Z")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ITEM = 2  # the length of the place of an item: its key and its number
_OF_EDITOR = re.compile(r"#\s*yaml-language-server:")


@dataclass(frozen=True)
class _Part:
    """A key with its value, or an item of a list, and the parts within; the whole has no place.

    It starts with its key or its dash.
    """

    place: KeyPath
    start: int
    node: yaml.Node
    parts: tuple["_Part", ...]

    @property
    def is_flow(self) -> bool:
        """Whether it is a list or mapping in brackets."""
        return bool(getattr(self.node, "flow_style", False))

    @property
    def end(self) -> int:
        """Where the part ends; to YAML a block ends only where the next thing starts."""
        if self.parts and not self.is_flow:
            return self.parts[-1].end
        return int(self.node.end_mark.index)


@dataclass(frozen=True)
class _Comment:
    """A comment, where its text starts, and whether it has the line for itself."""

    text: str
    start: int
    is_alone: bool
    before_blank: bool


def format_changes(
    files: Iterable[EntryFile], facets: Sequence[str], folder: Path, base: Path
) -> Iterator[tuple[Path, str]]:
    """The files that are not canonical, each with its canonical text; those with errors never.

    Their paths are relative to `base`; `facets` gives the order of the keys of terms. Where the
    folder holds a schema, each file starts with the line by which an editor finds it.
    """
    for file in files:
        if file.entry:
            path = base / file.document.path
            first = modeline(path.absolute(), folder.absolute())
            text = first + format_text(file.document, file.entry, facets, bool(first))
            if path.read_bytes() != text.encode():
                yield path, text


def format_text(
    source: Document, entry: Entry, facets: Sequence[str], without_modeline: bool = False
) -> str:
    """The canonical text of the file that `entry` was read from, with all its comments.

    Without the line that tells an editor its schema, where another is to take its place.
    """
    if source.root_node is None or "#" not in source.text:
        return _joined(line for _, line in entry_lines(entry, facets))
    whole = _part(source.text, (), source.root_node)
    comments = [
        comment
        for comment in _comments(source.text, whole)
        if not (without_modeline and _OF_EDITOR.match(comment.text))
    ]
    head = _head(comments, whole)
    lines = list(entry_lines(entry, facets, _commented_lists(comments[head:], whole)))
    top = [line for it in comments[:head] for line in (it.text, *[""] * it.before_blank)]
    return _joined([*top, *_with_comments(lines, comments[head:], whole, entry)])


def _commented_lists(comments: Iterable[_Comment], whole: _Part) -> set[str]:
    """The keys of lists with a comment on an item, which keep a line for each item."""
    parts = [(_below if it.is_alone else _before)(whole, it.start) for it in comments]
    return {
        str(part.place[0])
        for part in parts
        if len(part.place) == _ITEM and isinstance(part.place[1], int)
    }


def _start(thing: _Part | _Comment) -> int:
    return thing.start


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _part(text: str, place: KeyPath, node: yaml.Node, start: int = 0) -> _Part:
    """The part of a node that stands at `place`; with its key or dash it starts at `start`."""
    parts: list[_Part] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value.strip())
            parts.append(_part(text, inner, value, key.start_mark.index))
    elif isinstance(node, yaml.SequenceNode):
        dash = re.compile(rf"^ {{{node.start_mark.column}}}-", re.MULTILINE)
        position = node.start_mark.index - node.start_mark.column
        for index, item in enumerate(node.value):
            until = item.start_mark.index
            found = None if node.flow_style else dash.search(text, position, until)
            begun = found.end() - 1 if found else until
            parts.append(_part(text, (*place, index), item, begun))
            position = parts[-1].end
    return _Part(place, start, node, tuple(parts))


def _comments(text: str, whole: _Part) -> Iterator[_Comment]:
    """Every comment in order: what starts with '#' between two scalars."""
    position = 0
    for start, end in [*_scalars(text, whole.node), (len(text), len(text))]:
        for found in _COMMENT.finditer(text, position, start):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            is_alone = _NOTHING.search(line) is not None
            before_blank = _BLANK_LINE.match(text, found.end()) is not None
            yield _Comment(found[0].rstrip(), found.start(), is_alone, before_blank)
        position = end


def _scalars(text: str, node: yaml.Node) -> Iterator[tuple[int, int]]:
    """Where scalars start and end, in order; the first line of a block may end in a comment."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        header = _HEADER.match(text, start)
        yield (header.end() if header and node.style in _BLOCK else start), end
    else:
        children = node.value if isinstance(node, yaml.SequenceNode) else chain(*node.value)
        yield from (span for child in children for span in _scalars(text, child))


def _head(comments: Sequence[_Comment], whole: _Part) -> int:
    """How many comments are of the whole file: what a blank line parts from the first key."""
    count = 0
    for number, comment in enumerate(comments, start=1):
        if not comment.is_alone or comment.start > whole.parts[0].start:
            break
        if comment.before_blank or _OF_EDITOR.match(comment.text):
            count = number
    return count


def _with_comments(
    lines: Sequence[PlacedLine], comments: Iterable[_Comment], whole: _Part, entry: Entry
) -> Iterator[str]:
    """The lines, each with its comments above and beside it; the last comments have none."""
    above: dict[int | None, list[_Comment]] = defaultdict(list)
    beside: dict[int | None, _Comment] = {}
    numbers = _numbers(lines)
    for comment in comments:
        number, is_beside = _line_of(comment, whole, entry, numbers)
        aside = beside.get(number) if is_beside else comment
        above[number] += [aside] if aside else []
        if is_beside:
            beside[number] = comment
    for number, (_, line) in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        yield from (f"{indent}{it.text}" for it in sorted(above[number], key=_start))
        yield f"{line}  {beside[number].text}" if number in beside else line
    yield from (comment.text for comment in above[None])


def _line_of(
    comment: _Comment, whole: _Part, entry: Entry, numbers: Mapping[KeyPath, int]
) -> tuple[int | None, bool]:
    """The number of the line that a comment is tied to, and whether it stands beside it.

    A part without a line, such as an item of a list on one line, leaves it above what is around
    it; nothing is around a key that the canonical file does not have.
    """
    part = (_below if comment.is_alone else _before)(whole, comment.start)
    place = _written(part, entry)
    for end in range(len(place), 0, -1):
        if place[:end] in numbers:
            return numbers[place[:end]], end == len(part.place) and not comment.is_alone
    return None, False


def _numbers(lines: Iterable[PlacedLine]) -> dict[KeyPath, int]:
    """The number of the line where the part at each place starts."""
    numbers: dict[KeyPath, int] = {}
    for number, (place, _) in enumerate(lines):
        for end in range(1, len(place) + 1):
            numbers.setdefault(place[:end], number)
    return numbers


def _below(part: _Part, position: int) -> _Part:
    """The part that a comment with a line for itself stands above, else what it stands in."""
    index = bisect_left(part.parts, position, key=_start)
    if index and position < part.parts[index - 1].end:
        return _below(part.parts[index - 1], position)
    return part.parts[index] if index < len(part.parts) else part


def _before(part: _Part, position: int) -> _Part:
    """The part that ends the line before a comment."""
    index = bisect_left(part.parts, position, key=_start)
    if not index or (part.is_flow and part.end <= position):
        return part
    return _before(part.parts[index - 1], position)


def _written(part: _Part, entry: Entry) -> KeyPath:
    """Where a part of the file that was read stands in the canonical one.

    Only terms change their number: two words of a list can mean the same.
    """
    terms = entry.terms.get(str(part.place[0])) if len(part.place) == 2 else None
    if terms and isinstance(part.node, yaml.ScalarNode):
        word = spelling_key(part.node.value)
        numbers = [n for n, term in enumerate(terms) if word in map(spelling_key, term.names)]
        return (part.place[0], *numbers[:1])
    return part.place
