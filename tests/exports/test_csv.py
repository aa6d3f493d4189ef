"""CSV: no cell is a formula for a spreadsheet."""

import csv
import io

from helpers.titles import ODD_TEXT
from paper_atlas import Entry, Library, export
from paper_atlas.text.lines import one_line


def test_no_cell_is_a_formula(library: Library, odd: Entry) -> None:
    text = export("csv", [*library.entries, odd])
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in row]
    assert f"'{one_line(ODD_TEXT)}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
