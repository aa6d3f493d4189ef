"""What the published site is built with: exact versions with hashes, in bounded jobs."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from helpers import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = ROOT / ".github" / "requirements.lock"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def locked() -> Iterator[tuple[Requirement, list[str]]]:
    """Yield the requirements of the lock, each with its hashes."""
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, *hashes = line.split("--hash=")
            yield Requirement(head), [one.strip() for one in hashes]


def required() -> list[Requirement]:
    """Return what the published site needs: the package, the theme, and the build backend."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = data["project"]
    names = [*project["dependencies"], *project["optional-dependencies"]["site"]]
    return [Requirement(name) for name in (*names, *data["build-system"]["requires"])]


@pytest.mark.parametrize("requirement", required(), ids=lambda it: it.name)
def test_lock_has_a_version_in_the_range(requirement: Requirement) -> None:
    """`make lock` writes it anew after a change of the ranges."""
    name = canonicalize_name(requirement.name)
    versions = [
        next(iter(it.specifier)).version for it, _ in locked() if canonicalize_name(it.name) == name
    ]
    assert versions
    assert all(version in requirement.specifier for version in versions)


def test_lock_has_exact_versions_and_hashes() -> None:
    for requirement, hashes in locked():
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert not requirement.url
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_lock_names_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"://|\w\.(?:com|org|net|io)\b|^\s*(?:-i|-f|--index|--extra|--find)", text)
    assert text.isascii()


def jobs() -> Iterator[Any]:
    for file in WORKFLOWS:
        workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, job in workflow["jobs"].items():
            yield pytest.param(workflow, job, id=f"{file.stem}-{name}")


@pytest.mark.parametrize(("workflow", "job"), list(jobs()))
def test_job_is_bounded_and_pinned(workflow: dict[Any, Any], job: dict[str, Any]) -> None:
    """YAML 1.1 reads the key `on` as true."""
    assert 0 < job["timeout-minutes"] <= 120
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow[True]
    for step in job["steps"]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", "a@" + "0" * 40))
        # An expression in a command would be code of whoever named a branch.
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_published_site_is_built_from_the_lock() -> None:
    commands = [
        step.get("run")
        for file in WORKFLOWS
        for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()
        for step in job["steps"]
    ]
    assert {"make build-locked", "make audit", "make test", "make test-lowest"} <= set(commands)
    recipe = re.search(
        r"^\$\(LOCKED\)/ready:.*?\n\n", (ROOT / "Makefile").read_text("utf-8"), re.M | re.S
    )
    assert recipe
    assert "--require-hashes" in recipe[0]
