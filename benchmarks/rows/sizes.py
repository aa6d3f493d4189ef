"""The sizes of a built site and of its pages, as they are and compressed by gzip."""

import gzip
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, FailedError
from benchmarks.scale import Scale
from benchmarks.subjects import ATLAS, THIS_ATLAS, built_site
from benchmarks.table import FILES, GZIP, KILOBYTES, MEGABYTES, Row


@dataclass(frozen=True)
class WholeSite:
    """All files of the site of an atlas."""

    count: int
    name: str = "site"
    group: str = "sizes"
    once: bool = True

    def measure(self, folder: Path) -> Cost:
        """Return the sum of the sizes, and the number of files."""
        site = built_site(folder, ATLAS, self.count)
        sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
        return Cost(size=sum(sizes), files=len(sizes))


@dataclass(frozen=True)
class LargestPage:
    """The largest HTML page, and the one that is largest when it is compressed."""

    count: int
    name: str = "largest page"
    group: str = "sizes"
    once: bool = True

    def measure(self, folder: Path) -> Cost:
        """Return both sizes."""
        pages = built_site(folder, ATLAS, self.count).rglob("*.html")
        sizes = sorted(((path.stat().st_size, path) for path in pages), reverse=True)
        packed = 0
        for size, path in sizes:
            if size <= packed:
                break
            packed = max(packed, compressed_size(path))
        return Cost(size=sizes[0][0], gzip=packed)


@dataclass(frozen=True)
class PaperPage:
    """A page of a paper: the median or the largest of a site."""

    project: str
    count: int
    choose: Callable[[Iterable[int]], float]
    name: str = "page of a paper"
    group: str = "sizes"
    once: bool = True

    def measure(self, folder: Path) -> Cost:
        """Return both sizes, each of all pages."""
        pages = [*built_site(folder, self.project, self.count).glob("papers/*/index.html")]
        if not pages:
            raise FailedError("no paper has a page")
        return Cost(
            size=self.choose(path.stat().st_size for path in pages),
            gzip=self.choose(map(compressed_size, pages)),
        )


def compressed_size(path: Path) -> int:
    """Return the size of a file that is compressed by gzip, at its usual level."""
    return len(gzip.compress(path.read_bytes(), 6))


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows of bytes and files."""
    site, papers = WholeSite(scale.large), f"{scale.large:,} papers"
    yield Row(f"site of {papers}", site, None, 280, MEGABYTES)
    yield Row(f"site of {papers}, files", site, None, 12_500, FILES)
    for count in (scale.large, scale.huge):
        what, page = f"largest HTML page, {count:,} papers", LargestPage(count)
        yield Row(what, page, None, 1_000, KILOBYTES)
        yield Row(f"{what}, gzip", page, None, 150, GZIP)
    pages = {
        f"page of a paper, median of {scale.large:,}": (ATLAS, scale.large, statistics.median),
        "page of a paper, largest of this atlas": (THIS_ATLAS, 0, max),
    }
    for what, each in pages.items():
        paper = PaperPage(*each)
        yield Row(what, paper, None, 22, KILOBYTES)
        yield Row(f"{what}, gzip", paper, None, 6, GZIP)
