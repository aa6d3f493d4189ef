"""Fuzz a target with libFuzzer, through atheris, which `make fuzz` installs.

    PYTHONPATH=tests .venv/bin/python -m hostile.fuzz bibtex --seconds 3600 --corpus /tmp/corpus

Finished runs print the number of inputs. An input that breaks a promise is written to
`crash-*` in the corpus folder, also one that takes more than ten seconds of CPU; one that hangs to
`timeout-*`, and one that takes too much memory to `oom-*`; `--input FILE` runs one of these again.

https://llvm.org/docs/LibFuzzer.html and https://github.com/google/atheris
"""

import argparse
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

_PACKAGES = ("paper_atlas", "bibtexparser", "markdown_it", "pylatexenc")
_MAX_LENGTH = 8192  # bytes of an input; longer ones are tried by the tests of growth
_TIMEOUT = 10.0  # seconds of CPU for one input
_HANGS = 300  # seconds after which an input hangs, on a machine with other work
_MEMORY = 1536  # MiB of the process with what the fuzzer itself needs


def main() -> None:
    """Fuzz the target on the command line."""
    arguments = _parse_arguments()
    atheris: Any = None
    if arguments.input is None:
        atheris = importlib.import_module("atheris")
        with atheris.instrument_imports(include=list(_PACKAGES)):
            targets = importlib.import_module("hostile.targets")
    else:
        targets = importlib.import_module("hostile.targets")
    target = targets.TARGETS[arguments.target]
    if arguments.input is not None:
        target.run(arguments.input.read_bytes())
        return
    folder = arguments.corpus / arguments.target
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = _seeds(targets.FIXTURES, target.seeds)
    for number, data in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(data)
    dictionary = folder / "words.dict"
    words = importlib.import_module("hostile.words").WORDS[arguments.target]
    dictionary.write_text("".join(map(_dictionary_line, words)), encoding="ascii")
    options = [
        f"-max_total_time={arguments.seconds}",
        f"-max_len={_MAX_LENGTH}",
        f"-timeout={_HANGS}",
        f"-rss_limit_mb={_MEMORY}",
        f"-artifact_prefix={folder}/",
        f"-dict={dictionary}",
        "-print_final_stats=1",
        "-len_control=0",
        "-reload=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], _bounded(target.run))
    atheris.Fuzz()


def _bounded(run: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return a function that fails if a target takes too much time."""

    def run_in_time(data: bytes) -> None:
        start = process_time()
        run(data)
        used = process_time() - start
        if used > _TIMEOUT:
            raise TimeoutError(f"the input took {used:.1f} seconds of CPU")

    return run_in_time


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m hostile.fuzz")
    parser.add_argument("target", help="entry, vocabulary, figure, markdown, bibtex or ris")
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--corpus", type=Path, default=Path(".cache/fuzz"))
    parser.add_argument("--input", type=Path, help="run this input once, without atheris")
    return parser.parse_args()


def _seeds(folder: Path, patterns: tuple[str, ...]) -> list[bytes]:
    """Return the fixtures that are short enough, and the beginnings of the others."""
    paths = sorted({path for pattern in patterns for path in folder.glob(pattern)})
    return [path.read_bytes()[:_MAX_LENGTH] for path in paths if path.is_file()]


def _dictionary_line(word: str) -> str:
    escaped = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in word.encode()
    )
    return f'"{escaped}"\n'


if __name__ == "__main__":
    main()
