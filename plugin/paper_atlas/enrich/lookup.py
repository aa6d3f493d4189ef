"""Look papers up in services, by the identifiers in their entries.

If a record adds an identifier, the same run looks that identifier up too. A service that fails
twice in a row is skipped for the rest of the run.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services.base import DayLimitError, FetchRecords, Service, ServiceError
from paper_atlas.enrich.similarity import same_title
from paper_atlas.model.entry import Entry
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.lines import pluralize

MAX_FAILURES = 2
"""After so many failures in a row, a service is skipped."""


@dataclass(frozen=True)
class Answer:
    """The answer of a service for one identifier.

    At most one of `record`, `other_value` and `failure` is set. If none is, the service does not
    know the identifier.

    Attributes:
        service: The service.
        kind: The kind of the identifier.
        value: The requested identifier.
        record: The record of the identifier.
        other_value: The identifier of the returned record, if it is not the requested one.
        failure: Why the service gave no usable response.
    """

    service: Service
    kind: str
    value: str
    record: ServiceRecord | None = None
    other_value: str = ""
    failure: str = ""

    @property
    def is_unknown(self) -> bool:
        """True if the service does not know the identifier."""
        return not (self.record or self.other_value or self.failure)

    def agrees_with(self, entry: Entry) -> bool:
        """True if the answer has a record with nearly the title of `entry`."""
        return self.record is not None and same_title(entry.all_titles, self.record.titles)


AnswersById = Mapping[str, Sequence[Answer]]
"""The answers about each entry, by its id."""


def collect_identifiers(entry: Entry, answers: Iterable[Answer]) -> dict[str, str]:
    """Return the identifiers of a paper by kind: those of its entry and of agreeing records.

    An identifier of a record is left out if it was looked up and has another title, or if no
    service knows it.
    """
    links = entry.links.by_kind()
    identifiers = {kind: value for kind, value in links.items() if kind in IDENTIFIERS}
    answers = list(answers)
    records = [answer.record for answer in answers if answer.record and answer.agrees_with(entry)]
    for kind, value in (pair for record in records for pair in record.links.items()):
        if kind not in identifiers and not _is_doubtful(kind, value, entry, answers):
            identifiers[kind] = value
    return identifiers


def _is_doubtful(kind: str, value: str, entry: Entry, answers: Iterable[Answer]) -> bool:
    """True if an identifier was looked up and belongs to another title, or to no paper."""
    key = comparison_key(value)
    about = [
        answer
        for answer in answers
        if not answer.failure and answer.kind == kind and comparison_key(answer.value) == key
    ]
    if any(answer.record and not answer.agrees_with(entry) for answer in about):
        return True
    return bool(about) and not any(answer.record for answer in about)


class _Query(NamedTuple):
    """An identifier to look up in a service."""

    service: str
    kind: str
    value: str


class Lookup:
    """One run that looks entries up in `services` and reports its progress line by line."""

    def __init__(
        self, services: Sequence[Service], fetch: FetchRecords, report: Callable[[str], None]
    ) -> None:
        self._services = services
        self._fetch = fetch
        self._report = report
        self._answers: dict[_Query, Answer] = {}
        self._answers_by_id: dict[str, list[Answer]] = defaultdict(list)
        self._looked_up: set[tuple[str, str]] = set()  # names of services and ids of entries
        self._failures: dict[str, int] = defaultdict(int)

    def find_answers(self, entries: Sequence[Entry]) -> AnswersById:
        """Return all answers about the entries. Repeats until no identifier is left to look up."""
        while any(self._look_up(service, entries) for service in self._services):
            pass
        return self._answers_by_id

    def _look_up(self, service: Service, entries: Iterable[Entry]) -> bool:
        """Look up each entry that was not sent to the service yet. Return True if there is one."""
        queries = {
            entry.id: query for entry in entries if (query := self._next_query(service, entry))
        }
        self._send(service, {query for query in queries.values() if query not in self._answers})
        for entry_id, query in queries.items():
            self._looked_up.add((service.name, entry_id))
            if query in self._answers:
                self._answers_by_id[entry_id].append(self._answers[query])
        return bool(queries)

    def _next_query(self, service: Service, entry: Entry) -> _Query | None:
        """Return the next query for an entry, or None if there is none or it was sent before."""
        answers = self._answers_by_id[entry.id]
        preferred = (answer for answer in answers if answer.service.name == service.fallback_for)
        is_known = any(not answer.is_unknown for answer in preferred)
        if is_known or (service.name, entry.id) in self._looked_up:
            return None
        identifiers = collect_identifiers(entry, answers)
        kind = next((kind for kind in service.identifier_kinds if kind in identifiers), None)
        return _Query(service.name, kind, identifiers[kind]) if kind else None

    def _send(self, service: Service, queries: Collection[_Query]) -> None:
        """Send queries in batches, until the service has failed too often."""
        if queries:
            self._report(f"asking {service.title} about {pluralize(len(queries), 'paper')}")
        skipped = 0
        for kind in service.identifier_kinds:
            values = sorted(query.value for query in queries if query.kind == kind)
            for batch in service.batches(kind, values):
                if self._failures[service.name] >= MAX_FAILURES:
                    skipped += len(batch)
                    continue
                for answer in self._fetch_answers(service, kind, batch):
                    self._answers[_Query(service.name, kind, answer.value)] = answer
        report_skipped(service, skipped, self._report)

    def _fetch_answers(self, service: Service, kind: str, values: Sequence[str]) -> list[Answer]:
        """Look up identifiers of one kind in one request."""
        try:
            records = self._fetch(service, service.request_path(kind, values))
        except ServiceError as error:
            # After the limit of a day no request is sent, so there is nothing to skip.
            self._failures[service.name] += not isinstance(error, DayLimitError)
            return [Answer(service, kind, value, failure=str(error)) for value in values]
        self._failures[service.name] = 0
        if len(values) == 1:
            return [_only_answer(service, kind, values[0], records)]
        return [Answer(service, kind, value, _record_of(kind, value, records)) for value in values]


def _only_answer(
    service: Service, kind: str, value: str, records: Sequence[ServiceRecord]
) -> Answer:
    """Return the answer to a request for one identifier, with the other one if it is wrong."""
    record = _record_of(kind, value, records)
    others = [other.links[kind] for other in records if kind in other.links]
    return Answer(service, kind, value, record, others[0] if others and not record else "")


def _record_of(kind: str, value: str, records: Iterable[ServiceRecord]) -> ServiceRecord | None:
    """Return the record that has an identifier."""
    key = comparison_key(value)
    return next(
        (record for record in records if comparison_key(record.links.get(kind, "")) == key), None
    )


def report_skipped(service: Service, papers: int, report: Callable[[str], None]) -> None:
    """Report how many papers were not looked up because the service is skipped."""
    if papers:
        reason = f"after {MAX_FAILURES} failures in a row"
        report(f"{service.title} is skipped {reason}: {pluralize(papers, 'paper')} not looked up")
