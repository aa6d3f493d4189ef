"""The layers of the package: which package may import which."""

import ast
import subprocess
import sys
from pathlib import Path

import paper_atlas
from helpers import ROOT

PACKAGE = Path(paper_atlas.__file__).parent

# From the bottom up: a package imports from itself and from the rows above its own in this list.
LAYERS = (
    ("__init__", "problem", "translation", "text"),
    ("source", "reports"),
    ("model",),
    ("checks", "analysis"),
    ("folder",),
    ("exports",),
    ("importers", "site"),
    ("intake",),
    ("enrich",),
    ("cli", "mkdocs_plugin"),
    ("__main__",),
)


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "paper_atlas":
            names |= {f"paper_atlas.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def _module(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _graph() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        own = {name.split(".")[1] for name in _imports(path) if name.startswith("paper_atlas.")}
        graph.setdefault(_module(path), set()).update(own - {_module(path), "__version__"})
    return graph


def test_every_package_has_a_layer() -> None:
    assert sorted(_graph()) == sorted(name for layer in LAYERS for name in layer)


def test_packages_import_downwards_only() -> None:
    level = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    upwards = [
        (name, other)
        for name, found in _graph().items()
        for other in found
        if level[other] >= level[name]
    ]
    assert upwards == []


def test_one_package_imports_mkdocs() -> None:
    hosts = {
        _module(path)
        for path in PACKAGE.rglob("*.py")
        if any(
            name.split(".")[0] in ("mkdocs", "material", "properdocs") for name in _imports(path)
        )
    }
    assert hosts == {"mkdocs_plugin"}


def test_the_core_works_without_mkdocs() -> None:
    """All packages except the plugin import, and the command runs, without MkDocs."""
    modules = [
        name for layer in LAYERS for name in layer if name not in ("__init__", "mkdocs_plugin")
    ]
    code = "\n".join(
        [
            "import importlib, sys",
            "sys.modules['mkdocs'] = sys.modules['properdocs'] = None",
            f"for name in {modules}: importlib.import_module('paper_atlas.' + name)",
            "from paper_atlas.cli import main",
            "sys.exit(main(['check', '--entries', 'tests/fixtures/atlas/entries']))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "5 entries, 4 notes")


def test_version_is_printed_without_the_imports_of_commands() -> None:
    """It must be fast, for example for shell completion."""
    code = (
        "import sys\nfrom paper_atlas.cli import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\n"
        "print([name for name in ('pydantic', 'yaml', 'markdown') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
