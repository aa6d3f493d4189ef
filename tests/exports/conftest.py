"""Papers that the tests of exports write."""

from datetime import date

import pytest
from helpers import FIXTURES, ROOT
from helpers.titles import ODD_TEXT
from paper_atlas import Entry, Library, load

FOLDER = FIXTURES / "exports" / "entries"


@pytest.fixture(scope="session")
def library() -> Library:
    """The library of this atlas."""
    return load(ROOT / "entries", ROOT)


@pytest.fixture(scope="session")
def papers() -> list[Entry]:
    """A full entry, one with special characters and a retraction, and a preprint."""
    library = load(FOLDER, FOLDER)
    assert library.problems == ()
    return [library.entries_by_id[name] for name in ("h-denseunet", "odd", "preprint")]


@pytest.fixture(scope="session")
def odd(library: Library) -> Entry:
    """A paper with special characters in every text."""
    texts = {
        "title": ODD_TEXT,
        "authors": (ODD_TEXT, "Hao Chen"),
        "venue": ODD_TEXT,
        "added": date(2024, 3, 31),
    }
    return library.entries_by_id["h-denseunet"].model_copy(update=texts)
