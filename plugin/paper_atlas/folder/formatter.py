"""Rewrite the file of an entry in canonical form, with its comments.

The YAML parser drops comments. This module finds them between the scalars, and attaches each to a
part of the file: a key with its value, or an item of a list. The canonical lines know their parts
too, so a comment follows its part to its new place.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml

from paper_atlas.folder.entry_file import dump_entry, entry_lines
from paper_atlas.folder.schema import modeline
from paper_atlas.model.entry import Entry
from paper_atlas.source.document import Document
from paper_atlas.source.yaml_writer import KeyPath, PlacedLine
from paper_atlas.text.spelling import spelling_key

_BLOCK_HEADER = re.compile(r"[^\r\n\x85\u2028\u2029]*")
_BLOCK_STYLES = ("|", ">")
_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
# The text before a comment that is alone on its line.
_LINE_START = re.compile(r"(?:\A|[\n\r\x85\u2028\u2029])(?:---)?[ \t]*\Z")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ITEM_DEPTH = 2  # the length of the path of an item: its key and its number
_MODELINE = re.compile(r"#\s*yaml-language-server:")


@dataclass(frozen=True)
class _Part:
    """A key with its value, or an item of a list, and the parts inside it.

    `start` is the position of its key or its dash. `path` is empty for the whole file.
    """

    path: KeyPath
    start: int
    node: yaml.Node
    parts: tuple["_Part", ...]

    @property
    def is_flow(self) -> bool:
        """True for a list or mapping in brackets."""
        return bool(getattr(self.node, "flow_style", False))

    @property
    def end(self) -> int:
        """The position where the text of the part ends.

        For a block, the end mark of YAML is the start of the next token, which is too late.
        """
        if self.parts and not self.is_flow:
            return self.parts[-1].end
        return int(self.node.end_mark.index)


@dataclass(frozen=True)
class _Comment:
    """A comment with its position.

    `is_alone` is True for a comment without a value on its line, `before_blank` for a comment
    before an empty line.
    """

    text: str
    start: int
    is_alone: bool
    before_blank: bool


def canonical_file(
    path: Path, folder: Path, entry: Entry, facets: Sequence[str], document: Document | None = None
) -> str:
    """Return the canonical text of the file of an entry at `path`.

    The text starts with the modeline for editors if `folder` contains a schema. It contains the
    comments of `document`, the file that the entry was read from.
    """
    first_line = modeline(path.absolute(), folder.absolute())
    if document is None:
        return first_line + dump_entry(entry, facets)
    return first_line + format_text(document, entry, facets, bool(first_line))


def format_text(
    document: Document, entry: Entry, facets: Sequence[str], without_modeline: bool = False
) -> str:
    """Return the canonical text of the file that `entry` was read from, with all its comments.

    `without_modeline` removes the comment that names the schema for editors.
    """
    if document.root_node is None or "#" not in document.text:
        return _join_lines(line for _, line in entry_lines(entry, facets))
    whole = _build_part(document.text, (), document.root_node)
    comments = [
        comment
        for comment in _find_comments(document.text, whole)
        if not (without_modeline and _MODELINE.match(comment.text))
    ]
    head = _count_head_comments(comments, whole)
    lines = list(entry_lines(entry, facets, _commented_lists(comments[head:], whole)))
    top = [
        line for comment in comments[:head] for line in (comment.text, *[""] * comment.before_blank)
    ]
    return _join_lines([*top, *_with_comments(lines, comments[head:], whole, entry)])


def _commented_lists(comments: Iterable[_Comment], whole: _Part) -> set[str]:
    """Return the keys of lists with a comment on an item, which need one line for each item."""
    parts = [_part_of_comment(whole, comment) for comment in comments]
    return {
        str(part.path[0])
        for part in parts
        if len(part.path) == _ITEM_DEPTH and isinstance(part.path[1], int)
    }


def _start(thing: _Part | _Comment) -> int:
    return thing.start


def _join_lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _build_part(text: str, path: KeyPath, node: yaml.Node, start: int = 0) -> _Part:
    """Return the part of a node. `start` is the position of its key or dash."""
    parts: list[_Part] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, key.value.strip())
            parts.append(_build_part(text, inner, value, key.start_mark.index))
    elif isinstance(node, yaml.SequenceNode):
        dash = re.compile(rf"^ {{{node.start_mark.column}}}-", re.MULTILINE)
        position = node.start_mark.index - node.start_mark.column
        for index, item in enumerate(node.value):
            value_start = item.start_mark.index
            found = None if node.flow_style else dash.search(text, position, value_start)
            item_start = found.end() - 1 if found else value_start
            parts.append(_build_part(text, (*path, index), item, item_start))
            position = parts[-1].end
    return _Part(path, start, node, tuple(parts))


def _find_comments(text: str, whole: _Part) -> Iterator[_Comment]:
    """Yield all comments in order: text between two scalars that starts with '#'."""
    position = before = 0
    for start, end in [*_scalar_spans(text, whole.node), (len(text), len(text))]:
        for found in _COMMENT.finditer(text, position, start):
            is_alone = _LINE_START.search(text, before, found.start()) is not None
            before_blank = _BLANK_LINE.match(text, found.end()) is not None
            yield _Comment(found[0].rstrip(), found.start(), is_alone, before_blank)
            before = found.end()
        position, before = end, max(end - 1, 0)


def _scalar_spans(text: str, node: yaml.Node) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each scalar, in order.

    A block scalar starts after its header, because the header may end in a comment.
    """
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        header = _BLOCK_HEADER.match(text, start)
        yield (header.end() if header and node.style in _BLOCK_STYLES else start), end
    else:
        children = node.value if isinstance(node, yaml.SequenceNode) else chain(*node.value)
        yield from (span for child in children for span in _scalar_spans(text, child))


