"""A table of facts in YAML: a list with a mapping for each paper.

Its keys are those of an entry, with identifiers and links beside the others (`doi: …`), and
`sources`: where each key was read, as `{where: …, backs: [key, …]}`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.problem import Problem
from paper_atlas.source.document import parse_document


def read_yaml_table(text: str, path: str) -> DraftList:
    """Read a table. What is no paper is an error with its line."""
    source, problems = parse_document(text, path)
    rows = source.data
    if not isinstance(rows, list):
        if not problems:
            hint = "start each paper with '- title: …'"
            problems.append(source.problem_at("wrong-type", (), "expected a list of papers", hint))
        return DraftList(path, (), problems=tuple(problems))
    drafts: list[Draft] = []
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            drafts.append(Draft(_with_places(row), source.find_position((index,))[0]))
        else:
            problems.append(_not_a_paper(source.find_position((index,)), path))
    return DraftList(path, tuple(drafts), problems=tuple(problems))


def _not_a_paper(place: tuple[int, int], path: str) -> Problem:
    message = "expected 'key: value' lines of a paper"
    return Problem(path, *place, "wrong-type", "", message, "start with 'title: …'")


def _with_places(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without its sources; results that do not say where they are stated get the first."""
    fields = {key: value for key, value in row.items() if key != "sources"}
    place = next(_backing("results", row.get("sources")), None)
    results = fields.get("results")
    if place and isinstance(results, list):
        fields["results"] = [
            {**result, "stated": result.get("stated") or place}
            for result in results
            if isinstance(result, dict)
        ]
    return fields


def _backing(key: str, sources: Any) -> Iterator[str]:
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and key in (source.get("backs") or ()):
            yield str(source.get("where"))
