"""Checks of relations and of links in notes: unknown ids, references to itself, cycles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from paper_atlas.checks.context import CheckContext
from paper_atlas.model.entry import RELATIONS
from paper_atlas.model.fields import can_be_id
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document, YamlValue, find_text
from paper_atlas.text.notes import NotesRenderer
from paper_atlas.text.paper_links import linked_id, resolve_links


def broken_relations(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for ids in relations that are unknown, the entry's own, or given twice.

    Files with errors are checked too, so that all their problems are reported at once.
    """
    for entry_id, document in context.documents.items():
        paper = context.papers.get(entry_id)
        relations = paper.relations if paper else _relations_in_file(document)
        for relation, targets in relations.items():
            seen: set[str] = set()
            for index, target in enumerate(targets):
                if not isinstance(target, str):
                    continue
                if target in seen:
                    message, hint = f"'{target}' is given twice", "remove one of the two"
                    yield document.problem_at("doubled-name", (relation, index), message, hint)
                else:
                    seen.add(target)
                    yield from _wrong_target(context, document, (relation, index), entry_id, target)


def _relations_in_file(document: Document) -> Mapping[str, Sequence[YamlValue]]:
    """Return the values of relations in a file with errors."""
    data = document.data if isinstance(document.data, dict) else {}
    values = {name: data.get(name) for name in (*RELATIONS, "not_same_as")}
    return {name: value for name, value in values.items() if isinstance(value, list)}


def _wrong_target(
    context: CheckContext, document: Document, loc: tuple[str, int], entry_id: str, target: str
) -> Iterator[Problem]:
    if target == entry_id:
        message = f"'{target}' is this paper itself"
        yield document.problem_at("self-relation", loc, message, "remove it")
    elif target not in context.documents and can_be_id(target):
        position = document.find_position(loc)
        problem = context.hints.problem(document.path, position, loc[0], target)
        new_id = context.ids_by_former_id.get(target)
        yield replace(problem, hint=f"write '{new_id}', its new id") if new_id else problem


def former_ids_in_use(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for former ids that are the paper's own, or belong to another paper."""
    owners: dict[str, str] = {}
    for paper in context:
        for index, name in enumerate(paper.entry.formerly):
            own_id = paper.entry.id
            owner = name if name in context.documents else owners.setdefault(name, own_id)
            loc = ("formerly", index)
            if name == own_id:
                message, hint = f"'{name}' is this paper itself", "remove it"
                yield paper.document.problem_at("self-relation", loc, message, hint)
            elif owner != own_id:
                message = f"'{name}' is also an id of {context.documents[owner].path}"
                yield paper.document.problem_at("doubled-name", loc, message, "remove it")


def relation_cycles(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for a cycle of relations, at its first paper by path."""
    for relation in RELATIONS:
        graph = _without_dead_ends(
            {
                entry_id: paper.relations[relation]
                for entry_id, paper in context.papers.items()
                if relation in paper.relations
            }
        )
        done: set[str] = set()
        for start in graph:
            if cycle := _find_cycle(graph, start, done):
                yield _cycle_problem(context, relation, cycle)


_SHOWN_IN_CIRCLE = 20  # papers of a circle in its message
_ROUNDS = 8  # relations from a paper to the end of its longest path, which are rarely more
_Graph = Mapping[str, Sequence[str]]
"""The ids that each paper names."""


def _without_dead_ends(graph: _Graph) -> _Graph:
    """Return the graph without most of the papers from which no cycle can be reached."""
    for _ in range(_ROUNDS):
        graph = {
            name: targets
            for name, targets in graph.items()
            if any(target in graph and target != name for target in targets)
        }
    return graph


def _find_cycle(graph: _Graph, start: str, done: set[str]) -> list[str]:
    """Search depth-first, without recursion. Return the first cycle, or an empty list.

    `done` are the ids of papers from which no cycle is reachable, or only a reported one.
    """
    walked: dict[str, None] = {}  # the current path
    ahead = [iter((start,))]
    while ahead:
        entry_id = next(ahead[-1], None)
        if entry_id is None:
            ahead.pop()
            if walked:
                done.add(walked.popitem()[0])
        elif entry_id in walked and entry_id != next(reversed(walked)):
            done.update(walked)
            path = list(walked)
            return path[path.index(entry_id) :]  # the next is reported when this is fixed
        elif entry_id in graph and entry_id not in done and entry_id not in walked:
            walked[entry_id] = None
            ahead.append(iter(graph[entry_id]))
    return []


def _cycle_problem(context: CheckContext, relation: str, ids: list[str]) -> Problem:
    first = min(ids, key=lambda entry_id: context.papers[entry_id].entry.path)
    start = ids.index(first)
    ordered = [*ids[start:], *ids[:start]]
    paper = context.papers[first]
    loc = (relation, paper.relations[relation].index(ordered[1]))
    if len(ordered) > _SHOWN_IN_CIRCLE:
        ordered = [*ordered[:_SHOWN_IN_CIRCLE], "…"]
    message = f"papers form a circle: {' → '.join([*ordered, first])}"
    return paper.document.problem_at("circle", loc, message, "remove one of these relations")


_RELATIVE_LINK = re.compile(r'<a href="(?!https?://)([^"]*)"')


def broken_links_in_notes(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for links `[[id]]` to unknown entries in notes, and for relative URLs."""
    for paper in context:
        notes = paper.entry.notes
        if not notes or "[" not in notes:
            continue
        for link, is_paper in context.evaluate(_links_in_notes, notes):
            if is_paper and linked_id(link) in context.documents:
                continue
            path, position = paper.document.path, find_text(paper.document, ["notes"], link)
            if is_paper:
                yield context.hints.problem(path, position, "notes", link)
            else:
                message, hint = f"'{link}' is a relative URL", "link to papers with [[id]]"
                yield Problem(path, *position, "malformed-url", "notes", message, hint)


def _links_in_notes(notes: str) -> Iterator[tuple[str, bool]]:
    """Yield the source of each link to a paper, with True, and each relative URL, with False."""
    text, links = resolve_links(_notes_renderer().render(notes), lambda _: None)
    yield from ((link, True) for link in links)
    yield from ((url, False) for url in _RELATIVE_LINK.findall(text))


@cache
def _notes_renderer() -> NotesRenderer:
    """Return a renderer that knows no paper, so that it resolves no link."""
    return NotesRenderer({})
