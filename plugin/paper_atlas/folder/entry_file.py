"""Write entries and vocabularies as canonical YAML."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.source.yaml_writer import PlacedLine, mapping_lines, yaml_scalar
from paper_atlas.text.names import Group
from paper_atlas.text.slug import slug

# Keys that few papers need, or that only suppress a problem of a check.
_RARE_KEYS = frozenset(
    {"alternative_titles", "retracted", "erratum", "unverified", "formerly", "not_same_as", "allow"}
)


def dump_entry(entry: Entry, facets: Sequence[str]) -> str:
    """Return the canonical file of an entry. `facets` are the names of all facets, in order."""
    return "".join(f"{line}\n" for _, line in entry_lines(entry, facets))


def entry_lines(
    entry: Entry, facets: Sequence[str], blocks: Collection[str] = ()
) -> Iterator[PlacedLine]:
    """Yield (key path, line) for each line of the canonical file of an entry.

    `blocks` are keys whose lists have one line for each item, even if they are short.
    """
    return mapping_lines(file_values(entry, facets), (), blocks)


def dump_further_keys(entry: Entry, vocabulary: Vocabulary) -> str:
    """Return comment lines with an example of each key that an entry does not have yet.

    Keys that few papers need, or that need several lines, are left out.
    """
    given = file_values(entry, list(vocabulary.facets))
    lines: list[str] = []
    for name, field in Entry.model_fields.items():
        if name == "terms":
            facets = vocabulary.facets.items()
            lines += [_facet_example(key, facet) for key, facet in facets if key not in given]
        elif name not in given and name not in _RARE_KEYS:
            examples = map(str, field.examples or ())
            lines += [example for example in examples if example.startswith(f"{name}: ")]
    return "".join(f"# {line}\n" for line in lines)


def _facet_example(name: str, facet: Facet) -> str:
    titles = [yaml_scalar(term.title, in_list=True) for term in facet.all_terms[:2]]
    return f"{name}: [{', '.join(titles) or 'a term, another term'}]"


def dump_vocabulary(vocabulary: Vocabulary) -> str:
    """Return the canonical `vocabulary.yml`."""
    facets = {name: _facet_values(facet) for name, facet in vocabulary.facets.items()}
    return "".join(f"{line}\n" for _, line in mapping_lines({"facets": facets}))


def file_values(entry: Entry, facets: Sequence[str]) -> dict[str, Any]:
    """Return the keys and values of the file of an entry, in the order of the file."""
    values: dict[str, Any] = {}
    for name, value in vars(entry).items():  # several times faster than iterating over the model
        if name == "links":
            values |= {name: links} if (links := entry.links.by_kind()) else {}
        elif name == "terms":
            titles = {
                facet: [term.title for term in entry.terms.get(facet, ())] for facet in facets
            }
            values |= {facet: words for facet, words in titles.items() if words}
        elif value and name not in ("id", "path"):
            values[name] = _plain_value(value)
    return values


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):  # first, because most values are text
        return value
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, Group):
        return {"group": value.group}
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    return value


def _facet_values(facet: Facet) -> dict[str, Any]:
    """Return the values of a facet that differ from the defaults."""
    values = facet.model_dump(exclude_defaults=True)
    values |= {
        key: [_short_form(item) for item in values.pop(key, ())] for key in ("sections", "terms")
    }
    return {key: value for key, value in values.items() if value}


def _short_form(item: Mapping[str, Any]) -> Any:
    """Return the values of a section or term, or its title if that is all."""
    values = {key: value for key, value in item.items() if value}
    if values.get("id") == slug(item["title"]):
        del values["id"]
    if "terms" in values:
        values["terms"] = [_short_form(term) for term in values["terms"]]
    return values["title"] if len(values) == 1 else values
