"""Parse YAML files with the position of each value."""

from pathlib import Path

from helpers.messages import messages_of


def test_keys_that_differ_only_in_spaces_are_duplicates(tmp_path: Path) -> None:
    entry = "title: A\ntopics: [Liver]\nlinks:\n  ' Lab ': https://a.org\n  Lab: https://b.org\n"
    (messages,) = messages_of(tmp_path, a=entry)
    assert messages.startswith("a.yml:5:3: doubled-key: links.Lab: 'Lab' is given twice")
