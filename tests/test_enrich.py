"""What services on the web know comes into entries, and what they do wrong is told."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paper_atlas.cli import main
from paper_atlas.entry import Entry
from paper_atlas.library import load
from paper_atlas.problem import errors
from paper_atlas.writing import dump_entry
from services import Reply, Services, serving

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent / "fixtures" / "enrich"
KNOWN_BY_SERVICES = ("authors", "year", "venue", "volume", "issue", "pages")

Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture(scope="module")
def papers() -> dict[str, Entry]:
    """The entries of this atlas by id."""
    return {entry.id: entry for entry in load(ROOT / "entries").entries}


@pytest.fixture
def services(papers: dict[str, Entry]) -> Iterator[Services]:
    with serving(list(papers.values())) as found:
        yield found


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the command would have waited; nothing waits."""
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


@pytest.fixture
def enrich(
    tmp_path: Path,
    services: Services,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run the command in the temporary folder: its exit code, what it prints, what it reports."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PAPER_ATLAS_EMAIL", "curator@example.org")
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)

    def run(*words: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        places = ("--base", services.address, "--cache", str(tmp_path / "cache"))
        code = main(["enrich", *words, *places])
        captured = capsys.readouterr()
        return code, captured.out, captured.err.splitlines()

    return run


def entry_file(text: str, name: str = "entries/liver/h-denseunet.yml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


H_DENSEUNET = """\
# read in the journal club
title: "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes"
links:
  doi: 10.1109/TMI.2018.2845918  # the journal
organs: [Liver]
"""


def bared(entry: Entry) -> Entry:
    """An entry without all that its identifiers lead to."""
    values = {name: Entry.model_fields[name].default for name in KNOWN_BY_SERVICES}
    lost = {*KNOWN_BY_SERVICES, "arxiv", "pmid"}
    if entry.links.doi:
        links = entry.links.model_copy(update={"arxiv": None, "pmid": None})
    else:
        values |= {name: getattr(entry, name) for name in ("venue", "volume", "issue", "pages")}
        links, lost = entry.links, {"authors", "year"}
    doubts = tuple(key for key in entry.unverified if key not in lost)
    return entry.model_copy(update={**values, "links": links, "unverified": doubts})


def test_all_that_the_entries_lack_comes_back(
    tmp_path: Path, papers: dict[str, Entry], enrich: Run
) -> None:
    """The 176 real entries, bared, are what they were again; a second run finds nothing."""
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    library = load(tmp_path / "entries", tmp_path)
    for entry in library.entries:
        text = dump_entry(bared(entry), list(library.vocabulary.facets))
        (tmp_path / entry.path).write_text(text, encoding="utf-8")
    code, printed, told = enrich("--accept")
    assert (code, printed) == (0, "")
    found = load(tmp_path / "entries", tmp_path)
    assert errors(found.problems) == []
    for entry in found.entries:
        was = papers[entry.id]
        if was.links.doi or was.links.arxiv:
            doubts = tuple(key for key in was.unverified if key in entry.unverified)
            expected = was.model_copy(update={"unverified": doubts, "path": entry.path})
            assert entry.model_dump() == expected.model_dump()
    assert told[-1] == "176 papers, something for 172; no problems"
    code, printed, told = enrich()
    assert (code, printed, told[-1]) == (0, "", "176 papers, nothing new; no problems")
