"""Importer for BibTeX and BibLaTeX."""

from helpers.drafts import read_one_paper, read_text
from paper_atlas.importers.bibtex import read_bibtex_entry

WITH_A_BROKEN_ENTRY = r"""
@string{cs = {Computer Science}}
@string{LNCS = "Lecture Notes in " # cs}
% a remark
@article{good, title = {A {CT} Title}, year = 2018, journal = jan # { } # "2"}
@article{bad, title = {Never closed, year = 2018
@misc{good, title = {Another}, title = {Ignored}, doi = {10.1000/2},
  howpublished = {\url{https://e.org/a_b}}}
@comment{@misc{no, title = {No}}}
@inproceedings{U-Net, title = {U-Net}, crossref = {MICCAI}, author = {Ronneberger, Olaf and others},
  publisher = {Springer}, volume = vol}
@proceedings{miccai, title = {MICCAI 2015}, year = 2015, doi = {10.1000/book}}
@misc{last, title = {Last}, note = {arXiv:1505.04597; Code: https://github.com/a/b},
  keywords = {CT; U-Net, x}, publisher = {Springer}, journal = lncs}
"""


def test_entries_next_to_a_broken_entry_are_read() -> None:
    draft_list = read_text("bibtex", WITH_A_BROKEN_ENTRY)
    assert [(draft.line, draft.id, draft.fields) for draft in draft_list.drafts] == [
        (5, "good", {"title": "A CT Title", "year": "2018", "venue": "jan 2"}),
        (7, "good", {"title": "Another",
                     "links": {"doi": "10.1000/2", "url": "https://e.org/a_b"}}),
        (10, "", {"title": "U-Net", "year": "2015", "authors": ["Olaf Ronneberger"],
                 "venue": "MICCAI 2015"}),
        (13, "last", {"title": "Last", "venue": "Lecture Notes in Computer Science",
                      "links": {"arxiv": "1505.04597", "code": "https://github.com/a/b"}}),
    ]  # fmt: skip
    assert draft_list.drafts[-1].keywords == ("CT", "U-Net", "x")
    assert [str(problem) for problem in draft_list.problems] == [
        "list:6:1: broken-record: the text from here cannot be parsed (check for a missing or an "
        "extra brace, comma or '=')",
        "list:7:1: doubled-key: the key 'good' is given twice, first in line 5",
        "list:7:1: not-taken: 'title' is given twice; the first value is used",
        "list:10:1: not-taken: 'and others' in 'author' is not a name",
        "list:11:1: not-taken: 'publisher' cannot be stored in an entry",
        "list:11:1: not-taken: 'volume' is ignored: its @string is not defined",
        "list:12:1: not-a-paper: 'miccai' is a volume, not a paper",
        "list:14:1: not-taken: 'publisher' cannot be stored in an entry",
    ]


def test_fields_of_biblatex() -> None:
    draft, messages = read_one_paper("bibtex", r"""
@article{ronneberger-2015, title = {U-Net}, subtitle = {A {\"U}bersicht}, date = {2015-11-18},
  journaltitle = {{\O}re}, number = {3}, eid = {17}, eprint = {1505.04597}, eprinttype = {arxiv},
  eprintclass = {cs.CV}, pmcid = {PMC123}}
""")  # fmt: skip
    assert draft.fields == {
        "title": "U-Net: A Übersicht",
        "year": "2015",
        "venue": "Øre",
        "issue": "3",
        "pages": "17",
        "links": {"arxiv": "1505.04597", "pmcid": "PMC123"},
    }
    assert messages == ["list:2:1: not-taken: 'date' is shortened to its year"]


def test_an_arxiv_identifier_in_the_journal_becomes_a_link() -> None:
    journal = "arXiv preprint arXiv:1505.04597"
    draft, _ = read_one_paper(
        "bibtex", f"@article{{x1, title={{A}}, journal={{{journal}}}, year={{2015}}}}"
    )
    assert (draft.links, draft.fields["venue"]) == ({"arxiv": "1505.04597"}, journal)


def test_a_single_entry_is_read_as_in_a_file() -> None:
    text = "@misc{a, title = {A \\& B}, howpublished = {C}, doi = {10.1000/1}}"
    draft, _ = read_one_paper("bibtex", text)
    assert read_bibtex_entry(text) == (draft.fields, [])
