"""`paper-atlas check` and `mkdocs build` have the same verdict on each problem of the docs."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.examples import Example, examples, write_example
from helpers.site_of import build_site
from helpers.torture import amount
from mkdocs.exceptions import Abort
from paper_atlas.cli import main

VERDICTS = {"error": (1, 1), "warning": (0, 1), "note": (0, 0)}
"""The exit codes of `check` and of `check --strict`; a build and a strict build have the same."""

CONFIGURATION = """\
site_name: Verdicts
theme: mkdocs
plugins: [paper-atlas]
"""
EXAMPLES = [example for example in examples() if example.bad]
WRONG_FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><path onclick="alert(1)"/></svg>'
SOUND = "title: A paper\norgans: [Liver]\nlinks: {doi: 10.1000/182}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without entries, as the current folder."""
    write_example(tmp_path, {"mkdocs.yml": CONFIGURATION, "docs/index.md": "# Verdicts\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exit_codes() -> tuple[int, int]:
    """Return those of `check` and of `check --strict`."""
    return main(["check"]), main(["check", "--strict"])


def strict_build(project: Path) -> int:
    """Build with `--strict`; return 1 if the build stops because of its warnings."""
    try:
        build_site(project, project / "site", {"strict": True})
    except Abort:
        return 1
    return 0


def test_the_page_has_examples_of_each_severity() -> None:
    assert len(EXAMPLES) > 50
    assert {example.severity for example in EXAMPLES} == {*VERDICTS}


@pytest.mark.parametrize("example", EXAMPLES[:: amount(9, 1)], ids=lambda example: example.code)
def test_commands_agree_on_each_example(example: Example, project: Path) -> None:
    write_example(project, example.bad)
    check, strict = exit_codes()
    assert strict == strict_build(project)
    worst = VERDICTS[example.severity]
    assert (check, strict) >= worst  # an example may have a second, worse problem
    if example.good:
        write_example(project, example.good)
        assert exit_codes()[1] == strict_build(project)


def nothing(_: Path) -> None:
    """Leave the project as it is."""


def name_a_figure(project: Path) -> Path:
    with (project / "entries" / "vocabulary.yml").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write("figure: body.svg\n")
    return project / "entries" / "body.svg"


def figure_with_a_script(project: Path) -> None:
    name_a_figure(project).write_text(WRONG_FIGURE)


def pipe_for_a_figure(project: Path) -> None:
    os.mkfifo(name_a_figure(project))


def missing_figure(project: Path) -> None:
    name_a_figure(project)


def link_to_a_device(project: Path) -> None:
    (project / "entries" / "paper.yml").unlink()
    (project / "entries" / "paper.yml").symlink_to("/dev/zero")


def latin_1(project: Path) -> None:
    (project / "entries" / "paper.yml").write_bytes(
        SOUND.replace("paper", "pap\xe9r").encode("latin-1")
    )


def too_large(project: Path) -> None:
    (project / "entries" / "notes.yml").write_text("# " + "x" * (1 << 20))


def many_terms(project: Path) -> None:
    names = ", ".join(f"d{number}" for number in range(51))
    (project / "entries" / "paper.yml").write_text(f"{SOUND}datasets: [{names}]\n")


def tracked_cache(project: Path) -> None:
    cache = project / ".cache" / "paper-atlas" / "texts.sqlite"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"")
    for words in (["init", "--quiet"], ["add", "--force", "."]):
        subprocess.run(["git", *words], cwd=project, check=True)


CHANGES: list[tuple[Callable[[Path], None], tuple[int, int]]] = [
    (nothing, VERDICTS["note"]),
    (figure_with_a_script, VERDICTS["error"]),
    (pipe_for_a_figure, VERDICTS["error"]),
    (missing_figure, VERDICTS["error"]),
    (link_to_a_device, VERDICTS["error"]),
    (latin_1, VERDICTS["error"]),
    (too_large, VERDICTS["error"]),
    (many_terms, VERDICTS["error"]),
    (tracked_cache, VERDICTS["error"]),
]


@pytest.mark.parametrize(("change", "verdict"), CHANGES, ids=lambda it: getattr(it, "__name__", ""))
def test_commands_agree_on_what_is_wrong_beside_the_text(
    change: Callable[[Path], None], verdict: tuple[int, int], project: Path
) -> None:
    (project / "entries" / "paper.yml").write_text(SOUND)
    change(project)
    assert exit_codes() == verdict
    assert strict_build(project) == verdict[1]
