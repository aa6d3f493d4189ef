"""How the words of a list are taken that are not those of the atlas.

A curator writes them down once, in a file beside the list; what is synonymous for ever belongs
into the vocabulary, as an alias.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from paper_atlas.importers.draft import Draft, DraftList, Heading
from paper_atlas.model.entry import Links
from paper_atlas.model.validation import Frozen, Text, validate_model
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import read_document
from paper_atlas.text.slug import title_key

_LINK_KINDS = frozenset(Links.model_fields)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _lacking(draft: Draft, path: str) -> Problem | None:
    """What keeps a draft from being looked at as a paper."""
    place = (path, draft.line, 1)
    if not draft.title:
        return Problem(*place, "missing-key", "title", "is missing")
    links = draft.fields.get("links", {})
    if isinstance(links, dict) and all(isinstance(it, str) for it in links.values()):
        return None
    return Problem(*place, "wrong-type", "links", "expected 'key: value' lines")


WordNames = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
"""One name or several; none leaves the word out."""


class ResultWords(Frozen):
    """What the words for a data set say of a result: they often name the split too."""

    dataset: Text
    split: Text | None = None


class WordMap(Frozen):
    """`keys` of the list, its `terms` by facet, and the data sets of its `results`.

    Each word is given the names that the atlas has for it; a heading is such a word too, and
    without a name it leaves its papers out.
    """

    keys: Mapping[Text, WordNames] = {}
    terms: Mapping[Text, Mapping[Text, WordNames]] = {}
    results: Mapping[Text, ResultWords] = {}

    def apply(self, reading: DraftList) -> DraftList:
        """The reading in the words of the atlas.

        A draft without a title, or with something else in the place of links, is told, and left.
        """
        drafts = [replace(draft, fields=self._fields(draft)) for draft in reading.drafts]
        left = [draft for draft in drafts if any(map(self._leaves_out, draft.headings))]
        kept = [self._under_headings(draft) for draft in drafts if draft not in left]
        lacking = [(draft, _lacking(draft, reading.path)) for draft in kept]
        told = [problem for _, problem in lacking if problem]
        told += [_left_out(reading.path, draft) for draft in left]
        sound = tuple(draft for draft, problem in lacking if not problem)
        return replace(reading, drafts=sound, problems=(*reading.problems, *told))

    def _leaves_out(self, heading: Heading) -> bool:
        said = [words[heading.title] for words in self.terms.values() if heading.title in words]
        return bool(said) and not any(said)

    def _under_headings(self, draft: Draft) -> Draft:
        """The draft with the terms that its headings mean; these headings are done with."""
        fields = dict(draft.fields)
        known: set[Heading] = set()
        for facet, words in self.terms.items():
            found = [heading for heading in draft.headings if words.get(heading.title)]
            names = [name for heading in found for name in words[heading.title]]
            known.update(found)
            if names:
                fields[facet] = list(dict.fromkeys([*_listed(fields.get(facet) or []), *names]))
        headings = tuple(heading for heading in draft.headings if heading not in known)
        return replace(draft, fields=fields, headings=headings)

    def _fields(self, draft: Draft) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, value in draft.fields.items():
            for name in self._names(key):
                self._put(fields, name, value)
        if isinstance(fields.get("unverified"), list):
            fields["unverified"] = [
                name for key in fields["unverified"] for name in self._names(key)
            ]
        return fields

    def _put(self, fields: dict[str, Any], name: str, value: Any) -> None:
        """Put a value under its name; several keys of a list may have the same."""
        if name in _LINK_KINDS:
            fields["links"] = {**fields.get("links", {}), name: value}
        elif name in self.terms or name == "alternative_titles":
            words = self._terms(name, _listed(value))
            there = fields.setdefault(name, [])
            there += [word for word in words if word not in there]
        elif name == "results" and isinstance(value, list):
            fields[name] = [self._result(result) for result in value]
        else:
            fields[name] = value

    def _terms(self, facet: str, words: Any) -> Iterator[Any]:
        known = self.terms.get(facet, {})
        for word in words if isinstance(words, list) else [words]:
            yield from known.get(word, (word,)) if isinstance(word, str) else (word,)

    def _result(self, result: Any) -> Any:
        words = result.get("dataset") if isinstance(result, dict) else None
        measured = self.results.get(words) if isinstance(words, str) else None
        return {**result, **measured.model_dump(exclude_none=True)} if measured else result

    def _names(self, key: Any) -> WordNames:
        return self.keys.get(key, (key,)) if isinstance(key, str) else (key,)


def _left_out(path: str, draft: Draft) -> Problem:
    message = f"'{draft.title}' stands under a heading that the words leave out"
    return Problem(path, draft.line, 1, "left-out", "", message, severity=Severity.NOTE)


def read_word_map(path: Path, shown: str) -> tuple[WordMap, list[Problem]]:
    """The words of a file, or its problems and no words."""
    source, problems = read_document(path, shown)
    if problems or not isinstance(source.data, dict):
        return WordMap(), problems or [
            source.problem_at("wrong-type", (), "expected 'keys: …' lines")
        ]
    words, problems = validate_model(WordMap, source.data, source)
    return words or WordMap(), problems


def without_same_titles(title: str, others: list[str]) -> list[str]:
    """The alternative titles that differ from a title, and from each other, in more than form."""
    seen = {title_key(title)}
    kept: list[str] = []
    for other in others:
        if title_key(other) not in seen:
            seen.add(title_key(other))
            kept.append(other)
    return kept
