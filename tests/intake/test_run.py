"""Imports of lists, above all of the seed list, into entries."""

import shutil
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.commands import SEED, files, run, seed_items
from paper_atlas import load
from paper_atlas.cli import main
from paper_atlas.importers import IMPORTERS, parse_list
from paper_atlas.intake.plan import Outcome
from paper_atlas.intake.run import ImportOptions, import_list, import_lists
from paper_atlas.model.publication import shown_links
from paper_atlas.problem import errors

ORGANS = ["Multi-organ segmentation", "Vertebrae", "Lung", "Liver", "Kidneys", "Pancreas", "Brain",
          "Bladder", "Heart"]  # fmt: skip


def test_the_seed_list_has_56_papers() -> None:
    assert len(seed_items()) == 56


def test_every_paper_is_an_entry_under_its_heading(tmp_path: Path) -> None:
    code = main(["import", str(SEED), "--entries", str(tmp_path / "entries")])
    library = load(tmp_path / "entries")
    assert (code, errors(library.problems)) == (0, [])
    found = {
        (entry.terms["topics"][0].title, entry.title, link.url)
        for entry in library.entries
        for link in shown_links(entry)
    }
    assert found >= set(seed_items())
    assert len(library.entries) == 56


def test_headings_become_sections_and_topics_in_their_order(tmp_path: Path) -> None:
    main(["import", str(SEED), "--entries", str(tmp_path)])
    sections = load(tmp_path).vocabulary.facets["topics"].sections
    assert [(section.title, [term.title for term in section.terms]) for section in sections] == [
        ("Review", []),
        ("Anatomical Structures Segmentation", ORGANS),
        ("Abnormalities Segmentation", []),
    ]


def test_items_that_are_not_papers_are_reported_with_their_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SEED.parent)
    _, messages = run(capsys, "import", "README.md", "--entries", str(tmp_path))
    assert [line for line in messages if line.startswith("README.md")] == [
        "README.md:8:1: link-within: 'Review' links to a part of this page, not to a paper",
        "README.md:9:1: link-within: 'Anatomical Structures Segmentation' links to a part of "
        "this page, not to a paper",
        "README.md:10:1: link-within: 'Abnormalities Segmentation' links to a part of "
        "this page, not to a paper",
        "README.md:13:1: empty-heading: there is nothing below the heading 'Review'",
        *(f"README.md:{line}:1: empty-item: the item has neither a title nor a URL"
          for line in (82, 83, 84, 85)),
        "README.md:86:1: empty-heading: there is nothing below the heading 'Abnormalities "
        "Segmentation'",
    ]  # fmt: skip
    assert messages[-1] == "56 papers written, 0 unchanged; 9 notes"


def test_identifiers_are_found_in_urls_and_titles_stay_unchanged(tmp_path: Path) -> None:
    main(["import", str(SEED), "--entries", str(tmp_path)])
    entries = load(tmp_path).entries_by_id
    springer = entries["attention-driven-deep-learning-pathological-spine"].links.by_kind()
    assert springer == {
        "doi": "10.1007/978-3-319-74113-0_10",
        "springer": "https://link.springer.com/chapter/10.1007/978-3-319-74113-0_10",
    }
    assert entries["automatic-liver-tumor-segmentation-ct"].links.by_kind() == {
        "arxiv": "1702.05970"
    }
    assert list(entries["dense-unet"].links.by_kind()) == ["IEEE"]
    assert "encoder--decoder" in entries["lf-segnet"].title
    assert entries["deepnat"].title.endswith("segmenting neuroanatom")
    assert (
        "cites=1628899667418468681" in entries["segmentation-lungs-chest-x-ray-image"].links.scholar
    )


def test_a_second_run_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(SEED), "--entries", str(tmp_path)])
    before = files(tmp_path)
    capsys.readouterr()
    code, messages = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    assert (code, messages[-1]) == (0, "0 papers written, 56 unchanged; 9 notes")
    assert files(tmp_path) == before


