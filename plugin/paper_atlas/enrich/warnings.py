"""Problems with the answers about a paper, each at the line of the identifier."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paper_atlas.enrich.lookup import Answer
from paper_atlas.model.entry import Entry
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.document import Document, Loc
from paper_atlas.text.identifiers import IDENTIFIERS

NO_ANSWER = "no-answer"


def warning_at(document: Document, code: str, loc: Loc, message: str, hint: str) -> Problem:
    """Return a warning about the value at `loc` of an entry's file."""
    return replace(document.problem_at(code, loc, message, hint), severity=Severity.WARNING)


def note_at(document: Document, code: str, loc: Loc, message: str) -> Problem:
    """Return a note about the value at `loc` of an entry's file."""
    return replace(document.problem_at(code, loc, message), severity=Severity.NOTE)


def find_warnings(entry: Entry, document: Document, answers: Sequence[Answer]) -> Iterator[Problem]:
    """Yield the problems with the identifiers of an entry, and with the answers about them."""
    for answer in answers:
        yield from _answer_problems(entry, document, answer)
    yield from _unknown_identifiers(document, answers)
    yield from _retraction_warning(entry, document, answers)


def _answer_problems(entry: Entry, document: Document, answer: Answer) -> Iterator[Problem]:
    loc, service, record = ("links", answer.kind), answer.service.title, answer.record
    if answer.failure:
        message = f"no answer from {service} about '{answer.value}': {answer.failure}"
        yield warning_at(document, NO_ANSWER, loc, message, "try again later")
    elif answer.other_value:
        message = f"for '{answer.value}', {service} returned '{answer.other_value}'"
        hint = "check which one belongs to the paper"
        yield warning_at(document, "other-identifier", loc, message, hint)
    elif record and not answer.agrees_with(entry):
        title = f"the title '{record.titles[0]}'" if any(record.titles) else "no title"
        message = f"in {service}, '{answer.value}' has {title}, so that record is ignored"
        hint = "if it is this paper, add that title to alternative_titles"
        yield warning_at(document, "other-title", loc, message, hint)
    elif record:
        for remark in record.remarks:
            yield note_at(document, "remark", loc, f"{service}: {remark}")


def _unknown_identifiers(document: Document, answers: Iterable[Answer]) -> Iterator[Problem]:
    """Yield a warning for each identifier that no service knows."""
    by_identifier: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        if not answer.failure:
            by_identifier.setdefault((answer.kind, answer.value), []).append(answer)
    for (kind, value), group in by_identifier.items():
        if all(answer.is_unknown for answer in group):
            services = ", ".join(answer.service.title for answer in group)
            message = f"'{value}' is unknown to {services}"
            hint = f"check whether {IDENTIFIERS[kind].url(value)} leads to the paper"
            yield warning_at(document, "unknown-identifier", ("links", kind), message, hint)


def _retraction_warning(
    entry: Entry, document: Document, answers: Iterable[Answer]
) -> Iterator[Problem]:
    """Yield a warning if a service has a retraction that the entry does not have."""
    agreeing = [
        (answer, answer.record) for answer in answers if answer.record and answer.agrees_with(entry)
    ]
    retracting = [(answer, record) for answer, record in agreeing if record.is_retracted]
    if retracting and not entry.retracted:
        services = ", ".join(answer.service.title for answer, _ in retracting)
        has_notice = any(record.retraction_notice for _, record in retracting)
        hint = "find the notice, and write 'retracted:' with its DOI or URL"
        hint = "accept the proposed 'retracted:', after checking its notice" if has_notice else hint
        loc = ("links", retracting[0][0].kind)
        message = f"the paper is retracted according to {services}"
        yield warning_at(document, "retraction", loc, message, hint)
