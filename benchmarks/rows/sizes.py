"""The sizes of what a browser loads, compressed by gzip."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.browsing import open_site, site_for_browser
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
        """Return the size of the file."""
        return _size([(site_for_browser(folder, "paper-atlas", self.count) / INDEX).read_bytes()])


@dataclass(frozen=True)
class Papers:
    """The page of all papers, and the files that it loads."""

    count: int
    name: str = "papers"
    group: str = "sizes"

    def measure(self, folder: Path) -> Cost:
        """Return the size without the files that every page loads."""
        site = site_for_browser(folder, "paper-atlas", self.count)
        with open_site(site) as (page, address):
            paths: dict[str, None] = {}
            page.on("request", lambda it: paths.update({urlsplit(it.url).path: None}))
            page.goto(f"{address}papers/", wait_until="networkidle")
        own = [path for path in paths if not path.startswith(_THEME)]
        return _size(_file(site, path).read_bytes() for path in own)


def _file(site: Path, path: str) -> Path:
    """Return the path of a file in the site; browsers do not keep large responses."""
    return site / unquote(path[1:]) / ("index.html" if path.endswith("/") else "")


def _size(bodies: Iterable[bytes]) -> Cost:
    return Cost(size=sum(len(gzip.compress(body)) for body in bodies))


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows in megabytes."""
    count = scale.large
    yield Row(f"search index, {count:,}, gzip", Index(count), None, 1.4, SIZE, unit=" MB")
    yield Row(f"data of `/papers/`, {count:,}, gzip", Papers(count), None, 1.6, SIZE, unit=" MB")
