"""Entries and vocabularies as canonical YAML."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.source.yaml_writer import PlacedLine, mapping_lines, yaml_scalar
from paper_atlas.text.slug import slug

# Keys that few papers need, and that nobody writes before a check has asked for them.
_RARE = frozenset(
    {"alternative_titles", "retracted", "erratum", "unverified", "formerly", "not_same_as", "allow"}
)


def dump_entry(entry: Entry, facets: Sequence[str]) -> str:
    """The canonical file of an entry; `facets` gives the order of the keys of its terms."""
    return "".join(f"{line}\n" for _, line in entry_lines(entry, facets))


def entry_lines(
    entry: Entry, facets: Sequence[str], blocks: Collection[str] = ()
) -> Iterator[PlacedLine]:
    """The lines of the canonical file of an entry; see `dump_entry`.

    `blocks` are keys whose lists have a line for each item, although they would fit on one.
    """
    return mapping_lines(file_values(entry, facets), (), blocks)


def dump_further_keys(entry: Entry, vocabulary: Vocabulary) -> str:
    """Comment lines with an example of each key that an entry does not have yet.

    Only what fits on a line and adds to most papers: the other keys answer problems, or need more.
    """
    given = file_values(entry, list(vocabulary.facets))
    lines: list[str] = []
    for name, field in Entry.model_fields.items():
        if name == "terms":
            facets = vocabulary.facets.items()
            lines += [_example(key, facet) for key, facet in facets if key not in given]
        elif name not in given and name not in _RARE:
            lines += [it for it in field.examples or () if str(it).startswith(f"{name}: ")]
    return "".join(f"# {line}\n" for line in lines)


def _example(name: str, facet: Facet) -> str:
    titles = [yaml_scalar(term.title) for term in facet.all_terms[:2]]
    return f"{name}: [{', '.join(titles) or 'a word, another word'}]"


def dump_vocabulary(vocabulary: Vocabulary) -> str:
    """The canonical `vocabulary.yml`."""
    facets = {name: _facet(facet) for name, facet in vocabulary.facets.items()}
    return "".join(f"{line}\n" for _, line in mapping_lines({"facets": facets}))


def file_values(entry: Entry, facets: Sequence[str]) -> dict[str, Any]:
    """What the file of an entry says, in order; see `dump_entry`."""
    values: dict[str, Any] = {}
    for name, value in vars(entry).items():  # several times as fast as to iterate over the model
        if name == "links":
            values[name] = entry.links.by_kind()
        elif name == "terms":
            named = {facet: [t.title for t in entry.terms.get(facet, ())] for facet in facets}
            values |= {facet: words for facet, words in named.items() if words}
        elif value and name not in ("id", "path"):
            values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, str):  # as most are; to ask for a model takes several times as long
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    return value


def _facet(facet: Facet) -> dict[str, Any]:
    """A facet without what is as it would be anyway."""
    values = facet.model_dump(exclude_defaults=True)
    values |= {key: [_short(it) for it in values.pop(key, ())] for key in ("sections", "terms")}
    return {key: value for key, value in values.items() if value}


def _short(thing: Mapping[str, Any]) -> Any:
    """A section or term; its title alone where nothing else is to be said."""
    named = {key: value for key, value in thing.items() if value}
    if named.get("id") == slug(thing["title"]):
        del named["id"]
    if "terms" in named:
        named["terms"] = [_short(term) for term in named["terms"]]
    return named["title"] if len(named) == 1 else named
