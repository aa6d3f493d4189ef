"""How headings of a list become terms and sections, and the proposed word map."""

from collections.abc import Sequence

import pytest
import yaml
from helpers.small import draft, draft_list, vocabulary
from paper_atlas import DraftList
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.importers.draft import Heading
from paper_atlas.intake.headings import (
    propose_vocabulary,
    propose_word_map,
    terms_of_headings,
    topic_heading,
    unknown_headings,
)

OPEN = "facets: {organs: {title: Organs, pages: true, open: true}}"
Outline = tuple[list[tuple[str, list[str]]], list[str]]


def parse_list(text: str, empty: Sequence[str] = ()) -> DraftList:
    """A list of lines: a line with `#` is a heading, every other line a paper."""
    above: list[Heading] = []
    headings, drafts = [], []
    for line, words in enumerate(text.splitlines(), start=1):
        marks, _, title = words.rpartition("# ")
        if not marks and not words.startswith("# "):
            drafts.append(draft(words, *above, line=line))
            continue
        heading = Heading(len(marks) + 1, title, line)
        above = [*(other for other in above if other.level < heading.level), heading]
        headings.append(heading)
    without_papers = [heading for heading in headings if heading.title in empty]
    return draft_list(*drafts, headings=headings, empty=without_papers)


def outline(text: str, empty: Sequence[str] = ()) -> Outline:
    """The sections with their terms, and the terms without a section."""
    proposal = propose_vocabulary(parse_list(text, empty), "organs", default_vocabulary())
    facet = proposal.facets["organs"]
    sections = [
        (section.title, [term.title for term in section.terms]) for section in facet.sections
    ]
    return sections, [term.title for term in facet.terms]


def terms(*headings: str) -> dict[str, str]:
    """The terms by facet of nested headings, the outermost first."""
    found = terms_of_headings(draft("A", *headings).headings, vocabulary())
    return {facet: term.title for facet, term in found.items()}


def test_the_topic_is_the_innermost_heading_that_is_no_year_or_venue() -> None:
    assert topic_heading(draft("A", "Liver", "CT", "2018").headings).title == "CT"
    assert topic_heading(draft("A", "2018", "CVPR 2019").headings).title == "CVPR 2019"


def test_the_innermost_heading_gives_the_term_of_a_facet() -> None:
    assert terms("Liver", "MRI", "Lung", "CT") == {"organs": "Lung", "modalities": "CT"}


def test_a_term_of_the_main_facet_is_not_a_term_of_another_facet() -> None:
    words = "facets: {organs: {title: O, pages: true, terms: [CT]}, tasks: {title: T, terms: [CT]}}"
    assert [*terms_of_headings(draft("A", "CT").headings, vocabulary(words))] == ["organs"]


def test_a_heading_with_papers_is_a_term_and_its_parent_a_section() -> None:
    assert outline("# Body\n## Liver\nA\n## Lung\nB\n# Loose\nC") == (
        [("Body", ["Liver", "Lung"]), ("Loose", ["Loose"])], [],
    )  # fmt: skip


def test_the_title_of_the_list_is_no_section() -> None:
    assert outline("# List\n## Liver\nA\n## Lung\nB") == ([], ["Liver", "Lung"])


def test_a_heading_with_papers_of_its_own_is_no_section() -> None:
    assert outline("# Body\nA\n## Liver\nB\n# Other\n## Lung\nC") == (
        [("Body", ["Body", "Liver"]), ("Other", ["Lung"])], [],
    )  # fmt: skip


def test_a_term_belongs_to_the_nearest_section() -> None:
    found = outline("# All\n### Lung\nA\n## Body\n### Liver\nB\n# Others\n### Skin\nC")
    assert found == ([("All", ["Lung"]), ("Body", ["Liver"]), ("Others", ["Skin"])], [])


def test_a_repeated_heading_is_one_term() -> None:
    assert outline("# Body\n## Liver\nA\n# Others\n## Liver\nB\n## Lung\nC") == (
        [("Body", ["Liver"]), ("Others", ["Lung"])], [],
    )  # fmt: skip


def test_empty_headings_are_sections_or_terms_by_their_level() -> None:
    empty = ["Review", "Lung", "Deep"]
    assert outline("# Review\n# Body\n## Liver\nA\n## Lung\n#### Deep", empty) == (
        [("Review", []), ("Body", ["Liver", "Lung"])], [],
    )  # fmt: skip
    assert outline("# Liver\nA\n# Lung", ["Lung"]) == ([], ["Liver", "Lung"])


@pytest.mark.parametrize(
    "text",
    [
        "# Papers\n## Cranes\nA\n### Older\nB\n## Boats\nC\n# Reviews\nD",
        "# List\n## Hats\nA\n## Boats\n### Sail\nB\n### Oars\nC\n## Kites\nD",
        "# Body\nA\n## Liver\nB\n## Lung\n### Lobes\nC",
        "# One\n## Sub\nA\n# One\nB\n## !!\n### Deep\nC\n# 3 D\nD\n# 3D\nE",
    ],
)
def test_every_term_is_in_a_section_if_there_are_sections(text: str) -> None:
    drafts = parse_list(text)
    facet = propose_vocabulary(drafts, "organs", default_vocabulary()).facets["organs"]
    assert facet.sections
    assert not facet.terms
    topics = [topic_heading(paper.headings).title for paper in drafts.drafts]
    assert all(facet.find_term(topic) for topic in topics)
    assert len({section.id for section in facet.sections}) == len(facet.sections)


