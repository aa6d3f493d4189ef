"""The examples and tables of the docs are correct."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.examples import PAGE, Example, examples, write_example
from paper_atlas import Entry, Links, load
from paper_atlas.model.entry import FIELDS_NOT_IN_FILE

_MAKES_PROBLEMS = re.compile("problem|error|note|report|tell|unread|warning", re.IGNORECASE)
_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_NOT_IN_FILES = {"not-utf-8", "unreadable", "too-large", "outside-link"}


def problems(folder: Path, files: dict[str, str]) -> list[str]:
    write_example(folder, files)
    return [str(it) for it in load(folder / "entries", folder).problems]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.code)
def test_examples_of_problems(example: Example, tmp_path: Path) -> None:
    if example.code in _NOT_IN_FILES:
        return
    messages = problems(tmp_path / "bad", example.bad)
    assert [
        line for line in messages if f": {example.code}: " in line
    ] == example.message.splitlines()
    if not example.good:
        return  # a file is to be renamed
    good = problems(tmp_path / "good", {**example.bad, **example.good})
    assert not [line for line in good if f": {example.code}: " in line]


def table_of_keys() -> list[str]:
    """Return the keys of an entry with their descriptions, with the facets in their place."""
    facets = load(ROOT / "entries").file_vocabulary.facets
    rows = []
    for name, field in Entry.model_fields.items():
        if name == "terms":
            rows += [f"| `{facet}` | {value.description} |" for facet, value in facets.items()]
        elif name not in FIELDS_NOT_IN_FILE:
            rows.append(f"| `{name}` | {field.description} |")
    return rows


def table_of_links() -> list[str]:
    return [f"| `{name}` | {field.description} |" for name, field in Links.model_fields.items()]


@pytest.mark.parametrize("rows", [table_of_keys(), table_of_links()], ids=["keys", "links"])
def test_tables_of_keys_match_the_declaration(rows: list[str]) -> None:
    assert "\n".join(rows) in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def codes_in(path: Path) -> Iterator[str]:
    """The codes that a module passes to functions that make problems."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _MAKES_PROBLEMS.search(ast.unparse(node.func)):
            texts = (it.value for it in node.args if isinstance(it, ast.Constant))
            yield from (text for text in texts if _CODE.fullmatch(str(text)))


def test_every_code_is_documented() -> None:
    """All codes of problems in the source of the package are on the page."""
    modules = (ROOT / "plugin" / "paper_atlas").rglob("*.py")
    codes = {code for path in modules for code in codes_in(path)}
    documented = PAGE.read_text(encoding="utf-8")
    assert len(codes) > 50
    missing = [code for code in sorted(codes) if f"`{code}`" not in documented
               and f"### {code} " not in documented]  # fmt: skip
    assert missing == []
