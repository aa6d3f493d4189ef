"""What the browser of a reader loads, as it travels: compressed by gzip."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Response

from benchmarks.browsing import drawn, opened
from benchmarks.measuring import Cost
from benchmarks.scale import Scale
from benchmarks.table import SIZE, Row

INDEX = "search/search_index.json"
_THEME = ("/assets/", "/search/")


@dataclass(frozen=True)
class Index:
    """The index of the search."""

    count: int
    name: str = "search index"
    group: str = "sizes"

    def measure(self, folder: Path) -> Cost:
        """The file."""
        return _size([(drawn(folder, "paper-atlas", self.count) / INDEX).read_bytes()])


@dataclass(frozen=True)
class Papers:
    """The page of all papers, and what it loads by itself."""

    count: int
    name: str = "papers"
    group: str = "sizes"

    def measure(self, folder: Path) -> Cost:
        """All but what every page has."""
        with opened(drawn(folder, "paper-atlas", self.count)) as (page, address):
            answers: list[Response] = []
            page.on("response", lambda answer: answers.append(answer))
            page.goto(f"{address}papers/", wait_until="networkidle")
            own = [it for it in answers if not urlsplit(it.url).path.startswith(_THEME)]
            return _size(answer.body() for answer in own)


def _size(bodies: Iterable[bytes]) -> Cost:
    return Cost(size=sum(len(gzip.compress(body)) for body in bodies))


def rows(scale: Scale) -> Iterator[Row]:
    """In megabytes."""
    count = scale.large
    yield Row(f"search index, {count:,}, gzip", Index(count), None, 1.4, SIZE, unit=" MB")
    yield Row(f"data of `/papers/`, {count:,}, gzip", Papers(count), None, 1.6, SIZE, unit=" MB")
