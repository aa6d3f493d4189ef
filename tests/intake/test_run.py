"""The seed list, and lists of other styles, become entries."""

import shutil
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.commands import SEED, files, run, seed_items
from paper_atlas.cli import main
from paper_atlas.folder.load import load
from paper_atlas.importers import IMPORTERS
from paper_atlas.intake.run import import_list
from paper_atlas.model.publication import shown_links
from paper_atlas.problem import Severity, errors

ORGANS = ["Multi-organ segmentation", "Vertebrae", "Lung", "Liver", "Kidneys", "Pancreas", "Brain",
          "Bladder", "Heart"]  # fmt: skip


def test_the_seed_list_has_56_papers() -> None:
    assert len(seed_items()) == 56


def test_every_paper_is_an_entry_under_its_heading(tmp_path: Path) -> None:
    code = main(["import", str(SEED), "--entries", str(tmp_path / "entries")])
    library = load(tmp_path / "entries")
    assert (code, errors(library.problems)) == (0, [])
    found = {
        (entry.terms["organs"][0].title, entry.title, link.url)
        for entry in library.entries
        for link in shown_links(entry)
    }
    assert found >= set(seed_items())
    assert len(library.entries) == 56


def test_headings_become_sections_and_organs_in_their_order(tmp_path: Path) -> None:
    main(["import", str(SEED), "--entries", str(tmp_path)])
    sections = load(tmp_path).vocabulary.facets["organs"].sections
    assert [(section.title, [term.title for term in section.terms]) for section in sections] == [
        ("Review", []),
        ("Anatomical Structures Segmentation", ORGANS),
        ("Abnormalities Segmentation", []),
    ]


