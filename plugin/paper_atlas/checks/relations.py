"""Checks of relations and of links in notes: unknown ids, references to itself, cycles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paper_atlas.checks.context import CheckContext, unknown_paper_problem
from paper_atlas.model.entry import RELATIONS
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document, YamlValue, find_text
from paper_atlas.text.notes import NotesRenderer
from paper_atlas.text.paper_links import resolve_links


def broken_relations(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for ids in relations that are unknown, the entry's own, or given twice.

    Files with errors are checked too, so that all their problems are reported at once.
    """
    for entry_id, document in context.documents.items():
        for relation in (*RELATIONS, "not_same_as"):
            targets = _relation_targets(context, document, entry_id, relation)
            for index, target in enumerate(targets):
                if target in targets[:index]:
                    message, hint = f"'{target}' is given twice", "remove one of the two"
                    yield document.problem_at("doubled-name", (relation, index), message, hint)
                elif isinstance(target, str):
                    yield from _wrong_target(context, document, (relation, index), entry_id, target)


def _relation_targets(
    context: CheckContext, document: Document, entry_id: str, relation: str
) -> Sequence[YamlValue]:
    """Return the values of a relation, from the entry or, if it has errors, from its file."""
    if entry_id in context.entries:
        targets: tuple[str, ...] = getattr(context.entries[entry_id][0], relation)
        return targets
    value = document.data.get(relation) if isinstance(document.data, dict) else None
    return value if isinstance(value, list) else ()


def _wrong_target(
    context: CheckContext, document: Document, loc: tuple[str, int], entry_id: str, target: str
) -> Iterator[Problem]:
    if target == entry_id:
        message = f"'{target}' is this paper itself"
        yield document.problem_at("self-relation", loc, message, "remove it")
    elif target not in context.documents and ENTRY_ID.fullmatch(target):
        position = document.find_position(loc)
        problem = unknown_paper_problem(document.path, position, loc[0], target, context.documents)
        new_id = context.ids_by_former_id.get(target)
        yield replace(problem, hint=f"write '{new_id}', its new id") if new_id else problem


def former_ids_in_use(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for former ids that are an id or a former id of another paper."""
    owners: dict[str, str] = {}
    for entry, document in context:
        for index, name in enumerate(entry.formerly):
            owner = name if name in context.documents else owners.setdefault(name, entry.id)
            if owner != entry.id:
                message = f"'{name}' is also an id of {context.documents[owner].path}"
                loc = ("formerly", index)
                yield document.problem_at("doubled-name", loc, message, "remove it")


def relation_cycles(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for a cycle of relations, at its first paper by path."""
    for relation in RELATIONS:
        done: set[str] = set()
        for start in context.entries:
            yield from _cycles_from(context, relation, start, done)


def _cycles_from(
    context: CheckContext, relation: str, start: str, done: set[str]
) -> Iterator[Problem]:
    """Search depth-first, without recursion. Stop at the first cycle.

    `done` are the ids of papers from which no cycle is reachable, or only a reported one.
    """
    walked: list[str] = []  # the current path
    ahead = [iter((start,))]
    while ahead:
        entry_id = next(ahead[-1], None)
        if entry_id is None:
            ahead.pop()
            if walked:
                done.add(walked.pop())
        elif entry_id in walked and entry_id != walked[-1]:
            yield _cycle_problem(context, relation, walked[walked.index(entry_id) :])
            done.update(walked)
            return  # the next cycle is reported when this one is fixed
        elif entry_id in context.entries and entry_id not in done and entry_id not in walked:
            walked.append(entry_id)
            ahead.append(iter(getattr(context.entries[entry_id][0], relation)))


def _cycle_problem(context: CheckContext, relation: str, ids: list[str]) -> Problem:
    first = min(ids, key=lambda entry_id: context.entries[entry_id][1].path)
    start = ids.index(first)
    ordered = [*ids[start:], *ids[:start]]
    entry, document = context.entries[first]
    loc = (relation, getattr(entry, relation).index(ordered[1]))
    message = f"papers form a circle: {' → '.join([*ordered, first])}"
    return document.problem_at("circle", loc, message, "remove one of these relations")


_RELATIVE_LINK = re.compile(r'<a href="(?!https?://)([^"]*)"')


def broken_links_in_notes(context: CheckContext) -> Iterator[Problem]:
    """Yield problems for links `[[id]]` to unknown entries in notes, and for relative URLs."""
    urls = dict.fromkeys(context.documents, "https://")
    notes = NotesRenderer({entry_id: entry_id for entry_id in context.documents})
    for entry, document in context:
        if not entry.notes or "[" not in entry.notes:
            continue
        text, unresolved = resolve_links(notes.render(entry.notes), urls.get)
        for link in unresolved:
            position = find_text(document, ["notes"], link)
            yield unknown_paper_problem(document.path, position, "notes", link, context.documents)
        for url in _RELATIVE_LINK.findall(text):
            message, hint = f"'{url}' is a relative URL", "link to papers with [[id]]"
            position = find_text(document, ["notes"], url)
            yield Problem(document.path, *position, "malformed-url", "notes", message, hint)
