"""Fixtures for the tests of commands."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(small_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small atlas as the working directory."""
    monkeypatch.chdir(small_atlas)
    return small_atlas
