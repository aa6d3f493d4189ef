"""The preview: the time from saving a change to the served page that contains it."""

import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, FailedError
from benchmarks.rows.build import EMPTY_PAGES
from benchmarks.scale import Scale
from benchmarks.subjects import ATLAS, EMPTY, create_project, first_entry, number_first_line
from benchmarks.table import WALL, Row
from tests.helpers.serving import Served, served

_CHANGES = 3  # in each round; the preview looks for changes twice a second
_CARD = re.compile(r'<article class="paper" id="([^"]+)"')


@dataclass(frozen=True)
class Saved:
    """A change to a project that is being served."""

    project: str
    count: int
    group: str = "previews"
    once: bool = False

    @property
    def name(self) -> str:
        """The project that is served."""
        return f"{self.count} empty pages" if self.project == EMPTY else f"atlas, {self.count:,}"

    def measure(self, folder: Path) -> Cost:
        """Start a preview, and return the median of some changes."""
        project = create_project(folder, self.project, self.count, "-served")
        with served(project) as site:
            find = _empty_page if self.project == EMPTY else _listed_entry
            file, address = find(project, site)
            walls = [_saved(site, file, address) for _ in range(_CHANGES)]
        return Cost(wall=statistics.median(walls))


def _empty_page(project: Path, _: Served) -> tuple[Path, str]:
    return project / "docs" / "page-1.md", "page-1/"


def _listed_entry(project: Path, site: Served) -> tuple[Path, str]:
    """Return the entry of the first paper on the page of an organ, and the address of the page."""
    address = f"organs/{first_entry(project).parent.name}/"
    card = _CARD.search(site.text(address))
    if not card:
        raise FailedError(f"{address} has no papers")
    return next(project.glob(f"entries/*/{card[1]}.yml")), address


def _saved(site: Served, file: Path, address: str) -> float:
    epoch = site.epoch()
    start = time.perf_counter()
    words = number_first_line(file)
    site.wait_for_rebuild(epoch)
    if words not in site.text(address):
        raise FailedError(f"{address} does not have the change")
    return time.perf_counter() - start


def rows(scale: Scale) -> Iterator[Row]:
    """Yield rows that compare with a site of some empty pages."""
    for count, aim in ((scale.small, 1.3), (scale.large, 2.5)):
        subject, against = Saved(ATLAS, count), Saved(EMPTY, EMPTY_PAGES)
        yield Row(f"preview, one entry changed, {count:,} papers", subject, against, aim, WALL)
