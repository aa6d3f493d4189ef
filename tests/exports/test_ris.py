"""RIS, read by rispy."""

import rispy
from paper_atlas import Entry, Library, export
from paper_atlas.text.lines import one_line


def test_rispy_reads_every_record(library: Library, odd: Entry) -> None:
    entries = [*library.entries, odd]
    records = rispy.loads(export("ris", entries))
    assert [record["id"] for record in records] == [entry.id for entry in entries]
    for record, entry in zip(records, entries, strict=True):
        assert record["title"] == one_line(entry.title)
        assert len(record.get("authors", [])) == len(entry.authors)
