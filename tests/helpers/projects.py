"""Copies of projects to build or to change."""

import shutil
from pathlib import Path

import pytest

from helpers import FIXTURES, ROOT

SMALL_ATLAS = FIXTURES / "atlas"
ENTRIES = ROOT / "entries"
BESIDE_ENTRIES = ("vocabulary.yml", "body.svg", "entry.schema.json", "vocabulary.schema.json")
THEMES = ("material", "mkdocs", "readthedocs")


def quiet(patch: pytest.MonkeyPatch) -> None:
    """Disable the notice of Material about MkDocs 2, and environment variables of projects."""
    patch.setenv("NO_MKDOCS_2_WARNING", "1")
    for name in ("SITE_URL", "REPO_URL", "EDIT_URI"):
        patch.delenv(name, raising=False)


def copy_of(project: Path, to: Path) -> Path:
    """Copy a project without its cache and its site."""
    return Path(shutil.copytree(project, to, ignore=shutil.ignore_patterns(".cache", "site")))


def at_root(project: Path) -> Path:
    """Return the project without the path of its site on its host."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text().replace("site_url: https://example.org/atlas/\n", ""))
    return project


def copied(project: Path) -> Path:
    """Copy the sources of the site of this project."""
    for folder in ("docs", "entries"):
        shutil.copytree(ROOT / folder, project / folder)
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, project)
    return project
