"""Importer for RIS."""

import pytest
import rispy
from helpers import ROOT
from helpers.drafts import read_one_paper, read_text
from paper_atlas import export, load
from paper_atlas.problem import errors

RIS = (
    "TY  - JOUR\r\nT1  - U-Net\r\nAU  - Ronneberger, Olaf\r\nA1  - Smith, John, Jr.\r\n"
    "PY  - 2015/11/18/\r\nJO  - MICCAI\r\nJF  - MICCAI\r\nT2  - Medical Image\r\n computing\r\n"
    "SP  - 234\r\nEP  - 241\r\nUR  - https://e.org/a;b\r\nUR  - https://arxiv.org/abs/1505.04597\r\n"
    "AN  - 133423445\r\nDB  - a9h\r\nKW  - Liver\r\nN2  - An abstract\r\nER  - \r\n\r\n"
    "lost\r\nTY  - GEN\r\nTI  - No end\r\nAN  - 123\r\nID  - 7\r\n"
)


def test_records_with_and_without_an_end() -> None:
    draft_list = read_text("ris", RIS)
    assert [draft.fields for draft in draft_list.drafts] == [
        {
            "pages": "234-241",
            "title": "U-Net",
            "year": "2015",
            "venue": "Medical Image computing",
            "authors": ["Olaf Ronneberger", "John Smith Jr."],
            "links": {"url": "https://e.org/a;b", "arxiv": "1505.04597"},
        },
        {"title": "No end", "links": {"pmid": "123"}},
    ]
    assert [(draft.id, draft.keywords, draft.line) for draft in draft_list.drafts] == [
        *(("", ("Liver",), 1), ("", (), 21)),
    ]
    assert [str(problem) for problem in draft_list.problems] == [
        "list:5:1: not-taken: 'PY' is shortened to its year",
        "list:6:1: not-taken: 'JO' cannot be stored in an entry",
        "list:7:1: not-taken: 'JF' cannot be stored in an entry",
        "list:14:1: not-taken: 'AN' cannot be stored in an entry",
        "list:17:1: not-taken: 'N2' cannot be stored in an entry",
        "list:20:1: not-taken: 1 line outside of the records, such as 'lost'",
    ]


def test_rispy_reads_the_same_from_an_export() -> None:
    text = export("ris", load(ROOT / "entries", ROOT).entries)
    others = rispy.loads(text.replace("\r\n", "\n"))
    for draft, other in zip(read_text("ris", text).drafts, others, strict=True):
        assert (draft.id, draft.fields["title"]) == (other["id"], other["title"])
        assert len(draft.fields.get("authors", [])) == len(other.get("authors", []))
        assert list(draft.keywords) == other["keywords"]


BETWEEN = (
    "Record #1 of 2\nProvider: Some Publisher\n\nTY  - JOUR\nTI  - First\nER  - \n\n"
    "Link to the full text: https://example.org/ovid?x=1\n\nC1  - Database: Some <1980>\n"
    "Search Strategy:\n----\nRecord #2 of 2\nTY  - JOUR\nTI  - Second\nER  - \n"
)


def test_text_between_records_is_one_note() -> None:
    draft_list = read_text("ris", BETWEEN)
    assert [draft.title for draft in draft_list.drafts] == ["First", "Second"]
    assert [str(problem) for problem in draft_list.problems] == [
        "list:1:1: not-taken: 7 lines outside of the records, such as 'Record #1 of 2'"
    ]
    assert draft_list.record_count == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("TI  - Lost\nAU  - Doe, J\nER  - \nTY  - JOUR\nTI  - A\nER  - \n", [1]),
        ("TY  - JOUR\nTI  - A\nER  - \nDO  - 10.1000/1\nTI  - Lost\n", [4]),
        ("no record\nat all\n", [1]),
    ],
)
def test_a_record_without_its_type_is_an_error(text: str, lines: list[int]) -> None:
    draft_list = read_text("ris", text)
    assert [problem.line for problem in errors(draft_list.problems)] == lines
    assert draft_list.record_count == len(draft_list.drafts) + len(lines)


def test_tags_with_one_blank() -> None:
    draft, messages = read_one_paper("ris", "TY - JOUR\nTI - A\nAB - x\nPY - 2014//\nER -\n")
    assert draft.fields == {"title": "A", "year": "2014"}
    assert messages == ["list:3:1: not-taken: 'AB' cannot be stored in an entry"]
    draft, _ = read_one_paper("ris", "TY  - JOUR\nTI  - A\nCT - MR fusion\nER  - \n")
    assert draft.title == "A CT - MR fusion"


def test_addresses_on_two_lines() -> None:
    text = "TY  - JOUR\nTI  - A\nUR  - http://e.org/1\nhttp://dx.doi.org/10.9999/an.1\nER  - \n"
    draft, messages = read_one_paper("ris", text)
    assert draft.links == {"doi": "10.9999/an.1"}
    assert messages == [
        "list:3:1: not-taken: 'UR' has further addresses, which are ignored: http://e.org/1"
    ]
