"""The data of the script: its texts, and how it selects papers of a file."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from paper_atlas import EXPORTS
from paper_atlas.site.files.script import SCRIPTS, START_MODULE, script_files
from paper_atlas.translation import translator_for

ADDRESSES = {"allPapers": "papers/", "compare": "compare/", "add": ""}
MODULES = Path(__file__).parents[3] / "plugin/paper_atlas/site/assets/script"


def data(language: str) -> dict[str, Any]:
    module = script_files(ADDRESSES, translator_for(language))[f"{SCRIPTS}/site-data.js"]
    return dict(json.loads(module.removeprefix("export default ").removesuffix(";\n")))


def test_the_script_gets_its_texts_and_the_page_of_all_papers() -> None:
    found = data("en")
    assert (found["language"], found["allPapers"]) == ("en", "papers/")
    assert found["words"]["count"] == "{some} of {all} papers"
    assert found["words"]["papers"] == {"one": "{count} paper", "other": "{count} papers"}


@pytest.mark.parametrize("language", ["ar", "fr", "zh"])
def test_texts_are_translated(language: str) -> None:
    english, found = data("en")["words"], data(language)["words"]
    same = [key for key in english if found[key] == english[key] and key not in ("keys", "quoted")]
    assert not same
    assert not set(found["keys"].values()) & set(english["keys"].values())


def test_every_text_of_the_script_is_used_and_there() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in MODULES.glob("*.js"))
    words = data("en")["words"]
    used = {*re.findall(r"WORDS\.(\w+)", texts)}
    assert used == set(words)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_format_tells_where_its_file_is_and_how_to_divide_it(name: str) -> None:
    found = data("en")["formats"][name]
    assert found["file"].startswith("papers.")
    assert found["syntax"] == EXPORTS[name].syntax
    assert found["title"] == EXPORTS[name].title


def test_a_page_loads_the_first_module() -> None:
    assert START_MODULE in script_files(ADDRESSES, translator_for("en"))


def test_modules_are_written_without_comments_and_otherwise_unchanged() -> None:
    files = script_files(ADDRESSES, translator_for("en"))
    for path in MODULES.glob("*.js"):
        text = files[f"{SCRIPTS}/{path.name}"]
        source = path.read_text(encoding="utf-8")
        lines = [line.strip() for line in source.splitlines()]
        code = [line for line in lines if re.search(r"^[^/*].*[;{}()]$", line)]
        written = iter(text.splitlines())
        assert code
        assert all(line in written for line in code), path.name
        assert not re.search(r"/\*\*|// ", text), path.name


def loaded(files: dict[str, str], first: str) -> set[str]:
    """Return the modules that a browser loads with a module, without those on demand."""
    found, ahead = set[str](), [first]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            imported = re.findall(r'^import .*?"\./([\w-]+\.js)";', files[name], re.MULTILINE)
            ahead += [f"{SCRIPTS}/{other}" for other in imported]
    return found


def test_the_script_of_every_page_is_small() -> None:
    files = script_files(ADDRESSES, translator_for("en"))
    on_demand = re.findall(r'import\("\./([\w-]+\.js)"\)', "".join(files.values()))
    assert on_demand
    base = loaded(files, START_MODULE)
    parts = [loaded(files, f"{SCRIPTS}/{module}") for module in on_demand]
    assert base.union(*parts) == files.keys()
    for part in parts:
        texts = [files[name] for name in base | part]
        assert sum(len(gzip.compress(text.encode())) for text in texts) < 30_000
