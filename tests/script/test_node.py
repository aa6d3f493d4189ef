"""Runs the unit tests of the script, where there is a Node that can."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

OLDEST = 20
FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))


def _node() -> str:
    """The path of Node; without one the tests are skipped, with an old one only at home."""
    node = shutil.which("node")
    if not node:
        pytest.skip("Node is not installed: the unit tests of the script are not run")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.match(r"v(\d+)", version)
    if not match or int(match[1]) < OLDEST:
        reason = f"Node {OLDEST} or newer is needed, found {version.strip()}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return node


def test_units() -> None:
    assert FILES
    command = [_node(), "--test", *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
