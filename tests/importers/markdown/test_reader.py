"""README lists of many styles: what an import takes from them, and that it tells all the rest."""

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from helpers import FIXTURES, ROOT
from helpers.commands import SEED, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from paper_atlas.cli import main
from paper_atlas.exports import export
from paper_atlas.folder.load import load
from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.markdown.byline import parse_authors
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.importers.markdown.venues import VenueYear, is_venue_or_year, parse_venue_year
from paper_atlas.model.publication import confirmed_links
from paper_atlas.reports.summary import shorten_report
from paper_atlas.text.identifiers import IDENTIFIERS, identifier_in_url
from paper_atlas.text.names import split_name

LISTS = FIXTURES / "lists"
STYLES = sorted(path.stem for path in LISTS.glob("*.md") if path.stem != "README")
LINKS_TOLD = {"link-within", "link-not-taken", "link-outside", "image"}


def golden(path: Path, text: str) -> None:
    """Compare a text with a file; write the file where that is asked for."""
    if os.environ.get("PAPER_ATLAS_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_styles(
    style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (LISTS / f"{style}.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    code, told = run(capsys, "import", "README.md", "--facet", "topics")
    assert code == 0
    golden(LISTS / f"{style}.txt", "".join(f"{line}\n" for line in told))
    written = sorted((tmp_path / "entries").rglob("*.yml"))
    entries = (f"# {path.relative_to(tmp_path)}\n{path.read_text()}" for path in written)
    golden(LISTS / f"{style}.yml", "\n".join(entries))
    run(capsys, "import", "README.md", "--facet", "topics")
    assert sorted((tmp_path / "entries").rglob("*.yml")) == written


def found_in(text: str) -> Counter[str]:
    """The addresses of a list, counted by other means than the importer's."""
    env: dict[str, Any] = {}
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    soup = BeautifulSoup(parser.render(text, env), "html.parser")
    attributes = ("href", "src", "srcset")
    urls = [str(tag.get(name) or "").strip() for name in attributes for tag in soup.find_all(True)]
    found = Counter(url for url in urls if url)
    for link in soup.select("a"):
        link.clear()
    for node in soup.find_all(string=True):
        bare = re.findall(r"https?://[^\s<>\"'\[\]()，。{}`]+", str(node))
        found.update(it.rstrip(".,;:!?*_~") for it in bare)
    defined = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    return found + Counter(
        it["href"] for it in defined if it["href"].strip("#") and it["href"] not in found
    )


def missing_from(reading: DraftList, found: Counter[str]) -> list[str]:
    """The addresses that are in no draft and in no report."""
    told = Counter(it.code for it in reading.problems)
    messages = [it.message for it in reading.problems]
    kept = {url for draft in reading.drafts for url in draft.links.values()}
    within = [url for url in found.elements() if url.startswith("#")]
    assert len(within) <= sum(told[code] for code in LINKS_TOLD)
    return [
        url
        for url in found
        if not url.startswith("#")
        and url not in kept
        and dict([identifier_in_url(url) or ("", "")]).popitem()[1] not in kept
        and not any(f"'{url}'" in message for message in messages)
    ]


def check_account(text: str) -> DraftList:
    reading = read_markdown_list(text, "README.md")
    assert reading.link_count is not None
    found = found_in(text)
    told = sum(it.code in LINKS_TOLD for it in reading.problems)
    assert reading.link_count.total == found.total()
    assert reading.link_count.total == reading.link_count.imported + told
    assert missing_from(reading, found) == []
    assert all(1 <= it.line <= max(1, text.count("\n") + 1) for it in reading.problems)
    return reading


@pytest.mark.parametrize("style", [*STYLES, "seed"])
def test_every_link_is_kept_or_told(style: str) -> None:
    path = SEED if style == "seed" else LISTS / f"{style}.md"
    text = path.read_text(encoding="utf-8")
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    reading = check_account(text[front.end() :] if front else text)
    assert reading.drafts


@pytest.mark.parametrize("style", STYLES)
def test_what_is_told_has_the_line_of_its_address(style: str) -> None:
    lines = (LISTS / f"{style}.md").read_text(encoding="utf-8").split("\n")
    reading = read_markdown_list("\n".join(lines), "README.md")
    for problem in reading.problems:
        if problem.code in LINKS_TOLD - {"link-within"}:
            (*_, url) = re.findall(r"'([^']*)'", problem.message)
            near = "\n".join(lines[problem.line - 1 : problem.line + 1])  # a tag may go on
            assert url in near, problem


URLS = st.sampled_from(
    ["https://arxiv.org/abs/1505.04597", "https://arxiv.org/pdf/1606.04797.pdf", "#networks",
     "https://github.com/a/b", "https://doi.org/10.1000/182", "https://e.org/a?b=c&d=e", "a/b.md",
     "https://scholar.google.com/citations?user=a", "https://img.shields.io/x.svg",
     "mailto:a@e.org"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["U-Net: Convolutional Networks for Biomedical Image Segmentation", "paper", "[CVPR 2021]", "",
     "*Olaf Ronneberger, Philipp Fischer*", "**V-Net.**", "MICCAI'16", "| x |", "论文：", ":fire:",
     "`code`", "**[DETR]**", "We thank all who", "et al.", "- ", "<b>", "</b>", "</div>", "A",
     "2018", "]("]
)  # fmt: skip
LINKS = st.builds(
    lambda form, words, url: form.format(words, url),
    st.sampled_from(["[{0}]({1})", "[[{0}]({1})]", "[[{0}]]({1})", "![{0}]({1})", "{0} <{1}>",
                     "[![{0}](https://e.org/i.png)]({1})", '<a href="{1}">{0}</a>',
                     '<img src="{1}" alt="{0}">', "[[{0}]] (https://e.org/broken)",
                     "[{0}](https://e.org/open", "[{0}][ref]"]),
    WORDS, URLS,
)  # fmt: skip
INLINE = st.lists(st.one_of(WORDS, LINKS), min_size=1, max_size=5).map(" ".join)
BLOCKS = st.one_of(
    INLINE,
    INLINE.map("- {}".format),
    INLINE.map("1. {}".format),
    INLINE.map("  - {}".format),
    INLINE.map("## {}".format),
    INLINE.map("    {}".format),
    INLINE.map("<details><summary>{}</summary>\n".format),
    INLINE.map("| Title | Code |\n|---|---|\n| {} | x |".format),
    INLINE.map("<div>\n{}\n</div>".format),
    INLINE.map("<table><tr><td>{}</td></tr></table>".format),
    st.sampled_from(["", "</details>", "***", "[ref]: https://e.org/ref", "> quoted", "~~~"]),
)


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=8))
def test_no_link_is_lost_whatever_the_list_is_made_of(blocks: list[str]) -> None:
    check_account("\n".join(blocks) + "\n")


def test_the_markdown_of_an_export_is_read_whole() -> None:
    """Every paper of this atlas, from the list that the atlas writes."""
    entries = load(ROOT / "entries").entries
    reading = read_markdown_list("## All\n" + export("markdown", entries), "README.md")
    assert len(reading.drafts) == len(entries)
    for entry, draft in zip(entries, reading.drafts, strict=True):
        said = {"title": entry.title, "year": entry.year, "venue": entry.venue,
                "volume": entry.volume, "issue": entry.issue, "pages": entry.pages,
                "authors": [split_name(author).plain for author in entry.authors],
                "links": confirmed_links(entry)}  # fmt: skip
        assert draft.fields == {key: value for key, value in said.items() if value}


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("CVPR 2021", "CVPR", 2021), ("[CVPR' 16]", "CVPR", 2016), ("MICCAI'20", "MICCAI", 2020),
        ("CVPR2021 (Oral)", "CVPR", 2021), ("AI Open 2020.", "AI Open", 2020),
        ("arxiv 2019", "arXiv", 2019), ("2018 TMI", "TMI", 2018), ("TMI 201907", "TMI", 2019),
        ("25th Jan., 2022", "", 2022), ("24 Sep 2022", "", 2022), ("2023.05.11", "", 2023),
        ("20200615", "", 2020), ("2021年", "", 2021), ("IEEE TPAMI", "IEEE TPAMI", None),
        ("ICML 2019 workshop", "ICML workshop", 2019), ("in ECCV, 2016", "ECCV", 2016),
        ("👍 MIDL 2021", "MIDL", 2021),
    ],
)  # fmt: skip
def test_venues_and_years(text: str, venue: str, year: int | None) -> None:
    assert parse_venue_year(text) == VenueYear(venue, year)


