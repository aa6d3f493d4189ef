"""What is to be told of the answers about a paper: each a problem at the identifier's line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paper_atlas.enrich.lookup import Answer
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc
from paper_atlas.text.identifiers import IDENTIFIERS

NO_ANSWER = "no-answer"


def warning_at(source: Document, code: str, loc: Loc, message: str, hint: str) -> Problem:
    """A problem with what stands at `loc`, with which the entry stays as it is."""
    return replace(source.problem_at(code, loc, message, hint), severity=Severity.WARNING)


def note_at(source: Document, code: str, loc: Loc, message: str) -> Problem:
    """What a curator may want to know of what stands at `loc`."""
    return replace(source.problem_at(code, loc, message), severity=Severity.NOTE)


def find_warnings(entry: Entry, source: Document, findings: Sequence[Answer]) -> Iterator[Problem]:
    """What is wrong with an identifier of an entry, or with the answers to it."""
    for finding in findings:
        yield from _answer_problems(entry, source, finding)
    yield from _unknown_identifiers(source, findings)
    yield from _retraction_warning(entry, source, findings)


def _answer_problems(entry: Entry, source: Document, finding: Answer) -> Iterator[Problem]:
    loc, who, record = ("links", finding.kind), finding.service.title, finding.record
    if finding.failure:
        message = f"{who} said nothing about '{finding.value}': {finding.failure}"
        yield warning_at(source, NO_ANSWER, loc, message, "try again later")
    elif finding.other_value:
        message = f"{who} answers '{finding.value}' with '{finding.other_value}'"
        yield warning_at(source, "other-identifier", loc, message, "see which one is the paper's")
    elif record and not finding.agrees_with(entry):
        title = f"'{record.titles[0]}'" if any(record.titles) else "a paper without title"
        message = f"to {who} '{finding.value}' is {title}, so nothing is taken from there"
        hint = "if it is this paper, add that title to alternative_titles"
        yield warning_at(source, "other-title", loc, message, hint)
    elif record:
        yield from (note_at(source, "remark", loc, f"{who} says: {it}") for it in record.remarks)


def _unknown_identifiers(source: Document, findings: Iterable[Answer]) -> Iterator[Problem]:
    """Identifiers that nobody knows who gave an answer."""
    asked: dict[tuple[str, str], list[Answer]] = {}
    for finding in findings:
        if not finding.failure:
            asked.setdefault((finding.kind, finding.value), []).append(finding)
    for (kind, value), answers in asked.items():
        if not any(it.record or it.other_value for it in answers):
            who = ", ".join(it.service.title for it in answers)
            hint = f"see whether {IDENTIFIERS[kind].url(value)} leads to the paper"
            message = f"'{value}' is unknown to {who}"
            yield warning_at(source, "unknown-identifier", ("links", kind), message, hint)


def _retraction_warning(
    entry: Entry, source: Document, findings: Iterable[Answer]
) -> Iterator[Problem]:
    """A retraction that the entry does not tell yet."""
    agreeing = [(it, it.record) for it in findings if it.record and it.agrees_with(entry)]
    saying = [(it, record) for it, record in agreeing if record.is_retracted]
    if saying and not entry.retracted:
        who = ", ".join(it.service.title for it, _ in saying)
        is_found = any(record.retraction_notice for _, record in saying)
        hint = "look for the notice, and write 'retracted:' with its DOI or address"
        hint = "its notice is proposed as 'retracted:'" if is_found else hint
        loc = ("links", saying[0][0].kind)
        yield warning_at(source, "retraction", loc, f"{who} says that the paper is retracted", hint)
