"""Merge two entries of one paper: add missing values and report contradictions.

`complete_entry` keeps each value of an entry that a person may have written. `unite_entries`
chooses between two descriptions in lists: the published version and the fuller names win.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paper_atlas.intake.word_map import without_same_titles
from paper_atlas.model.entry import FIELDS_NOT_IN_FILE, Entry, Links, Result
from paper_atlas.model.identity import fingerprint_of_entry, url_key
from paper_atlas.model.vocabulary import Term
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.names import AuthorName, compatible_names, split_name
from paper_atlas.text.spelling import spelling_key

_COMBINED = ("extends", "formerly", "not_same_as")
_PUBLICATION = ("year", "venue", "volume", "issue", "pages")
_OWN_RULE = frozenset(
    {
        *("title", "alternative_titles", "links", "results", "unverified", "allow"),
        *_COMBINED,
        *_PUBLICATION,
    }
)

Contradiction = tuple[str, str]
"""A key and the value of the other entry as text."""


def unite_entries(entry: Entry, other: Entry) -> tuple[Entry, list[Contradiction]]:
    """Return the entry of a paper from two lists, and the contradictions; see `complete_entry`.

    A published version replaces the title, year, venue, volume, issue and pages of a preprint. Of
    two forms of a name, the fuller one stays, and so does the longer list of the same authors.
    Notes are joined.
    """
    values: dict[str, Any] = {}
    if _is_preprint(entry) and other.venue and not _is_preprint(other):
        values = _published_version(entry, other)
    if _agree(entry.authors, other.authors):
        values["authors"] = _fuller_names(entry.authors, other.authors)
    if other.notes and entry.notes and other.notes not in entry.notes:
        values["notes"] = f"{entry.notes}\n\n{other.notes}"
    return complete_entry(entry.model_copy(update=values), other)


def _published_version(preprint: Entry, published: Entry) -> dict[str, Any]:
    """Return the values that the published version of a preprint replaces."""
    values: dict[str, Any] = {name: getattr(published, name) for name in _PUBLICATION}
    values["year"] = published.year or preprint.year
    values["title"] = published.title
    titles = [preprint.title, *preprint.alternative_titles]
    values["alternative_titles"] = tuple(without_same_titles(published.title, titles))
    kept = [key for key in preprint.unverified if key not in values]
    new = [key for key in published.unverified if key in values]
    return {**values, "unverified": _combine(kept, new)}


def complete_entry(entry: Entry, other: Entry) -> tuple[Entry, list[Contradiction]]:
    """Return `entry` with the values that only `other` has, and the contradictions, sorted by key.

    A key becomes unverified if it is unverified in `other` and its value is new.
    """
    values, contradictions = _merge_publication(entry, other)
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


def _merge_publication(entry: Entry, other: Entry) -> tuple[dict[str, Any], list[Contradiction]]:
    """Return the facts of publication that `entry` lacks, and the contradicting ones.

    Facts of two versions are not mixed: if one contradicts, none is added, except that a venue can
    have several names. Those of a preprint are ignored beside a published version.
    """
    if _is_preprint(other) and entry.venue and not _is_preprint(entry):
        return {}, []
    facts = {name: value for name in _PUBLICATION if (value := getattr(other, name))}
    added = {name: value for name, value in facts.items() if not getattr(entry, name)}
    contradictions = [
        (name, _value_text(value))
        for name, value in facts.items()
        if name not in added and not _is_equivalent(name, getattr(entry, name), value)
    ]
    if {name for name, _ in contradictions} - {"venue"}:
        contradictions += [(name, _value_text(value)) for name, value in added.items()]
        return {}, contradictions
    return added, contradictions


def _is_preprint(entry: Entry) -> bool:
    return fingerprint_of_entry(entry).is_preprint


def _agree(authors: Sequence[AuthorName], others: Sequence[AuthorName]) -> bool:
    """True if the names of two lists, as far as both go, are those of the same persons."""
    pairs = list(zip(authors, others, strict=False))
    return bool(pairs) and all(compatible_names(*pair) for pair in pairs)


def _fuller_names(
    authors: Sequence[AuthorName], others: Sequence[AuthorName]
) -> tuple[AuthorName, ...]:
    pairs = zip(authors, others, strict=False)
    fuller = [other if _fullness(other) > _fullness(name) else name for name, other in pairs]
    return (*fuller, *authors[len(fuller) :], *others[len(fuller) :])


def _fullness(author: AuthorName) -> tuple[int, int]:
    """Return the number of letters of a name, and how many of them have accents."""
    letters = [char for char in split_name(author).plain if char.isalpha()]
    return len(letters), sum(not char.isascii() for char in letters)


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
    urls = set(map(url_key, given.values()))
    added = {
        kind: url
        for kind, url in others.by_kind().items()
        if kind in given or url_key(url) not in urls
    }
    differing = [
        (f"links.{kind}", value)
        for kind, value in added.items()
        if kind in given and not _is_same_link(kind, given[kind], value)
    ]
    return Links(**{**added, **given}), differing


def _is_same_link(kind: str, one: str, other: str) -> bool:
    key = comparison_key if kind in IDENTIFIERS else url_key
    return key(one) == key(other)


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
        return len(one) == len(other) and _agree(one, other)
    if isinstance(one, Sequence):
        keys, other_keys = ([spelling_key(str(v)) for v in values] for values in (one, other))
        return keys == other_keys
    return bool(one == other)


def _value_text(value: Any) -> str:
    """Return a value as text; a list of names has commas."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
