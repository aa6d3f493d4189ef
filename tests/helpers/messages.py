"""Write entries into a folder, and read the messages of their problems."""

from pathlib import Path

from paper_atlas import load

GOOD = "title: {}\ntopics: [Liver]\nlinks: {{url: https://example.org/}}\n"
"""A valid entry with a placeholder for its title."""


def messages_of(folder: Path, **files: str) -> list[str]:
    """Write entries, given as texts by id, and return all messages except for unused terms."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
    problems = load(folder, folder).problems
    return [str(problem) for problem in problems if problem.code != "unused-term"]
