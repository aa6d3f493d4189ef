"""A preview that is read while all its files are edited.

Clients ask without pause. Each edit follows after some answers, so an edit often meets a build.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from statistics import median
from threading import Condition
from urllib.error import HTTPError

import pytest
from helpers.editing import Editor
from helpers.fresh import differences
from helpers.projects import at_root
from helpers.serving import Served, served
from helpers.site_of import Site
from helpers.torture import FULL, amount

EDITS = [(amount(20, 600), amount(2, 4)), *([(2000, 4)] if FULL else [])]
ANSWERS = amount(25, 100)  # of all clients, between two edits
LIMIT = 5  # seconds in which each request is answered, on a machine with nothing else to do
PAGES = (
    *("", "papers/", "organs/", "organs/liver/", "organs/pancreas/", "charts/", "help-wanted/"),
    *("papers/u-net/", "papers/h-denseunet/", "papers/attention-u-net/", "reading/"),
    *("papers.bib", "papers.json", "papers.csv", "feed.xml", "sitemap.xml", "no-such-page/"),
    *("organs/liver/papers.bib", "search/search_index.json", "assets/paper-atlas.css"),
)
NAMED = re.compile(r"edition-(\d+)-of-([a-z0-9-]+?)-end")


class Clients:
    """Clients of a preview, each of which asks for one page after the other."""

    def __init__(self, preview: Served) -> None:
        self.preview = preview
        self.seconds: list[float] = []
        self.faults: list[str] = []
        self.has_ended = False
        self._answered = Condition()

    def ask(self, first: int) -> None:
        """Ask until the end; a client that fails ends all."""
        try:
            while not self.has_ended:
                self._ask_once(PAGES[first % len(PAGES)])
                first += 1
        finally:
            with self._answered:
                self.has_ended = True
                self._answered.notify_all()

    def wait(self, count: int) -> None:
        """Wait for a number of answers."""
        with self._answered:
            aim = len(self.seconds) + count
            self._answered.wait_for(lambda: len(self.seconds) >= aim or self.has_ended)

    def _ask_once(self, path: str) -> None:
        start = time.perf_counter()
        try:
            content = self.preview.content(path)
        except HTTPError as error:
            with error:
                content = error.read()
            if error.code != 404:
                self.faults.append(f"{path}: {error.code}")
        seconds = time.perf_counter() - start
        self.faults += [f"{path}: {fault}" for fault in faults_of(path, content.decode())]
        with self._answered:
            self.seconds.append(seconds)
            self._answered.notify_all()


def faults_of(path: str, text: str) -> list[str]:
    """Return what shows that an answer is not whole: its end, or two editions of one paper."""
    editions = defaultdict(set)
    for number, stem in NAMED.findall(text):
        editions[stem].add(number)
    mixed = [f"{stem} in {sorted(found)}" for stem, found in editions.items() if len(found) > 1]
    is_page = path.endswith("/") or not path
    return [*mixed, *(["cut off"] if is_page and "</html>" not in text else [])]


def wait_until_served(preview: Served, title: str) -> None:
    """Wait for a build that has read an entry."""
    while True:
        last_build = preview.last_build()
        with suppress(HTTPError):  # a build without the plugin has no such file
            if title in preview.text("papers.bib"):
                return
        preview.wait_for_rebuild(last_build)


@pytest.mark.parametrize(("edits", "clients"), EDITS)
def test_each_request_is_answered_with_a_whole_state(
    small_atlas: Path,
    build: Callable[..., Site],
    edits: int,
    clients: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    editor = Editor(at_root(small_atlas), seed=edits)
    with served(small_atlas) as preview, ThreadPoolExecutor() as pool:
        asking = Clients(preview)
        asked = [pool.submit(asking.ask, 5 * number) for number in range(clients)]
        try:
            for _ in range(edits):
                editor.edit()
                asking.wait(ANSWERS)
            editor.settle()
            wait_until_served(preview, editor.add_last_entry())
        finally:
            end(asking, asked)
        print(report(edits, clients, asking.seconds))
        assert asking.faults == []
        wait_until_served(preview, editor.add_last_entry())
        assert differences(small_atlas, preview, build) == []
    assert [*temporary.iterdir()] == []
    assert not FULL or max(asking.seconds) < LIMIT


def end(asking: Clients, asked: list[Future[None]]) -> None:
    asking.has_ended = True
    for client in asked:
        client.result()


def report(edits: int, clients: int, seconds: list[float]) -> str:
    return (
        f"{edits} edits, {clients} clients, {len(seconds)} answers: "
        f"median {median(seconds) * 1000:.0f} ms, slowest {max(seconds):.2f} s"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<html>edition-1-of-a-end edition-1-of-a-end edition-2-of-b-end</html>\n", []),
        ("<html>edition-1-of-a-end edition-2-of-a-end</html>", ["a in ['1', '2']"]),
        ("<html><body>edition-1-of-a-end", ["cut off"]),
        ("", ["cut off"]),
    ],
)
def test_an_answer_of_two_states_is_noticed(text: str, fault: list[str]) -> None:
    assert faults_of("papers/", text) == fault
