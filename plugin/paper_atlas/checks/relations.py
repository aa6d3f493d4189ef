"""Relations and links in notes: to nowhere, to the entry itself, in a circle."""

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


def broken_relations(files: CheckContext) -> Iterator[Problem]:
    """Names in relations that are no entry's, the entry's own, or doubled.

    Looked up in the files themselves, so that other mistakes of an entry do not hide these.
    """
    for name, source in files.documents.items():
        for relation in (*RELATIONS, "not_same_as"):
            others = _named(files, source, name, relation)
            for index, other in enumerate(others):
                if other in others[:index]:
                    message = f"'{other}' stands twice"
                    yield source.problem_at(
                        "doubled-name", (relation, index), message, "delete one"
                    )
                elif isinstance(other, str):
                    yield from _lost(files, source, (relation, index), name, other)


def _named(files: CheckContext, source: Document, name: str, relation: str) -> Sequence[YamlValue]:
    """What an entry names in a relation, or, where it is none, its file as far as it is read."""
    if name in files.entries:
        found: tuple[str, ...] = getattr(files.entries[name][0], relation)
        return found
    value = source.data.get(relation) if isinstance(source.data, dict) else None
    return value if isinstance(value, list) else ()


def _lost(
    files: CheckContext, source: Document, loc: tuple[str, int], name: str, other: str
) -> Iterator[Problem]:
    if other == name:
        message = f"'{other}' is this paper itself"
        yield source.problem_at("self-relation", loc, message, "delete it")
    elif other not in files.documents and ENTRY_ID.fullmatch(other):
        problem = unknown_paper_problem(
            source.path, source.find_position(loc), loc[0], other, files.documents
        )
        now = files.ids_by_former_id.get(other)
        yield replace(problem, hint=f"it is called '{now}' now") if now else problem


def former_ids_in_use(files: CheckContext) -> Iterator[Problem]:
    """Former names that are another paper's, now or before."""
    owners: dict[str, str] = {}
    for entry, source in files:
        for index, name in enumerate(entry.formerly):
            owner = name if name in files.documents else owners.setdefault(name, entry.id)
            if owner != entry.id:
                message = f"'{name}' is the name of {files.documents[owner].path} too"
                yield source.problem_at("doubled-name", ("formerly", index), message, "delete it")


def relation_cycles(files: CheckContext) -> Iterator[Problem]:
    """Relations that lead from a paper back to it: each circle once, at its first paper by path."""
    for relation in RELATIONS:
        done: set[str] = set()
        for start in files.entries:
            yield from _circles_from(files, relation, start, done)


def _circles_from(
    files: CheckContext, relation: str, start: str, done: set[str]
) -> Iterator[Problem]:
    """Depth first, without recursion: `way` is the path walked, `ahead` what is still to walk."""
    way: list[str] = []
    ahead = [iter((start,))]
    while ahead:
        name = next(ahead[-1], None)
        if name is None:
            ahead.pop()
            if way:
                done.add(way.pop())
        elif name in way and name != way[-1]:
            yield _circle(files, relation, way[way.index(name) :])
            done.update(way)
            return  # one circle is enough to look at; mended, it shows the next
        elif name in files.entries and name not in done and name not in way:
            way.append(name)
            ahead.append(iter(getattr(files.entries[name][0], relation)))


def _circle(files: CheckContext, relation: str, names: list[str]) -> Problem:
    first = min(names, key=lambda name: files.entries[name][1].path)
    turn = names.index(first)
    ordered = [*names[turn:], *names[:turn]]
    entry, source = files.entries[first]
    after = ordered[1]
    loc = (relation, getattr(entry, relation).index(after))
    message = f"a circle: {' → '.join([*ordered, first])}"
    return source.problem_at("circle", loc, message, "a paper cannot build on a later one")


_RELATIVE = re.compile(r'<a href="(?!https?://)([^"]*)"')


def broken_links_in_notes(files: CheckContext) -> Iterator[Problem]:
    """`[[id]]` whose name is no entry's, and addresses that start from no known page."""
    addresses = dict.fromkeys(files.documents, "https://")
    notes = NotesRenderer({name: name for name in files.documents})
    for entry, source in files:
        if not entry.notes or "[" not in entry.notes:
            continue
        text, lost = resolve_links(notes.render(entry.notes), addresses.get)
        for reference in lost:
            place = find_text(source, ["notes"], reference)
            yield unknown_paper_problem(source.path, place, "notes", reference, files.documents)
        for address in _RELATIVE.findall(text):
            message, hint = f"'{address}' is not a web address", "link to papers with [[id]]"
            place = find_text(source, ["notes"], address)
            yield Problem(source.path, *place, "malformed-url", "notes", message, hint)
