"""The words by which lists of papers are read; `list-words.yml` beside this module has them."""

from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("list-words.yml").read_text(encoding="utf-8")
)

LINK_LABELS: dict[str, str] = {
    label: kind for kind, labels in _WORDS["labels"].items() for label in labels
}
"""The kind of link that each label means."""

HOSTS: dict[str, list[str]] = _WORDS["hosts"]
"""The hosts that are known for something."""

FILLERS = frozenset(_WORDS["fillers"])
SITES = frozenset(_WORDS["sites"])
VENUES = frozenset(_WORDS["venues"])
SMALL_WORDS = frozenset(_WORDS["small"])
PARTICLES = frozenset(_WORDS["particles"])
SUBJECTS = frozenset(_WORDS["subjects"])
