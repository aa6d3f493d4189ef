"""The terms by which a list can be filtered, and the data of the script."""

import json
from pathlib import Path

from helpers.small import library
from paper_atlas.site.files.script import MIN_PAPERS_FOR_FILTER, SCRIPTS, facets_of, script_files
from paper_atlas.translation import ENGLISH

FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  methods: {title: Methods, terms: [Net, {title: Small net, parents: [Net]}, Other]}
"""


def choices(folder: Path, *texts: str, shown: int = 9) -> dict[str, list[str]]:
    """The terms by facet in the filter of a list of the first `shown` papers."""
    atlas = library(folder, {f"p{n}": text for n, text in enumerate(texts)}, FACETS)
    found = facets_of(atlas.entries[:shown], atlas, ENGLISH)
    return {name: [key for key, _ in facet["terms"]] for name, facet in found.items()}


def test_the_filter_has_terms_of_all_papers_and_broader_terms(tmp_path: Path) -> None:
    texts = "organs: [Lung]\nmethods: [Other]", "organs: [Liver]\nmethods: [Small net]"
    assert choices(tmp_path, *texts) == {
        "organs": ["liver", "lung"],
        "methods": ["net", "small-net", "other"],
        "has": ["code", "doi", "results"],
    }


def test_the_filter_has_no_facet_that_the_list_does_not_use(tmp_path: Path) -> None:
    assert "methods" not in choices(tmp_path, "", "title: Z\nmethods: [Net]", shown=1)


def test_a_list_of_five_papers_gets_a_filter() -> None:
    assert MIN_PAPERS_FOR_FILTER == 5


def test_the_script_gets_its_texts_and_the_page_of_all_papers() -> None:
    module = script_files("papers/", ENGLISH)[f"{SCRIPTS}/site-data.js"]
    data = json.loads(module.removeprefix("export default ").removesuffix(";\n"))
    assert data["allPapers"] == "papers/"
    assert data["words"]["sorts"]["-year"] == "Newest first"
