"""Importer for CSV of several programs."""

import pytest
from helpers.drafts import read_one_paper, read_text
from paper_atlas.importers.csv import read_csv
from paper_atlas.text.names import AuthorName, Group

TABLES = {
    "Zotero": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Manual Tags","Extra"\n'
        '"AB12","journalArticle","2015","Ronneberger, Olaf; Fischer, Philipp","U-Net","MICCAI",'
        '"10.1000/1","https://e.org/1","Liver; x","PMID: 123"\n',
        {"year": "2015", "authors": ["Olaf Ronneberger", "Philipp Fischer"], "title": "U-Net",
         "venue": "MICCAI", "links": {"doi": "10.1000/1", "pmid": "123", "url": "https://e.org/1"}},
    ),
    "Scopus": (
        "\ufeffAuthors;Author full names;Title;Year;Source title;Page start;Page end;Cited by\n"
        '"Ronneberger O., Fischer P.";"Ronneberger, Olaf (123); Fischer, Philipp (4)";U-Net;2015;'
        "LNCS;234;241;9\n".replace(", Olaf (123);", ", Olaf (123) ;"),
        {"pages": "234-241", "authors": ["Olaf Ronneberger", "Philipp Fischer"], "title": "U-Net",
         "year": "2015", "venue": "LNCS", "Cited by": ["9"]},
    ),
    "PubMed": (
        "PMID,Title,Authors,Journal/Book,Publication Year,PMCID,DOI\n"
        '29994201,U-Net,"Ronneberger O, van der Laak JA.",MICCAI,2015,PMC12,10.1000/1\n',
        {"title": "U-Net", "authors": ["O. Ronneberger", "J. A. van der Laak"], "venue": "MICCAI",
         "year": "2015", "links": {"pmid": "29994201", "pmcid": "PMC12", "doi": "10.1000/1"}},
    ),
    "Excel": (
        "sep=;\r\nTitle;Authors;Year;DOI\r\nA & B;Doe, J.;2019;10.1000/1.\r\n",
        {"title": "A & B", "authors": ["J. Doe"], "year": "2019", "links": {"doi": "10.1000/1"}},
    ),
    "Extra of Zotero": (
        'Title,Extra\nA,"PMID: 31000001\nPMCID: PMC6500001\narXiv: 2001.00001"\n',
        {"title": "A", "links": {"pmid": "31000001", "pmcid": "PMC6500001", "arxiv": "2001.00001"}},
    ),
    "tabs, a facet and a shielded formula": (
        "title\torgans\turl\n'=1+1\tLiver; Lung\thttps://e.org/1\n",
        {"title": "=1+1", "organs": ["Liver", "Lung"], "links": {"url": "https://e.org/1"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_several_programs(name: str) -> None:
    text, fields = TABLES[name]
    draft, messages = read_one_paper("csv", text.removeprefix("\ufeff"))
    assert (draft.fields, messages) == (fields, [])


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Doe, Stacy; Roe,, Alison; Ayers, P.", ["Stacy Doe", "Alison Roe", "P. Ayers"]),
        ("Roe, Jr, Vernon; Doe, Ann, III", ["Vernon Roe Jr", "Ann Doe III"]),
        ("Norwich Museum & Art Gallery", [Group("Norwich Museum & Art Gallery")]),
        (
            "Museums and Galleries Board; Doe, Ann",
            ["Museums and Galleries Board", "Ann Doe"],
        ),
        ("Open Works UK", [Group("Open Works UK")]),
        ("ABCDE, Create, FGHI, JKL", ["ABCDE, Create, FGHI, JKL"]),
        ("ABCDE, FGHI, Sparc Asia,", [Group("ABCDE, FGHI, Sparc Asia")]),
        (
            "School of Biology, University of Xyz, Town",
            [Group("School of Biology, University of Xyz, Town")],
        ),
        ("UNESCO", ["UNESCO"]),
        ("Ramos Lima, Ana", ["Ramos Lima, Ana"]),
    ],
)
def test_only_semicolons_separate_creators_of_zotero(cell: str, authors: list[AuthorName]) -> None:
    table = f'"Item Type","Title","Author"\n"book","A","{cell}"\n'
    listed = read_csv(table, "a.csv")
    assert listed.drafts[0].fields["authors"] == authors
    assert not listed.problems


def test_a_row_that_is_longer_than_the_header_is_reported() -> None:
    draft, messages = read_one_paper("csv", 'title,doi\n\n"A\nB",10.1000/1,x\n')
    assert (draft.fields["title"], draft.line) == ("A B", 3)
    assert messages == ["list:3:1: not-taken: the row has more cells than the header"]


def test_the_line_of_the_separator_counts() -> None:
    draft_list = read_text("csv", "sep=;\nTitle;Year\nA;2019\nB;soon\n")
    assert [draft.line for draft in draft_list.drafts] == [3, 4]
    assert draft_list.record_count == 2


@pytest.mark.parametrize(
    "row",
    ['"' + "a\n" * 80_000, "a" * 140_000, f'b,"{"x" * 132_000}"'],
    ids=["quote without end", "long cell", "long cell in quotes"],
)
def test_a_broken_row_costs_no_other_paper(row: str) -> None:
    result = read_text("csv", f"title,venue\nOne title,A\n{row}\nLast title,B\n")
    titles = [draft.title for draft in result.drafts]
    assert (titles[0], titles[-1]) == ("One title", "Last title")
    assert result.problems[0].code == "broken-record"
    assert result.problems[0].line == 3
    assert result.record_count == len(titles) + 1


def test_nothing_is_read_below_a_broken_header() -> None:
    result = read_text("csv", f"title,{'a' * 140_000}\nvenue,title\n")
    assert (result.drafts, result.problems[0].code) == ((), "broken-record")
