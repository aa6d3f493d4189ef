"""Fixtures for tests of `enrich`: the entries of this atlas, and a server that knows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.enriching import RunEnrich
from helpers.services import Services, running_services
from helpers.small import OPEN_VOCABULARY
from paper_atlas import Entry, load
from paper_atlas.cli import main


@pytest.fixture(scope="module")
def papers() -> dict[str, Entry]:
    """The entries of this atlas by id."""
    return {entry.id: entry for entry in load(ROOT / "entries").entries}


@pytest.fixture
def services(papers: dict[str, Entry], monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """A local server with the entries of this atlas."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_services(list(papers.values())) as running:
        yield running


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays of the command, in seconds. The tests do not wait."""
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


@pytest.fixture
def enrich(
    tmp_path: Path,
    services: Services,
    waits: list[float],  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> RunEnrich:
    """A function that runs the command in a temporary folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(OPEN_VOCABULARY, encoding="utf-8")
    monkeypatch.setenv("PAPER_ATLAS_EMAIL", "curator@example.org")
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)

    def run(*arguments: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        options = ("--base", services.address, "--cache", str(tmp_path / "cache"))
        code = main(["enrich", *arguments, *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err.splitlines()

    return run