def _count_head_comments(comments: Sequence[_Comment], whole: _Part) -> int:
    """Count the comments about the whole file: those before the last empty line at the top."""
    count = 0
    for number, comment in enumerate(comments, start=1):
        if not comment.is_alone or comment.start > whole.parts[0].start:
            break
        if comment.before_blank or _MODELINE.match(comment.text):
            count = number
    return count


def _with_comments(
    lines: Sequence[PlacedLine], comments: Iterable[_Comment], whole: _Part, entry: Entry
) -> Iterator[str]:
    """Yield the lines with their comments above and after them, then the other comments."""
    above: dict[int | None, list[_Comment]] = defaultdict(list)
    trailing: dict[int | None, _Comment] = {}
    numbers = _line_numbers(lines)
    for comment in comments:
        number, is_trailing = _line_of_comment(comment, whole, entry, numbers)
        moved_up = trailing.get(number) if is_trailing else comment
        above[number] += [moved_up] if moved_up else []
        if is_trailing:
            trailing[number] = comment
    for number, (_, line) in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        yield from (f"{indent}{comment.text}" for comment in sorted(above[number], key=_start))
        yield f"{line}  {trailing[number].text}" if number in trailing else line
    yield from (comment.text for comment in above[None])


def _line_of_comment(
    comment: _Comment, whole: _Part, entry: Entry, numbers: Mapping[KeyPath, int]
) -> tuple[int | None, bool]:
    """Return the number of the line for a comment, and whether the comment is at its end.

    If the part has no line of its own, such as an item of a list in brackets, the comment goes
    above the line of the part around it. The number is None for a key without a canonical line.
    """
    part = _part_of_comment(whole, comment)
    path = _canonical_path(part, entry)
    for end in range(len(path), 0, -1):
        if path[:end] in numbers:
            return numbers[path[:end]], end == len(part.path) and not comment.is_alone
    return None, False


def _line_numbers(lines: Iterable[PlacedLine]) -> dict[KeyPath, int]:
    """Return the number of the line where each part starts, by the path of the part."""
    numbers: dict[KeyPath, int] = {}
    for number, (path, _) in enumerate(lines):
        for end in range(1, len(path) + 1):
            numbers.setdefault(path[:end], number)
    return numbers


def _part_of_comment(whole: _Part, comment: _Comment) -> _Part:
    return (_part_after if comment.is_alone else _part_before)(whole, comment.start)


def _part_after(part: _Part, position: int) -> _Part:
    """Return the part that starts after a position, or else the innermost part around it."""
    index = bisect_left(part.parts, position, key=_start)
    if index and position < part.parts[index - 1].end:
        return _part_after(part.parts[index - 1], position)
    return part.parts[index] if index < len(part.parts) else part


def _part_before(part: _Part, position: int) -> _Part:
    """Return the innermost part whose text ends before a position on the same line."""
    index = bisect_left(part.parts, position, key=_start)
    if not index or (part.is_flow and part.end <= position):
        return part
    return _part_before(part.parts[index - 1], position)


def _canonical_path(part: _Part, entry: Entry) -> KeyPath:
    """Return the path of a part in the canonical file.

    Only the indices of terms can change: if two items are the same term, one is removed.
    """
    terms = entry.terms.get(str(part.path[0])) if len(part.path) == _ITEM_DEPTH else None
    if terms and isinstance(part.node, yaml.ScalarNode):
        word = spelling_key(part.node.value)
        numbers = [
            number for number, term in enumerate(terms) if word in map(spelling_key, term.names)
        ]
        return (part.path[0], *numbers[:1])
    return part.path
