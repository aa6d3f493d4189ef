"""The word map of a list: the keys and terms of the atlas for the words of the list.

A curator writes it as a file beside the list (`--words`). A permanent synonym belongs in the
vocabulary, as an alias.
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
from paper_atlas.text.titles import title_key

_LINK_KINDS = frozenset(Links.model_fields)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _draft_error(draft: Draft, path: str) -> Problem | None:
    """Return the problem of a draft that cannot become a paper, or None."""
    place = (path, draft.line, 1)
    if not draft.title:
        return Problem(*place, "missing-key", "title", "is missing")
    links = draft.fields.get("links", {})
    if isinstance(links, dict) and all(isinstance(url, str) for url in links.values()):
        return None
    return Problem(*place, "wrong-type", "links", "expected 'key: value' lines")


WordNames = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
"""One name or several; an empty list drops the word."""


class ResultWords(Frozen):
    """The data set, and often the split, that a word for a data set means."""

    dataset: Text
    split: Text | None = None


class WordMap(Frozen):
    """Names in the atlas for the words of a list.

    `keys` are the keys of the list, `terms` its terms and headings by facet, and `results` the
    data sets of its results. Papers under a heading with an empty list of terms are left out.
    """

    keys: Mapping[Text, WordNames] = {}
    terms: Mapping[Text, Mapping[Text, WordNames]] = {}
    results: Mapping[Text, ResultWords] = {}

    def apply(self, draft_list: DraftList) -> DraftList:
        """Return the list in the words of the atlas.

        A draft without a title or with malformed links becomes a problem, and is left out.
        """
        drafts = [self._map_words(draft) for draft in draft_list.drafts]
        excluded = [draft for draft in drafts if any(map(self._excludes, draft.headings))]
        included = [self._map_headings(draft) for draft in drafts if draft not in excluded]
        checked = [(draft, _draft_error(draft, draft_list.path)) for draft in included]
        problems = [problem for _, problem in checked if problem]
        problems += [_exclusion(draft_list.path, draft) for draft in excluded]
        valid = tuple(draft for draft, problem in checked if not problem)
        return replace(draft_list, drafts=valid, problems=(*draft_list.problems, *problems))

    def _excludes(self, heading: Heading) -> bool:
        names = [words[heading.title] for words in self.terms.values() if heading.title in words]
        return bool(names) and not any(names)

    def _map_headings(self, draft: Draft) -> Draft:
        """Replace the headings that are in the word map by terms."""
        fields = dict(draft.fields)
        known: set[Heading] = set()
        for facet, words in self.terms.items():
            found = [heading for heading in draft.headings if words.get(heading.title)]
            names = [name for heading in found for name in words[heading.title]]
            known.update(found)
            if names:
                fields[facet] = list(dict.fromkeys([*_as_list(fields.get(facet) or []), *names]))
        headings = tuple(heading for heading in draft.headings if heading not in known)
        return replace(draft, fields=fields, headings=headings)

    def _map_words(self, draft: Draft) -> Draft:
        """Map the keys of a draft, and the headers of its columns that are in `keys`."""
        columns = {
            header: words for header, words in draft.column_words.items() if header not in self.keys
        }
        return replace(draft, fields=self._map_fields(draft), column_words=columns)

    def _map_fields(self, draft: Draft) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, value in draft.fields.items():
            for name in self._names_of_key(key):
                self._set_value(fields, name, value)
        for header in draft.column_words.keys() & self.keys.keys():
            for name in self.keys[header]:
                self._set_value(fields, name, list(draft.column_words[header]))
        if isinstance(fields.get("unverified"), list):
            fields["unverified"] = [
                name for key in fields["unverified"] for name in self._names_of_key(key)
            ]
        return fields

    def _set_value(self, fields: dict[str, Any], name: str, value: Any) -> None:
        """Add a value to the fields; several keys of a list may have the same name."""
        if name in _LINK_KINDS:
            fields["links"] = {**fields.get("links", {}), name: value}
        elif name in self.terms or name == "alternative_titles":
            terms = self._map_terms(name, _as_list(value))
            present = fields.setdefault(name, [])
            present += [term for term in terms if term not in present]
        elif name == "results" and isinstance(value, list):
            fields[name] = [self._map_result(result) for result in value]
        else:
            fields[name] = value

    def _map_terms(self, facet: str, words: Any) -> Iterator[Any]:
        known = self.terms.get(facet, {})
        for word in words if isinstance(words, list) else [words]:
            yield from known.get(word, (word,)) if isinstance(word, str) else (word,)

    def _map_result(self, result: Any) -> Any:
        word = result.get("dataset") if isinstance(result, dict) else None
        names = self.results.get(word) if isinstance(word, str) else None
        return {**result, **names.model_dump(exclude_none=True)} if names else result

    def _names_of_key(self, key: Any) -> WordNames:
        return self.keys.get(key, (key,)) if isinstance(key, str) else (key,)


def _exclusion(path: str, draft: Draft) -> Problem:
    message = f"'{draft.title}' is under a heading that the word map leaves out"
    return Problem(path, draft.line, 1, "left-out", "", message, severity=Severity.NOTE)


def read_word_map(path: Path, display_path: str) -> tuple[WordMap, list[Problem]]:
    """Read the word map in a file. Return an empty one, and the problems, if it is invalid."""
    source, problems = read_document(path, display_path)
    if problems or not isinstance(source.data, dict):
        return WordMap(), problems or [
            source.problem_at("wrong-type", (), "expected 'keys: …' lines")
        ]
    word_map, problems = validate_model(WordMap, source.data, source)
    return word_map or WordMap(), problems


def without_same_titles(title: str, others: list[str]) -> list[str]:
    """Return the titles that differ from `title` and from each other; see `title_key`."""
    seen = {title_key(title)}
    differing: list[str] = []
    for other in others:
        if title_key(other) not in seen:
            seen.add(title_key(other))
            differing.append(other)
    return differing