@pytest.mark.parametrize(
    "text",
    ["Liver", "U-Net", "1505.04597", "Presented at ICML 2019 by me", "ICLR 2021, TPAMI 2022",
     "by Dieter Fox 2005", "[bibtex]", "19, 100357, 2020", "ENet: A Deep Network - ARXIV - 2016"],
)  # fmt: skip
def test_what_is_no_venue_and_no_year(text: str) -> None:
    assert parse_venue_year(text) is None


def test_headings_that_are_no_topic() -> None:
    topics = ["Liver", "Liver 2019", "Graph networks", "Best of CVPR and more", "2D networks"]
    others = ["2021", "2015-2016", "CVPR 2021", "TPAMI / IJCV", "arXiv papers", "2021年", "★ 2020"]
    assert [it for it in [*topics, *others] if is_venue_or_year(it)] == others


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Olaf Ronneberger, Philipp Fischer and Thomas Brox.", 3),
        ("Zonghan Wu*, Shirui Pan†, Guodong Long1", 3),
        ("Jeroen A. W. M. van der Laak, Bram van Ginneken", 2),
        ("Battaglia, Peter W and Hamrick, Jessica B", 2),
        ("作者：刘建伟，刘媛，罗雄麟", 3),
        ("Authors: Hu Cao; Yueyue Wang; Joy Chen", 3),
        ("Ozan Oktay et al.", 0),
        ("Fan, et al", 0),
        ("Object Detection and Instance Segmentation", 0),
        ("the first, the second", 0),
        ("Olaf Ronneberger", 0),
    ],
)
def test_names(text: str, names: int) -> None:
    assert len(parse_authors(text)) == names


