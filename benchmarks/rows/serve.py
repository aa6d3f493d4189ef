"""The preview: from saving a change to the page served."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, FailedError
from benchmarks.scale import Scale
from benchmarks.subjects import an_entry, change, made
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
        """What is served."""
        return f"{self.count} empty pages" if self.project == "empty" else f"atlas, {self.count:,}"

    @property
    def group(self) -> str:
        """All previews."""
        return "previews"

    def measure(self, folder: Path) -> Cost:
        """The median of some changes to a preview that is started for them."""
        project = made(folder, self.project, self.count, "-served")
        is_empty = self.project == "empty"
        file = project / "docs" / "page-1.md" if is_empty else an_entry(project)
        address = "page-1/" if is_empty else f"organs/{file.parent.name}/"
        with served(project) as site:
            walls = [_saved(site, file, address) for _ in range(_CHANGES)]
        return Cost(wall=statistics.median(walls))


def _saved(site: Served, file: Path, address: str) -> float:
    epoch = site.epoch()
    start = time.perf_counter()
    words = change(file)
    site.wait_for_rebuild(epoch)
    if words not in site.text(address):
        raise FailedError(f"{address} does not have the change")
    return time.perf_counter() - start


def rows(scale: Scale) -> Iterator[Row]:
    """Against the same for a site of some empty pages."""
    for count, aim in {scale.large: 2.5, scale.small: 1.3}.items():
        subject, against = Saved("paper-atlas", count), Saved("empty", _EMPTY)
        yield Row(f"serve, one entry changed, {count:,}", subject, against, aim, WALL)
