"""The wheel and the sdist contain every file, and the wheel works alone."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.projects import SMALL_ATLAS, copy_of

PACKAGE = ROOT / "plugin" / "paper_atlas"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy without files that git ignores."""
    source = tmp_path_factory.mktemp("source") / "copy"
    ignored = shutil.ignore_patterns(".*", "dist", "__pycache__", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=ignored)
    shutil.rmtree(source / "site", ignore_errors=True)  # also the name of a folder of the package
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return folder


def shipped() -> set[str]:
    found = (path for path in PACKAGE.rglob("*") if path.is_file())
    return {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in found
        if "__pycache__" not in path.parts
    }


def test_wheel_contains_every_file_of_the_package(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == shipped()
    assert "paper_atlas/py.typed" in names


def test_sdist_contains_the_package_and_its_tests(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {f"plugin/{name}" for name in shipped()}
    assert names >= {"LICENSE", "README.md", "tests/test_package.py"}


def test_installed_wheel_builds_a_site(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    target = tmp_path / "installed"
    install = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True)
    project = copy_of(SMALL_ATLAS, tmp_path / "project")
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        f"import paper_atlas; assert paper_atlas.__file__.startswith({str(target)!r})\n"
        "from mkdocs.__main__ import cli; cli(['build', '--strict', '--quiet'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=project, check=True)
    assert 'id="h-denseunet"' in (project / "site/organs/liver/index.html").read_text()
    assert (project / "site" / "assets" / "paper-atlas.css").stat().st_size > 1000


def test_command_is_installed() -> None:
    command = Path(sys.executable).with_name("paper-atlas")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("paper-atlas 0.")


def test_repository_contains_no_path_of_a_machine() -> None:
    """It contains no absolute path of a machine, and no host of a package registry."""
    words = (
        "/" + "work/",
        "/" + "root/",
        "/" + "home/",
        "files." + "pythonhosted",
        "registry." + "npmjs",
    )
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    for name in tracked.stdout.splitlines():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found = [
            word
            for word in words
            if word in text and re.search(rf"(?<![a-z]){re.escape(word)}", text)
        ]
        assert found == [], name  # in a URL, such a word follows the name of a host
