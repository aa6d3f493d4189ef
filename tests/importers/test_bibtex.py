"""Importer for BibTeX and BibLaTeX."""

import pytest
from helpers.drafts import read_one_paper, read_text
from paper_atlas.importers import parse_list, strings_of_lists
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
        (10, "", {"citation_key": "U-Net", "title": "U-Net", "year": "2015",
                 "authors": ["Olaf Ronneberger"], "venue": "MICCAI 2015"}),
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


EPRINTS = {
    "with its name": "eprint={arXiv:2001.00001v3}",
    "with a class": "eprint={2001.00001v3}, primaryclass={cs.CV}",
    "of Mendeley": "arxivId={2001.00001v3}",
    "of INSPIRE": 'eprint="2001.00001v3", archivePrefix="arXiv", primaryClass="hep-ex"',
    "with the host": "eprint={2001.00001v3}, archivePrefix={arXiv.org}",
    "as URL": "eprint={https://arxiv.org/abs/2001.00001v3}",
    "alone": "eprint={2001.00001v3}",
    "of DBLP": "journal={CoRR}, volume={abs/2001.00001v3}",
    "as number": "number={arXiv:2001.00001v3}",
    "in a note": "note={arXiv: 2001.00001v3 [cs.CV]}",
}


@pytest.mark.parametrize("name", EPRINTS)
def test_numbers_of_arxiv(name: str) -> None:
    draft, messages = read_one_paper("bibtex", f"@misc{{a1, title={{A}}, {EPRINTS[name]}}}")
    assert (next(iter(draft.links.values())).removeprefix("https://arxiv.org/abs/"), messages) == (
        "2001.00001v3", [],
    )  # fmt: skip


def test_eprints_of_other_archives() -> None:
    draft, _ = read_one_paper(
        "bibtex", "@misc{a1, title={A}, eprint={0309136}, primaryclass={math.GT}}"
    )
    assert draft.links == {"arxiv": "math/0309136"}
    draft, messages = read_one_paper(
        "bibtex", "@misc{a1, title={A}, eprint={hal-01}, archiveprefix={HAL}}"
    )
    assert draft.links == {}
    assert messages == [
        "list:1:1: not-taken: 'archiveprefix' cannot be stored in an entry",
        "list:1:1: not-taken: 'eprint' cannot be stored in an entry",
    ]


def test_fields_of_publication_pages() -> None:
    draft, messages = read_one_paper("bibtex", r"""@article{x1, title={A}, html={https://e.org/h},
  pdf={h.pdf}, code={https://github.com/a/b}, website={https://e.org/p}, abbr={CV},
  video={https://e.org/v\_1}, slides={talk.pdf}, url={\url{https://e.org/{\textasciitilde}a b}}}
""")  # fmt: skip
    assert draft.links == {
        "url": "https://e.org/h",
        "code": "https://github.com/a/b",
        "project": "https://e.org/p",
        "video": "https://e.org/v_1",
        "url 2": "https://e.org/~a%20b",
    }
    assert messages == [
        "list:2:1: not-taken: 'abbr' cannot be stored in an entry",
        "list:2:1: not-taken: 'pdf' is ignored, because it is not a URL: h.pdf",
        "list:3:1: not-taken: 'slides' cannot be stored in an entry",
    ]


def test_commands_without_a_text_are_reported() -> None:
    draft, messages = read_one_paper("bibtex", r"""@article{x1, journal = {\mnras Letters},
  title = {A \href{https://e.org}{link}, a $\SI{3}{\tesla}$ scanner \cite{y}\footnote{Funded}}}
""")  # fmt: skip
    assert draft.fields == {
        "venue": "Monthly Notices of the Royal Astronomical Society Letters",
        "title": r"A link, a $\SI{3}{\tesla}$ scanner",
    }
    assert messages == [
        r"list:2:1: not-taken: 'title' has LaTeX commands that are left out: \cite, \footnote"
    ]


def test_a_retracted_paper_is_noted_for_a_new_entry() -> None:
    _, messages = read_bibtex_entry("@misc{a1, title={RETRACTED: A}, doi={10.1000/1, 10.1000/2}}")
    assert messages == [
        "bibtex: the title says that the paper is retracted; add 'retracted:' with its notice",
        "bibtex: 'doi' contains more, which is ignored: 10.1000/2",
    ]


def test_files_share_their_strings() -> None:
    files = [
        ("strings.bib", b"@string{JF={Journal of Folds}}\n@string{X=none}\n@string{JF2=JF#{ 2}}"),
        ("b.bib", b"@article{a1, title={A}, journal=JF2}\n@article{a2, title={B}, journal=x}"),
        ("c.ris", b"@string{JF = {not BibTeX}}"),
    ]  # fmt: skip
    strings = strings_of_lists(files)
    assert strings == {"jf": "Journal of Folds", "jf2": "Journal of Folds 2"}
    draft_list = parse_list(files[1][1], "b.bib", strings=strings)
    assert [draft.fields.get("venue") for draft in draft_list.drafts] == [
        "Journal of Folds 2",
        None,
    ]
    assert [problem.message for problem in draft_list.problems] == [
        "'journal' is ignored: its @string is not defined"
    ]
    assert strings_of_lists(files[:1]) == {}


def test_records_are_counted() -> None:
    assert read_text("bibtex", WITH_A_BROKEN_ENTRY).record_count == 6


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("@misc{KEY, title={Two words}}", "long-text"),
        ("@misc{b, title={LONG}}", "long-text"),
        ("@misc{b, title={Two words}, doi={LONG}}", "long-text"),
        ("@misc{b, title={DOLLARS}}", "long-text"),
        ("@misc{b, title={Two words}, author={LONG}}", "long-text"),
        ("@misc{b, title={BRACES}}", "long-text"),
        ("@misc{b, title={Two words}, journal=s}", "not-taken"),
    ],
    ids=["key", "title", "doi", "dollars", "author", "braces", "string"],
)
def test_a_huge_value_costs_no_other_paper(record: str, code: str) -> None:
    values = {"KEY": "k" * 400, "LONG": "a" * 10_000, "DOLLARS": "$" * 1_000_000}
    values["BRACES"] = "{" * 5000 + "}" * 5000
    for name, value in values.items():
        record = record.replace(name, value)
    string = f'@string{{s = "{"x" * 5000}"}}'
    result = read_text(
        "bibtex", f"@misc{{a, title={{A}}}}\n{string}\n{record}\n@misc{{c, title={{C}}}}"
    )
    assert [draft.id for draft in result.drafts] == ["a", result.drafts[1].id, "c"]
    assert [(problem.line, problem.code) for problem in result.problems] == [(3, code)]
    assert result.record_count == 3
