"""`paper-atlas check`: its reports, its messages and its exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import FIXTURES
from paper_atlas.cli import main

CASES = FIXTURES / "problems"
NAMES = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "vocabulary")


def test_check_reports_every_problem_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    assert main(["check", "--entries", "."]) == 1
    captured = capsys.readouterr()
    messages = captured.err.splitlines()
    golden = [line for path in CASES.glob("*.txt") for line in path.read_text().splitlines()]
    messages = [line for line in messages if ": unused-term: " not in line]
    assert captured.out == ""
    assert sorted(messages[:-1]) == sorted(golden)
    assert messages[-1].startswith(f"{len(NAMES)} entries, ")


def test_missing_folder_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--entries", "nowhere"]) == 2
    messages = capsys.readouterr().err
    assert messages == "error: folder 'nowhere' does not exist; give another with --entries\n"


def test_reports_for_github_programs_and_code_hosts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each contains the problems of the given file only."""
    monkeypatch.chdir(CASES)
    name = "everything-at-once.yml"
    out = {}
    for output in ("github", "json", "sarif"):
        assert main(["check", "--entries", ".", "--output", output, name]) == 1
        captured = capsys.readouterr()
        out[output] = captured.out
        assert captured.err == f"{len(NAMES)} entries, 9 errors\n"
    assert out["github"].splitlines()[3] == (
        f"::error file={name},line=4,col=8,title=malformed-doi::links.doi: '11.1000/182' is not a "
        "valid DOI identifier (write it like 10.1109/TMI.2018.2845918)"
    )
    problems = json.loads(out["json"])["problems"]
    assert problems[0] == {
        "path": name, "line": 1, "column": 1, "code": "missing-key", "field": "title",
        "message": "is missing", "hint": 'write title: "The title of the paper"',
        "severity": "error",
    }  # fmt: skip
    (run,) = json.loads(out["sarif"])["runs"]
    assert len(run["results"]) == len(problems) == 9
    region = run["results"][3]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 8}


def test_strict_check_fails_on_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    text = "title: Part #2 of it\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\n"
    (tmp_path / "entries" / "a.yml").write_text(text)
    assert (main(["check"]), main(["check", "--strict"])) == (0, 1)
    assert main(["check", "elsewhere.yml"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "error: 'elsewhere.yml' is not an entry in 'entries'"
    )


def test_slow_parser_prints_one_warning_and_the_same_problems(small_atlas: Path) -> None:
    code = "import yaml; del yaml.CBaseLoader; from paper_atlas.cli import main; main(['check'])"
    (small_atlas / "entries" / "wrong.yml").write_text("title: [\n")
    slow, fast = (
        subprocess.run([sys.executable, "-c", it], cwd=small_atlas, capture_output=True, text=True)
        for it in (code, code.replace("del yaml.CBaseLoader; ", ""))
    )
    first, _, rest = slow.stderr.partition("\n")
    assert first.startswith("PyYAML is installed without its C loader")
    assert rest == fast.stderr
