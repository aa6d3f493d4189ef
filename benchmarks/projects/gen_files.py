"""mkdocs-gen-files: the pages of cards, made at build time from YAML with a Jinja template.

https://oprypin.github.io/mkdocs-gen-files/
"""

import shutil
from pathlib import Path

from benchmarks.projects import atlas
from benchmarks.projects.cards import EXTENSIONS, TEMPLATE
from benchmarks.projects.parts import site

SCRIPT = "gen_pages.py"


def write(folder: Path, count: int) -> None:
    """Write the entries of an atlas, a script and a template."""
    atlas.write(folder, count)
    (folder / "docs" / "about.md").unlink()
    site(folder, {"gen-files": {"scripts": [SCRIPT]}}, extensions=EXTENSIONS)
    for name in (SCRIPT, TEMPLATE):
        shutil.copy(Path(__file__).with_name(name), folder)
