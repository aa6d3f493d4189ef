"""Links in notes that lead nowhere."""

import re
from collections.abc import Iterator

from paper_atlas.checks.context import Files, unknown_paper
from paper_atlas.problem import Problem
from paper_atlas.source.document import find_words
from paper_atlas.text.notes import Notes
from paper_atlas.text.paper_links import resolve

_RELATIVE = re.compile(r'<a href="(?!https?://)([^"]*)"')


def lost_references(files: Files) -> Iterator[Problem]:
    """`[[id]]` whose name is no entry's, and addresses that start from no known page."""
    addresses = dict.fromkeys(files.sources, "https://")
    notes = Notes({name: name for name in files.sources})
    for entry, source in files:
        if not entry.notes or "[" not in entry.notes:
            continue
        text, lost = resolve(notes.html(entry.notes), addresses.get)
        for reference in lost:
            place = find_words(source, ["notes"], reference)
            yield unknown_paper(source.path, place, "notes", reference, files.sources)
        for address in _RELATIVE.findall(text):
            message, hint = f"'{address}' is not a web address", "link to papers with [[id]]"
            place = find_words(source, ["notes"], address)
            yield Problem(source.path, *place, "malformed-url", "notes", message, hint)
