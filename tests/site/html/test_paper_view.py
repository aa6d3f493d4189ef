"""The page of a paper, and its description."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from helpers.small import OPEN_VOCABULARY, VOCABULARY, entry, library
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.blocks import PaperBody
from paper_atlas.site.html.paper_view import citations, source_of
from paper_atlas.site.html.renderer import Renderer
from paper_atlas.site.pages.papers import paper_page

RESULT = "{dataset: LiTS, metric: Dice, value: 0.9}"
EXTENDED = {"base": "title: Base\norgans: [Heart]", "other": "extends: [base]\norgans: [Lung]"}


def body(folder: Path, text: str, words: str = VOCABULARY, **others: str) -> Tag:
    atlas = library(folder, {"one": text, **others}, words)
    paper = atlas.entries_by_id["one"]
    renderer = Renderer(atlas, Addresses())
    block = PaperBody(paper, RelatedPapers(atlas).for_entry(paper))
    html = renderer.html(block, renderer.links_from(""))
    return BeautifulSoup(html, "html.parser")


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def results(*values: str) -> str:
    return f"results: [{', '.join(f'{{{value}}}' for value in values)}]"


def cells(found: Tag) -> list[list[str]]:
    rows = found.select("#results tbody tr")
    return [[text_of(cell) for cell in row.select("th, td")] for row in rows]


def heads(found: Tag) -> list[str]:
    return [text_of(cell) for cell in found.select("#results thead th")]


def test_structures_are_columns_and_splits_are_rows(tmp_path: Path) -> None:
    given = results(
        "dataset: LiTS, split: test, target: liver, metric: Dice, value: 0.9",
        "dataset: LiTS, split: test, target: tumour, metric: Dice, value: 0.7",
        "dataset: LiTS, metric: Dice, target: liver, value: 0.95",
        "dataset: LiTS, metric: Dice, target: liver, value: 0.96",
    )
    found = body(tmp_path, given)
    assert heads(found) == ["Data set and split", "Metric", "Liver", "Tumour", "Source"]
    assert cells(found) == [
        ["LiTS test", "Dice", "0.9", "0.7", "not stated"],
        ["LiTS split not stated", "Dice", "0.95", "–", "not stated"],
        ["LiTS split not stated", "Dice", "0.96", "–", "not stated"],
    ]


def test_many_structures_are_rows(tmp_path: Path) -> None:
    values = [f"dataset: D, target: t{number}, metric: M, value: {number}" for number in range(8)]
    found = body(tmp_path, results(*values))
    assert heads(found) == ["Data set and split", "Metric", "Value", "Source"]
    assert cells(found)[7] == ["D split not stated , t7", "M", "7", "not stated"]


def test_a_paper_without_results_says_so_if_other_papers_have_some(tmp_path: Path) -> None:
    words = "No result of this paper is recorded yet."
    other = tmp_path / "other"
    other.mkdir()
    assert words in text_of(body(tmp_path, "", other=f"results: [{RESULT}]"))
    assert words not in text_of(body(other, ""))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("https://www.e.org/a", ("e.org", "https://www.e.org/a")),
     ("https://e.org/a Table 1", ("https://e.org/a Table 1", "")), ("Table 1", ("Table 1", ""))],
)  # fmt: skip
def test_a_source_that_is_a_url_is_shown_as_its_host(
    stated: str, expected: tuple[str, str]
) -> None:
    (result,) = entry(results(f"dataset: D, metric: M, value: 1, stated: {stated!r}")).results
    assert source_of(result) == expected


def acts(found: Tag) -> list[tuple[str, str]]:
    return [(text_of(link), str(link["href"])) for link in found.select(".acts a")]


def test_what_readers_do_first_comes_first_and_other_links_are_facts(tmp_path: Path) -> None:
    links = "links: {pmid: '1', code: 'https://e.org/code', arxiv: '1505.04597', doi: 10.1000/1}"
    found = body(tmp_path, links)
    assert acts(found) == [
        ("Read at the publisher", "https://doi.org/10.1000/1"),
        ("Free copy on arXiv", "https://arxiv.org/abs/1505.04597"),
        ("Code", "https://e.org/code"),
        ("Cite", "#cite"),
    ]
    assert [text_of(one) for one in found.select(".pa-facts dd")][-1] == "PubMed"
    assert len(found.select(".pa-btn--main")) == 1


@pytest.mark.parametrize(
    ("links", "expected"),
    [("pdf: 'https://e.org/a.pdf', arxiv: '1505.04597'", "Free copy"),
     ("pmcid: PMC123", "Free copy on PubMed Central"),
     ("url: 'https://arxiv.org/abs/1505.04597'", "Free copy on arXiv"),
     ("url: 'https://e.org/'", "Read at the publisher")],
)  # fmt: skip
def test_the_first_act_names_what_it_opens(tmp_path: Path, links: str, expected: str) -> None:
    assert acts(body(tmp_path, f"links: {{{links}}}"))[0][0] == expected


def test_an_unverified_link_is_text(tmp_path: Path) -> None:
    text = "links: {doi: 10.1000/1, code: 'https://e.org/'}\nunverified: [code]"
    found = body(tmp_path, text)
    assert "https://e.org/" not in [link["href"] for link in found.select("a[href]")]
    assert text_of(found.select(".pa-facts dd")[-1]) == "Code https://e.org/"


def lines(found: Tag, part: str) -> list[str]:
    return [text_of(item) for item in found.select(f"{part} .pa-lines li")]


def test_relations_have_years_and_the_rest_of_the_title(tmp_path: Path) -> None:
    found = body(
        tmp_path,
        "extends: [net, early]",
        net="venue: Journal\ntitle: 'X-Net: Layers of layers'"
        "\nauthors: [Ada Lovelace, Alan Turing]\nyear: 2019",
        early="title: Early work\nauthors: [Ludwig van Beethoven]\nyear: 1999",
        later="title: Later work\nextends: [one]",
    )
    assert lines(found, "#relations") == [
        "1999 van Beethoven 1999 Early work",
        "2019 X-Net Lovelace et al. · Journal Layers of layers",
        "Later work",
    ]
    assert [text_of(head) for head in found.select("#relations h2")] == ["Extends", "Extended by 1"]
    assert [text_of(one) for one in found.select("#relations .titled b")] == [
        "van Beethoven 1999",
        "Later work",
    ]


def test_one_relation_has_the_whole_width_and_the_other_is_one_line(tmp_path: Path) -> None:
    found = body(tmp_path, "extends: [base]", base="title: Base", other=f"results: [{RESULT}]")
    assert text_of(found.select_one("#relations")) == (
        "Extends Base No paper in the atlas extends it yet."
    )
    assert found.select("#relations .pa-lines--wide")
    assert found.select("#relations ~ #results")


@pytest.mark.parametrize(
    ("title", "remark"), [("'N: a net'", "A net"), ("'N: nnU-Net again'", "nnU-Net again")]
)
def test_a_remark_starts_with_a_capital(tmp_path: Path, title: str, remark: str) -> None:
    found = body(tmp_path, "extends: [base]", base=f"title: {title}")
    assert text_of(found.select_one("#relations .why")) == remark


def test_a_search_is_the_last_link(tmp_path: Path) -> None:
    search = "scholar: 'https://scholar.google.com/scholar?q=a'"
    alone = body(tmp_path, f"links: {{{search}}}")
    assert text_of(alone.select(".pa-facts dd")[-1]) == "Google Scholar"
    both = body(tmp_path, f"links: {{{search}, pmid: '1'}}")
    assert text_of(both.select(".pa-facts dd")[-1]) == "PubMed Google Scholar"


def test_long_relations_are_folded_after_eight(tmp_path: Path) -> None:
    others = {f"p{number}": "extends: [one]" for number in range(10)}
    found = body(tmp_path, "", **others)
    assert text_of(found.select_one("#relations summary")) == "2 more"
    assert len(lines(found, "#relations details")) == 2


def test_the_reason_of_a_related_paper_names_the_extended_paper(tmp_path: Path) -> None:
    found = body(tmp_path, "extends: [base]", **EXTENDED)
    assert lines(found, "#related") == ["Paper other Both extend Base"]


def test_reasons_are_grouped_by_facet(tmp_path: Path) -> None:
    shared = "methods: [A, B]"
    papers = {"other": f"{shared}\norgans: [Lung]", "third": "methods: [A]\norgans: [Heart]"}
    found = body(tmp_path, shared, **papers)
    assert lines(found, "#related")[0] == "Paper other Same methods: B, A"


def test_one_term_has_the_singular_of_its_facet(tmp_path: Path) -> None:
    words = OPEN_VOCABULARY.replace("title: Methods", "title: Methods, singular: Method")
    shared = {"one": "methods: [A]\ntargets: [B]", "two": "methods: [A]\ntargets: [C]"}
    found = body(tmp_path, shared["one"], words, two=shared["two"])
    assert [text_of(one) for one in found.select(".pa-facts dt")] == ["Organs", "Method", "Targets"]
    assert lines(found, "#related") == ["Paper two Same method: A"]


def test_citations_precede_records() -> None:
    paper = entry("authors: [Ada Lovelace]")
    names = [name for name, _, _ in citations(paper)]
    assert names == ["APA", "IEEE", "Vancouver", "BibTeX", "RIS"]


def test_the_journal_article_and_the_preprint_are_versions(tmp_path: Path) -> None:
    links = "links: {doi: 10.1000/1, arxiv: '1505.04597'}"
    text = f"{links}\nvenue: Journal of Nets\nvolume: 3\nyear: 2018\nalternative_titles: [Old]"
    assert lines(body(tmp_path, text), "#versions") == [
        "2018 Journal article Journal of Nets 3",
        "2015 Preprint arXiv:1505.04597",
        "Also titled Old",
    ]


def test_a_paper_with_one_version_does_not_list_it(tmp_path: Path) -> None:
    found = body(tmp_path, "links: {arxiv: '1505.04597'}\nvenue: arXiv preprint")
    assert found.select("#versions") == []


def test_unchecked_facts_are_one_sentence(tmp_path: Path) -> None:
    found = body(tmp_path, "year: 2018\nunverified: [organs, year, doi]")
    assert "Not yet checked against the paper: organs, year, DOI." in text_of(found)
    assert "?" not in text_of(found.select_one(".pa-facts"))


def test_a_retraction_comes_first_and_withdraws_the_results(tmp_path: Path) -> None:
    found = body(tmp_path, f"retracted: 10.1000/2\nresults: [{RESULT}]")
    note = found.select_one("header > :first-child")
    assert text_of(note).startswith("Retracted. It stays in the atlas")
    assert [str(link["href"]) for link in note.select("a")] == ["https://doi.org/10.1000/2"]
    assert found.select("#results") == []


def test_an_unverified_retraction_has_no_link(tmp_path: Path) -> None:
    found = body(tmp_path, "retracted: 10.1000/2\nunverified: [retracted]")
    assert found.select(".pa-note--bad a") == []


def test_many_authors_are_folded(tmp_path: Path) -> None:
    names = ", ".join(f"A{number} B{number}" for number in range(14))
    found = body(tmp_path, f"authors: [{names}]")
    assert len(found.select(".authors > a")) == 12
    assert text_of(found.select_one(".authors summary")) == "and 2 more"
    assert found.select_one(".authors a")["href"] == "papers/?text=A0%20B0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("authors: [A B]\nyear: 2018", "T. A B, 2018"),
     ("authors: [A B, C D]\nvenue: V", "T. A B et al., V"), ("", "T.")],
)  # fmt: skip
def test_the_description_has_title_authors_venue_and_year(text: str, expected: str) -> None:
    assert paper_page(entry(f"title: T\n{text}"), (), "organs").description == expected


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [("volume: 37\nissue: 12\npages: '1-9'", "V 37(12), 1–9"), ("issue: 12", "V (12)"),
     ("pages: S1-S9", "V S1-S9"), ("pages: '1-9'", "V 1–9"), ("", "V")],
)  # fmt: skip
def test_volume_issue_and_pages_follow_the_venue(tmp_path: Path, numbers: str, shown: str) -> None:
    assert text_of(body(tmp_path, f"venue: V\n{numbers}").select_one(".source")) == shown


def test_a_summary_is_shown_first(tmp_path: Path) -> None:
    found = body(tmp_path, "summary: It works.")
    assert text_of(found.select_one("header + .pa-short")) == "In short. It works."
