"""The exact messages of problems in entries and vocabularies.

Each `fixtures/problems/<case>.yml` is an entry, and `<case>.txt` has its messages. To see how a
change affects messages, delete the .txt file: the test fails and writes it again.
"""

import pytest
from helpers import FIXTURES
from paper_atlas import load

CASES = FIXTURES / "problems"
NAMES = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "vocabulary")


def test_messages_of_the_entries_match_the_golden_files() -> None:
    """One test, so that each change of the code that it runs is noticed by it."""
    problems, said, golden = load(CASES, CASES).problems, {}, {}
    for case in NAMES:
        said[case] = [str(problem) for problem in problems if problem.path == f"{case}.yml"]
        file = CASES / f"{case}.txt"
        if not file.exists():
            file.write_text("".join(f"{line}\n" for line in said[case]), encoding="utf-8")
            pytest.fail(f"{file} was missing and is written; read it")
        golden[case] = file.read_text(encoding="utf-8").splitlines()
    assert said == golden


def test_every_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_problems_are_sorted_by_position() -> None:
    places = [(p.path, p.line, p.column) for p in load(CASES, CASES).problems]
    assert places == sorted(places)
