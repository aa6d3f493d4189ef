"""Compare a preview with a fresh build."""

import shutil
from collections.abc import Callable
from pathlib import Path

from helpers.projects import copy_of
from helpers.serving import Served
from helpers.site_of import Site


def differences(project: Path, preview: Served, build: Callable[..., Site]) -> list[str]:
    """Return the files that differ from those of a build without cache."""
    copy = copy_of(project, project.with_name("copy"))
    fresh = build(copy, warnings=None, site_url=preview.url)
    shutil.rmtree(copy)
    pages = {path: content for path, content in fresh.files.items() if path != "404.html"}
    return [
        path
        for path, content in pages.items()
        if (preview.text(path).encode() if path.endswith(".html") else preview.content(path))
        != content
    ]
