"""The preview: the time from saving a change to serving the page."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, FailedError
from benchmarks.scale import Scale
from benchmarks.subjects import create_project, first_entry, number_first_line
from benchmarks.table import WALL, Row
from tests.helpers.serving import Served, served

_CHANGES = 3  # in each round; the preview looks for changes twice a second
_EMPTY = 30


@dataclass(frozen=True)
class Saved:
    """A change to a project that is being served."""

    project: str
    count: int

    @property
    def name(self) -> str:
        """The project that is served."""
        return f"{self.count} empty pages" if self.project == "empty" else f"atlas, {self.count:,}"

    @property
    def group(self) -> str:
        """All previews."""
        return "previews"

    def measure(self, folder: Path) -> Cost:
        """Start a preview, and return the median of some changes."""
        project = create_project(folder, self.project, self.count, "-served")
        is_empty = self.project == "empty"
        file = project / "docs" / "page-1.md" if is_empty else first_entry(project)
        address = "page-1/" if is_empty else f"organs/{file.parent.name}/"
        with served(project) as site:
            walls = [_saved(site, file, address) for _ in range(_CHANGES)]
        return Cost(wall=statistics.median(walls))


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
    for count, aim in {scale.large: 2.5, scale.small: 1.3}.items():
        subject, against = Saved("paper-atlas", count), Saved("empty", _EMPTY)
        yield Row(f"serve, one entry changed, {count:,}", subject, against, aim, WALL)
