"""The structure of the package: which package may import which, and how large things may be."""

import re
import subprocess
import sys

from helpers import ROOT
from helpers.structure import ENTRANCES, LAYERS, Module, ambiguous_names, modules

_HOSTS = ("mkdocs", "material", "properdocs")


def _packages() -> dict[str, set[str]]:
    """The packages of each package's imports, without itself."""
    graph: dict[str, set[str]] = {}
    for module in modules():
        names = (name.split(".") for name in module.imports())
        imported = {name[1] for name in names if name[0] == "paper_atlas" and len(name) > 1}
        graph.setdefault(module.package, set()).update(imported - {module.package, "__version__"})
    return graph


def _importers_of(*libraries: str) -> list[Module]:
    return [
        module
        for module in modules()
        if any(name.split(".")[0] in libraries for name in module.imports())
    ]


def test_every_package_has_its_layer() -> None:
    assert sorted(_packages()) == sorted([*ENTRANCES, *(name for row in LAYERS for name in row)])


def test_packages_import_downwards_only() -> None:
    level = {name: number for number, row in enumerate(LAYERS) for name in row}
    upwards = [
        (name, other)
        for name, found in _packages().items()
        for other in found
        if name not in ENTRANCES and level[other] >= level[name]
    ]
    assert upwards == []


def test_one_package_imports_mkdocs() -> None:
    assert {module.package for module in _importers_of(*_HOSTS)} == {"mkdocs_plugin"}


def test_one_module_asks_the_web() -> None:
    """It bounds each request. `web/cache` uses the client's types, but sends nothing."""
    clients = ("httpx", "http.client", "urllib3", "requests", "aiohttp", "socket", "ssl")
    assert [module.name for module in _importers_of(*clients)] == ["web/cache", "web/fetch"]
    senders = [
        module.name
        for module in modules()
        if re.search(r"httpx\.(Async)?(Client|HTTPTransport|get|stream|request)\b", module.text)
        or re.search(r"\burlopen\b|urllib\.request", module.text)
    ]
    assert senders == ["web/fetch"]


def test_the_core_works_without_mkdocs() -> None:
    """Everything but the plugin imports, and the command runs, where MkDocs cannot be imported."""
    names = [
        "paper_atlas." + module.name.replace("/", ".").removesuffix(".__init__")
        for module in modules()
        if module.package not in ("mkdocs_plugin", *ENTRANCES)
    ]
    code = "\n".join(
        [
            "import importlib, sys",
            "sys.modules['mkdocs'] = sys.modules['properdocs'] = None",
            f"for name in {names}: importlib.import_module(name)",
            "from paper_atlas.cli import main",
            "sys.exit(main(['check', '--entries', 'tests/fixtures/atlas/entries']))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "5 entries, 4 notes")


def test_the_version_needs_no_other_import() -> None:
    """`paper-atlas --version` and completion in a shell do not wait for a validator to load."""
    code = (
        "import sys\nfrom paper_atlas.cli import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\n"
        "print([name for name in ('pydantic', 'yaml', 'markdown') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{module.name}: {function.name}"
        for module in modules()
        for function in module.functions()
        if module.lines_of(function) > 37
    ]
    assert long == []


def test_a_package_has_at_most_twelve_modules() -> None:
    names = [module.name for module in modules() if not module.name.endswith("__init__")]
    folders = [name.rpartition("/")[0] for name in names]
    assert max(map(folders.count, folders)) <= 12


def test_a_public_name_has_one_meaning() -> None:
    assert ambiguous_names(modules()) == {}