def test_identifiers_are_kept_with_another_address_beside_them() -> None:
    text = "## L\n- A title [pdf](http://arxiv.org/abs/1505.04597v1) [url](https://doi.org/10.1000/1)\n"
    (draft,) = read_markdown_list(text, "README.md").drafts
    assert draft.links == {"arxiv": "1505.04597v1", "doi": "10.1000/1"}
    assert set(draft.links) <= set(IDENTIFIERS)


VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Kidneys, Multi-organ]}
  methods: {title: Methods, terms: [Transformer]}
"""
HEADINGS = """\
# A list
## Liver
### Transformer
- Paper one of all [pdf](https://e.org/1.pdf)
### Cascades
- Paper two of all [pdf](https://e.org/2.pdf)
## Kidney
### 2021
- Paper three of all [pdf](https://e.org/3.pdf)
## Prostate
- Paper four of all [pdf](https://e.org/4.pdf)
## News
- Paper five of all [pdf](https://e.org/5.pdf)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(VOCABULARY)
    (tmp_path / "README.md").write_text(HEADINGS)
    return tmp_path


def test_unknown_headings_are_proposed_in_a_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "import", "README.md", "--words", "words.yml")
    assert code == 1
    assert "wrote words.yml: edit it, and import again" in told
    assert "README.md:5:1: heading-not-taken: 'Cascades' is not in the vocabulary; 1 paper " \
        "stands under 'Liver'" in told  # fmt: skip
    assert (
        (project / "words.yml").read_text()
        == """\
# Headings of README.md that the vocabulary does not know. Behind each stands the term that
# its papers get: the nearest one, or a new one of the same name. Put right what is wrong, put a
# line below another facet if it belongs there, and write [] to leave the papers of a heading out.
# The vocabulary does not have these terms yet. Copy those that stay into entries/vocabulary.yml:
#       - Prostate
#       - News
# Then import again, with this file behind --words.
terms:
  organs:
    Kidney: Kidneys  # 1 paper
    Prostate: Prostate  # 1 paper
    News: News  # 1 paper
"""
    )
    written = load(project / "entries").entries
    assert [{facet: it.terms[facet][0].title for facet in it.terms} for it in written] == [
        {"organs": "Liver", "methods": "Transformer"},
        {"organs": "Liver"},
    ]


def test_an_edited_proposal_is_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", "README.md", "--words", "words.yml")
    words = project / "words.yml"
    words.write_text(words.read_text().replace("News: News", "News: []"))
    vocabulary = project / "entries" / "vocabulary.yml"
    vocabulary.write_text(VOCABULARY.replace("Multi-organ]", "Multi-organ, Prostate]"))
    code, told = run(capsys, "import", "README.md", "--words", "words.yml")
    assert code == 0
    assert [line for line in told if "left-out" in line] == [
        "README.md:13:1: left-out: 'Paper five of all' stands under a heading that the words leave "
        "out"
    ]
    entries = load(project / "entries").entries
    assert sorted((it.terms["organs"][0].title, it.year) for it in entries) == [
        ("Kidneys", 2021), ("Liver", None), ("Liver", None), ("Prostate", None)
    ]  # fmt: skip


def test_without_a_file_for_words_one_is_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = run(capsys, "import", "README.md")
    said = "give a file with --words to write a proposal for these headings"
    assert said in told
    assert not (project / "words.yml").exists()
    assert main(["import", "README.md", "--words", "README.md"]) == 1


def test_words_that_cannot_be_written_are_an_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = project / "README.md" / "words.yml"
    assert main(["import", "README.md", "--words", str(words)]) == 2
    said = f"'{words}' cannot be written: "
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_a_dry_run_writes_no_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "README.md", "--words", "words.yml", "--dry-run"]) == 1
    assert capsys.readouterr().err.splitlines()[-3:] == [
        "would write words.yml with a proposal for these headings",
        "5 links found: 5 imported in 5 papers, 0 reported above",
        "2 papers to write, 0 unchanged; 3 errors, 1 note",
    ]
    assert sorted(it.name for it in project.iterdir()) == ["README.md", "entries"]


def test_the_headings_of_several_lists_are_proposed_together(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "b.md").write_text("## News\n- Paper six of all [pdf](https://e.org/6.pdf)\n")
    (project / "c.md").write_text("## Liver\n- Paper seven of all [pdf](https://e.org/7.pdf)\n")
    _, told = run(capsys, "import", "README.md", "b.md", "c.md", "--words", "words.yml")
    assert "7 links found: 7 imported in 7 papers, 0 reported above" in told
    words = (project / "words.yml").read_text()
    assert words.startswith("# Headings of README.md, b.md that the vocabulary does not know.")
    assert "    News: News  # 2 papers\n" in words


def test_the_second_list_is_proposed_words_where_the_first_made_the_vocabulary(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "b.md").write_text("## Skin\n- Paper six of all [pdf](https://e.org/6.pdf)\n")
    arguments = ("import", "README.md", "b.md", "--entries", "new", "--words", "words.yml")
    assert run(capsys, *arguments)[0] == 1
    words = (project / "words.yml").read_text()
    assert words.startswith("# Headings of b.md that")
    assert words.endswith("terms:\n  organs:\n    Skin: Skin  # 1 paper\n")


def test_a_label_says_what_the_link_of_a_title_is() -> None:
    text = "## L\n- [A title of words](https://e.org/2) [Website](https://e.org/2)\n"
    (draft,) = read_markdown_list(text, "README.md").drafts
    assert draft.links == {"project": "https://e.org/2"}


def test_no_words_are_proposed_where_every_heading_is_known(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "README.md").write_text("## Liver\n- Paper one of all [pdf](https://e.org/1.pdf)\n")
    code, told = run(capsys, "import", "README.md", "--words", "words.yml")
    assert (code, told[-3]) == (0, "every heading is known, so words.yml is not written")
    (project / "facts.yml").write_text("- {title: A title, organs: Liver, doi: 10.1000/1}\n")
    code, told = run(capsys, "import", "facts.yml", "--words", "words.yml")
    assert code == 1
    assert "words.yml:1:1: unreadable: " in told[0]


def test_many_problems_of_a_kind_are_told_by_their_lines() -> None:
    lines = [*range(1, 31), 40, 40, 42, 43, 43]
    text = "".join(f"[a](https://e.org/{n})\n\n" for n in range(30))
    few, rest = shorten_report(read_markdown_list(text, "README.md").problems)
    assert [it.line for it in few] == [1, 3, 5]
    assert " ".join("".join(rest).split()).startswith(
        "README.md: link-outside: 27 more, on lines 7,"
    )
    assert max(map(len, rest)) <= 100
    problems = [few[0].__class__("R", line, 1, "x", "", "m") for line in lines]
    assert shorten_report(problems)[1] == [
        "R: x: 32 more, on lines 4-30, 40 (2 times), 42, 43 (2 times)"
    ]
    assert shorten_report(problems[:10]) == (problems[:10], [])
