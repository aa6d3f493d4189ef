"""Read `vocabulary.yml`, the file with the facets of an atlas, and find its problems.

Without that file, an atlas has the facets of `default-vocabulary.yml` in the folder of this module.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from xml.etree import ElementTree

from paper_atlas.model.validation import validate_model
from paper_atlas.model.vocabulary import (
    VOCABULARY_FILE,
    Facet,
    Term,
    Vocabulary,
    is_facet_name,
)
from paper_atlas.problem import Problem, errors
from paper_atlas.source.document import Document, Loc, read_document
from paper_atlas.text.spelling import did_you_mean, spelling_key

DEFAULT_VOCABULARY = Path(__file__).with_name("default-vocabulary.yml")


def read_vocabulary(
    folder: Path, shown: str, reserved: Collection[str] = ()
) -> tuple[Vocabulary, Document, list[Problem]]:
    """Return the vocabulary of a folder of entries, its document and its problems.

    A file with errors gives the default vocabulary. `shown` is the path of the file in problems.
    `reserved` are names that no facet can have.
    """
    path = folder / VOCABULARY_FILE
    if not path.exists():
        return default_vocabulary(), read_document(DEFAULT_VOCABULARY, shown)[0], []
    document, problems = read_document(path, shown)
    vocabulary = None
    if not errors(problems):
        vocabulary, more = _validate(document)
        problems += [*more, *_facet_problems(vocabulary, document, reserved)]
    usable = vocabulary if vocabulary and not errors(problems) else default_vocabulary()
    return usable, document, problems


def default_vocabulary() -> Vocabulary:
    """Return the vocabulary of an atlas without the file. Its facets are open.

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
        problems = list(_duplicates(vocabulary, document))
        problems = problems or [
            *_unknown_names(vocabulary, document),
            *_cycles(vocabulary, document),
        ]
    return vocabulary, problems


def _facet_problems(
    vocabulary: Vocabulary | None, document: Document, reserved: Collection[str]
) -> Iterator[Problem]:
    """Find names that no facet can have, and a vocabulary without a facet with pages."""
    if vocabulary and not any(facet.pages for facet in vocabulary.facets.values()):
        message, hint = "no facet has 'pages: true'", "add it to the most important facet"
        yield document.problem_at("missing-pages", ("facets",), message, hint, of_key=True)
    for name in vocabulary.facets if vocabulary else ():
        loc = ("facets", name)
        if name in reserved:
            message = f"'{name}' is already a key of entries or a folder of the site"
            hint = "choose another name"
            yield document.problem_at("reserved-facet", loc, message, hint, of_key=True)
        elif not is_facet_name(name):
            message = f"'{name}' cannot be the key of a facet"
            hint = "use small letters a-z, digits and hyphens"
            yield document.problem_at("malformed-facet", loc, message, hint, of_key=True)


def _duplicates(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Find names of two terms of a facet, and ids of two sections of a facet."""
    owners: dict[tuple[str, str], Term] = {}
    for facet, term, loc in vocabulary.located_terms():
        for name in term.names:
            owner = owners.setdefault((facet, spelling_key(name)), term)
            if owner is not term:
                message = f"'{name}' is also a name of '{owner.title}'"
                yield document.problem_at("doubled-term", loc, message)
                break
    seen: set[str] = set()
    for name, value in vocabulary.facets.items():
        for index, section in enumerate(value.sections):
            loc = ("facets", name, "sections", index)
            if section.id in seen:
                message = f"the section '{section.id}' is given twice"
                yield document.problem_at("doubled-section", loc, message)
            seen.add(section.id)


def _unknown_names(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Find names in `parents` and `about` that the vocabulary does not list."""
    for name, term, loc in vocabulary.located_terms():
        yield from _unknown_terms(
            vocabulary.facets[name], term.parents, document, (*loc, "parents")
        )
        for other, words in term.about.items():
            inner = (*loc, "about", other)
            if other in vocabulary.facets:
                yield from _unknown_terms(vocabulary.facets[other], words, document, inner)
            else:
                message = f"'{other}' is not a facet"
                hint = did_you_mean(other, vocabulary.facets)
                yield document.problem_at("unknown-key", inner, message, hint, of_key=True)


def _unknown_terms(
    facet: Facet, words: Collection[str], document: Document, loc: Loc
) -> Iterator[Problem]:
    for index, word in enumerate(words):
        if facet.find_term(word) is None:
            yield document.problem_at("unknown-term", (*loc, index), *facet.unknown_term(word))


def _cycles(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Find terms whose parents lead back to them."""
    for name, term, loc in vocabulary.located_terms():
        if term in vocabulary.facets[name].broader_terms(term):
            message = f"the parents of '{term.title}' lead back to it"
            hint = "delete one of the parents"
            yield document.problem_at("term-circle", (*loc, "parents"), message, hint)


def read_figure(
    folder: Path, vocabulary: Vocabulary, document: Document
) -> tuple[str, list[Problem]]:
    """Return the text of the SVG figure of a vocabulary, and the problems of its regions.

    The text is empty without a figure, or if it is unreadable. `document` is the vocabulary file.
    """
    ids: set[str | None] = set()
    text = ""
    if vocabulary.figure:
        try:
            text = (folder / vocabulary.figure).read_text(encoding="utf-8")
            ids = {element.get("id") for element in ElementTree.fromstring(text).iter()}
        except (OSError, UnicodeDecodeError, ElementTree.ParseError):
            message = f"'{vocabulary.figure}' cannot be read as SVG"
            hint = "put an SVG file next to vocabulary.yml, or delete the line"
            return "", [document.problem_at("malformed-figure", ("figure",), message, hint)]
    return text, list(_unknown_regions(vocabulary, document, ids))


def _unknown_regions(
    vocabulary: Vocabulary, document: Document, ids: set[str | None]
) -> Iterator[Problem]:
    for _, term, loc in vocabulary.located_terms():
        if term.region and term.region not in ids:
            message = f"the figure has no part with the id '{term.region}'"
            hint = "give a part this id, or delete the line"
            yield document.problem_at("unknown-region", (*loc, "region"), message, hint)
