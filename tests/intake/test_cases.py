"""Lists and records as other people and programs write them: what an import makes of each.

Each file in `fixtures/cases` is a small, invented example of a kind of fault that was found in real
files. `expected/<file>.txt` has the exit code, the output and the entries, all read by a person.
"""

from pathlib import Path

import pytest
from helpers import FIXTURES
from helpers.commands import files, run
from helpers.golden import compare_with_file
from paper_atlas import load
from paper_atlas.problem import errors

CASES = FIXTURES / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_file())
NO_LISTS = {"latin-1.bib", "savedrecs.txt", "web-of-science.ris"}


@pytest.mark.parametrize("name", NAMES)
def test_import_of_a_case(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes((CASES / name).read_bytes())
    terms = [] if name.endswith(".md") else ["--in", "Papers"]
    code, messages = run(capsys, "import", name, *terms)
    lines = [f"exit {code}", *(line for line in messages if not line.startswith("wrote "))]
    entries = tmp_path / "entries"
    for path in sorted(entries.rglob("*.yml")):
        if path.name != "vocabulary.yml":
            lines += ["", f"# {path.relative_to(entries)}", path.read_text("utf-8").rstrip()]
    compare_with_file(CASES / "expected" / f"{name}.txt", "".join(f"{line}\n" for line in lines))
    assert (code == 2) == (name in NO_LISTS)
    before = files(tmp_path)
    run(capsys, "import", name, *terms)
    assert files(tmp_path) == before
    assert errors(load(entries, tmp_path).problems) == []


def test_papers_of_two_files_with_one_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two editorials by different people are two papers, also in two imports."""
    monkeypatch.chdir(tmp_path)
    for name, record in (
        ("one", "author={Doe, Jane}, year=2001, url={https://example.org/q1}"),
        ("two", "author={Roe, Richard}, year=2015, volume=3, doi={10.1000/q2}"),
    ):
        (tmp_path / f"{name}.bib").write_text(f"@article{{{name}, title={{Editorial}}, {record}}}")
        assert run(capsys, "import", f"{name}.bib", "--in", "Papers")[0] == 0
    one, two = (load(tmp_path / "entries").entries_by_id[name] for name in ("one", "two"))
    assert (one.links.doi, one.volume, two.links.doi) == (None, None, "10.1000/q2")
