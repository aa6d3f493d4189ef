"""Strict readers of exports, independent of the importers."""

import csv
import io
import re


def ris_records(text: str) -> list[dict[str, list[str]]]:
    """Return RIS records as tags with their values; fail on a line without a tag."""
    records: list[dict[str, list[str]]] = []
    for line in filter(None, text.split("\r\n")):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append({})
        records[-1].setdefault(match[1], []).append(match[2])
    assert all(record["ER"] == [""] for record in records)
    return records


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
