"""Golden files: texts that users meet, compared as a whole."""

import os
from pathlib import Path


def compare_with_file(path: Path, text: str) -> None:
    """Compare a text with a golden file, or write the file if `PAPER_ATLAS_WRITE_GOLDEN` is set."""
    if os.environ.get("PAPER_ATLAS_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
