"""Change the code in small ways, one at a time, and count the changes that a test notices.

    python tests/hostile/mutation.py [GROUP ...]

Without a group, all groups run. `make torture` installs mutmut, which makes the changes and selects
the tests that reach a changed function: https://mutmut.readthedocs.io/. It expects the code in a
folder `src`, so it works on a copy of the project.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]

GROUPS = {
    "checks": (
        ["checks/*"],
        [
            *("checks", "folder/test_vocabulary_file.py", "test_problems.py"),
            "test_docs.py::test_examples_of_problems",
        ],
    ),
    "identity": (["model/identity.py"], ["model/test_identity.py", "checks/test_duplicates.py"]),
    "merge": (["intake/merge.py"], ["intake/test_merge.py"]),
    "sanitising": (
        ["text/html.py", "text/notes.py", "source/svg/*"],
        ["text/test_html.py", "text/test_notes.py", "source/svg"],
    ),
    "html": (["site/html/*"], ["site/html"]),
}
"""The modules of each group, below the package, and the tests for them."""

REQUIRED = 85
"""The per cent of the changes that tests must notice."""

_FAST = (
    "not 3000 and not among_hundreds and not random_notes and not plain_notes_equal "
    "and not small_edit and not cannot_draw and not long_chain"
)
"""Which tests run, as an expression of pytest: those that take seconds are left out."""

ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1",
    # Thousands of runs start: without plugins and collection of garbage, in a third of the time.
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_ADDOPTS": "-p no:unraisableexception -p no:threadexception",
}
"""The environment of the tests."""

_NOTICED = ("killed", "timeout")
_CONFIGURATION = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {modules}
also_copy = {copied}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "{fast}"]
pytest_add_cli_args_test_selection = {tests}
"""


def copy_project(target: Path, modules: list[str], tests: list[str]) -> None:
    """Copy the files of the project, with the package below `src`, and configure mutmut."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    names = [name for name in listed.split("\0") if name]
    for name in names:
        copied = target / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copied)
    shutil.copytree(target / "plugin", target / "src")  # tests read the unchanged one, too
    file = target / "pyproject.toml"
    text = file.read_text(encoding="utf-8").replace('"tests"]\nfilter', '"src", "tests"]\nfilter')
    top_level = sorted({name.partition("/")[0] for name in names})
    configuration = _CONFIGURATION.format(
        modules=[f"src/paper_atlas/{module}" for module in modules],
        copied=top_level,
        tests=[f"tests/{test}" for test in tests],
        fast=_FAST,
    )
    file.write_text(text + configuration.replace("'", '"'), encoding="utf-8")


def run_group(name: str) -> tuple[int, int, str]:
    """Return how many changes tests noticed, how many there were, and a diff of each other one."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy_project(Path(folder), *GROUPS[name])

        def mutmut(*arguments: str) -> str:
            command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
            return subprocess.check_output(command, cwd=folder, text=True)

        mutmut("run")
        lines = mutmut("results", "--all", "true").splitlines()
        results = [line.strip().rsplit(": ", 1) for line in lines]
        missed = [change for change, verdict in results if verdict not in _NOTICED]
        diffs = "".join(mutmut("show", change) for change in missed)
    return len(results) - len(missed), len(results), diffs


def main(names: list[str]) -> int:
    """Run groups, print how much tests notice, and return 1 if it is too little."""
    os.environ |= ENVIRONMENT
    status = 0
    for name in names or GROUPS:
        noticed, total, diffs = run_group(name)
        print(diffs, file=sys.stderr)
        print(f"{name}: {noticed} of {total} changes noticed, {100 * noticed / total:.1f} %")
        status |= 100 * noticed < REQUIRED * total
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
