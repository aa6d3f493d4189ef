"""Importer for the format of PubMed."""

from helpers.drafts import read_text

NBIB = """
PMID- 31000001
OWN - NLM
STAT- MEDLINE
DP  - 2019 Apr
TI  - A record of PubMed with a long
      title.
LID - 10.1000/nbib [doi]
LID - e17 [pii]
FAU - Doe, Jane
AU  - Doe J
TA  - J Title
JT  - A journal
VI  - 12
IP  - 3
PG  - 234-41
PMC - PMC6500001
MH  - *Liver/diagnostic imaging

PMID- 31000002
TI  - Is this a second record?
AU  - van der Roe RM
AID - 10.1000/two [doi]
AID - 10.1000/TWO [doi]
PT  - Retracted Publication
"""


def test_records_of_pubmed() -> None:
    draft_list = read_text("nbib", NBIB)
    first, second = draft_list.drafts
    assert first.fields == {
        "title": "A record of PubMed with a long title",
        "authors": ["Jane Doe"],
        "year": "2019",
        "venue": "A journal",
        "volume": "12",
        "issue": "3",
        "pages": "234-41",
        "links": {"pmid": "31000001", "doi": "10.1000/nbib", "pmcid": "PMC6500001"},
    }
    assert (first.keywords, first.line) == (("Liver",), 2)
    assert second.fields == {
        "title": "Is this a second record?",
        "authors": ["R. M. van der Roe"],
        "links": {"pmid": "31000002", "doi": "10.1000/two"},
    }
    assert [problem.code for problem in draft_list.problems] == ["not-taken", "retracted-title"]
    assert draft_list.record_count == 2


def test_text_before_the_first_record_is_an_error() -> None:
    draft_list = read_text("nbib", "some words\nPMID- 1\nTI  - A\n")
    assert [problem.code for problem in draft_list.problems] == ["broken-record"]
    assert [draft.title for draft in draft_list.drafts] == ["A"]
