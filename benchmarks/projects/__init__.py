"""The same papers as a project of this atlas, and of each of its peers.

A project is a function that writes its files. To add a peer, write a module and add a line here.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.projects import atlas, bibtex, blog, cards, empty, gen_files, raw_html

PROJECTS: Mapping[str, Callable[[Path, int], None]] = {
    "paper-atlas": atlas.write,
    "one-page": atlas.write_one_page,
    "cards": cards.write,
    "raw-html": raw_html.write,
    "blog": blog.write,
    "gen-files": gen_files.write,
    "bibtex": bibtex.write,
    "empty": empty.write,
}
