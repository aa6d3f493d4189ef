"""Importer for a table of facts in YAML: a list with one mapping per paper.

    - title: U-Net
      doi: 10.1000/1
      results: [{dataset: A, value: 0.9}]
      sources: [{where: Table 2, backs: [results]}]
    → Draft({"title": "U-Net", "doi": …, "results": [{…, "stated": "Table 2"}]}, line=1)

The keys are those of an entry. Identifiers and links are keys of the paper itself (`doi: …`).
`sources` states where the values of other keys were found.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.importers.names import with_groups
from paper_atlas.problem import Problem
from paper_atlas.source.document import parse_document


def read_yaml_table(text: str, path: str) -> DraftList:
    """Parse a table of facts; a row that is not a mapping is an error."""
    document, problems = parse_document(text, path)
    rows = document.data
    if not isinstance(rows, list):
        if not problems:
            hint = "start each paper with '- title: …'"
            message = "expected a list of papers"
            problems.append(document.problem_at("wrong-type", (), message, hint))
        return DraftList(path, (), problems=tuple(problems))
    drafts: list[Draft] = []
    for index, row in enumerate(rows):
        line, column = document.find_position((index,))
        if isinstance(row, dict):
            drafts.append(Draft(with_groups(_without_sources(row)), line))
        else:
            message = "expected 'key: value' lines of a paper"
            hint = "start with 'title: …'"
            problems.append(Problem(path, line, column, "wrong-type", "", message, hint))
    return DraftList(path, tuple(drafts), problems=tuple(problems), record_count=len(rows))


def _without_sources(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row without `sources`; the first source of `results` becomes their `stated`."""
    fields = {key: value for key, value in row.items() if key != "sources"}
    place = next(_places_of("results", row.get("sources")), None)
    results = fields.get("results")
    if place and isinstance(results, list):
        fields["results"] = [
            {**result, "stated": result.get("stated") or place}
            for result in results
            if isinstance(result, dict)
        ]
    return fields


def _places_of(key: str, sources: Any) -> Iterator[str]:
    """Yield `where` of each source whose `backs` contains the key."""
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and key in (source.get("backs") or ()):
            yield str(source.get("where"))
