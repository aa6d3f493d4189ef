"""Checks of the vocabulary: of its file alone, and together with the entries that use it.

`folder.vocabulary_file` runs the checks of the file: names, parents, regions of the figure. If
names or parents have errors, the default vocabulary is used instead.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from paper_atlas.checks.context import CheckContext, term_key
from paper_atlas.model.vocabulary import MAX_BROADER, Facet, Term, Vocabulary, is_facet_name
from paper_atlas.problem import MAX_PROBLEMS, Problem, Severity
from paper_atlas.source.document import Document, Loc
from paper_atlas.text.slug import is_reserved, shorten_name
from paper_atlas.text.spelling import did_you_mean, spelling_key


def facet_problems(
    vocabulary: Vocabulary | None, document: Document, reserved: Collection[str]
) -> Iterator[Problem]:
    """Yield problems of the names of facets, and a problem if no facet has pages."""
    if vocabulary and not any(facet.pages for facet in vocabulary.facets.values()):
        message, hint = "no facet has 'pages: true'", "add it to the most important facet"
        yield document.problem_at("missing-pages", ("facets",), message, hint, of_key=True)
    for name in vocabulary.facets if vocabulary else ():
        loc = ("facets", name)
        if name in reserved:
            message = f"'{name}' is already a key of entries, a folder of the site or part of URLs"
            hint = "choose another name"
            yield document.problem_at("reserved-facet", loc, message, hint, of_key=True)
        elif not is_facet_name(name):
            message = f"'{shorten_name(name)}' cannot be the key of a facet"
            hint = "use lowercase letters a-z, digits and hyphens"
            if is_reserved(name):
                hint = "choose another name: Windows or a list has this one"
            yield document.problem_at("malformed-facet", loc, message, hint, of_key=True)


def duplicate_names(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Yield problems of names that two terms of a facet share, and ids that two sections share."""
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


def unknown_names(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Yield problems of names in `parents` and `about` that the vocabulary does not list.

    Only as many have a hint as are reported.
    """
    unlisted = (
        (facet, word, (*loc, index))
        for facet, words, loc in _named_terms(vocabulary)
        for index, word in enumerate(words)
        if facet.find_term(word) is None
    )
    for number, (facet, word, loc) in enumerate(unlisted):
        message, hint = facet.unknown_term(word, with_hint=number < MAX_PROBLEMS)
        yield document.problem_at("unknown-term", loc, message, hint)
    for _, term, loc in vocabulary.located_terms():
        for other in term.about.keys() - vocabulary.facets.keys():
            message = f"'{other}' is not a facet"
            hint = did_you_mean(other, vocabulary.facets)
            inner = (*loc, "about", other)
            yield document.problem_at("unknown-key", inner, message, hint, of_key=True)


def _named_terms(vocabulary: Vocabulary) -> Iterator[tuple[Facet, Sequence[str], Loc]]:
    """Yield the names of other terms in each term, with their facet and their location."""
    for name, term, loc in vocabulary.located_terms():
        yield vocabulary.facets[name], term.parents, (*loc, "parents")
        for other, words in term.about.items():
            if other in vocabulary.facets:
                yield vocabulary.facets[other], words, (*loc, "about", other)


def term_cycles(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Yield a problem for each term in a circle, or on a path from one circle to another."""
    circles = {name: _in_circles(facet) for name, facet in vocabulary.facets.items()}
    for name, term, loc in vocabulary.located_terms():
        if term.id in circles[name]:
            message = f"the parents of '{term.title}' form a circle"
            hint = "remove one of the parents"
            yield document.problem_at("term-circle", (*loc, "parents"), message, hint)


def _in_circles(facet: Facet) -> set[str]:
    """Return the ids of the terms that remain without those from which no circle is reachable."""
    above = {
        term.id: [parent.id for parent in facet.parent_terms(term)] for term in facet.all_terms
    }
    below = {term.id: [child.id for child in facet.child_terms(term)] for term in facet.all_terms}
    return _without_ends(below, _without_ends(above, set(above)))


def _without_ends(graph: Mapping[str, Sequence[str]], chosen: set[str]) -> set[str]:
    """Return the chosen nodes of a graph from which a path of chosen nodes does not end."""
    from_node = {node: [other for other in graph[node] if other in chosen] for node in chosen}
    to_node = defaultdict(list)
    for node, others in from_node.items():
        for other in others:
            to_node[other].append(node)
    left = {node: len(others) for node, others in from_node.items()}
    ends = [node for node, count in left.items() if not count]
    while ends:
        end = ends.pop()
        del left[end]
        for node in to_node[end]:
            left[node] -= 1
            if not left[node]:
                ends.append(node)
    return set(left)


def high_terms(vocabulary: Vocabulary, document: Document) -> Iterator[Problem]:
    """Yield a problem for the first term of each facet that has too many terms above it."""
    found: set[str] = set()
    for name, term, loc in vocabulary.located_terms():
        above = vocabulary.facets[name].iterate_broader_terms(term)
        if name not in found and next(islice(above, MAX_BROADER, None), None):
            found.add(name)
            message = f"'{term.title}' has more than {MAX_BROADER} broader terms"
            yield document.problem_at("too-many", (*loc, "parents"), message, "use fewer levels")


def unknown_regions(
    vocabulary: Vocabulary, document: Document, parts: Collection[str]
) -> Iterator[Problem]:
    """Yield problems of regions that are not the id of a part of the figure."""
    for _, term, loc in vocabulary.located_terms():
        if term.region and term.region not in parts:
            message = f"the figure has no part with the id '{term.region}'"
            hint = "give a part this id, or remove the line"
            yield document.problem_at("unknown-region", (*loc, "region"), message, hint)


def unused_terms(context: CheckContext) -> Iterator[Problem]:
    """Yield a note for each term if no entry uses it or a narrower term."""
    used: set[str] = set().union(*(paper.term_keys for paper in context))
    for name, facet in context.vocabulary.facets.items():
        for term in facet.all_terms:
            if term_key(name, term.id) in used:
                used.update(term_key(name, above.id) for above in facet.broader_terms(term))
    for name, term, loc in context.vocabulary.located_terms():
        if term_key(name, term.id) not in used:
            message = f"no entry uses '{term.title}'"
            problem = context.vocabulary_document.problem_at("unused-term", loc, message)
            yield replace(problem, severity=Severity.NOTE)


def unsectioned_terms(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each term that is in no section, in a facet that has sections."""
    for facet, term, loc in context.vocabulary.located_terms():
        if context.vocabulary.facets[facet].sections and "sections" not in loc:
            message, hint = f"'{term.title}' is in no section", "move it into one"
            problem = context.vocabulary_document.problem_at("no-section", loc, message, hint)
            yield replace(problem, severity=Severity.WARNING)
