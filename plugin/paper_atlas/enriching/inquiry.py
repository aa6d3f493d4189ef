"""Which service is asked about which paper, and what each says.

An identifier that a service knows beside those of the file is asked about too, so that one run
finds what there is. A service that fails twice in a row is left in peace.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from paper_atlas.enriching.likeness import same_title
from paper_atlas.enriching.record import Record
from paper_atlas.enriching.service import Ask, FailedError, Service
from paper_atlas.entry import Entry
from paper_atlas.identifier import IDENTIFIERS, same
from paper_atlas.text import number

_FAILURES = 2


@dataclass(frozen=True)
class Finding:
    """What a service says about an identifier: a record, nothing, or why it gave no answer.

    `other` is the identifier with which it answered, where that is another one.
    """

    service: Service
    kind: str
    value: str
    record: Record | None = None
    other: str = ""
    failure: str = ""

    def agrees_with(self, entry: Entry) -> bool:
        """Whether it has a record of a paper with the title of `entry`."""
        return self.record is not None and same_title(entry.titles, self.record.titles)


Findings = Mapping[str, Sequence[Finding]]
"""What was found, by the id of the entry."""


def identifiers_of(entry: Entry, findings: Iterable[Finding]) -> dict[str, str]:
    """The identifiers of a paper: those of its file, and those that agreeing records add.

    One is left out whose own record has another title, or that is unknown where it is registered.
    """
    given = {kind: value for kind, value in entry.links.given().items() if kind in IDENTIFIERS}
    findings = list(findings)
    agreeing = [it.record for it in findings if it.record and it.agrees_with(entry)]
    for kind, value in ((kind, value) for it in agreeing for kind, value in it.links.items()):
        if kind not in given and not _is_doubtful(kind, value, entry, findings):
            given[kind] = value
    return given


def _is_doubtful(kind: str, value: str, entry: Entry, findings: Iterable[Finding]) -> bool:
    """Whether an identifier leads to a paper of another title, or to none."""
    about = [it for it in findings if it.kind == kind and same(it.value) == same(value)]
    about = [it for it in about if not it.failure]
    if any(it.record and not it.agrees_with(entry) for it in about):
        return True
    return bool(about) and not any(it.record for it in about)


class Inquiry:
    """One run: asks `services` about entries, and tells what it does."""

    def __init__(self, services: Sequence[Service], ask: Ask, tell: Callable[[str], None]) -> None:
        self._services = services
        self._get = ask
        self._tell = tell
        self._found: dict[str, list[Finding]] = defaultdict(list)
        self._asked: set[tuple[str, str]] = set()
        self._failures: dict[str, int] = defaultdict(int)

    def run(self, entries: Sequence[Entry]) -> Findings:
        """Ask until nothing new is left to be asked."""
        while any(self._ask(service, entries) for service in self._services):
            pass
        return self._found

    def _ask(self, service: Service, entries: Iterable[Entry]) -> bool:
        """Ask a service about each entry that it can be asked about and was not; whether any."""
        questions: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in entries:
            found = self._question(service, entry)
            if found and (service.name, entry.id) not in self._asked:
                self._asked.add((service.name, entry.id))
                questions[found[0]][found[1]].append(entry)
        if papers := sum(len(by_value) for by_value in questions.values()):
            self._tell(f"asking {service.title} about {number(papers, 'paper')}")
        for kind, by_value in questions.items():
            values = list(by_value)
            for start in range(0, len(values), service.batch):
                for it in self._answers(service, kind, values[start : start + service.batch]):
                    for entry in by_value[it.value]:
                        self._found[entry.id].append(it)
        return bool(questions)

    def _question(self, service: Service, entry: Entry) -> tuple[str, str] | None:
        """The identifier by which a service is asked about an entry."""
        found = self._found[entry.id]
        known = identifiers_of(entry, found)
        if any(it.service.name == service.after and (it.record or it.failure) for it in found):
            return None
        return next(((kind, known[kind]) for kind in service.kinds if kind in known), None)

    def _answers(self, service: Service, kind: str, values: Sequence[str]) -> list[Finding]:
        """What a service says about some identifiers of a kind, in one request."""
        if self._failures[service.name] >= _FAILURES:
            return [Finding(service, kind, it, failure="it failed before") for it in values]
        try:
            records = self._get(service, service.path(kind, values), service.read)
        except FailedError as error:
            self._failures[service.name] += 1
            return [Finding(service, kind, value, failure=str(error)) for value in values]
        self._failures[service.name] = 0
        return [_finding(service, kind, value, records, len(values) == 1) for value in values]


def _finding(
    service: Service, kind: str, value: str, records: Sequence[Record], is_only: bool
) -> Finding:
    """What the records of an answer say about one of the identifiers that were asked for."""
    own = (it for it in records if same(it.links.get(kind, "")) == same(value))
    record = next(own, None)
    others = [it.links[kind] for it in records if kind in it.links]
    other = others[0] if others and is_only and not record else ""
    return Finding(service, kind, value, record, other)
