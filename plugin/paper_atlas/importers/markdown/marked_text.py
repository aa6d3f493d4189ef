"""Text with a style for each character, so that one pattern can match across styles.

**[1]** A. Name. "**Title**."     → text `[1] A. Name. "Title."`, styles `bbb         bbbbb  `
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from paper_atlas.importers.markdown.page.inline import (
    InlineLink,
    InlinePart,
    LineBreak,
    TextRun,
)

HARD_BREAK = "\n"
"""The end of a line, or a link."""

SOFT_BREAK = "\v"
"""The end of a line that is only in the source."""

_STYLES = {(False, False): " ", (True, False): "b", (False, True): "i", (True, True): "x"}


@dataclass(frozen=True)
class MarkedText:
    """A text and the style of each character: `b` bold, `i` italic, `x` both, or a blank."""

    text: str
    styles: str

    @classmethod
    def of(cls, parts: Iterable[InlinePart]) -> "MarkedText":
        """Return the text of parts; a link becomes a break."""
        pieces = [_piece(part) for part in parts]
        return cls("".join(text for text, _ in pieces), "".join(styles for _, styles in pieces))

    def __getitem__(self, span: slice) -> "MarkedText":
        return MarkedText(self.text[span], self.styles[span])

    def parts(self) -> Iterator[InlinePart]:
        """Yield text runs and breaks."""
        start = 0
        for (style, kind), group in groupby(zip(self.styles, map(_kind, self.text), strict=True)):
            end = start + len(list(group))
            if kind:
                yield from (LineBreak(soft=kind == SOFT_BREAK) for _ in range(start, end))
            else:
                yield TextRun(self.text[start:end], style in "bx", style in "ix")
            start = end

    def spans(self, styles: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each stretch in one of `styles`.

        Blanks and punctuation between two such stretches belong to the stretch.
        """
        start = end = -1
        for index, (char, style) in enumerate(zip(self.text, self.styles, strict=True)):
            if style in styles and not char.isspace():
                if start < 0:
                    start = index
                end = index + 1
            elif start >= 0 and (char == HARD_BREAK or not (char.isspace() or style in styles)):
                yield start, end
                start = -1
        if start >= 0:
            yield start, end


def _piece(part: InlinePart) -> tuple[str, str]:
    if isinstance(part, TextRun):
        return part.text, _STYLES[part.bold, part.italic] * len(part.text)
    if isinstance(part, InlineLink):
        return HARD_BREAK, " "
    return (SOFT_BREAK if part.soft else HARD_BREAK), " "


def _kind(char: str) -> str:
    return char if char in (HARD_BREAK, SOFT_BREAK) else ""