def test_what_is_no_paper_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SEED.parent)
    _, told = run(capsys, "import", "README.md", "--entries", str(tmp_path))
    assert [line for line in told if line.startswith("README.md")] == [
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
    assert told[-1] == "56 papers written, 0 unchanged; 9 notes"


def test_identifiers_are_decoded_and_typos_kept(tmp_path: Path) -> None:
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
    code, told = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    assert (code, told[-1]) == (0, "0 papers written, 56 unchanged; 9 notes")
    assert files(tmp_path) == before


def test_the_entries_of_this_atlas_are_those_of_the_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import over a copy of entries/ finds all 56 in place, with all that the list says."""
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    monkeypatch.chdir(tmp_path)
    code, told = run(capsys, "import", str(SEED))
    assert (code, told[-1]) == (0, "0 papers written, 56 unchanged; 9 notes")
    assert files(tmp_path / "entries") == files(ROOT / "entries")


def test_an_existing_file_gets_what_it_lacks_and_keeps_the_rest(
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
    code, told = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    url = next(url for _, title, url in seed_items() if title.startswith("H-DenseUNet"))
    assert mine.read_text() == (
        f"# my own\ntitle: {title}\nlinks:\n  doi: 10.1109/TMI.2018.2845918\n  scholar: {url}\n"
        "organs: [Liver]  # it is\n"
    )
    assert code == 1
    assert told[-1] == "10 papers written, 1 updated, 0 unchanged; 45 errors, 9 notes"
    assert len([line for line in told if ": unknown-term: organs: the heading " in line]) == 3
    assert [line for line in told if ": unknown-term: 42 more, on lines 21-25, 27-32," in line]
    assert len([line for line in told if line.startswith("updated ")]) == 1


def test_broken_entries_stop_an_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.yml").write_text("title: [")
    (tmp_path / "vocabulary.yml").write_text("facets: {organs: {title: Organs, pages: true}}")
    code, told = run(capsys, "import", str(SEED), "--entries", str(tmp_path))
    assert code == 1
    assert any("broken.yml:2:1: yaml-syntax: " in line for line in told)
    assert told[-1] == "0 papers written, 0 unchanged; 1 error, 9 notes"


STYLES = {
    "title in the link": ("- [A title](https://example.org/a)", {"url": "https://example.org/a"}),
    "title before links": (
        "- **A title**. [paper](https://example.org/a) [[code]](https://github.com/a/b)",
        {"url": "https://example.org/a", "code": "https://github.com/a/b"},
    ),
    "numbered, over two lines": (
        "1. A title\n   [pdf](https://example.org/a.pdf)",
        {"pdf": "https://example.org/a.pdf"},
    ),
    "an identifier beside its address": (
        "- A title [arxiv](https://arxiv.org/pdf/1505.04597.pdf)",
        {"arxiv": "1505.04597", "url": "https://arxiv.org/pdf/1505.04597.pdf"},
    ),
    "two links of a kind": (
        "- A title [code](https://github.com/a/b) [code](https://github.com/c/d)",
        {"code": "https://github.com/a/b", "code 2": "https://github.com/c/d"},
    ),
    "title only in the search": (
        "- [] [[scholar]](https://scholar.google.com/scholar?q=A+title)",
        {"scholar": "https://scholar.google.com/scholar?q=A+title"},
    ),
    "a year before": (
        "- [2018] [A title](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "a venue before": ("- (MICCAI 2015) [A title](https://e.org/a)", {"url": "https://e.org/a"}),
    "a tag before": (
        "- **[2018 TMI]** A title [paper](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "names before": ("- Roth et al. [A title](https://e.org/a)", {"url": "https://e.org/a"}),
    "a check box": ("- [x] [A title](https://example.org/a)", {"url": "https://example.org/a"}),
    "a line break": (
        "- **A title**<br>[[Paper]](https://example.org/a)",
        {"url": "https://example.org/a"},
    ),
    "links in items below": (
        "- A title\n  - Paper: [pdf](https://e.org/a.pdf)\n  - [code](https://github.com/a/b)",
        {"pdf": "https://e.org/a.pdf", "code": "https://github.com/a/b"},
    ),
    "HTML": (
        '<ul><li>A title <a href="https://example.org/a">link</a></li></ul>',
        {"url": "https://example.org/a"},
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_other_styles_of_list(style: str) -> None:
    item, links = STYLES[style]
    reading = IMPORTERS[".md"](f"# A list\n\n## Liver\n\n{item}\n", "README.md")
    assert [(draft.title, draft.links) for draft in reading.drafts] == [("A title", links)]
    assert [heading.title for heading in reading.drafts[0].headings] == ["A list", "Liver"]
    assert not [it for it in reading.problems if it.code != "text-not-taken"]


def test_what_is_not_taken_is_told() -> None:
    text = (
        "[badge](https://example.org/badge)\n\n## Liver\n\n"
        "- A title [x](https://example.org/a) by me\n- no link\n- [](https://example.org/b)\n"
        "- B [y](b.md)\n- C [z](https://example.org/c) [w](c.md)\n"
    )
    reading = IMPORTERS[".md"](text, "README.md")
    assert [draft.title for draft in reading.drafts] == ["A title", "C"]
    assert {problem.severity for problem in reading.problems} == {Severity.NOTE}
    assert [str(problem) for problem in reading.problems] == [
        "README.md:1:1: link-outside: 'https://example.org/badge' does not belong to a paper, "
        "so it is not imported",
        "README.md:5:1: text-not-taken: 'by me' next to 'A title' is not imported",
        "README.md:6:1: not-a-paper: 'no link' has no link, so it is not imported",
        "README.md:7:1: link-not-taken: the link to 'https://example.org/b' is not imported",
        "README.md:7:1: not-a-paper: the item has no title, so it is not imported",
        "README.md:8:1: link-not-taken: the link 'y' to 'b.md' is not imported",
        "README.md:8:1: not-a-paper: 'B' has no link, so it is not imported",
        "README.md:9:1: link-not-taken: the link 'w' to 'c.md' is not imported",
    ]


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
        "organs: [Liver, Lung]\n"
    )


@pytest.mark.parametrize("words", [["list.docx"], ["missing.md"]])
def test_what_cannot_be_read_is_an_error(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "import", *words, "--entries", str(tmp_path))
    assert (code, len(told)) == (2, 1)
    assert told[0].startswith(f"error: '{words[0]}' ")


def imported(text: str, folder: Path, facet: str = "organs") -> tuple[dict[str, str], list[str]]:
    """What an import writes, and the codes of what it says."""
    result = import_list(IMPORTERS[".md"](text, "README.md"), folder, folder, facet)
    written = {path: (folder / path).read_text() for path in result.new_files}
    return written, [problem.code for problem in result.problems]


def test_different_papers_are_never_merged(tmp_path: Path) -> None:
    text = (
        "## Liver\n- U-Net [doi](https://doi.org/10.1000/1)\n- U-Net [doi](https://doi.org/10.1000/2)\n"
        "- U-Net [pdf](https://e.org/1.pdf)\n- U-Net [pdf](https://e.org/2.pdf)\n"
    )
    written, codes = imported(text, tmp_path)
    assert list(written) == ["vocabulary.yml", "liver/u-net.yml", "liver/u-net-2.yml"]
    assert "10.1000/1" in written["liver/u-net.yml"]
    assert "10.1000/2" in written["liver/u-net-2.yml"]
    assert codes == ["again"]


def test_headings_of_years_and_below_topics(tmp_path: Path) -> None:
    text = (
        "# A list\n## Anatomy\n### Liver\n#### 2018\n- A: a [pdf](https://e.org/a)\n"
        "#### 2019\n- B: b [pdf](https://e.org/b)\n### Lung\n- C: c [pdf](https://e.org/c)\n"
        "#### Nodules\n- D: d [pdf](https://e.org/d)\n### ★\n"
    )
    written, codes = imported(text, tmp_path)
    assert [path for path in written if path != "vocabulary.yml"] == [
        *("liver/a.yml", "liver/b.yml", "lung/c.yml", "nodules/d.yml"),
    ]
    (section,) = load(tmp_path).vocabulary.facets["organs"].sections
    assert (section.title, [term.title for term in section.terms]) == (
        "Anatomy",
        ["Liver", "Lung", "Nodules"],
    )
    assert codes == ["empty-heading"]


def test_headings_become_terms_of_a_facet_of_one_s_own(tmp_path: Path) -> None:
    written, _ = imported("## Grasping\n- A: a [pdf](https://e.org/a)\n", tmp_path, "topics")
    assert written == {
        "vocabulary.yml": "facets:\n  topics:\n    title: Topics\n    pages: true\n"
        "    terms: [Grasping]\n",
        "grasping/a.yml": 'title: "A: a"\nlinks:\n  pdf: https://e.org/a\ntopics: [Grasping]\n',
    }


def test_the_words_of_entries_stay_in_a_new_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text("title: T\norgans: [Spleen]\nlinks: {doi: 10.1000/1}\n")
    imported("## Liver\n- A: a [pdf](https://e.org/a)\n", tmp_path)
    library = load(tmp_path)
    assert errors(library.problems) == []
    assert [term.title for term in library.vocabulary.facets["organs"].terms] == ["Liver", "Spleen"]


def test_an_open_facet_takes_new_headings(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs: {title: Organs, pages: true, open: true}\n"
    )
    written, codes = imported("## Liver\n- A: a [pdf](https://e.org/a)\n", tmp_path)
    assert (list(written), codes) == (["liver/a.yml"], [])


def test_every_link_is_accounted_for() -> None:
    text = (
        "### [In a heading](https://e.org/1)\n\n| a | [in a table](https://e.org/2) |\n|-|-|\n"
        "| b | [in a row](https://e.org/3) |\n\n> - [A title](https://e.org/4)\n\n"
        "<div><a href='https://e.org/5'>raw</a></div>\n"
    )
    reading = IMPORTERS[".md"](text, "README.md")
    told = [problem.message.split("'")[1] for problem in reading.problems]
    assert told == ["https://e.org/1", "https://e.org/2", "https://e.org/3", "https://e.org/5"]
    assert [draft.title for draft in reading.drafts] == ["A title"]


def test_a_folder_that_cannot_be_written_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code, told = run(capsys, "import", str(SEED), "--entries", str(tmp_path / "file"))
    assert (code, len(told)) == (2, 1)
    assert told[0].startswith("error: ")


def test_headings_that_cannot_be_terms(tmp_path: Path) -> None:
    """They are told, and nothing is left behind that stops the next import."""
    item = "- A: a [pdf](https://e.org/a)\n"
    for text, code in ((f"## Index\n{item}", "unknown-term"), (item, "missing-key")):
        written, codes = imported(text, tmp_path, "topics")
        assert code in codes
        assert [path for path in written if path != "vocabulary.yml"] == []


@pytest.mark.parametrize("facet", ["My Topics", "papers", "links", ""])
def test_a_facet_that_cannot_be_is_refused(
    facet: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "import", str(SEED), "--entries", str(tmp_path), "--facet", facet)
    assert (code, told) == (2, [f"error: '{facet}' cannot be the key of a facet"])
    assert list(tmp_path.iterdir()) == []


def test_deeply_nested_lists_are_read_whole() -> None:
    items = "".join(f"{'  ' * n}- T{n}: a [pdf](https://e.org/{n})\n" for n in range(15))
    assert len(IMPORTERS[".md"](f"## L\n{items}", "README.md").drafts) == 15


def test_a_list_that_is_nested_too_deeply_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "R.md").write_text("## T\n- " + "<b>" * 3000 + "[A title](https://e.org/a)\n")
    code, told = run(capsys, "import", str(tmp_path / "R.md"), "--entries", str(tmp_path / "e"))
    assert (code, len(told)) in ((2, 1), (0, 3))
