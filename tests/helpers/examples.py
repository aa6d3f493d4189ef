"""The examples of the page of problems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers import FIXTURES, ROOT

PAGE = ROOT / "docs" / "problems.md"
_FENCE = re.compile(r'```(\w+)(?: title="([^"]+)")?\n(.*?)```', re.DOTALL)
_SEVERITY = re.compile(r"^\*(error|warning|note)", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A section of the page. The files and their corrections are texts by path."""

    code: str
    severity: str
    bad: dict[str, str]
    message: str
    good: dict[str, str]


def examples() -> list[Example]:
    """Return the examples of the page of problems."""
    found = []
    for section in re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        fences = _FENCE.findall(section)
        message = next((text for language, _, text in fences if language == "text"), "")
        before, after = section.split("```text", 1) if message else ("", "")
        found.append(
            Example(
                section.split(" ", 1)[0].strip(),
                severity[1] if (severity := _SEVERITY.search(section)) else "",
                {title: text for _, title, text in _FENCE.findall(before)},
                message,
                {title: text for _, title, text in _FENCE.findall(after) if title},
            )
        )
    return found


def write_example(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of an example, with the vocabulary that the page assumes."""
    vocabulary = (FIXTURES / "docs-vocabulary.yml").read_text(encoding="utf-8")
    for name, text in {"entries/vocabulary.yml": vocabulary, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
