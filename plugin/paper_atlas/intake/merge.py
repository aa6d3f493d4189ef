"""Two entries of one paper: what the one has and the other lacks, and where they contradict.

What a person wrote stays. A title gives way only to the title of an entry that knows it as an
alternative one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paper_atlas.intake.word_map import without_same_titles
from paper_atlas.model.entry import NOT_IN_FILE, Entry, Links, Result
from paper_atlas.model.vocabulary import Term
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import spelling_key

_UNITED = ("extends", "formerly", "not_same_as")
_OTHERWISE = frozenset(
    {"title", "alternative_titles", "links", "results", "unverified", "allow", *_UNITED}
)

Contradiction = tuple[str, str]
"""A key and what the other entry says of it."""


def merge_entries(entry: Entry, other: Entry) -> tuple[Entry, list[Contradiction]]:
    """`entry` with what only `other` has, and what `other` says otherwise.

    A key is unverified where `other` says so and what it says is new.
    """
    values: dict[str, Any] = {}
    contradictions: list[Contradiction] = []
    for name in Entry.model_fields.keys() - NOT_IN_FILE - _OTHERWISE:
        mine, others = getattr(entry, name), getattr(other, name)
        if others and not mine:
            values[name] = others
        elif others and not _alike(name, mine, others):
            contradictions.append((name, _shown(others)))
    values |= _titles(entry, other)
    values |= {name: _united(getattr(entry, name), getattr(other, name)) for name in _UNITED}
    values["results"] = _results(entry.results, other.results)
    values["terms"] = _terms(entry.terms, other.terms)
    values["links"], otherwise = _links(entry.links, other.links)
    values["allow"] = {**other.allow, **entry.allow}
    changed = entry.model_copy(update=values)
    new = _changed_keys(entry, changed)
    unverified = [key for key in other.unverified if key in new]
    values["unverified"] = _united(entry.unverified, unverified)
    return entry.model_copy(update=values), sorted([*contradictions, *otherwise])


def _titles(entry: Entry, other: Entry) -> dict[str, Any]:
    """The titles of both; what the entry has stays, even where it says a title twice."""
    title = other.title if entry.title in other.alternative_titles else entry.title
    mine = entry.alternative_titles
    given = [*mine, *other.alternative_titles, entry.title, other.title]
    new = [it for it in without_same_titles(title, given) if it not in mine]
    return {"title": title, "alternative_titles": (*(it for it in mine if it != title), *new)}


def _links(mine: Links, others: Links) -> tuple[Links, list[Contradiction]]:
    """The links of both; an address that the entry has under another label is none to add."""
    given = mine.by_kind()
    has = set(given.values())
    added = {kind: it for kind, it in others.by_kind().items() if kind in given or it not in has}
    otherwise = [
        (f"links.{kind}", value)
        for kind, value in added.items()
        if kind in given and not _same_link(kind, given[kind], value)
    ]
    return Links(**{**added, **given}), otherwise


def _same_link(kind: str, one: str, other: str) -> bool:
    return comparison_key(one) == comparison_key(other) if kind in IDENTIFIERS else one == other


def _terms(
    mine: Mapping[str, tuple[Term, ...]], others: Mapping[str, tuple[Term, ...]]
) -> dict[str, tuple[Term, ...]]:
    facets = dict.fromkeys([*mine, *others])
    both = {facet: (*mine.get(facet, ()), *others.get(facet, ())) for facet in facets}
    return {
        facet: tuple({term.id: term for term in reversed(terms)}[name]
                     for name in dict.fromkeys(term.id for term in terms))
        for facet, terms in both.items()
    }  # fmt: skip


def _results(mine: tuple[Result, ...], others: tuple[Result, ...]) -> tuple[Result, ...]:
    """All figures of both; one that both have gets the split and the place that it lacks."""
    new = list(others)
    kept: list[Result] = []
    for result in mine:
        same = next((it for it in new if _same_figure(result, it)), result)
        new = [it for it in new if it is not same]
        lacks = {key for key in ("split", "stated") if getattr(result, key) is None}
        kept.append(result.model_copy(update={key: getattr(same, key) for key in lacks}))
    return (*kept, *new)


def _same_figure(one: Result, other: Result) -> bool:
    """Whether two results are the same, however the data set or the split is worded."""
    names = sorted((spelling_key(one.dataset), spelling_key(other.dataset)), key=len)
    alike = spelling_key(one.target or "") == spelling_key(other.target or "")
    alike = alike and spelling_key(one.metric) == spelling_key(other.metric)
    same_place = one.stated is not None and one.stated == other.stated
    return alike and one.value == other.value and (names[0] in names[1] or same_place)


def _united(mine: Iterable[Any], others: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys([*mine, *others]))


def _changed_keys(before: Entry, after: Entry) -> set[str]:
    """The keys in the file of an entry, links among them, of which there is more to say now."""
    names = [name for name in Entry.model_fields if name not in NOT_IN_FILE]
    keys = {name for name in names if getattr(before, name) != getattr(after, name)}
    keys |= {facet for facet, terms in after.terms.items() if before.terms.get(facet) != terms}
    given = before.links.by_kind()
    return keys | {kind for kind in after.links.by_kind() if kind not in given}


def _alike(name: str, one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return other in one or spelling_key(one) == spelling_key(other)
    if name == "authors":
        one, other = ([split_name(author).plain for author in it] for it in (one, other))
    if isinstance(one, Sequence):
        return [spelling_key(str(it)) for it in one] == [spelling_key(str(it)) for it in other]
    return bool(one == other)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
