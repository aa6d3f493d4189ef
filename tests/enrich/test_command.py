"""The command `paper-atlas enrich`: its arguments, its output and its files."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.enriching import (
    H_DENSEUNET,
    RunEnrich,
    write_entry,
)
from helpers.services import Reply, Services
from paper_atlas import load


def test_diff_can_be_applied_with_git(enrich: RunEnrich, tmp_path: Path) -> None:
    file = write_entry(H_DENSEUNET)
    _, output, _ = enrich()
    (tmp_path / "a.diff").write_text(output, encoding="utf-8")
    subprocess.run(["git", "apply", "a.diff"], cwd=tmp_path, check=True)
    applied = file.read_bytes()
    file.write_text(H_DENSEUNET)
    enrich("--accept")
    assert file.read_bytes() == applied
    assert load(tmp_path / "entries").problems == ()


def test_interrupt_leaves_complete_files_and_the_cache(
    enrich: RunEnrich, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    """The interrupt comes during a delay. The next run uses the cached responses."""

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    file = write_entry(H_DENSEUNET)
    services.overrides["/arxiv"] = [Reply(503)]
    with monkeypatch.context() as patch:
        patch.setattr("time.sleep", interrupt)
        code, output, messages = enrich("--accept")
    assert (code, output) == (2, "")
    assert (
        messages[-1]
        == "error: interrupted; no file is incomplete, and the answers so far are cached"
    )
    assert file.read_text(encoding="utf-8") == H_DENSEUNET
    assert not list(tmp_path.rglob("*.tmp"))
    services.requests.clear()
    assert enrich("--accept")[0] == 0
    assert not [path for path in services.requests if path.startswith("/crossref")]


def test_file_changed_during_the_run_is_not_overwritten(
    enrich: RunEnrich, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    file = write_entry(H_DENSEUNET)
    monkeypatch.setattr("time.sleep", lambda _: file.write_text(H_DENSEUNET + "year: 2018\n"))
    services.overrides["/crossref"] = [Reply(503)]
    code, _, messages = enrich("--accept")
    assert code == 1
    assert messages[-2] == (
        "entries/liver/h-denseunet.yml: changed during the run, so it is skipped; run it again"
    )
    assert file.read_text(encoding="utf-8") == H_DENSEUNET + "year: 2018\n"


def test_invalid_arguments_are_reported(enrich: RunEnrich, monkeypatch: pytest.MonkeyPatch) -> None:
    write_entry(H_DENSEUNET)
    assert enrich("--email", "nobody") == (
        2, "", ["error: 'nobody' is not an email address"],
    )  # fmt: skip
    assert enrich("h-densenet") == (
        2, "", ["error: 'h-densenet' is not an entry in 'entries'"],
    )  # fmt: skip
    monkeypatch.setenv("PAPER_ATLAS_EMAIL", "")
    first = "neither --email nor $PAPER_ATLAS_EMAIL is set; services may be slower"
    assert enrich("entries/liver/h-denseunet.yml")[2][0] == first


def test_invalid_entries_are_reported_and_skipped(enrich: RunEnrich) -> None:
    write_entry(H_DENSEUNET)
    write_entry("title: x\n", "entries/liver/broken.yml")
    code, output, messages = enrich()
    assert code == 1
    assert "+volume: 37" in output
    assert [
        line for line in messages if line.startswith("entries/liver/broken.yml:1:1: missing-key")
    ]


@pytest.mark.parametrize("package", ["httpx", "hishel", "tenacity"])
def test_missing_package_is_reported_with_the_install_command(
    package: str, enrich: RunEnrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_entry(H_DENSEUNET)
    monkeypatch.setitem(sys.modules, package, None)
    for module in ("enrich.client", "cli.enrich", "web.cache", "web.fetch"):
        monkeypatch.delitem(sys.modules, f"paper_atlas.{module}", raising=False)
    code, _, messages = enrich()
    assert (code, messages) == (
        2,
        [f"error: {package} is not installed; run pip install 'mkdocs-paper-atlas[enrich]'"],
    )


def test_no_other_command_imports_httpx() -> None:
    code = (
        "import sys; from paper_atlas.cli import main; import paper_atlas.enrich.run\n"
        "main(['check', '--entries', 'tests/fixtures/atlas/entries'])\n"
        "sys.exit('httpx' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
