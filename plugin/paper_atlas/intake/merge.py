"""Merge two entries of one paper: add missing values and report contradictions.

Existing values stay. Only the title is replaced if the other entry has it as an alternative title.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paper_atlas.intake.word_map import without_same_titles
from paper_atlas.model.entry import FIELDS_NOT_IN_FILE, Entry, Links, Result
from paper_atlas.model.vocabulary import Term
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import split_name
from paper_atlas.text.spelling import spelling_key

_COMBINED = ("extends", "formerly", "not_same_as")
_OWN_RULE = frozenset(
    {"title", "alternative_titles", "links", "results", "unverified", "allow", *_COMBINED}
)

Contradiction = tuple[str, str]
"""A key and the value of the other entry as text."""


def merge_entries(entry: Entry, other: Entry) -> tuple[Entry, list[Contradiction]]:
    """Return `entry` with the values that only `other` has, and the contradictions, sorted by key.

    A key becomes unverified if it is unverified in `other` and its value is new.
    """
    values: dict[str, Any] = {}
    contradictions: list[Contradiction] = []
    for name in Entry.model_fields.keys() - FIELDS_NOT_IN_FILE - _OWN_RULE:
        mine, others = getattr(entry, name), getattr(other, name)
        if others and not mine:
            values[name] = others
        elif others and not _is_equivalent(name, mine, others):
            contradictions.append((name, _value_text(others)))
    values |= _merge_titles(entry, other)
    values |= {name: _combine(getattr(entry, name), getattr(other, name)) for name in _COMBINED}
    values["results"] = _merge_results(entry.results, other.results)
    values["terms"] = _merge_terms(entry.terms, other.terms)
    values["links"], differing = _merge_links(entry.links, other.links)
    values["allow"] = {**other.allow, **entry.allow}
    changed = entry.model_copy(update=values)
    new = _changed_keys(entry, changed)
    unverified = [key for key in other.unverified if key in new]
    values["unverified"] = _combine(entry.unverified, unverified)
    return entry.model_copy(update=values), sorted([*contradictions, *differing])


def _merge_titles(entry: Entry, other: Entry) -> dict[str, Any]:
    """Return `title` and `alternative_titles`; present alternative titles stay unchanged."""
    title = other.title if entry.title in other.alternative_titles else entry.title
    mine = entry.alternative_titles
    given = [*mine, *other.alternative_titles, entry.title, other.title]
    new = [name for name in without_same_titles(title, given) if name not in mine]
    remaining = (name for name in mine if name != title)
    return {"title": title, "alternative_titles": (*remaining, *new)}


def _merge_links(mine: Links, others: Links) -> tuple[Links, list[Contradiction]]:
    """Combine links; skip a URL that the entry has with another label."""
    given = mine.by_kind()
    urls = set(given.values())
    added = {
        kind: url for kind, url in others.by_kind().items() if kind in given or url not in urls
    }
    differing = [
        (f"links.{kind}", value)
        for kind, value in added.items()
        if kind in given and not _is_same_link(kind, given[kind], value)
    ]
    return Links(**{**added, **given}), differing


def _is_same_link(kind: str, one: str, other: str) -> bool:
    return comparison_key(one) == comparison_key(other) if kind in IDENTIFIERS else one == other


def _merge_terms(
    mine: Mapping[str, tuple[Term, ...]], others: Mapping[str, tuple[Term, ...]]
) -> dict[str, tuple[Term, ...]]:
    facets = dict.fromkeys([*mine, *others])
    both = {facet: (*mine.get(facet, ()), *others.get(facet, ())) for facet in facets}
    return {
        facet: tuple({term.id: term for term in reversed(terms)}[name]
                     for name in dict.fromkeys(term.id for term in terms))
        for facet, terms in both.items()
    }  # fmt: skip


def _merge_results(mine: tuple[Result, ...], others: tuple[Result, ...]) -> tuple[Result, ...]:
    """Combine results; a result in both gets the missing `split` and `stated`."""
    new = list(others)
    completed: list[Result] = []
    for result in mine:
        same = next((other for other in new if _is_same_result(result, other)), result)
        new = [other for other in new if other is not same]
        missing = {key for key in ("split", "stated") if getattr(result, key) is None}
        completed.append(result.model_copy(update={key: getattr(same, key) for key in missing}))
    return (*completed, *new)


def _is_same_result(one: Result, other: Result) -> bool:
    """True if two results are the same, even if data set or split are written differently."""
    names = sorted((spelling_key(one.dataset), spelling_key(other.dataset)), key=len)
    same_measure = spelling_key(one.target or "") == spelling_key(other.target or "")
    same_measure = same_measure and spelling_key(one.metric) == spelling_key(other.metric)
    same_source = one.stated is not None and one.stated == other.stated
    return same_measure and one.value == other.value and (names[0] in names[1] or same_source)


def _combine(mine: Iterable[Any], others: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys([*mine, *others]))


def _changed_keys(before: Entry, after: Entry) -> set[str]:
    """Return the keys of the entry file, and the kinds of links, that have changed."""
    names = [name for name in Entry.model_fields if name not in FIELDS_NOT_IN_FILE]
    keys = {name for name in names if getattr(before, name) != getattr(after, name)}
    keys |= {facet for facet, terms in after.terms.items() if before.terms.get(facet) != terms}
    given = before.links.by_kind()
    return keys | {kind for kind in after.links.by_kind() if kind not in given}


def _is_equivalent(name: str, one: Any, other: Any) -> bool:
    """True if `other` adds nothing to the value `one` of the field `name`."""
    if isinstance(one, str) and isinstance(other, str):
        return other in one or spelling_key(one) == spelling_key(other)
    if name == "authors":
        one, other = ([split_name(name).plain for name in names] for names in (one, other))
    if isinstance(one, Sequence):
        keys, other_keys = ([spelling_key(str(v)) for v in values] for values in (one, other))
        return keys == other_keys
    return bool(one == other)


def _value_text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
