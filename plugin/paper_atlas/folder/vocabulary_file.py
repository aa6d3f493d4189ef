"""`vocabulary.yml`, the file with the words of an atlas, and what can be wrong with it.

Without that file the facets are those of `default-vocabulary.yml` beside this module.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from xml.etree import ElementTree

from paper_atlas.model.validation import validate_model
from paper_atlas.model.vocabulary import Facet, Term, Vocabulary, is_facet_name
from paper_atlas.problem import Problem, errors
from paper_atlas.source.document import Document, Loc, read_document
from paper_atlas.text.slug import did_you_mean, spelling_key

VOCABULARY_FILE = "vocabulary.yml"
DEFAULT_VOCABULARY = Path(__file__).with_name("default-vocabulary.yml")


def read_vocabulary(
    folder: Path, shown: str, reserved: Collection[str] = ()
) -> tuple[Vocabulary, Document, list[Problem]]:
    """The vocabulary of a folder of entries, its source and its problems.

    A file that cannot be used gives the default vocabulary beside its problems. `reserved` are
    names that no facet can have.
    """
    path = folder / VOCABULARY_FILE
    if not path.exists():
        return default_vocabulary(), read_document(DEFAULT_VOCABULARY, shown)[0], []
    source, problems = read_document(path, shown)
    vocabulary = None
    if not errors(problems):
        vocabulary, wrong = _validated(source)
        problems += [*wrong, *_ill_named(vocabulary, source, reserved)]
    usable = vocabulary if vocabulary and not errors(problems) else default_vocabulary()
    return usable, source, problems


def default_vocabulary() -> Vocabulary:
    """The facets of an atlas without a vocabulary of its own, all open."""
    vocabulary, _ = _validated(read_document(DEFAULT_VOCABULARY, DEFAULT_VOCABULARY.name)[0])
    if vocabulary is None:
        raise RuntimeError(f"{DEFAULT_VOCABULARY} is damaged")
    return vocabulary


def _validated(source: Document) -> tuple[Vocabulary | None, list[Problem]]:
    if not isinstance(source.data, dict):
        message = "expected a mapping with the key 'facets'"
        return None, [source.problem_at("wrong-type", (), message)]
    vocabulary, problems = validate_model(Vocabulary, source.data, source)
    if vocabulary:
        problems = list(_doubled(vocabulary, source))
        problems = problems or [*_lost(vocabulary, source), *_circles(vocabulary, source)]
    return vocabulary, problems


def _ill_named(
    vocabulary: Vocabulary | None, source: Document, reserved: Collection[str]
) -> Iterator[Problem]:
    """Facets whose name cannot be a key of an entry and a folder of the site; none with pages."""
    if vocabulary and not any(facet.pages for facet in vocabulary.facets.values()):
        message, hint = "no facet has pages", "give the most important one 'pages: true'"
        yield source.problem_at("missing-pages", ("facets",), message, hint, of_key=True)
    for name in vocabulary.facets if vocabulary else ():
        loc = ("facets", name)
        if name in reserved:
            message = f"'{name}' means something else in an entry or on the site"
            yield source.problem_at("reserved-facet", loc, message, "choose another", of_key=True)
        elif not is_facet_name(name):
            message = f"'{name}' cannot be the key of a facet"
            hint = "small letters a-z, digits and hyphens"
            yield source.problem_at("malformed-facet", loc, message, hint, of_key=True)


def _doubled(vocabulary: Vocabulary, source: Document) -> Iterator[Problem]:
    """Names that would mean two terms, and ids that would be two pages."""
    owners: dict[tuple[str, str], Term] = {}
    for facet, term, loc in vocabulary.located_terms():
        for name in term.names:
            owner = owners.setdefault((facet, spelling_key(name)), term)
            if owner is not term:
                message = f"'{name}' is a name of '{owner.title}' too"
                yield source.problem_at("doubled-term", loc, message)
                break
    seen: set[str] = set()
    for name, value in vocabulary.facets.items():
        for index, section in enumerate(value.sections):
            loc = ("facets", name, "sections", index)
            if section.id in seen:
                message = f"the section '{section.id}' stands twice"
                yield source.problem_at("doubled-section", loc, message)
            seen.add(section.id)


def _lost(vocabulary: Vocabulary, source: Document) -> Iterator[Problem]:
    """Names of terms, as parents or in `about`, that the vocabulary does not list."""
    for name, term, loc in vocabulary.located_terms():
        yield from _unlisted(vocabulary.facets[name], term.parents, source, (*loc, "parents"))
        for other, words in term.about.items():
            inner = (*loc, "about", other)
            if other in vocabulary.facets:
                yield from _unlisted(vocabulary.facets[other], words, source, inner)
            else:
                message, hint = f"'{other}' is no facet", did_you_mean(other, vocabulary.facets)
                yield source.problem_at("unknown-key", inner, message, hint, of_key=True)


def _unlisted(
    facet: Facet, words: Collection[str], source: Document, loc: Loc
) -> Iterator[Problem]:
    for index, word in enumerate(words):
        if facet.find_term(word) is None:
            hint = did_you_mean(word, [name for term in facet.all_terms for name in term.names])
            message = f"'{word}' is not in the vocabulary"
            yield source.problem_at("unknown-term", (*loc, index), message, hint)


def _circles(vocabulary: Vocabulary, source: Document) -> Iterator[Problem]:
    """Terms that are broader than themselves."""
    for name, term, loc in vocabulary.located_terms():
        if term in vocabulary.facets[name].broader_terms(term):
            message = f"'{term.title}' is broader than itself"
            hint = "a parent cannot have it for a parent"
            yield source.problem_at("term-circle", (*loc, "parents"), message, hint)


def read_figure(folder: Path, vocabulary: Vocabulary, words: Document) -> tuple[str, list[Problem]]:
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
            return "", [words.problem_at("malformed-figure", ("figure",), message, hint)]
    return text, list(_unknown_regions(vocabulary, words, found))


def _unknown_regions(
    vocabulary: Vocabulary, words: Document, found: set[str | None]
) -> Iterator[Problem]:
    for _, term, loc in vocabulary.located_terms():
        if term.region and term.region not in found:
            message = f"'{term.region}' is the id of no part of the figure"
            hint = "give the part that id, or delete the line"
            yield words.problem_at("unknown-region", (*loc, "region"), message, hint)
