"""Resolve the words that an entry gives for each facet to terms of the vocabulary."""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace

from paper_atlas.model.validation import (
    MAX_TEXT_LENGTH,
    describe_count,
    describe_invisible,
    describe_length,
)
from paper_atlas.model.vocabulary import Facet, Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc, YamlValue, describe_type
from paper_atlas.text.slug import (
    MAX_NAME_BYTES,
    can_be_address,
    is_long,
    is_reserved,
    shorten_name,
    slug,
)
from paper_atlas.text.spelling import spelling_key

MAX_TERMS = 100
"""The most terms of one facet in an entry."""

MAX_NEW_TERMS = 50
"""The most terms of an open facet that an entry can add: each has a page, with all others on it."""

NewTerms = MutableMapping[tuple[str, str, str], Term]
"""Terms of open facets that the vocabulary does not list, each under two keys:
(facet, "word", spelling key) and (facet, "id", id). The second finds words with the same URL."""


def resolve_terms(
    document: Document, data: dict[str, YamlValue], vocabulary: Vocabulary, new_terms: NewTerms
) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
    """Return the terms of an entry by facet, and the problems of its words.

    Words that an open facet does not list are added to `new_terms`.
    """
    terms: dict[str, tuple[Term, ...]] = {}
    problems: list[Problem] = []
    if vocabulary.main_facet not in data or data[vocabulary.main_facet] == []:
        key = vocabulary.main_facet
        hint = f"write {key}: […]"
        problems.append(document.problem_at("missing-key", [key], "is missing", hint))
    for name, facet in vocabulary.facets.items():
        if len(words := data.get(name) or ()) > MAX_TERMS and isinstance(words, list):
            counted = describe_count(len(words), MAX_TERMS)
            problems.append(document.problem_at("too-many", [name], *counted))
            continue
        found: dict[str, Term] = {}
        for loc, word in _located_words(name, data.get(name)):
            term, problem = _resolve_word(document, loc, word, facet, new_terms)
            problems += [problem] if problem else []
            if term:
                found.setdefault(term.id, term)
        if found:
            terms[name] = tuple(found.values())
        if (count := len(found.keys() - facet.terms_by_id.keys())) > MAX_NEW_TERMS:
            message = f"found {count} new terms, expected at most {MAX_NEW_TERMS}"
            hint = "list them in the vocabulary"
            problems.append(document.problem_at("too-many", [name], message, hint))
    return terms, problems


def _located_words(facet: str, value: YamlValue) -> Iterator[tuple[Loc, YamlValue]]:
    """Yield each word of a facet with its location. A single word needs no list."""
    if isinstance(value, list):
        yield from (((facet, index), word) for index, word in enumerate(value) if word is not None)
    elif value is not None:
        yield (facet,), value


def _resolve_word(
    document: Document, loc: Loc, word: YamlValue, facet: Facet, new_terms: NewTerms
) -> tuple[Term | None, Problem | None]:
    if not isinstance(word, str):
        message = f"expected a term, found {describe_type(word)}"
        return None, document.problem_at("wrong-type", loc, message)
    if term := facet.find_term(word):
        if word == term.title:
            return term, None
        message, hint = f"'{word}' means '{term.title}'", f"write {term.title}"
        problem = document.problem_at("alias-used", loc, message, hint)
        return term, replace(problem, severity=Severity.NOTE)
    if facet.open:
        return _new_term(document, loc, word.strip(), facet, new_terms)
    message, hint = facet.unknown_term(word)
    hint = _list_hint(word, facet) or hint
    return None, document.problem_at("unknown-term", loc, message, hint)


def _list_hint(word: str, facet: Facet) -> str:
    """Return a hint to write a list if a word consists of several terms."""
    terms = [facet.find_term(part) for part in re.split(r"[,;/&]| and ", word)]
    titles = [term.title for term in terms if term]
    return f"write [{', '.join(titles)}]" if len(titles) == len(terms) > 1 else ""


def _new_term(
    document: Document, loc: Loc, word: str, facet: Facet, new_terms: NewTerms
) -> tuple[Term | None, Problem | None]:
    """Return the term of a word that an open facet does not list."""
    name, term_id = str(loc[0]), slug(word)
    by_word, by_id = (name, "word", spelling_key(word)), (name, "id", term_id)
    if term := new_terms.get(by_word):
        return term, None
    if len(word) > MAX_TEXT_LENGTH:
        return None, document.problem_at("long-text", loc, *describe_length(word))
    if message := describe_invisible(word):
        return None, document.problem_at("control-character", loc, message, "type it again")
    if _is_several(word):
        message, hint = f"'{word}' looks like several terms", "write [one, another]"
        return None, document.problem_at("wrong-value", loc, message, hint)
    if not can_be_address(word):
        return None, _refused_word(document, loc, word)
    if other := facet.terms_by_id.get(term_id) or new_terms.get(by_id):
        message = f"'{word}' and '{other.title}' would have the same URL"
        hint = "list both in the vocabulary, each with its own 'id'"
        return None, document.problem_at("ambiguous-term", loc, message, hint)
    new_terms[by_word] = new_terms[by_id] = Term(title=word, id=term_id)
    return new_terms[by_word], None


def _is_several(word: str) -> bool:
    """True if a word has a comma or a semicolon outside of parentheses."""
    outside = (part.rpartition(")")[2] for part in word.split("("))
    return any(re.search(r"[,;]\s", part) for part in outside)


def _refused_word(document: Document, loc: Loc, word: str) -> Problem:
    """Return the problem of a word whose slug cannot be the name of a page."""
    message, hint = f"'{shorten_name(word)}' cannot be part of a URL", ""
    if is_long(slug(word)):
        message += f", because it is longer than {MAX_NAME_BYTES} bytes"
        hint = "write a shorter term, or list it in the vocabulary with an 'id'"
    elif is_reserved(slug(word)):
        hint = "list it in the vocabulary with another 'id'"
    return document.problem_at("wrong-value", loc, message, hint)
