"""Whole runs of `enrich`, against a local server that knows the entries of this atlas."""

import re
import shutil
from pathlib import Path

from helpers import ROOT
from helpers.enriching import (
    H_DENSEUNET,
    RunEnrich,
    write_entry,
)
from paper_atlas import Entry, load
from paper_atlas.folder.entry_file import dump_entry
from paper_atlas.problem import errors

FIELDS_OF_SERVICES = ("authors", "year", "venue", "volume", "issue", "pages")


def without_found_values(entry: Entry) -> Entry:
    """Return an entry without the values that services have for its identifiers."""
    values = {name: Entry.model_fields[name].default for name in FIELDS_OF_SERVICES}
    removed = {*FIELDS_OF_SERVICES, "arxiv", "pmid"}
    if entry.links.doi:
        links = entry.links.model_copy(update={"arxiv": None, "pmid": None})
    else:
        values |= {name: getattr(entry, name) for name in ("venue", "volume", "issue", "pages")}
        links, removed = entry.links, {"authors", "year"}
    unverified = tuple(key for key in entry.unverified if key not in removed)
    return entry.model_copy(update={**values, "links": links, "unverified": unverified})


def test_all_removed_values_are_proposed_again(
    tmp_path: Path, papers: dict[str, Entry], enrich: RunEnrich
) -> None:
    """Afterwards the 176 real entries are as before, and a second run proposes nothing."""
    shutil.copytree(ROOT / "entries", tmp_path / "entries", dirs_exist_ok=True)
    library = load(tmp_path / "entries", tmp_path)
    for entry in library.entries:
        text = dump_entry(without_found_values(entry), list(library.vocabulary.facets))
        (tmp_path / entry.path).write_text(text, encoding="utf-8")
    code, output, messages = enrich("--accept")
    assert (code, output) == (0, "")
    enriched = load(tmp_path / "entries", tmp_path)
    assert errors(enriched.problems) == []
    for entry in enriched.entries:
        original = papers[entry.id]
        if original.links.doi or original.links.arxiv:
            unverified = tuple(key for key in original.unverified if key in entry.unverified)
            expected = original.model_copy(update={"unverified": unverified, "path": entry.path})
            assert entry.model_dump() == expected.model_dump()
    assert messages[-1] == "176 papers, additions to 172; no problems"
    code, output, messages = enrich()
    assert (code, output, messages[-1]) == (0, "", "176 papers, no additions; no problems")


def code_blocks(language: str) -> dict[str, str]:
    """Return the code blocks of a language in the docs page, by title."""
    page = (ROOT / "docs" / "enrich.md").read_text(encoding="utf-8")
    pattern = re.compile(
        rf'^```{language}(?: title="([^"]+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE
    )
    return dict(pattern.findall(page))


def test_example_in_docs_is_a_real_run(enrich: RunEnrich) -> None:
    """The files, the diff and the messages are as documented. Then one file is accepted."""
    for name, text in code_blocks("yaml").items():
        write_entry(text, name)
    code, output, messages = enrich()
    assert (code, output) == (1, code_blocks("diff")[""])
    assert messages == code_blocks("text")[""].splitlines()
    before = {name: Path(name).read_text() for name in code_blocks("yaml")}
    assert before == code_blocks("yaml")
    code, output, messages = enrich("h-denseunet", "--accept")
    assert (code, output, messages[-2:]) == (
        0, "", ["updated entries/liver/h-denseunet.yml", "1 paper, additions to 1; no problems"],
    )  # fmt: skip
    assert {name for name in before if Path(name).read_text() != before[name]} == {
        "entries/liver/h-denseunet.yml"
    }


def test_two_entries_do_not_get_the_same_identifier(enrich: RunEnrich) -> None:
    """Both entries describe the same paper."""
    write_entry(H_DENSEUNET)
    write_entry(
        H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918", "pmid: 29994201"), "entries/b.yml"
    )
    code, output, messages = enrich()
    assert code == 1
    assert output.count("+  arxiv: ") == 1
    assert len([line for line in messages if "doubled-identifier" in line]) == 3
