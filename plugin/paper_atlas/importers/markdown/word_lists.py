"""The words by which the Markdown importer recognises links, venues and people.

`word-lists.yml` beside this module contains them, for example `code: [code, github, …]`, which
becomes `LINK_LABELS["github"] == "code"`. All words are in lower case.
"""

from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("word-lists.yml").read_text(encoding="utf-8")
)

LINK_LABELS: dict[str, str] = {
    label: kind for kind, labels in _WORDS["labels"].items() for label in labels
}
"""The kind of a link by its text."""

HOSTS: dict[str, list[str]] = _WORDS["hosts"]
"""The hosts of each category: `project`, `video`, `social`, `badge`, `paper` and `other`."""

FILLERS = frozenset(_WORDS["fillers"])
"""Words in a link text that do not change the kind of the link, such as `official`."""

SITES = frozenset(_WORDS["sites"])
"""Link texts that name a website or publisher, not a venue."""

VENUES = frozenset(_WORDS["venues"])
"""Abbreviations of venues."""

SMALL_WORDS = frozenset(_WORDS["small"])
"""Words in the name of a venue that need no capital letter."""

PARTICLES = frozenset(_WORDS["particles"])
"""Words in the name of a person that need no capital letter."""

NOT_NAMES = frozenset({*_WORDS["subjects"], *_WORDS["institutions"]})
"""Words that no name of a person contains."""

VENUE_WORDS = frozenset(_WORDS["venue-words"])
"""Words in the names of journals that no name of a person contains."""