def test_terms_of_entries_are_in_a_section_too() -> None:
    used = vocabulary("facets: {organs: {title: O, pages: true, open: true, terms: [liver, Skin]}}")
    papers = parse_list("# Body\n## Liver\nA\n# Loose\nB")
    facet = propose_vocabulary(papers, "organs", used).facets["organs"]
    assert [section.title for section in facet.sections] == ["Body", "Loose", "Other terms"]
    assert not facet.terms


def test_an_empty_year_is_no_term() -> None:
    found = outline("# Body\n## Liver\nA\n## 2018\n# Others\n## Skin\nB", ["2018"])
    assert found == ([("Body", ["Liver"]), ("Others", ["Skin"])], [])


def test_terms_of_entries_follow_the_headings_without_repetition() -> None:
    used = vocabulary("facets: {organs: {title: O, pages: true, open: true, terms: [liver, Skin]}}")
    facet = propose_vocabulary(parse_list("# Liver\nA"), "organs", used).facets["organs"]
    assert [term.title for term in facet.all_terms] == ["Liver", "Skin"]
    assert not facet.open


def test_a_facet_without_headings_is_open() -> None:
    assert propose_vocabulary(parse_list("A"), "organs", default_vocabulary()).facets["organs"].open


def test_a_facet_that_is_not_a_default_replaces_all_facets() -> None:
    proposal = propose_vocabulary(parse_list("# Wheat\nA"), "crops", default_vocabulary())
    assert {name: facet.title for name, facet in proposal.facets.items()} == {"crops": "Crops"}


def proposed_lines(*headings: str, words: str = "") -> list[str]:
    """The lines of the proposed word map for headings of one paper each."""
    terms_of_atlas = vocabulary(words) if words else vocabulary()
    drafts = [draft("A", heading) for heading in headings]
    text = propose_word_map([draft_list(*drafts)], terms_of_atlas, "vocabulary.yml")
    return [line.strip() for line in text.splitlines() if line.endswith("paper") or "- " in line]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Livers", "Livers: Liver  # 1 paper"),
        ("Delivery", "Delivery: Delivery  # 1 paper"),
    ],
)
def test_a_similar_term_is_proposed_for_a_heading(heading: str, line: str) -> None:
    assert proposed_lines(heading)[-1] == line


def test_only_new_terms_are_listed_for_the_vocabulary() -> None:
    assert proposed_lines("Livers", "Odd")[:1] == ["#       - Odd"]


FACETS = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver]}
  targets: {title: Targets, terms: [Prostate, {title: Kidneys, aliases: [renal]}]}
  tasks: {title: Tasks, open: true, terms: [Registration, Prostate]}
"""


@pytest.mark.parametrize(
    ("headings", "proposed"),
    [
        pytest.param(["Registration"], "tasks: {Registration: Registration}", id="one facet"),
        pytest.param(["Renal"], "targets: {Renal: Kidneys}", id="alias"),
        pytest.param(["prostate"], "targets: {prostate: Prostate}, tasks: {prostate: Prostate}",
                     id="two facets"),
        pytest.param(["Odd", "Renal", "Livers"],
                     "organs: {Odd: Odd, Livers: Liver}, targets: {Renal: Kidneys}", id="mixed"),
        pytest.param(["Registrations"], "organs: {Registrations: Registrations}", id="similar"),
    ],
)  # fmt: skip
def test_a_term_of_another_facet_is_proposed_below_that_facet(
    headings: list[str], proposed: str
) -> None:
    drafts = draft_list(*(draft("A", heading) for heading in headings))
    text = propose_word_map([drafts], vocabulary(FACETS), "vocabulary.yml")
    expected = yaml.safe_load(f"{{{proposed}}}")
    assert yaml.safe_load(text) == {"terms": expected}
    assert ("repeat the line below organs" in text) is (list(expected) != ["organs"])
    assert "- Prostate" not in text


def test_nothing_is_proposed_for_headings_that_lose_no_paper() -> None:
    assert proposed_lines("Odd", words=OPEN) == []
    assert proposed_lines("Liver") == []
    stated = draft_list(draft("A", "Odd", organs=["Liver"]), draft("B", "Liver", "Odd"))
    assert propose_word_map([stated], vocabulary(), "vocabulary.yml") == ""


def test_an_unknown_heading_below_a_term_is_reported_with_that_term() -> None:
    below = draft_list(draft("A", "Liver", "Odd"), draft("B", "Liver", "Odd"), draft("C", "Other"))
    (note,) = unknown_headings(below, vocabulary())
    assert note.message == "'Odd' is not in the vocabulary; 2 papers get the term 'Liver'"
    assert note.line == 2
