"""Helpers for tests of `enrich`: an entry to enrich, and replies of Crossref."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers import FIXTURES
from helpers.services import Reply, Services, crossref_work

ENRICH_FIXTURES = FIXTURES / "enrich"

RunEnrich = Callable[..., tuple[int, str, list[str]]]
"""Runs the command. Returns its exit code, its output and the lines of its messages."""

H_DENSEUNET = """\
# read in the journal club
title: "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes"
links:
  doi: 10.1109/TMI.2018.2845918  # the journal
organs: [Liver]
"""


def write_entry(text: str, name: str = "entries/liver/h-denseunet.yml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def crossref_work_of(services: Services, entry_id: str, **changes: Any) -> dict[str, Any]:
    """Return the record that Crossref has of an entry, with changes."""
    entry = next(entry for entry in services.entries if entry.id == entry_id)
    return {**crossref_work(entry), **changes}


def work_reply(services: Services, entry_id: str, **changes: Any) -> Reply:
    message = crossref_work_of(services, entry_id, **changes)
    return Reply(200, json.dumps({"status": "ok", "message": message}).encode())


def search_reply(*works: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps({"status": "ok", "message": {"items": works}}).encode())
