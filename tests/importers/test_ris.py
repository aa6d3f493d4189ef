"""Importer for RIS."""

import rispy
from helpers import ROOT
from helpers.drafts import read_text
from paper_atlas import export, load

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
        "list:20:1: broken-record: 'lost' is outside of a record (begin a record with 'TY  - ' "
        "and end it with 'ER  - ')",
    ]


def test_rispy_reads_the_same_from_an_export() -> None:
    text = export("ris", load(ROOT / "entries", ROOT).entries)
    others = rispy.loads(text.replace("\r\n", "\n"))
    for draft, other in zip(read_text("ris", text).drafts, others, strict=True):
        assert (draft.id, draft.fields["title"]) == (other["id"], other["title"])
        assert len(draft.fields.get("authors", [])) == len(other.get("authors", []))
        assert list(draft.keywords) == other["keywords"]
