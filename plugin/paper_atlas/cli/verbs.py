"""The verbs of the command `paper-atlas`, a module each.

A module is imported when its verb is called: what all of them need takes longer to import than
most commands run.
"""

from importlib import import_module
from typing import Any

COMMANDS = {
    "check": "check",
    "new": "new",
    "import": "import_",
    "enrich": "enrich",
    "export": "export",
    "format": "format",
    "schema": "schema",
}
"""The module of each verb."""


def add(verb: str, verbs: Any, shared: Any) -> None:
    """Add a verb to a parser, with the options that all share."""
    import_module(f"paper_atlas.cli.{COMMANDS[verb]}").add(verbs, shared)
