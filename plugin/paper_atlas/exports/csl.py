"""CSL-JSON 1.0.2 for citation processors and Zotero.

The schema: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

from typing import Any

from paper_atlas.exports.format import PaperFacts
from paper_atlas.exports.json import encode_json
from paper_atlas.model.publication import PublicationType
from paper_atlas.text.names import Name

# A preprint is an `article`: https://docs.citationstyles.org/en/stable/specification.html
_TYPES: dict[PublicationType, str] = {
    "journal": "article-journal",
    "meeting": "paper-conference",
    "other": "article",
}
_VENUES: dict[PublicationType, str] = {
    "journal": "container-title",
    "meeting": "container-title",
    "other": "publisher",
}


def to_csl(paper: PaperFacts) -> str:
    """Return the JSON object of a paper on one line."""
    return encode_json({key: value for key, value in _item(paper).items() if value})


def _item(paper: PaperFacts) -> dict[str, Any]:
    """Return the CSL variables of a paper; missing ones are empty."""
    links, kind = paper.links, paper.kind
    other_links = paper.other_links(("doi", "arxiv", "pmid", "pmcid", "url", "code"))
    preprint = f"arXiv:{links['arxiv']}" if "arxiv" in links else ""
    notes = [preprint] if preprint and kind != "other" else []
    return {
        "id": paper.entry.key,
        "type": _TYPES[kind],
        "title": paper.title,
        "author": [_name(name) for name in paper.names],
        "issued": {"date-parts": [[paper.entry.year]]} if paper.year else None,
        _VENUES[kind]: paper.venue,
        "number": "" if notes else preprint,
        "volume": paper.volume,
        "issue": paper.issue,
        "page": paper.pages,
        "DOI": links.get("doi"),
        "PMID": links.get("pmid"),
        "PMCID": links.get("pmcid"),
        "URL": paper.url,
        "keyword": ", ".join(paper.keywords),
        "note": "\n".join([*notes, *paper.remarks, *other_links]),
    }


def _name(name: Name) -> dict[str, str]:
    if not name.given and not name.suffix:
        return {"literal": name.surname}
    parts = {"family": name.surname, "given": name.given}
    if not name.given:
        del parts["given"]
    if name.particle:
        parts["non-dropping-particle"] = name.particle
    if name.suffix:
        parts["suffix"] = name.suffix
    return parts
