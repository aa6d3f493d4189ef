"""The files of translations."""

import re
from pathlib import Path

import paper_atlas
import yaml

FOLDER = Path(paper_atlas.__file__).parent / "languages"
PLACEHOLDER = re.compile(r"\{\w*\}")


def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())
