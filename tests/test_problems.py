"""The exact messages of problems in entries and vocabularies.

Each `fixtures/problems/<case>.yml` is an entry, and `<case>.txt` has its messages. To see how a
change affects messages, delete the .txt file: the test fails and writes it again.
"""

import pytest
from helpers import FIXTURES
from paper_atlas import Library, load

CASES = FIXTURES / "problems"
NAMES = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "vocabulary")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(CASES, CASES)


@pytest.mark.parametrize("case", NAMES)
def test_messages_of_an_entry_match_the_golden_file(case: str, library: Library) -> None:
    said = "".join(f"{p}\n" for p in library.problems if p.path == f"{case}.yml")
    golden = CASES / f"{case}.txt"
    if not golden.exists():
        golden.write_text(said, encoding="utf-8")
        pytest.fail(f"{golden} was missing and is written; read it")
    assert said == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == NAMES


def test_problems_are_sorted_by_position(library: Library) -> None:
    places = [(p.path, p.line, p.column) for p in library.problems]
    assert places == sorted(places)
