"""How long a check takes, as a ratio to reading the same files with PyYAML's C loader alone.

`make bench`. Both are measured in turn, each in a process of its own, in CPU time; the median of
the runs counts. Memory is the peak of the process.
"""

import argparse
import contextlib
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = 2_000
ORGANS = 25


def make_entries(folder: Path, count: int) -> None:
    """Entries with 3 to 12 authors, from a seed: the same files in every run."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 10)))
             for _ in range(WORDS)]  # fmt: skip
    for number in range(count):
        authors = [f"{chance.choice(words)} {chance.choice(words)}".title()
                   for _ in range(chance.randint(3, 12))]  # fmt: skip
        organ = f"Organ {number % ORGANS}"
        path = folder / f"organ-{number % ORGANS}" / f"paper-{number}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f'title: "{" ".join(chance.choices(words, k=10)).capitalize()}"\n'
            f"authors: [{', '.join(authors)}]\nyear: {chance.randint(2010, 2026)}\n"
            f'links:\n  doi: 10.1000/{number}\n  arxiv: "{1000 + number % 9000}.{number:05}"\n'
            f"organs: [{organ}]\nmodalities: [CT, MRI]\nmethods: [{chance.choice(words)}]\n"
        )


def read_only(folder: Path) -> int:
    """What everything else is compared with."""
    import yaml

    paths = sorted(folder.rglob("*.yml"))
    return sum(bool(yaml.load(path.read_text(), Loader=yaml.CSafeLoader)) for path in paths)


def check(folder: Path) -> int:
    """The whole command."""
    from paper_atlas.cli import main

    with contextlib.redirect_stderr(io.StringIO()):
        return main(["check", "--entries", str(folder)])


MEASURED = {"PyYAML's C loader": read_only, "paper-atlas check": check}


def run(name: str, folder: Path) -> None:
    """One measurement, in this process."""
    start = time.process_time()
    MEASURED[name](folder)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"seconds": seconds, "MiB": peak}, sys.stdout)


def main() -> None:
    """Measure in turn, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"))
    arguments = parser.parse_args()
    if arguments.one:
        run(arguments.one[0], Path(arguments.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        make_entries(Path(folder), arguments.count)
        found: dict[str, list[dict[str, float]]] = {name: [] for name in MEASURED}
        for _ in range(arguments.runs):
            for name, results in found.items():
                command = [sys.executable, __file__, "--one", name, folder]
                results.append(json.loads(subprocess.check_output(command)))
    base = statistics.median(it["seconds"] for it in found["PyYAML's C loader"])
    print(f"{arguments.count} entries, median of {arguments.runs}")
    print("| what | CPU seconds | ratio | peak MiB |\n| --- | --- | --- | --- |")
    for name, results in found.items():
        seconds = statistics.median(it["seconds"] for it in results)
        peak = statistics.median(it["MiB"] for it in results)
        print(f"| {name} | {seconds:.2f} | {seconds / base:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
