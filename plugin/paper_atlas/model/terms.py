"""The words of an entry, and the terms of the vocabulary that they mean."""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace

from paper_atlas.model.validation import describe_invisible
from paper_atlas.model.vocabulary import Facet, Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc, YamlValue, describe_type
from paper_atlas.text.slug import can_be_address, did_you_mean, slug, spelling_key

_NAMED_TERMS = 12

NewTerms = MutableMapping[tuple[str, str, str], Term]
"""Words that the vocabulary does not list, by (facet, "word", the word loosely) and, because two
words cannot have one address, by (facet, "id", id)."""


def resolve_terms(
    source: Document, data: dict[str, YamlValue], vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
    """The terms that an entry names, by facet, and what is wrong with its words."""
    terms: dict[str, tuple[Term, ...]] = {}
    problems: list[Problem] = []
    if vocabulary.main_facet not in data or data[vocabulary.main_facet] == []:
        hint = f"write {vocabulary.main_facet}: […]"
        problems.append(
            source.problem_at("missing-key", [vocabulary.main_facet], "is missing", hint)
        )
    for name, facet in vocabulary.facets.items():
        found: dict[str, Term] = {}
        for loc, word in _words(name, data.get(name)):
            term, problem = _term(source, loc, word, facet, new_terms)
            problems += [problem] if problem else []
            if term:
                found.setdefault(term.id, term)
        if found:
            terms[name] = tuple(found.values())
    return terms, problems


def _words(facet: str, value: YamlValue) -> Iterator[tuple[Loc, YamlValue]]:
    """The words of a facet with their places; a single word may stand without a list."""
    if isinstance(value, list):
        yield from (((facet, index), word) for index, word in enumerate(value) if word is not None)
    elif value is not None:
        yield (facet,), value


def _term(
    source: Document, loc: Loc, word: YamlValue, facet: Facet, new_terms: NewTerms
) -> tuple[Term | None, Problem | None]:
    """The term that a word means, and what is wrong with the word."""
    if not isinstance(word, str):
        message = f"expected a word, found {describe_type(word)}"
        return None, source.problem_at("wrong-type", loc, message)
    if term := facet.find_term(word):
        if word == term.title:
            return term, None
        message, hint = f"'{word}' means '{term.title}'", f"write {term.title}"
        problem = source.problem_at("alias-used", loc, message, hint)
        return term, replace(problem, severity=Severity.NOTE)
    if facet.open:
        return _new_term(source, loc, word.strip(), facet, new_terms)
    message = f"'{word}' is not in the vocabulary"
    return None, source.problem_at("unknown-term", loc, message, _nearest_term(word, facet))


def _nearest_term(word: str, facet: Facet) -> str:
    section = next(
        (it for it in facet.sections if spelling_key(word) == spelling_key(it.title)), None
    )
    if section:
        terms = ", ".join(term.title for term in section.terms) or "none yet"
        return f"that is a section; its terms are: {terms}"
    parts = [facet.find_term(part) for part in re.split(r"[,;/&]| and ", word)]
    if len(parts) > 1 and all(parts):
        return f"write [{', '.join(part.title for part in parts if part)}]"
    names = [name for term in facet.all_terms for name in term.names]
    titles = ", ".join(term.title for term in facet.all_terms[:_NAMED_TERMS])
    more = ", …" if len(facet.all_terms) > _NAMED_TERMS else ""
    return did_you_mean(word, names) or f"one of: {titles}{more}"


def _new_term(
    source: Document, loc: Loc, word: str, facet: Facet, new_terms: NewTerms
) -> tuple[Term | None, Problem | None]:
    """A word that an open facet does not list yet."""
    name, address = str(loc[0]), slug(word)
    by_word, by_id = (name, "word", spelling_key(word)), (name, "id", address)
    if term := new_terms.get(by_word):
        return term, None
    if message := describe_invisible(word):
        return None, source.problem_at("control-character", loc, message, "type it again")
    if re.search(r"[,;]\s(?![^(]*\))", word):
        message, hint = f"'{word}' looks like several words", "write [one, another]"
        return None, source.problem_at("wrong-value", loc, message, hint)
    if not can_be_address(word):
        return None, source.problem_at("wrong-value", loc, f"'{word}' cannot have an address")
    if other := facet.terms_by_id.get(address) or new_terms.get(by_id):
        message = f"'{word}' and '{other.title}' would have the same address"
        hint = "list both in the vocabulary, each with an 'id' of its own"
        return None, source.problem_at("ambiguous-term", loc, message, hint)
    new_terms[by_word] = new_terms[by_id] = Term(title=word, id=address)
    return new_terms[by_word], None
