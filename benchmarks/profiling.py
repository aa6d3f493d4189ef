"""Where the CPU time of a build goes: `make profile`, or `python -m benchmarks.profiling`.

Each sample counts for the innermost module of the atlas, of MkDocs or of Material that is at
work, with what that calls in libraries; and for every function of theirs that waits for it.
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
from benchmarks.subjects import CACHE, ROOT, an_entry, builder, change, made

_OWNERS = ("paper_atlas", "mkdocs", "material")
_LEAST = 0.01  # of the whole: what takes less is not listed


def profiled(project: Path, *, papers: bool) -> tuple[Counter[str], Counter[str]]:
    """Samples of a build by module, and by function with all that it calls."""
    kept = project / "samples.json"
    sampler = [sys.executable, str(ROOT / "benchmarks" / "sampling.py"), str(kept)]
    command = [*sampler, *builder(papers), "build", "--quiet"]
    subprocess.run(command, cwd=project, check=True, stderr=subprocess.DEVNULL)
    modules, functions = Counter[str](), Counter[str]()
    for stack, samples in json.loads(kept.read_text(encoding="utf-8")):
        named = [(module, name) for path, name in stack if (module := _module(path))]
        modules[named[0][0] if named else "Python: start, imports"] += samples
        for function in {f"{module}: {name}" for module, name in named}:
            functions[function] += samples
    return modules, functions


def _module(path: str) -> str:
    """A file of an owner from the name of its package on, else nothing."""
    parts = Path(path).parts
    starts = [place for place, part in enumerate(parts) if part in _OWNERS]
    return "/".join(parts[starts[-1] :]) if starts else ""


def lines(title: str, found: Counter[str], whole: int) -> Iterator[str]:
    """A Markdown table, what takes most first."""
    yield f"| {title} | s | % |"
    yield "| --- | --- | --- |"
    for name, samples in found.most_common():
        if samples >= _LEAST * whole:
            yield f"| `{name}` | {samples * INTERVAL:.2f} | {100 * samples / whole:.0f} |"
    yield ""


def builds(project: Path, *, papers: bool) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """A build of each kind."""
    shutil.rmtree(project / CACHE, ignore_errors=True)
    yield "cold", *profiled(project, papers=papers)
    yield "nothing changed", *profiled(project, papers=papers)
    change(an_entry(project))
    yield "one entry changed", *profiled(project, papers=papers)


def main(argv: Sequence[str] | None = None) -> None:
    """Build, and print where the time went."""
    parser = argparse.ArgumentParser(prog="benchmarks.profiling")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--without", action="store_true", help="leave out the pages of papers")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        project = made(Path(folder), "paper-atlas", arguments.count)
        for name, modules, functions in builds(project, papers=not arguments.without):
            whole = modules.total()
            print(f"## {name}, {arguments.count:,} papers, {whole * INTERVAL:.2f} s of CPU time\n")
            print("\n".join(lines("module, with libraries", modules, whole)))
            print("\n".join(lines("function, with all that it calls", functions, whole)))


if __name__ == "__main__":
    main()
