"""Small values for unit tests: vocabularies, entries, libraries, and drafts of a list."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from paper_atlas import Draft, DraftList, Entry, Library, Vocabulary, load
from paper_atlas.importers.draft import Heading
from paper_atlas.model.entry import read_entry
from paper_atlas.source.document import Document, parse_document

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung, Heart]}
  modalities: {title: Modalities, terms: [CT, MRI]}
  methods: {title: Methods, open: true, terms: [U-Net]}
  datasets: {title: Data sets, pages: true, open: true}
"""
OPEN_VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, open: true}
  modalities: {title: Modalities, open: true}
  methods: {title: Methods, open: true}
  targets: {title: Targets, open: true}
  datasets: {title: Data sets, pages: true, open: true}
  dimensionality: {title: Dimensionality, open: true}
"""
"""The facets of this atlas, with any term."""


def vocabulary(text: str = VOCABULARY) -> Vocabulary:
    """The vocabulary of a YAML text."""
    return Vocabulary.model_validate(_parsed(text))


def entry(text: str = "", name: str = "paper", words: Vocabulary | None = None) -> Entry:
    """An entry with the YAML `text`, and with a default title, DOI and organ."""
    source = Document(f"entries/liver/{name}.yml", "", _with_defaults(name, text))
    found, problems = read_entry(source, words or vocabulary(), {})
    assert found, problems
    return found


def library(folder: Path, papers: Mapping[str, str], words: str = VOCABULARY) -> Library:
    """A library in `folder / "entries"` of papers by id, with the defaults of `entry`."""
    entries = folder / "entries"
    entries.mkdir(exist_ok=True)
    (entries / "vocabulary.yml").write_text(words, encoding="utf-8")
    for name, text in papers.items():
        data = json.dumps(_with_defaults(name, text))
        (entries / f"{name}.yml").write_text(data, encoding="utf-8")
    return load(entries, folder)


def draft(title: str, *headings: str | Heading, line: int = 1, **fields: Any) -> Draft:
    """A draft below headings; headings that are given as titles are nested."""
    above = tuple(
        heading if isinstance(heading, Heading) else Heading(level, heading, level)
        for level, heading in enumerate(headings, start=1)
    )
    keywords = tuple(fields.pop("keywords", ()))
    name = fields.pop("id", "")
    return Draft({"title": title, **fields}, line, above, keywords, name)


def draft_list(
    *drafts: Draft, headings: Sequence[Heading] = (), empty: Sequence[Heading] = ()
) -> DraftList:
    """A list of drafts, by default with the headings of the drafts."""
    found = headings or dict.fromkeys(heading for draft in drafts for heading in draft.headings)
    return DraftList("list.md", drafts, tuple(found), frozenset(empty))


def _with_defaults(name: str, text: str) -> dict[str, Any]:
    defaults = {"title": f"Paper {name}", "links": {"doi": f"10.1000/{name}"}, "organs": ["Liver"]}
    return defaults | _parsed(text)


def _parsed(text: str) -> dict[str, Any]:
    data = parse_document(text, "text.yml")[0].data if text else {}
    assert isinstance(data, dict)
    return data
