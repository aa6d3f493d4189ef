"""Title, authors, venue and year of one item of a list, in the styles of many lists.

The cases are invented. Each is an item of a list below a heading, unless it has a mark of its own.
"""

from typing import Any

import pytest
from paper_atlas.importers.markdown.reader import read_markdown_list

PDF = "[pdf](https://example.org/1.pdf)"
CRANES, BOATS = "Folding Paper Cranes with Robots", "Sailing Wooden Boats by Night"
ANN, BOB, CAI = "Ann Example", "Bob Sample", "Cai Thirdname"


def read(text: str) -> dict[str, Any]:
    """The fields of the only paper of a list, without its links."""
    (draft,) = read_markdown_list(f"## Things\n\n{text}\n", "README.md").drafts
    return {key: value for key, value in draft.fields.items() if key != "links"}


def facts(title: str, **values: Any) -> dict[str, Any]:
    return {"title": title, **values}


ICLR = {"venue": "ICLR", "year": 2022}
STYLES = {
    # a venue before the title
    "bold venue in brackets": (f"- [**ICXX 2024**] {CRANES} [{PDF}]",
        facts(CRANES, venue="ICXX", year=2024)),
    "bold venue and bold title": (f"- [**JXX 2023**] **{CRANES}** [{PDF}]",
        facts(CRANES, venue="JXX", year=2023)),
    "italic venue in brackets": (f"- [*ICLR 2022*] {CRANES} [{PDF}]", facts(CRANES, **ICLR)),
    "brackets inside bold": (f"- **[ICLR 2022]** {CRANES} {PDF}", facts(CRANES, **ICLR)),
    "year before the journal": (f"- [2022 Cell] **{CRANES}** [{PDF}]",
        facts(CRANES, venue="Cell", year=2022)),
    # a year or a sign before everything
    "year and a bar": (f"- 2017 | Example, A., & Sample, B. (2017). {CRANES}. Folds, 6, 1-9. {PDF}",
        facts(CRANES, authors=["A. Example", "B. Sample"], year=2017, venue="Folds", volume="6",
              pages="1-9")),
    "year, a bar and a title": (f"- 2014 | {CRANES} {PDF}", facts(CRANES, year=2014)),
    "star": (f"- **\u2b50{CRANES}** {PDF}", facts(CRANES)),
    "signs at both ends": (f"- **\U0001f525 {CRANES} \u2728\ufe0f** {PDF}", facts(CRANES)),
    # surnames only are no authors: which are given names?
    "four surnames": (f"- [{CRANES}](https://example.org/1.pdf) - Example, Sample, Other, Third.",
        facts(CRANES)),
    "three surnames": (f"- [{CRANES}](https://example.org/1.pdf) - Example, Sample and Other.",
        facts(CRANES)),
    "surnames with given names": (
        f"- **{CRANES}**. *Example, Ann and Sample, Bob and Other, Cy*. {PDF}",
        facts(CRANES, authors=["Ann Example", "Bob Sample", "Cy Other"])),
    # a venue after a bold title
    "bold title, venue": (f"1. **{CRANES}** ICLR, 2022. {PDF}", facts(CRANES, **ICLR)),
    "bold title, venue in brackets": (f"1. **{CRANES}** (ICLR'22) {PDF}", facts(CRANES, **ICLR)),
    "bold title, authors below": (f"1. **{CRANES}.** ICLR 2022. {PDF}\n\n   *{ANN}, {BOB}*",
        facts(CRANES, **ICLR, authors=[ANN, BOB])),
    "bold title, one author below": (f"**{CRANES}**\n{ANN}\n[Nat Hats 42, 175–178 (2024)]"
        "(https://doi.org/10.1000/1)", facts(CRANES, authors=[ANN], venue="Nat Hats", volume="42",
        pages="175-178", year=2024)),
    "bold title, soft line break": (f"**{CRANES}**\n{ANN}, {BOB}, {CAI}\n"
        "[bioRxiv 2099.06.21.000001](https://www.biorxiv.org/content/10.1101/2099.06.21.000001v2)",
        facts(CRANES, authors=[ANN, BOB, CAI], venue="bioRxiv", year=2099)),
    "bold title, label of the authors": (f"**Title:** [{CRANES}](https://doi.org/10.1000/1)\n\n"
        f"**Authors:** {ANN}, {BOB}\n\n**Journal Info:** Boat Biology, May 2017",
        facts(CRANES, authors=[ANN, BOB], venue="Boat Biology", year=2017)),
    # an alias
    "bold alias, quoted title": (f'* **CraneNet**: "CraneNet: {CRANES}", *ICLR, Apr 2022*. [{PDF}]',
        facts(f"CraneNet: {CRANES}", **ICLR)),
    "bold alias in brackets": (f'* **[BoatNet]** "{BOATS}", *ICLR, 2022*, [{PDF}]',
        facts(BOATS, **ICLR)),
    "alias, quoted title, bare venue": (f'* **Hats**: "{CRANES}", ICLR, 2022. {PDF}',
        facts(CRANES, **ICLR)),
    "bold alias is part of the title": (f"* **CraneNet:** {CRANES} {PDF}",
        facts(f"CraneNet: {CRANES}")),
    # a linked title
    "linked title with a year": (f"- [{CRANES}, 2022](https://example.org/1.pdf)",
        facts(CRANES, year=2022)),
    "linked title with a venue": (f"- [{CRANES} (ICLR 2022)](https://example.org/1.pdf)",
        facts(CRANES, **ICLR)),
    "linked title, description": ("- [HatNet: Folding Hats](https://example.org/1.pdf) - A network "
        "that folds hats.", facts("HatNet: Folding Hats")),
    "quotation marks in a linked title": ('- [Comment on "Sailing by Night": a reply]'
        "(https://example.org/1.pdf)", facts('Comment on "Sailing by Night": a reply')),
    "no blank after the mark": (f"-[{CRANES}](https://example.org/1.pdf) - in ICLR 2022",
        facts(CRANES, **ICLR)),
    # a plain title
    "year and et al.": (f"- {CRANES} (2016), A. Example et al. [{PDF}]", facts(CRANES, year=2016)),
    "year and authors": (f"- {CRANES} (2015), A. Example and B. Sample [{PDF}]",
        facts(CRANES, year=2015, authors=["A. Example", "B. Sample"])),
    "plain title, venue": (f"- {CRANES}. ICLR 2022. {PDF}", facts(CRANES, **ICLR)),
    "a comma in the title": (f"- A Corpus of Folds, Evaluating and Improving Hats (ICLR'22) {PDF}",
        facts("A Corpus of Folds, Evaluating and Improving Hats", **ICLR)),
    "a colon in the title": (f"- BoatNet: {BOATS} (ICLR'22) {PDF}",
        facts(f"BoatNet: {BOATS}", **ICLR)),
    # a citation
    "quoted bold title": (f'**[1]** Example, Alice, {BOB}, and Carol Q. Other. "**{CRANES}**." '
        f"Advances in Paper Folding. 2012. [{PDF}] **(CraneNet, breakthrough)** :star:",
        facts(CRANES, authors=["Alice Example", BOB, "Carol Q. Other"],
              venue="Advances in Paper Folding", year=2012)),
    "quoted title, et al.": (f'- Example, Alice, et al. "{CRANES}." Journal of Folds 12.3 (2014): '
        f"1-8. {PDF}", facts(CRANES, venue="Journal of Folds", volume="12", issue="3", pages="1-8",
        year=2014)),
    "quoted title, initials": (f'- A. Example, B. Sample, "{CRANES}", Journal of Folds 12 (2014) '
        + PDF, facts(CRANES, authors=["A. Example", "B. Sample"], venue="Journal of Folds",
        volume="12", year=2014)),
    "commas only": (f"* {ANN}, {BOB}, {CRANES}, ICLR, 2022. {PDF}",
        facts(CRANES, authors=[ANN, BOB], **ICLR)),
    "abbreviated journal": ("1. W. Sun, B. Zhou, A staggered fold for elastic paper, J. Comput. "
        "Phys. 301 (2015) 59–76.",
        facts("A staggered fold for elastic paper", venue="J. Comput. Phys.",
              authors=["W. Sun", "B. Zhou"], volume="301", pages="59-76", year=2015)),
    "year after the authors": ("2. Bardan, V. (1987). Folding in seismic paper. Paper Prospecting, "
        "35(4), 343-358.", facts("Folding in seismic paper", authors=["V. Bardan"], volume="35",
        venue="Paper Prospecting", issue="4", pages="343-358", year=1987)),
    "label with the citation below": (f"* Acme Labs {PDF}\n  * {ANN}, {BOB}, {CRANES}, ICLR, 2022.",
        facts(CRANES, authors=[ANN, BOB], **ICLR)),
    "name-like label with the citation below": (
        f"* Artistic Style {PDF}\n  * {ANN}, {BOB}, {CRANES}, ICLR, 2022.",
        facts(CRANES, authors=[ANN, BOB], **ICLR)),
    "name-like alias after the authors": (
        f"* {ANN}, {BOB}, Context Encoders: {CRANES}, ICLR, 2022. {PDF}",
        facts(f"Context Encoders: {CRANES}", authors=[ANN, BOB], **ICLR)),
    "colon after the authors": (f"* {ANN} and {BOB}: {CRANES}. ICLR, 2022. {PDF}",
        facts(CRANES, authors=[ANN, BOB], **ICLR)),
    # venue and authors
    "venue before et al.": (f"- **{CRANES}** (2023), ICSE'23, Example, Ann, et al. [{PDF}]",
        facts(CRANES, venue="ICSE", year=2023)),
    "venue before authors": (f"- **{CRANES}** (2022), ICLR 2022, Example, Ann and Sample, Bob "
        + PDF, facts(CRANES, **ICLR, authors=[ANN, BOB])),
    "a person is not a venue": (f"- **{CRANES}** (2022), {CAI} [{PDF}]", facts(CRANES, year=2022)),
    "two surnames are not a venue": (f"- **{CRANES}** (Song and Other, 2019) {PDF}",
        facts(CRANES, year=2019)),
    "one name in small letters": (f"1. **{CRANES}.** ICLR 2022. {PDF}\n\n   *{ANN}, {BOB}, "
        "Cai sun.*", facts(CRANES, **ICLR, authors=[ANN, BOB, "Cai sun"])),
    "paper in the name of a journal": (f"1. **{CRANES}.** Journal of Paper Folding 2016. {PDF}",
        facts(CRANES, venue="Journal of Paper Folding", year=2016)),
    "a series of papers": (f"1. **{CRANES}.** IZA Discussion Paper 12345, 2018. {PDF}",
        facts(CRANES, venue="IZA Discussion Paper 12345", year=2018)),
    "papers of a conference": (f"1. **{CRANES}.** ICLR papers 2022. {PDF}", facts(CRANES, **ICLR)),
    "brackets inside a label": (f"- [{CRANES}](https://example.org/0) [[Nature Hats 13.10 (2021)]"
        "(https://doi.org/10.1000/1)]", facts(CRANES, venue="Nature Hats", volume="13", issue="10",
        year=2021)),
    # descriptions
    "bold name and description": (f"- **CraneNet** - a network that folds cranes; it is new. {PDF}",
        facts("CraneNet")),
    "bold title and description": (f"- **BoatNet: Folding Boats** a network that folds. {PDF}",
        facts("BoatNet: Folding Boats")),
    "plain name and description": (f"- BoatNet - a network that folds many boats of paper. {PDF}",
        facts("BoatNet")),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_facts_of_each_style(style: str) -> None:
    text, expected = STYLES[style]
    assert read(text) == expected


TABLES = {
    "a reference in a column": (
        '|Name|Paper|Code|\n|-|-|-|\n|Cranes|Example, Max A., and Bob Sample. "Folding cranes with '
        'robots." arXiv preprint arXiv:1910.00001 (2019).|[Matlab](http://example.org/c.zip)|',
        facts("Folding cranes with robots", authors=["Max A. Example", BOB], venue="arXiv",
              year=2019),
    ),
    "a bold name and a description": (
        "| **Paper** | **Links** |\n|-|-|\n| 1) **CraneNet** - a network that folds cranes; it is "
        "trained. | [Paper](https://example.org/1.pdf) |",
        facts("CraneNet"),
    ),
    "a name, two blanks and a description": (
        "| Paper | Links |\n|-|-|\n| 3) HatNet  Proposes a network that folds hats. It achieves "
        "good results. | [Paper](https://example.org/1.pdf) |",
        facts("HatNet"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", TABLES)
def test_facts_of_a_table_row(style: str) -> None:
    text, expected = TABLES[style]
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[paper](Https://example.org/1.pdf)",
        "[paper](HTTPS://example.org/1.pdf)",
        "[(paper)]([https://example.org/1.pdf](https://example.org/1.pdf))",
        "[paper]([example](https://example.org/1.pdf))",
        "HTTP://example.org/1.pdf",
    ],
)
def test_unusual_links(text: str) -> None:
    (draft,) = read_markdown_list(f"## Things\n\n- **{CRANES}** {text}\n", "README.md").drafts
    assert [url.replace("http:", "https:") for url in draft.links.values()] == [
        "https://example.org/1.pdf"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cite the list. [![DOI](https://zenodo.org/badge/1.svg)](https://zenodo.org/badge/latestdoi/1)",
        "* CNN: [Convolutional Neural Network](https://en.wikipedia.org/wiki/CNN)",
        "* [Decision Trees of all kinds](https://de.wikipedia.org/wiki/Entscheidungsbaum)",
        "* [A map of this list](#things)",
        "Please see [our guide to folding](https://example.org/guide) before you send a paper.",
        "* To be continued",
        "* Send a pull request, CVPR 2020 papers are welcome",
    ],
)
def test_items_that_are_not_papers(text: str) -> None:
    assert not read_markdown_list(f"## Things\n\n{text}\n", "README.md").drafts


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"- {BOATS}, CVPR 2021", BOATS),
        (f"- **{BOATS}**. {ANN}, {BOB}.", BOATS),
        (f'- "{BOATS}"', BOATS),
        (f"- [{BOATS}](files/boats.pdf)", BOATS),
        ("- Sequencing of Hats: Example Seq, Hat X.", None),
        ("- more to come", None),
        ("- Boats", None),
    ],
)
def test_a_paper_without_a_link_is_beside_papers_with_links(text: str, title: str | None) -> None:
    page = f"## Things\n\n- [{CRANES}](https://example.org/1.pdf)\n{text}\n"
    found = [draft.title for draft in read_markdown_list(page, "README.md").drafts]
    assert found == [CRANES, *([title] if title else [])]
    assert not read_markdown_list(f"## News\n\n{text}\n", "README.md").drafts


def test_a_paragraph_of_a_title_and_a_project_is_beside_papers() -> None:
    text = f"{BOATS} ,\nProject: <https://boats.github.io/>\n"
    page = f"## Things\n\n{CRANES} ,\nPaper: <https://example.org/1.pdf>\n\n{text}"
    found = [draft.title for draft in read_markdown_list(page, "README.md").drafts]
    assert found == [CRANES, BOATS]
    assert not read_markdown_list(f"## News\n\n{text}", "README.md").drafts
    prose = "Please find our project on this page of ours.\nProject: <https://boats.github.io/>\n"
    assert len(read_markdown_list(page + "\n" + prose, "README.md").drafts) == 2
    prose = "**Further links:** The people who fold put their notes [on GitHub](https://github.com/a/b)."
    assert len(read_markdown_list(page + "\n" + prose, "README.md").drafts) == 2


def test_unused_words_are_reported_by_share() -> None:
    items = [f"- **Name{number}** - a network that folds. {PDF}\n" for number in range(9)]
    page = f"## Things\n\n{''.join(items)}- A. Example et al. [{CRANES}](https://example.org/2)\n"
    problems = read_markdown_list(page, "README.md").problems
    assert [str(problem) for problem in problems] == [
        "README.md:3:1: text-not-taken: the words after the title are not imported in 9 of 10 "
        "papers, on lines 3, 4, 5, 6, 7, 8, 9, 10, 11; for example 'a network that folds'",
        "README.md:12:1: text-not-taken: incomplete lists of authors are not imported in 1 of 10 "
        "papers, on line 12; for example 'A. Example et al'",
    ]


def test_columns_without_facts_are_words_of_the_draft() -> None:
    page = (
        "| Title | Method | Dataset | arxiv |\n|-|-|-|-|\n| Folding Cranes | CNN, GAN | "
        "[LiTS](https://example.org/l) | https://arxiv.org/abs/1801.00001 |\n"
    )
    (draft,) = read_markdown_list(page, "README.md").drafts
    assert draft.column_words == {"Method": ("CNN", "GAN"), "Dataset": ("LiTS",)}


def test_the_summary_of_older_papers_is_no_heading() -> None:
    page = f"## Cranes\n\n<details><summary><b>Older:</b></summary>\n\n- [{CRANES}](https://example.org/1)\n\n</details>\n"
    (draft,) = read_markdown_list(page, "README.md").drafts
    assert [heading.title for heading in draft.headings] == ["Cranes"]
