"""Checks of texts and links that are copied from other programs, and of missing links."""

import re
from collections.abc import Iterator
from dataclasses import replace

from paper_atlas.checks.context import CheckContext
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc
from paper_atlas.text.html import plain_text
from paper_atlas.text.identifiers import IDENTIFIERS, decode_address, identifier_in_url
from paper_atlas.text.lines import one_line
from paper_atlas.text.titles import RETRACTED_TITLE, says_retracted

_MARKUP_IN_DOI = re.compile(r"[\\{}]|&\w+;")


def markup_in_texts(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each title, venue or DOI with HTML or LaTeX in it."""
    for entry, document in context:
        for key, text in (("title", entry.title), ("venue", entry.venue or "")):
            if ("&" in text or "<" in text) and (plain := plain_text(text)) != one_line(text):
                yield _markup(document, (key,), plain)
        doi = entry.links.doi or ""
        if _MARKUP_IN_DOI.search(doi):
            yield _markup(document, ("links", "doi"), decode_address(doi))


def _markup(document: Document, loc: Loc, plain: str) -> Problem:
    message = "contains markup of another program"
    problem = document.problem_at("markup", loc, message, f"write {plain}")
    return replace(problem, severity=Severity.WARNING)


def identifiers_in_urls(context: CheckContext) -> Iterator[Problem]:
    """Yield a note for each `url` with an identifier that the entry does not have."""
    for entry, document in context:
        found = identifier_in_url(entry.links.url) if entry.links.url else None
        if found and found[0] not in entry.links.by_kind():
            kind, identifier = found
            message = f"the URL contains the {IDENTIFIERS[kind].title} of the paper"
            hint = f"write {kind}: {identifier}"
            problem = document.problem_at("identifier-in-url", ("links", "url"), message, hint)
            yield replace(problem, severity=Severity.NOTE)


def titles_of_retracted_papers(context: CheckContext) -> Iterator[Problem]:
    """Yield a note for each title such as `RETRACTED: A trial` in an entry without `retracted`."""
    for entry, document in context:
        if says_retracted(entry.title) and not entry.retracted:
            problem = document.problem_at("retracted-title", ("title",), RETRACTED_TITLE)
            yield replace(problem, severity=Severity.NOTE)


def papers_without_link(context: CheckContext) -> Iterator[Problem]:
    """Yield a note for each entry without any link."""
    for entry, document in context:
        if not entry.links.by_kind():
            hint = "search for its DOI: paper-atlas enrich --find-doi"
            problem = document.problem_at("no-link", (), "the paper has no link", hint)
            yield replace(problem, severity=Severity.NOTE)
