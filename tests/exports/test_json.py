"""Export of JSON."""

import json

from helpers import ROOT
from jsonschema import Draft202012Validator
from paper_atlas import export, load
from paper_atlas.exports.json import PAPERS_SCHEMA, site_schemas


def test_the_export_is_valid_by_its_schema() -> None:
    library = load(ROOT / "entries", ROOT)
    validator = Draft202012Validator(
        json.loads(site_schemas(library.file_vocabulary)[PAPERS_SCHEMA])
    )
    Draft202012Validator.check_schema(validator.schema)
    whole = json.loads(export("json", library.entries))
    assert list(validator.iter_errors(whole)) == []
    assert len(whole["papers"]) == 176
    for wrong in ({"version": 2}, {"papers": [{"id": "a"}]}, {"papers": [{"x": 1}]}, {"more": 1}):
        assert not validator.is_valid({**whole, **wrong})