def test_the_entries_of_this_atlas_contain_the_seed_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import into a copy of entries/ finds all 56 papers, and changes nothing."""
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    monkeypatch.chdir(tmp_path)
    code, messages = run(capsys, "import", str(SEED))
    assert (code, messages[-1]) == (0, "0 papers written, 56 unchanged; 9 notes")
    assert files(tmp_path / "entries") == files(ROOT / "entries")


def test_an_existing_entry_gets_missing_values_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine" / "h-denseunet.yml"
    mine.parent.mkdir()
    title = (
        "h denseunet – Hybrid Densely Connected UNet for Liver and Tumor Segmentation from CT "
        "volumes"
    )
    mine.write_text(
        f"# my own\ntitle: {title}\norgans: [Liver]  # it is\n"
        "links: {doi: 10.1109/TMI.2018.2845918}\n"
    )
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs: {title: Organs, pages: true, open: false, terms: [Liver]}\n"
    )
    code, messages = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    url = next(url for _, title, url in seed_items() if title.startswith("H-DenseUNet"))
    assert mine.read_text() == (
        f"# my own\ntitle: {title}\nlinks:\n  doi: 10.1109/TMI.2018.2845918\n  scholar: {url}\n"
        "organs: [Liver]  # it is\n"
    )
    assert code == 1
    assert messages[-1] == "10 papers written, 1 updated, 0 unchanged; 45 errors, 9 notes"
    assert len([line for line in messages if ": unknown-term: organs: the heading " in line]) == 3
    assert [line for line in messages if ": unknown-term: 42 more, on lines 21-25, 27-32," in line]
    assert len([line for line in messages if line.startswith("updated ")]) == 1


def test_a_broken_entry_stops_no_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.yml").write_text("{")
    code, messages = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    assert code == 0
    assert any("broken.yml:1:1: broken-entry: the file has errors" in line for line in messages)
    assert messages[-1] == "56 papers written, 0 unchanged; 1 warning, 9 notes"


def test_a_paper_under_two_headings_is_one_entry_under_both(tmp_path: Path) -> None:
    text = (
        "## Liver\n- A: b [doi](https://doi.org/10.1000/1)\n"
        "## Lung\n- a – B [code](https://github.com/a/b)\n"
    )
    reading = IMPORTERS[".md"](text, "README.md")
    imported = import_list(reading, tmp_path, tmp_path)
    assert imported.new_files == ("vocabulary.yml", "liver/a.yml")
    assert (tmp_path / "liver" / "a.yml").read_text() == (
        'title: "A: b"\nlinks:\n  doi: 10.1000/1\n  code: https://github.com/a/b\n'
        "topics: [Liver, Lung]\n"
    )


@pytest.mark.parametrize("words", [["list.docx"], ["missing.md"]])
def test_unreadable_lists_are_errors(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, messages = run(capsys, "import", *words, "--entries", str(tmp_path))
    assert (code, len(messages)) == (2, 1)
    assert messages[0].startswith(f"error: '{words[0]}' ")


def imported(text: str, folder: Path, facet: str = "topics") -> tuple[dict[str, str], list[str]]:
    """Import a list; return the text of each new file by path, and the codes of the problems."""
    result = import_list(IMPORTERS[".md"](text, "README.md"), folder, folder, facet)
    written = {path: (folder / path).read_text() for path in result.new_files}
    return written, [problem.code for problem in result.problems]


def test_different_papers_are_never_merged(tmp_path: Path) -> None:
    text = (
        "## Liver\n- U-Net [doi](https://doi.org/10.1000/1)\n- U-Net [doi](https://doi.org/10.1000/2)\n"
        "- U-Net [pdf](https://e.org/1.pdf)\n- U-Net [pdf](https://e.org/2.pdf)\n"
    )
    written, codes = imported(text, tmp_path)
    names = ["vocabulary.yml", *(f"liver/u-net{number}.yml" for number in ("", "-2", "-3", "-4"))]
    assert list(written) == names
    assert "10.1000/1" in written["liver/u-net.yml"]
    assert "1.pdf" in written["liver/u-net-3.yml"]
    assert "10.1000/2" in written["liver/u-net-2.yml"]
    assert "2.pdf" in written["liver/u-net-4.yml"]
    assert codes == ["similar-title"] * 3


def test_headings_of_years_are_not_topics(tmp_path: Path) -> None:
    text = (
        "# A list\n## Anatomy\n### Liver\n#### 2018\n- A: a [pdf](https://e.org/a)\n"
        "#### 2019\n- B: b [pdf](https://e.org/b)\n### Lung\n- C: c [pdf](https://e.org/c)\n"
        "#### Nodules\n- D: d [pdf](https://e.org/d)\n### ★\n"
    )
    written, codes = imported(text, tmp_path)
    assert [path for path in written if path != "vocabulary.yml"] == [
        *("liver/a.yml", "liver/b.yml", "lung/c.yml", "nodules/d.yml"),
    ]
    (section,) = load(tmp_path).vocabulary.facets["topics"].sections
    assert (section.title, [term.title for term in section.terms]) == (
        "Anatomy",
        ["Liver", "Lung", "Nodules"],
    )
    assert codes == ["empty-heading"]


def test_headings_become_terms_of_a_chosen_facet(tmp_path: Path) -> None:
    written, _ = imported("## Grasping\n- A: a [pdf](https://e.org/a)\n", tmp_path, "tasks")
    assert written == {
        "vocabulary.yml": "facets:\n  tasks:\n    title: Tasks\n    pages: true\n"
        "    terms: [Grasping]\n",
        "grasping/a.yml": 'title: "A: a"\nlinks:\n  pdf: https://e.org/a\ntasks: [Grasping]\n',
    }


def test_terms_of_existing_entries_are_in_a_new_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text("title: T\ntopics: [Spleen]\nlinks: {doi: 10.1000/1}\n")
    imported("## Liver\n- A: a [pdf](https://e.org/a)\n", tmp_path)
    library = load(tmp_path)
    assert errors(library.problems) == []
    assert [term.title for term in library.vocabulary.facets["topics"].terms] == ["Liver", "Spleen"]


def test_an_open_facet_takes_new_headings(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs: {title: Organs, pages: true, open: true}\n"
    )
    written, codes = imported("## Liver\n- A: a [pdf](https://e.org/a)\n", tmp_path)
    assert (list(written), codes) == (["liver/a.yml"], [])


def test_an_unwritable_folder_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code, messages = run(capsys, "import", str(SEED), "--entries", str(tmp_path / "file"))
    assert (code, len(messages)) == (2, 1)
    assert messages[0].startswith("error: ")


def test_headings_without_an_address_are_not_terms(tmp_path: Path) -> None:
    """They are reported, and the import leaves nothing that stops the next one."""
    item = "- A: a [pdf](https://e.org/a)\n"
    for text, code in ((f"## Index\n{item}", "unknown-term"), (item, "missing-key")):
        written, codes = imported(text, tmp_path, "topics")
        assert code in codes
        assert [path for path in written if path != "vocabulary.yml"] == []


@pytest.mark.parametrize("facet", ["My Topics", "papers", "links", ""])
def test_an_invalid_facet_is_refused(
    facet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, messages = run(capsys, "import", str(SEED), "--entries", str(tmp_path), "--facet", facet)
    assert (code, messages) == (2, [f"error: '{facet}' cannot be the key of a facet"])
    assert list(tmp_path.iterdir()) == []


def test_a_list_with_too_deep_nesting_is_read_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "R.md").write_text("## T\n- " + "<b>" * 3000 + "[A title](https://e.org/a)\n")
    code, messages = run(capsys, "import", str(tmp_path / "R.md"), "--entries", str(tmp_path / "e"))
    assert code == 0
    assert "R.md:2:1: too-complex: HTML is nested more than" in messages[0]
    assert (tmp_path / "e/t/title.yml").exists()


def test_every_record_has_an_outcome(tmp_path: Path) -> None:
    text = (
        "@article{a, title={Folding cranes by hand}, doi={10.9999/1}}\n"
        "@article{b, title={Folding cranes by hand}, doi={10.9999/1}}\n"
        "@article{c, doi={10.9999/2}}\n"
        "@article{d, title={Sailing boats by night}, url={https://example.org/1}}\n"
        "@article{e, title={X\n"
    )
    options = ImportOptions(terms=("Paper",))
    first, again = (
        import_lists([IMPORTERS[".bib"](text, "a.bib")], tmp_path, tmp_path, options)
        for _ in range(2)
    )
    assert first.outcomes == {Outcome.WRITTEN: 2, Outcome.REPEATED: 1, Outcome.LEFT_OUT: 2}
    assert again.outcomes == {Outcome.UNCHANGED: 3, Outcome.LEFT_OUT: 2}
    more = text.replace("doi={10.9999/1}", "doi={10.9999/1}, year=2020")
    completed = import_lists([IMPORTERS[".bib"](more, "a.bib")], tmp_path, tmp_path, options)
    assert completed.outcomes == {
        Outcome.COMPLETED: 1,
        Outcome.UNCHANGED: 2,
        Outcome.LEFT_OUT: 2,
    }


@pytest.mark.parametrize(
    "record",
    [
        "title={Names}, year={1000}, author={Doe, Jane and Roe, Bob}",
        "title={Names}, year={99999999}",
        "title={Some names}, author={Exampl\0e, Ann and Sample, Bob}, journal={Journal of Folds}",
        "title={A \\& B}, journal={Or\x18ganic Chemistry}",
        "title={Names of B}, author={J. and Sample, Bob}, pages={1--2}",
    ],
    ids=["early year", "long year", "control character", "in the venue", "only an initial"],
)
def test_a_paper_is_found_again_without_the_values_that_were_left_out(
    record: str, tmp_path: Path
) -> None:
    lists = [parse_list(f"@misc{{a1, {record}}}".encode(), "list.bib")]
    (tmp_path / "vocabulary.yml").write_text(
        "facets: {topics: {title: Topics, pages: true, terms: [Liver]}}\n", encoding="utf-8"
    )
    options = ImportOptions(terms=("Liver",))
    assert len(import_lists(lists, tmp_path, tmp_path, options).new_files) == 1
    assert import_lists(lists, tmp_path, tmp_path, options).changes == ()
