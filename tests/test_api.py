"""The public interface: every name exists, is documented, and its examples run."""

import doctest
import inspect
import subprocess
import sys

import paper_atlas
import pytest
from helpers import ROOT

PAGE = ROOT / "docs" / "reference" / "api.md"


@pytest.mark.parametrize("name", paper_atlas.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    value = getattr(paper_atlas, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__doc__
    assert name.startswith("__") or f"`{name}" in PAGE.read_text(encoding="utf-8")


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 10) == (0, True)


def test_the_example_of_the_package_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(paper_atlas)
    assert (result.failed, result.attempted) == (0, 3)


def test_no_other_name_is_public() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Source'"):
        _ = paper_atlas.Source
    assert dir(paper_atlas) == sorted(paper_atlas.__all__)


def test_import_does_not_load_what_the_names_need() -> None:
    code = "import sys, paper_atlas; print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_type_checkers_see_the_same_names() -> None:
    """The block for type checkers names what `__getattr__` imports."""
    text = inspect.getsource(paper_atlas)
    block = text.split("if TYPE_CHECKING:")[1].split("__version__")[0]
    seen = [line.split(" as ")[1] for line in block.splitlines() if " as " in line]
    assert sorted([*seen, "__version__"]) == sorted(paper_atlas.__all__)
