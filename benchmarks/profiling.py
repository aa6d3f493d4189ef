"""The profile of a build: `make profile`, or `python -m benchmarks.profiling`.

Each sample counts for the innermost module of the atlas, MkDocs or Material on the stack, with the
libraries that it calls, and for each of their functions on the stack.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.sampling import INTERVAL
from benchmarks.subjects import (
    ATLAS,
    CACHE,
    COLD,
    ROOT,
    WARM,
    create_project,
    first_entry,
    number_first_line,
)

_OWNERS = ("paper_atlas", "mkdocs", "material")
_LEAST = 0.01  # of the total; smaller shares are not listed


def profile_build(project: Path) -> tuple[Counter[str], Counter[str]]:
    """Return samples of a build by module, and by function with its callees."""
    samples_file = project / "samples.json"
    sampler = [sys.executable, str(ROOT / "benchmarks" / "sampling.py"), str(samples_file)]
    command = [*sampler, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=project, check=True, stderr=subprocess.DEVNULL)
    modules, functions = Counter[str](), Counter[str]()
    for stack, samples in json.loads(samples_file.read_text(encoding="utf-8")):
        named = [(module, name) for path, name in stack if (module := _module(path))]
        modules[named[0][0] if named else "Python: start, imports"] += samples
        for function in {f"{module}: {name}" for module, name in named}:
            functions[function] += samples
    return modules, functions


def _module(path: str) -> str:
    """Return a path from the name of the package on; empty for other packages."""
    parts = Path(path).parts
    starts = [place for place, part in enumerate(parts) if part in _OWNERS]
    return "/".join(parts[starts[-1] :]) if starts else ""


def lines(title: str, found: Counter[str], whole: int) -> Iterator[str]:
    """Yield a Markdown table, sorted by samples."""
    yield f"| {title} | s | % |"
    yield "| --- | --- | --- |"
    for name, samples in found.most_common():
        if samples >= _LEAST * whole:
            yield f"| `{name}` | {samples * INTERVAL:.2f} | {100 * samples / whole:.0f} |"
    yield ""


def builds(project: Path) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """Profile a cold build, an unchanged one, and one after a change."""
    shutil.rmtree(project / CACHE, ignore_errors=True)
    yield COLD, *profile_build(project)
    yield WARM, *profile_build(project)
    number_first_line(first_entry(project))
    yield "one entry changed", *profile_build(project)


def main(argv: Sequence[str] | None = None) -> None:
    """Build, and print the profiles."""
    parser = argparse.ArgumentParser(prog="benchmarks.profiling")
    parser.add_argument("--count", type=int, default=1_000)
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        project = create_project(Path(folder), ATLAS, arguments.count)
        for name, modules, functions in builds(project):
            whole = modules.total()
            print(f"## {name}, {arguments.count:,} papers, {whole * INTERVAL:.2f} s of CPU time\n")
            print("\n".join(lines("module, with libraries", modules, whole)))
            print("\n".join(lines("function, with all that it calls", functions, whole)))


if __name__ == "__main__":
    main()
