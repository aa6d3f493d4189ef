"""A parser for Markdown whose time and memory are nearly linear in the text.

markdown-it-py takes quadratic time for some texts, and some short texts have a huge result. The
limits here are far from what people write. What exceeds one is read in a simpler way, and reported.

- A block in which the parser would search for the ends of too many brackets is plain text.
- Once the link definitions have repeated too much text, they no longer count.
- Once too many cells are missing in the rows of tables, tables are plain text.

https://markdown-it-py.readthedocs.io/en/latest/security.html
"""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

PAGE_LIMITS = "limits"
"""The key of the environment under which the parser puts (line, message) for each limit that a page
exceeds."""

MAX_URL_LENGTH = 2_000
"""The most characters of the URL of a link; browsers and servers accept about as many."""

_MAX_NESTING = 200  # blocks and links around one in Markdown
# A block costs what parsing its brackets takes, in characters. Text with links costs its length.
_BRACKETS_PER_CHARACTER, _FREE_BRACKETS = 10, 2_000
_REPETITIONS_PER_CHARACTER, _FREE_REPETITIONS = 10, 1_000_000
_MAX_MISSING_CELLS = 10_000  # of the tables of a page
_MISSING_CELLS = "missing cells"  # the key of their number so far in the environment


def markdown_parser() -> MarkdownIt:
    """Return a parser for CommonMark with the tables of GitHub; see `PAGE_LIMITS`."""
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
    parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.at("inline", _bounded_inline)
    is_valid = parser.validateLink
    setattr(parser, "validateLink", lambda url: len(url) <= MAX_URL_LENGTH and is_valid(url))  # noqa: B010
    return parser


def _report(env: Any, line: int, message: str) -> None:
    env.setdefault(PAGE_LIMITS, []).append((line + 1, message))


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.env.get(_MISSING_CELLS, 0) > _MAX_MISSING_CELLS or not table(state, start, end, True):
        return False
    if silent:
        return True
    columns = _line(state, start).strip(" |").count("|") + 1
    for number in range(start + 2, end):
        row = _line(state, number).strip()
        if not row:
            break
        missing = columns - row.strip("|").count("|") - 1
        state.env[_MISSING_CELLS] = state.env.get(_MISSING_CELLS, 0) + max(0, missing)
        if state.env[_MISSING_CELLS] > _MAX_MISSING_CELLS:
            message = (
                "too many cells are missing in the rows of tables, so no table is read from here"
            )
            _report(state.env, start, message)
            return False
    return table(state, start, end, False)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _bounded_inline(state: StateCore) -> None:
    """Parse the text of blocks, with the limits of this module."""
    definitions = state.env.get("references", {})
    for definition in definitions.values():
        definition["title"] = ""  # which each use would repeat
    budget = _FREE_REPETITIONS + _REPETITIONS_PER_CHARACTER * len(state.src)
    for token in state.tokens:
        if token.type != "inline":
            continue
        line = token.map[0] if token.map else 0
        if _is_costly(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
            _report(state.env, line, "the block has too many brackets, so it is read as plain text")
            continue
        token.children = _parse(token.content, state)
        budget -= _length_of_links(token.children) - len(token.content)
        if budget < 0 and state.env.get("references"):
            state.env["references"] = {}
            token.children = _parse(token.content, state)
            _report(state.env, line, "link definitions are used too often; none counts from here")
    if definitions:
        state.env["references"] = definitions


def _parse(text: str, state: StateCore) -> list[Token]:
    return state.md.inline.parse(text, state.md, state.env, [])


def _length_of_links(tokens: list[Token]) -> int:
    return sum(len(str(value)) for token in tokens for value in token.attrs.values())


def _is_costly(text: str) -> bool:
    """True if the ends of the opening brackets, or that of the text, are too far in sum.

    The parser goes over the text from each opening bracket.
    """
    limit = _FREE_BRACKETS + _BRACKETS_PER_CHARACTER * len(text)
    if text.count("[") * len(text) <= limit:
        return False
    opened: list[int] = []
    cost, is_escaped = 0, False
    for position, sign in enumerate(text):
        if sign == "[" and not is_escaped:
            opened.append(position)
        elif sign == "]" and not is_escaped and opened:
            cost += position - opened.pop()
        is_escaped = sign == "\\" and not is_escaped
    return cost + sum(len(text) - position for position in opened) > limit
