"""Measures of the package's structure: `make measure` prints them as a table in Markdown.

A code line is a line that is not blank, not a comment and not part of a docstring.
"""

import ast
import io
import statistics
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import paper_atlas

PACKAGE = Path(paper_atlas.__file__).parent

# From the bottom up: a package imports from itself and from the rows above its own in this list.
LAYERS = (
    ("problem", "translation", "text", "web"),
    ("source",),
    ("model", "reports"),
    ("checks", "analysis"),
    ("folder",),
    ("exports",),
    ("importers", "site"),
    ("intake",),
    ("enrich",),
    ("cli", "mkdocs_plugin"),
)
# They only name what is below: the public interface, and the start of the command line.
ENTRANCES = ("__init__", "__main__")

_NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One module of the package; `name` is its path without the ending, such as `text/slug`."""

    name: str
    text: str

    @property
    def package(self) -> str:
        """The first part of its name."""
        return self.name.partition("/")[0]

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    @cached_property
    def code_lines(self) -> frozenset[int]:
        """The numbers of its code lines."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        lines = {
            line
            for token in tokens
            if token.type not in _NOT_CODE
            for line in range(token.start[0], token.end[0] + 1)
        }
        return frozenset(lines - set(self._docstring_lines()))

    def _docstring_lines(self) -> Iterator[int]:
        for node in ast.walk(self.tree):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)

    def lines_of(self, node: ast.stmt) -> int:
        """The number of code lines of a function or class."""
        return len(self.code_lines & set(range(node.lineno, (node.end_lineno or 0) + 1)))

    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def imports(self) -> Iterator[str]:
        """The full name of each module or name that it imports."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def public_names(self) -> Iterator[str]:
        """The public names that it defines at its top level."""
        for node in self.tree.body:
            if isinstance(node, Function | ast.ClassDef):
                names = [node.name]
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [
                    name.id
                    for target in targets
                    for name in ast.walk(target)
                    if isinstance(name, ast.Name)
                ]
            else:
                continue
            yield from (name for name in names if not name.startswith("_"))


def modules() -> list[Module]:
    """Every module of the package, by name."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [
        Module(
            path.relative_to(PACKAGE).with_suffix("").as_posix(), path.read_text(encoding="utf-8")
        )
        for path in paths
    ]


def methods(node: ast.ClassDef) -> list[Function]:
    """The methods of a class."""
    return [child for child in node.body if isinstance(child, Function)]


def attributes(node: ast.ClassDef) -> set[str]:
    """The names that a class or its methods assign on the class or on `self`."""
    found = set()
    for child in ast.walk(node):
        if (
            isinstance(child, ast.Attribute)
            and isinstance(child.ctx, ast.Store)
            and isinstance(child.value, ast.Name)
            and child.value.id == "self"
        ):
            found.add(child.attr)
    return found


def ambiguous_names(found: list[Module]) -> dict[str, list[str]]:
    """The public names that several modules define, each with these modules.

    A command's `add_command` is one interface with many implementations, so it does not count.
    """
    owners = defaultdict(list)
    for module in found:
        for name in set(module.public_names()) - {"add_command"}:
            owners[name].append(module.name)
    return {name: names for name, names in owners.items() if len(names) > 1}


def table() -> Iterator[str]:
    """The measures of the package as a Markdown table."""
    found = modules()
    flat = [module for module in found if "/" not in module.name]
    sizes = sorted(len(module.code_lines) for module in found if not _is_face(module))
    functions = [module.lines_of(node) for module in found for node in module.functions()]
    large = [node for module in found for node in module.classes() if len(methods(node)) > 10]
    adapter = [module for module in found if module.package == "mkdocs_plugin"]
    plugin, owner = next(
        (node, module)
        for module in adapter
        for node in module.classes()
        if node.name == "PaperAtlasPlugin"
    )
    per_package = defaultdict(int)
    for module in found:
        per_package[module.name.rpartition("/")[0]] += not _is_face(module)
    yield "| measure | value |"
    yield "| --- | --- |"
    rows = {
        "modules · in the root": f"{len(found)} · {len(flat)}",
        "rows of layers": len(LAYERS),
        "most modules in a package": max(per_package.values()),
        "code lines": sum(sizes),
        "median · largest module, code lines": f"{statistics.median(sizes):.0f} · {sizes[-1]}",
        "functions · mean · longest, code lines": (
            f"{len(functions)} · {statistics.mean(functions):.1f} · {max(functions)}"
        ),
        "classes with more than 10 methods": len(large),
        "public names that several modules define": len(ambiguous_names(found)),
        "MkDocs adapter, code lines": sum(len(module.code_lines) for module in adapter),
        "plugin class: code lines · methods · attributes": (
            f"{owner.lines_of(plugin)} · {len(methods(plugin))} · {len(attributes(plugin))}"
        ),
    }
    yield from (f"| {measure} | {value} |" for measure, value in rows.items())


def _is_face(module: Module) -> bool:
    """True for an `__init__` with nothing but a docstring."""
    return module.name.endswith("__init__") and len(module.tree.body) <= 1


if __name__ == "__main__":
    print("\n".join(table()))
