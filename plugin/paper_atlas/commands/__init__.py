"""The verbs of the command `paper-atlas`, one module each."""

from collections.abc import Callable
from typing import Any

from paper_atlas.commands import bring, check, enrich, export, new, schema, tidy

COMMANDS: tuple[Callable[[Any, Any], None], ...] = (
    check.add,
    new.add,
    bring.add,
    enrich.add,
    export.add,
    tidy.add,
    schema.add,
)
