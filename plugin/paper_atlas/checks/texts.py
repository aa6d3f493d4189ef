"""Checks of texts and links that are copied from other programs, and of missing links."""

import re
from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import Paper
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc
from paper_atlas.text.html import plain_text
from paper_atlas.text.identifiers import IDENTIFIERS, decode_address, identifier_in_url
from paper_atlas.text.lines import one_line
from paper_atlas.text.titles import RETRACTED_TITLE, says_retracted

_MARKUP_IN_DOI = re.compile(r"[\\{}]|&\w+;")


def markup_in_texts(paper: Paper) -> Iterator[Problem]:
    """Yield a warning for a title, venue or DOI with HTML or LaTeX in it."""
    entry = paper.entry
    for key, text in (("title", entry.title), ("venue", entry.venue or "")):
        if ("&" in text or "<" in text) and (plain := plain_text(text)) != one_line(text):
            yield _markup(paper.document, (key,), plain)
    doi = entry.links.doi or ""
    if _MARKUP_IN_DOI.search(doi):
        yield _markup(paper.document, ("links", "doi"), decode_address(doi))


def _markup(document: Document, loc: Loc, plain: str) -> Problem:
    message = "contains markup of another program"
    problem = document.problem_at("markup", loc, message, f"write {plain}")
    return replace(problem, severity=Severity.WARNING)


def identifiers_in_urls(paper: Paper) -> Iterator[Problem]:
    """Yield a note for a `url` with an identifier that the entry does not have."""
    url = paper.links.get("url")
    found = identifier_in_url(url) if url else None
    if found and found[0] not in paper.links:
        kind, identifier = found
        message = f"the URL contains the {IDENTIFIERS[kind].title} of the paper"
        hint = f"write {kind}: {identifier}"
        loc = ("links", "url")
        problem = paper.document.problem_at("identifier-in-url", loc, message, hint)
        yield replace(problem, severity=Severity.NOTE)


def titles_of_retracted_papers(paper: Paper) -> Iterator[Problem]:
    """Yield a note for a title such as `RETRACTED: A trial` in an entry without `retracted`."""
    if says_retracted(paper.entry.title) and not paper.entry.retracted:
        problem = paper.document.problem_at("retracted-title", ("title",), RETRACTED_TITLE)
        yield replace(problem, severity=Severity.NOTE)


def papers_without_link(paper: Paper) -> Iterator[Problem]:
    """Yield a note for an entry without any link."""
    if not paper.links:
        hint = "search for its DOI: paper-atlas enrich --find-doi"
        problem = paper.document.problem_at("no-link", (), "the paper has no link", hint)
        yield replace(problem, severity=Severity.NOTE)
