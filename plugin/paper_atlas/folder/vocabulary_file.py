"""Read `vocabulary.yml`, the file with the facets of an atlas, and its figure.

Without that file, an atlas has the facets of `default-vocabulary.yml` in the folder of this module.
"""

import os
import posixpath
from collections.abc import Collection
from pathlib import Path

from paper_atlas.checks.vocabulary import (
    duplicate_names,
    facet_problems,
    high_terms,
    term_cycles,
    unknown_names,
    unknown_regions,
)
from paper_atlas.model.validation import validate_model
from paper_atlas.model.vocabulary import (
    VOCABULARY_FILE,
    Vocabulary,
)
from paper_atlas.problem import Problem, errors
from paper_atlas.source.document import Document, read_document
from paper_atlas.source.files import FileError, read_file
from paper_atlas.source.svg.clean import CleanSvg, clean_svg

DEFAULT_VOCABULARY = Path(__file__).with_name("default-vocabulary.yml")


def read_vocabulary(
    folder: Path, shown: str, reserved: Collection[str] = ()
) -> tuple[Vocabulary, Document, list[Problem]]:
    """Return the vocabulary of a folder of entries, its document and its problems.

    If the file has errors, the default vocabulary is returned. `shown` is the path of the file
    in problems. `reserved` are names that no facet can have.
    """
    path = folder / VOCABULARY_FILE
    if not os.path.lexists(path):
        return default_vocabulary(), read_document(DEFAULT_VOCABULARY, shown)[0], []
    document, problems = read_document(path, shown, folder)
    vocabulary = None
    if not errors(problems):
        vocabulary, more = _validate(document)
        problems += [*more, *facet_problems(vocabulary, document, reserved)]
    usable = vocabulary if vocabulary and not errors(problems) else default_vocabulary()
    return usable, document, problems


def default_vocabulary() -> Vocabulary:
    """Return the vocabulary of an atlas without `vocabulary.yml`. Its facets are open.

    Raises:
        RuntimeError: The package is damaged.
    """
    vocabulary, _ = _validate(read_document(DEFAULT_VOCABULARY, DEFAULT_VOCABULARY.name)[0])
    if vocabulary is None:
        raise RuntimeError(f"{DEFAULT_VOCABULARY} is damaged")
    return vocabulary


def _validate(document: Document) -> tuple[Vocabulary | None, list[Problem]]:
    if not isinstance(document.data, dict):
        message = "expected a mapping with the key 'facets'"
        return None, [document.problem_at("wrong-type", (), message)]
    vocabulary, problems = validate_model(Vocabulary, document.data, document)
    if vocabulary:
        problems = list(duplicate_names(vocabulary, document))
        problems = problems or [
            *unknown_names(vocabulary, document),
            *term_cycles(vocabulary, document),
        ]
        problems = problems or list(high_terms(vocabulary, document))
    return vocabulary, problems


def read_figure(
    folder: Path, vocabulary: Vocabulary, document: Document
) -> tuple[str, list[Problem]]:
    """Return the SVG figure of a vocabulary, and the problems of the figure and its regions.

    The text is what `clean_svg` returns. It is empty if there is no figure, or if the figure has
    problems. `document` is the file of the vocabulary.
    """
    figure = CleanSvg()
    if vocabulary.figure:
        try:
            text = read_file(folder / vocabulary.figure, folder=folder).decode()
        except (FileError, UnicodeDecodeError):
            message = f"'{vocabulary.figure}' cannot be read as SVG"
            hint = "put an SVG file next to vocabulary.yml, or remove the line"
            return "", [document.problem_at("malformed-figure", ("figure",), message, hint)]
        path = posixpath.join(posixpath.dirname(document.path), vocabulary.figure)
        figure, problems = clean_svg(text, path)
        if problems:
            return "", problems
    return figure.text, list(unknown_regions(vocabulary, document, figure.parts))
