"""The first and the second check of all entries."""

import sys
from collections.abc import Iterator

from benchmarks.scale import Scale
from benchmarks.subjects import WARM, Check, Command
from benchmarks.table import Row

_READ = """
import pathlib, yaml
for path in sorted(pathlib.Path("entries").rglob("*.yml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""


def rows(scale: Scale) -> Iterator[Row]:
    """Compare the second check with the first, and the first with parsing the same files."""
    first, again = Check(scale.large), Check(scale.large, WARM)
    read = Command("PyYAML's C loader", first.group, (sys.executable, "-c", _READ), scale.large)
    yield Row(f"`paper-atlas check`, {scale.large:,}, {WARM}", again, first, 0.3)
    yield Row(f"`paper-atlas check`, {scale.large:,}, first run", first, read, 2.5)
