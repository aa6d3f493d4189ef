"""The schemas that editors read, by an independent validator."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import FIXTURES, ROOT
from jsonschema import Draft202012Validator
from paper_atlas import Vocabulary, load
from paper_atlas.cli import main
from paper_atlas.exports.json import PAPERS_SCHEMA, site_schemas
from paper_atlas.folder.schema import ENTRY_SCHEMA, VOCABULARY_SCHEMA, modeline, schemas

ATLASES = {"this atlas": ROOT / "entries", "the small atlas": FIXTURES / "atlas" / "entries"}
CASES = FIXTURES / "problems"

# What a schema cannot say: other files, real dates, YAML that an editor tells by itself.
BEYOND_A_SCHEMA = {
    *("Bad_Name", "alias-of-a-term", "allow-nothing", "authors-with-initials", "not-utf-8"),
    *("control-character", "date-that-is-none", "direction-override"),
    *(
        "relative-link-in-notes",
        "unknown-papers",
        "number-sign",
        "unverified-nothing",
        "year-in-the-future",
    ),
}


class _Yaml12(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads scalars as editors do, who follow YAML 1.2: dates are text."""


_Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Yaml12)


def validator(folder: Path, name: str) -> Draft202012Validator:
    schema = json.loads(schemas(load(folder).file_vocabulary)[name])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("folder", ATLASES.values(), ids=ATLASES)
def test_every_entry_and_vocabulary_passes(folder: Path) -> None:
    library = load(folder, folder)
    of_entries = validator(folder, ENTRY_SCHEMA)
    for entry in library.entries:
        errors = list(of_entries.iter_errors(read(folder / entry.path)))
        written_otherwise = [it for it in library.problems if it.path == entry.path]
        assert bool(errors) <= bool(written_otherwise), entry.path
    assert not list(
        validator(folder, VOCABULARY_SCHEMA).iter_errors(read(folder / "vocabulary.yml"))
    )


@pytest.mark.parametrize("case", sorted(path.stem for path in CASES.glob("*.yml")))
def test_bad_entries_fail(case: str) -> None:
    if case == "vocabulary":
        return
    try:
        data = read(CASES / f"{case}.yml")
    except (yaml.YAMLError, UnicodeDecodeError):
        return  # told by every editor
    sound = not (CASES / f"{case}.txt").read_text()
    passes = validator(CASES, ENTRY_SCHEMA).is_valid(data)
    assert passes is (sound or case in BEYOND_A_SCHEMA or case == "doubled-key")


def test_terms_are_offered_with_their_descriptions() -> None:
    schema = json.loads(schemas(load(ATLASES["the small atlas"]).file_vocabulary)[ENTRY_SCHEMA])
    words = schema["properties"]["organs"]["anyOf"][1]["anyOf"]
    pancreas = next(word for word in words if word.get("const") == "Pancreas")
    assert pancreas["description"] == "The pancreas, small & hard to see."
    old = next(word for word in words if "Multi-organ segmentation" in word.get("enum", ()))
    assert old["deprecated"] is True


def test_every_key_of_an_entry_is_described() -> None:
    schema = json.loads(schemas(load(ROOT / "entries").file_vocabulary)[ENTRY_SCHEMA])
    for name, value in schema["properties"].items():
        assert value.get("description") or value.get("title"), name


def test_the_schemas_of_this_atlas_are_current(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["schema", "--check"]) == 0, "run paper-atlas schema"
    assert capsys.readouterr().err == ""


def test_the_command_writes_and_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    assert main(["schema", "--check"]) == 1
    assert main(["schema"]) == 0
    assert main(["schema", "--check"]) == 0
    assert capsys.readouterr().err.splitlines()[2:] == [
        f"wrote entries/{ENTRY_SCHEMA}",
        f"wrote entries/{VOCABULARY_SCHEMA}",
    ]


FACETS = {
    "organs": {"title": "Organs", "pages": True, "terms": [{"title": "Liver", "aliases": ["L"]}]},
    "methods": {"title": "Methods"},
    "targets": {"title": "Targets", "open": True},
}
SCHEMAS = site_schemas(Vocabulary.model_validate({"facets": FACETS}))


def values_of(facet: str) -> object:
    return json.loads(SCHEMAS[ENTRY_SCHEMA])["properties"][facet]["anyOf"][1]


def test_a_closed_facet_without_terms_accepts_no_value() -> None:
    assert values_of("methods") == {"not": {}}
    assert values_of("targets") == {"anyOf": [{"type": ["string", "number"], "minLength": 1}]}


def test_facets_are_between_notices_and_relations() -> None:
    keys = list(json.loads(SCHEMAS[ENTRY_SCHEMA])["properties"])
    start = keys.index("organs")
    assert keys[start - 1 : start + 4] == ["erratum", "organs", "methods", "targets", "extends"]


def test_the_main_facet_is_required_and_not_empty() -> None:
    schema = json.loads(SCHEMAS[ENTRY_SCHEMA])
    assert schema["required"] == ["title", "organs"]
    assert [name for name in FACETS if "minItems" in schema["properties"][name]] == ["organs"]


def test_the_schema_of_papers_allows_no_other_keys_and_requires_the_id() -> None:
    schema = json.loads(SCHEMAS[PAPERS_SCHEMA])
    paper = schema["properties"]["papers"]["items"]
    assert schema["additionalProperties"] is False
    assert (paper["required"][0], next(iter(paper["properties"]))) == ("id", "id")


@pytest.mark.parametrize(("path", "up"), [("a.yml", ""), ("liver/x/a.yml", "../../")])
def test_the_modeline_has_a_relative_path_to_the_schema(path: str, up: str, tmp_path: Path) -> None:
    assert modeline(tmp_path / path, tmp_path) == ""
    (tmp_path / ENTRY_SCHEMA).touch()
    line = f"# yaml-language-server: $schema={up}entry.schema.json\n"
    assert modeline(tmp_path / path, tmp_path) == line
