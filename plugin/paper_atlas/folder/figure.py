"""The SVG file beside the vocabulary."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Source


def read_figure(folder: Path, vocabulary: Vocabulary, words: Source) -> tuple[str, list[Problem]]:
    """The text of the figure that a vocabulary names, or nothing and why."""
    found: set[str | None] = set()
    text = ""
    if vocabulary.figure:
        try:
            text = (folder / vocabulary.figure).read_text(encoding="utf-8")
            found = {element.get("id") for element in ElementTree.fromstring(text).iter()}
        except (OSError, UnicodeDecodeError, ElementTree.ParseError):
            message = f"'{vocabulary.figure}' cannot be read as SVG"
            hint = "put the file beside vocabulary.yml, or delete the line"
            return "", [words.problem("malformed-figure", ("figure",), message, hint)]
    return text, list(_lost(vocabulary, words, found))


def _lost(vocabulary: Vocabulary, words: Source, found: set[str | None]) -> Iterator[Problem]:
    for _, term, loc in vocabulary.places():
        if term.region and term.region not in found:
            message = f"'{term.region}' is the id of no part of the figure"
            hint = "give the part that id, or delete the line"
            yield words.problem("unknown-region", (*loc, "region"), message, hint)
