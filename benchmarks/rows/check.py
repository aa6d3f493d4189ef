"""The check of all entries, for the first time and again."""

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
    """Again against the first time; the first time against reading the same files alone."""
    first, again = Check(scale.large), Check(scale.large, WARM)
    read = Command("PyYAML's C loader", first.group, (sys.executable, "-c", _READ), scale.large)
    yield Row(f"`paper-atlas check`, {scale.large:,}, {WARM}", again, first, 0.3)
    yield Row(f"`paper-atlas check`, {scale.large:,}, first run", first, read, 2.5)
