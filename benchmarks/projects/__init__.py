"""The projects that are measured: atlases, and the same papers with other tools ("peers").

A project is a function that writes its files. To add a peer, write a module and add a line here.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.projects import atlas, cards, empty, gen_files

PROJECTS: Mapping[str, Callable[[Path, int], None]] = {
    "paper-atlas": atlas.write,
    "one-organ": atlas.write_one_organ,
    "this-atlas": atlas.copy_this,
    "cards": cards.write,
    "gen-files": gen_files.write,
    "empty": empty.write,
}
