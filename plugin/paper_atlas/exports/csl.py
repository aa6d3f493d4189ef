"""CSL-JSON 1.0.2, as citation processors and Zotero read it.

The schema: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

import json
from collections.abc import Iterable
from typing import Any

from paper_atlas.entry import Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import (
    Kind,
    address,
    keywords,
    kind_of,
    links_of,
    one_line,
    pages_of,
    remarks,
)

# A preprint is an `article`: https://docs.citationstyles.org/en/stable/specification.html
_TYPES: dict[Kind, str] = {
    "journal": "article-journal",
    "meeting": "paper-conference",
    "other": "article",
}
_VENUES: dict[Kind, str] = {
    "journal": "container-title",
    "meeting": "container-title",
    "other": "publisher",
}


def record(entry: Entry) -> str:
    """The JSON object of a paper, one line."""
    given = {key: value for key, value in item(entry).items() if value}
    return json.dumps(given, ensure_ascii=False)


def join(records: Iterable[str]) -> str:
    """A JSON array of records."""
    return "[\n" + ",\n".join(records) + "\n]\n"


def item(entry: Entry) -> dict[str, Any]:
    """A paper under the names of CSL; what it does not have is empty."""
    links, kind = links_of(entry), kind_of(entry)
    preprint = f"arXiv:{links['arxiv']}" if "arxiv" in links else ""
    return {
        "id": entry.id,
        "type": _TYPES[kind],
        "title": one_line(entry.title),
        "author": [_name(author) for author in entry.authors],
        "issued": {"date-parts": [[entry.year]]} if entry.year else None,
        _VENUES[kind]: one_line(entry.venue),
        "number": preprint if kind == "other" else "",
        "volume": one_line(entry.volume),
        "issue": one_line(entry.issue),
        "page": pages_of(entry),
        "DOI": links.get("doi"),
        "PMID": links.get("pmid"),
        "PMCID": links.get("pmcid"),
        "URL": address(links),
        "keyword": ", ".join(keywords(entry)),
        "note": "\n".join([*([preprint] if kind != "other" else []), *remarks(entry)]).strip(),
    }


def _name(author: str) -> dict[str, str]:
    name = split_name(author)
    if not name.given:
        return {"literal": name.family}
    parts = {
        "family": name.surname,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}
