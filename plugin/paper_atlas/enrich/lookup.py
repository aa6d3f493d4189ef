"""Which service is asked about which paper, and what each says.

An identifier that a service knows beside those of the file is asked about too, so that one run
finds what there is. A service that fails twice in a row is left in peace.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from paper_atlas.enrich.record import ServiceRecord
from paper_atlas.enrich.services.base import FetchRecords, Service, ServiceError
from paper_atlas.enrich.similarity import same_title
from paper_atlas.model.entry import Entry
from paper_atlas.text.identifiers import IDENTIFIERS, comparison_key
from paper_atlas.text.slug import pluralize

MAX_FAILURES = 2
"""So many in a row, and a service is left in peace."""


@dataclass(frozen=True)
class Answer:
    """What a service says about an identifier: a record, nothing, or why it gave no answer.

    `other` is the identifier with which it answered, where that is another one.
    """

    service: Service
    kind: str
    value: str
    record: ServiceRecord | None = None
    other_value: str = ""
    failure: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the service has nothing there."""
        return not (self.record or self.other_value or self.failure)

    def agrees_with(self, entry: Entry) -> bool:
        """Whether it has a record of a paper with the title of `entry`."""
        return self.record is not None and same_title(entry.all_titles, self.record.titles)


AnswersById = Mapping[str, Sequence[Answer]]
"""What was found, by the id of the entry."""


def collect_identifiers(entry: Entry, findings: Iterable[Answer]) -> dict[str, str]:
    """The identifiers of a paper: those of its file, and those that agreeing records add.

    One is left out whose own record has another title, or that is unknown where it is registered.
    """
    given = {kind: value for kind, value in entry.links.by_kind().items() if kind in IDENTIFIERS}
    findings = list(findings)
    agreeing = [it.record for it in findings if it.record and it.agrees_with(entry)]
    for kind, value in ((kind, value) for it in agreeing for kind, value in it.links.items()):
        if kind not in given and not _is_doubtful(kind, value, entry, findings):
            given[kind] = value
    return given


def _is_doubtful(kind: str, value: str, entry: Entry, findings: Iterable[Answer]) -> bool:
    """Whether an identifier leads to a paper of another title, or to none."""
    about = [
        it
        for it in findings
        if it.kind == kind and comparison_key(it.value) == comparison_key(value)
    ]
    about = [it for it in about if not it.failure]
    if any(it.record and not it.agrees_with(entry) for it in about):
        return True
    return bool(about) and not any(it.record for it in about)


class _Query(NamedTuple):
    """About which identifier a service is asked."""

    service: str
    kind: str
    value: str


class Lookup:
    """One run: asks `services` about entries, and tells what it does."""

    def __init__(
        self, services: Sequence[Service], ask: FetchRecords, tell: Callable[[str], None]
    ) -> None:
        self._services = services
        self._get = ask
        self._tell = tell
        self._found: dict[str, list[Answer]] = defaultdict(list)
        self._asked: set[tuple[str, str]] = set()
        self._answers: dict[_Query, Answer] = {}
        self._failures: dict[str, int] = defaultdict(int)

    def find_answers(self, entries: Sequence[Entry]) -> AnswersById:
        """Ask until nothing new is left to be asked."""
        while any(self._ask(service, entries) for service in self._services):
            pass
        return self._found

    def _ask(self, service: Service, entries: Iterable[Entry]) -> bool:
        """Ask a service about each entry that it can be asked about and was not; whether any."""
        questions = {it.id: found for it in entries if (found := self._question(service, it))}
        self._put(service, {it for it in questions.values() if it not in self._answers})
        for entry_id, question in questions.items():
            self._asked.add((service.name, entry_id))
            if question in self._answers:
                self._found[entry_id].append(self._answers[question])
        return bool(questions)

    def _put(self, service: Service, new: Collection[_Query]) -> None:
        """Put questions to a service, in batches, as long as it answers."""
        if new:
            self._tell(f"asking {service.title} about {pluralize(len(new), 'paper')}")
        left = 0
        for kind in service.identifier_kinds:
            values = sorted(it.value for it in new if it.kind == kind)
            for start in range(0, len(values), service.batch_size):
                batch = values[start : start + service.batch_size]
                if self._failures[service.name] >= MAX_FAILURES:
                    left += len(batch)
                    continue
                for answer in self._get_answers(service, kind, batch):
                    self._answers[_Query(service.name, kind, answer.value)] = answer
        report_skipped(service, left, self._tell)

    def _question(self, service: Service, entry: Entry) -> _Query | None:
        """What a service is to be asked about an entry, which is asked once."""
        found = self._found[entry.id]
        is_known = any(
            it.service.name == service.fallback_for and not it.is_unknown for it in found
        )
        if is_known or (service.name, entry.id) in self._asked:
            return None
        known = collect_identifiers(entry, found)
        kind = next((kind for kind in service.identifier_kinds if kind in known), None)
        return _Query(service.name, kind, known[kind]) if kind else None

    def _get_answers(self, service: Service, kind: str, values: Sequence[str]) -> list[Answer]:
        """What a service says about some identifiers of a kind, in one request."""
        try:
            records = self._get(service, service.request_path(kind, values), service.parse)
        except ServiceError as error:
            self._failures[service.name] += 1
            return [Answer(service, kind, value, failure=str(error)) for value in values]
        self._failures[service.name] = 0
        return [_answer_for(service, kind, value, records, len(values) == 1) for value in values]


def _answer_for(
    service: Service, kind: str, value: str, records: Sequence[ServiceRecord], is_only: bool
) -> Answer:
    """What the records of an answer say about one of the identifiers that were asked for."""
    own = (it for it in records if comparison_key(it.links.get(kind, "")) == comparison_key(value))
    record = next(own, None)
    others = [it.links[kind] for it in records if kind in it.links]
    other = others[0] if others and is_only and not record else ""
    return Answer(service, kind, value, record, other)


def report_skipped(service: Service, papers: int, tell: Callable[[str], None]) -> None:
    """Tell about how many papers a service is not asked because it fails."""
    if papers:
        tell(f"{service.title} is left in peace: {pluralize(papers, 'paper')} not asked about")
