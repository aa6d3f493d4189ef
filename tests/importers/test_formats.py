"""BibTeX, RIS, CSL-JSON, tables and the atlas's JSON as others write them, read into drafts."""

import io
import json
import subprocess
from pathlib import Path

import pytest
import rispy
from helpers import ROOT
from helpers.commands import files, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paper_atlas.cli import main
from paper_atlas.cli.import_ import _FORMATS
from paper_atlas.exports import export
from paper_atlas.exports.json import PAPERS_SCHEMA, site_schemas
from paper_atlas.folder.load import load
from paper_atlas.importers import FORMATS, IMPORTERS, format_of
from paper_atlas.importers.bibtex import read_bibtex_entry
from paper_atlas.importers.draft import Draft, DraftList
from paper_atlas.intake.run import import_lists
from paper_atlas.problem import errors

VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung, {title: Multi-organ, id: multi}]}
  targets: {title: Targets, open: true, terms: [Liver, Polyp]}
  methods: {title: Methods, open: true, terms: [{title: U-Net, aliases: [UNet]}]}
"""
TITLE = "U-Net: Convolutional Networks for Biomedical Image Segmentation"


def read(name: str, text: str) -> DraftList:
    return FORMATS[name].read(text, "list")


def only(name: str, text: str) -> tuple[Draft, list[str]]:
    reading = read(name, text)
    (draft,) = reading.drafts
    return draft, [str(problem) for problem in reading.problems]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "vocabulary.yml").write_text(VOCABULARY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


BROKEN = r"""
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


def test_a_broken_entry_takes_no_other_with_it() -> None:
    reading = read("bibtex", BROKEN)
    assert [(draft.line, draft.id, draft.fields) for draft in reading.drafts] == [
        (5, "good", {"title": "A CT Title", "year": "2018", "venue": "jan 2"}),
        (7, "good", {"title": "Another",
                     "links": {"doi": "10.1000/2", "url": "https://e.org/a_b"}}),
        (10, "", {"title": "U-Net", "year": "2015", "authors": ["Olaf Ronneberger"],
                 "venue": "MICCAI 2015"}),
        (13, "last", {"title": "Last", "venue": "Lecture Notes in Computer Science",
                      "links": {"arxiv": "1505.04597", "code": "https://github.com/a/b"}}),
    ]  # fmt: skip
    assert reading.drafts[-1].keywords == ("CT", "U-Net", "x")
    assert [str(problem) for problem in reading.problems] == [
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


def test_biblatex() -> None:
    draft, told = only("bibtex", r"""
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
    assert told == ["list:2:1: not-taken: 'date' is shortened to its year"]


def test_google_scholar_names_arxiv_in_the_journal() -> None:
    journal = "arXiv preprint arXiv:1505.04597"
    draft, _ = only("bibtex", f"@article{{x1, title={{A}}, journal={{{journal}}}, year={{2015}}}}")
    assert (draft.links, draft.fields["venue"]) == ({"arxiv": "1505.04597"}, journal)


RIS = (
    "TY  - JOUR\r\nT1  - U-Net\r\nAU  - Ronneberger, Olaf\r\nA1  - Smith, John, Jr.\r\n"
    "PY  - 2015/11/18/\r\nJO  - MICCAI\r\nJF  - MICCAI\r\nT2  - Medical Image\r\n computing\r\n"
    "SP  - 234\r\nEP  - 241\r\nUR  - https://e.org/a;b\r\nUR  - https://arxiv.org/abs/1505.04597\r\n"
    "AN  - 133423445\r\nDB  - a9h\r\nKW  - Liver\r\nN2  - An abstract\r\nER  - \r\n\r\n"
    "lost\r\nTY  - GEN\r\nTI  - No end\r\nAN  - 123\r\nID  - 7\r\n"
)


def test_ris() -> None:
    reading = read("ris", RIS)
    assert [draft.fields for draft in reading.drafts] == [
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
    assert [(it.id, it.keywords, it.line) for it in reading.drafts] == [
        *(("", ("Liver",), 1), ("", (), 21)),
    ]
    assert [str(problem) for problem in reading.problems] == [
        "list:5:1: not-taken: 'PY' is shortened to its year",
        "list:6:1: not-taken: 'JO' cannot be stored in an entry",
        "list:7:1: not-taken: 'JF' cannot be stored in an entry",
        "list:14:1: not-taken: 'AN' cannot be stored in an entry",
        "list:17:1: not-taken: 'N2' cannot be stored in an entry",
        "list:20:1: broken-record: 'lost' is outside of a record (begin a record with 'TY  - ' "
        "and end it with 'ER  - ')",
    ]


def test_rispy_reads_the_same_of_our_export() -> None:
    text = export("ris", load(ROOT / "entries", ROOT).entries)
    others = rispy.loads(text.replace("\r\n", "\n"))
    for draft, other in zip(read("ris", text).drafts, others, strict=True):
        assert (draft.id, draft.fields["title"]) == (other["id"], other["title"])
        assert len(draft.fields.get("authors", [])) == len(other.get("authors", []))
        assert list(draft.keywords) == other["keywords"]


def test_csl_of_zotero_and_crossref() -> None:
    items = [
        {"id": "http://zotero.org/1", "type": "article", "title": "<i>In vivo</i> T<sub>2</sub>",
         "number": "arXiv:1505.04597", "issued": {"date-parts": [["2015", 5, 18]]},
         "author": [{"family": "Laak", "given": "J.", "non-dropping-particle": "van der"},
                    {"literal": "The Liver Consortium"}], "abstract": "x", "PMID": 123},
        {"title": ["A title"], "container-title": ["MICCAI"], "issued": {"raw": "2015"},
         "event": "A meeting", "DOI": "10.1000/1", "URL": "http://dx.doi.org/10.1000/1"},
    ]  # fmt: skip
    text = json.dumps([*items, "x"], indent=1)
    assert text.split("\n")[28] == " {"
    reading = read("csl", text)
    assert [draft.fields for draft in reading.drafts] == [
        {"title": "In vivo T2", "year": "2015", "authors": ["J. van der Laak",
         "The Liver Consortium"], "links": {"arxiv": "1505.04597", "pmid": "123"}},
        {"title": "A title", "venue": "MICCAI", "year": "2015", "links": {"doi": "10.1000/1"}},
    ]  # fmt: skip
    assert [draft.line for draft in reading.drafts] == [2, 29]
    assert [str(problem) for problem in reading.problems] == [
        "list:1:1: wrong-type: expected an object for each paper",
        "list:2:1: not-taken: 'abstract' cannot be stored in an entry",
        "list:2:1: not-taken: 'issued' is shortened to its year",
        "list:29:1: not-taken: 'event' cannot be stored in an entry",
    ]


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
        {"title": "U-Net", "authors": ["O Ronneberger", "JA van der Laak"], "venue": "MICCAI",
         "year": "2015", "links": {"pmid": "29994201", "pmcid": "PMC12", "doi": "10.1000/1"}},
    ),
    "tabs, a facet and a shielded formula": (
        "title\torgans\turl\n'=1+1\tLiver; Lung\thttps://e.org/1\n",
        {"title": "=1+1", "organs": ["Liver", "Lung"], "links": {"url": "https://e.org/1"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str) -> None:
    text, fields = TABLES[name]
    draft, told = only("csv", text.removeprefix("\ufeff"))
    assert (draft.fields, told) == (fields, [])


def test_a_row_that_is_longer_than_the_header_is_told() -> None:
    draft, told = only("csv", 'title,doi\n\n"A\nB",10.1000/1,x\n')
    assert (draft.fields["title"], draft.line) == ("A B", 3)
    assert told == ["list:3:1: not-taken: the row has more cells than the header"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "list:1:2: unreadable: the file is not valid JSON: expecting property name "),
        ('{"papers": 1}', "list:1:1: wrong-type: expected the papers of an atlas "),
        ('{"papers": []}', "list:1:1: wrong-type: version: expected the number 1"),
        ('{"version": 2, "papers": []}', "list:1:1: newer-version: version: the file has version "
         "2, this program reads version 1 (update paper-atlas)"),
    ],
)  # fmt: skip
def test_json_that_is_none_of_ours(text: str, said: str) -> None:
    (problem,) = read("json", text).problems
    assert str(problem).startswith(said)


def test_json_without_what_is_not_said() -> None:
    papers = [{"id": "a", "title": "A", "notes": None, "authors": [None, True], "year": 2015}]
    draft, _ = only("json", json.dumps({"version": 1, "papers": papers}, indent=2))
    assert draft == Draft({"title": "A", "authors": ["true"], "year": "2015"}, 4, id="a")


def test_the_export_is_as_its_schema_says() -> None:
    library = load(ROOT / "entries", ROOT)
    validator = Draft202012Validator(
        json.loads(site_schemas(library.file_vocabulary)[PAPERS_SCHEMA])
    )
    Draft202012Validator.check_schema(validator.schema)
    whole = json.loads(export("json", library.entries))
    assert list(validator.iter_errors(whole)) == []
    assert len(whole["papers"]) == 176
    for wrong in ({"version": 2}, {"papers": [{"id": "a"}]}, {"papers": [{"x": 1}]}, {"more": 1}):
        assert not validator.is_valid({**whole, **wrong})


BEGINNINGS = {
    "bibtex": "% a list\n@article{a, title={A}}",
    "ris": "\nTY  - JOUR\n",
    "json": ' {"version": 1}',
    "csl": "[{}]",
    "facts": "# facts\n- title: A\n",
    "csv": "id,Title,x\n",
    "markdown": "# A list\n",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_text_without_an_ending_is_told_by_its_beginning(name: str) -> None:
    assert format_of("-", BEGINNINGS[name]) == format_of("list.txt", BEGINNINGS[name]) == name


def test_endings() -> None:
    assert [format_of(f"a{it}", "") for it in (".bib", ".RIS", ".tsv", ".md", ".yml")] == [
        *("bibtex", "ris", "csv", "markdown", "facts"),
    ]
    assert (format_of("a.json", "[]"), format_of("a.csl.json", "[]")) == ("csl", "csl")
    assert (format_of("a.json", "{}"), format_of("a.json", "x")) == ("json", None)
    assert format_of("a.docx", "") is None
    assert tuple(FORMATS) == _FORMATS
    assert set(IMPORTERS) >= {".bib", ".ris", ".json", ".csv", ".tsv", ".md", ".yml"}


BIB = f"""
@inproceedings{{ronneberger-2015, title = {{{TITLE}}}, author = {{Ronneberger, Olaf}},
  year = 2015, doi = {{10.1000/1}}, keywords = {{UNet, deep learning, Liver, Polyp}},
  abstract = {{x}}}}
@article{{b1, title = {{Another}}, doi = {{10.1000/2}}, year = {{in press}},
  keywords = {{deep learning}}, abstract = {{y}}}}
"""


def test_words_of_the_vocabulary_become_terms(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.bib").write_text(BIB)
    assert run(capsys, "import", "a.bib") == (
        1,
        [
            "a.bib:2:1: unknown-keyword: not in the vocabulary, so not imported: 'deep learning' "
            "(2 times)",
            "a.bib:4:1: not-taken: 'abstract' cannot be stored in an entry: 2 times, on lines 4, 6",
            "a.bib:5:1: malformed-year: year: 'in press' is not a year between 1800 and 2100, so "
            "it is not imported (write four digits, such as 2018)",
            "a.bib:5:1: missing-key: organs: is missing (write organs: […])",
            "wrote entries/liver/ronneberger-2015.yml",
            "1 paper written, 0 unchanged; 1 error, 1 warning, 2 notes",
        ],
    )
    assert (project / "entries/liver/ronneberger-2015.yml").read_text() == (
        f'title: "{TITLE}"\nauthors: [Olaf Ronneberger]\nyear: 2015\nlinks:\n  doi: 10.1000/1\n'
        "organs: [Liver]\ntargets: [Polyp]\nmethods: [U-Net]\n"
    )


def test_a_curator_says_where_papers_stand(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.bib").write_text(BIB)
    code, told = run(capsys, "import", "a.bib", "--in", "lung", "--in", "multi")
    assert code == 0
    assert told[-3:-1] == ["wrote entries/lung/ronneberger-2015.yml", "wrote entries/lung/b1.yml"]
    text = (project / "entries/lung/ronneberger-2015.yml").read_text()
    assert "organs: [Lung, Multi-organ, Liver]\n" in text
    code, told = run(capsys, "import", "a.bib", "--in", "Livre")
    assert (code, told[-2]) == (
        1,
        "entries/vocabulary.yml:1:1: unknown-term: organs: 'Livre' is not in the vocabulary "
        "(did you mean 'Liver'?)",
    )


def test_several_lists_a_folder_and_the_input(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a later list knows of a paper is added to what an earlier one brings."""
    (project / "lists" / ".git").mkdir(parents=True)
    (project / "lists" / ".git" / "x.bib").write_text(BIB)
    (project / "lists" / "b.ris").write_text("TY  - A\nTI  - Another\nDO  - 10.1000/2\nER  - \n")
    (project / "lists" / "paper.pdf").write_bytes(b"\xff")
    text = b"title,doi,venue\nAnother,10.1000/2,A Journal\nThird,10.1000/3,\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run(capsys, "import", "lists", "-", "--in", "Liver") == (
        0,
        [
            "lists/paper.pdf:1:1: not-taken: '.pdf' is not the extension of a list, "
            "so the file is not imported",
            "wrote entries/liver/another.yml",
            "wrote entries/liver/third.yml",
            "2 papers written, 0 unchanged; 1 note",
        ],
    )
    assert "venue: A Journal\n" in (project / "entries/liver/another.yml").read_text()


def test_a_dry_run_is_a_diff_that_patch_takes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = project / "entries" / "mine.yml"
    mine.write_text("# mine\ntitle: Another\norgans: [Lung]\nlinks: {doi: 10.1000/2}")
    (project / "a.bib").write_text(BIB)
    before = files(project)
    assert main(["import", "a.bib", "--in", "Liver", "--dry-run"]) == 0
    diff = capsys.readouterr().out
    assert files(project) == before
    assert diff.startswith("--- /dev/null\n+++ b/entries/liver/ronneberger-2015.yml\n@@ -0,0 +1,")
    assert "-links: {doi: 10.1000/2}\n\\ No newline at end of file\n" in diff
    subprocess.run(["git", "apply"], input=diff, text=True, cwd=project, check=True)
    patched = files(project)
    mine.write_text(before["entries/mine.yml"].decode())
    (project / "entries/liver/ronneberger-2015.yml").unlink()
    assert main(["import", "a.bib", "--in", "Liver"]) == 0
    assert files(project) == patched
    capsys.readouterr()
    assert main(["import", "a.bib", "--in", "Liver", "--dry-run"]) == 0
    assert capsys.readouterr().out == ""


def test_a_title_that_is_nearly_the_same_is_the_same_paper(project: Path) -> None:
    """By the rules of the check: one first author, years near each other, no other identifier."""
    entry = project / "entries" / "u-net.yml"
    entry.write_text(
        f'title: "{TITLE}"\nauthors: [Olaf Ronneberger]\nyear: 2015\nlinks:\n'
        "  arxiv: 1505.04597\norgans: [Liver]\n"
    )
    nearly = TITLE.replace("Networks", "Network")
    (project / "a.csv").write_text(
        "title,authors,year,doi\n"
        f"{nearly},O. Ronneberger,2016,10.1000/1\n{nearly},O. Ronneberger,2019,10.1000/2\n"
        f"{nearly} 2,O. Ronneberger,2015,10.1000/3\n"
    )
    assert main(["import", "a.csv", "--in", "Liver"]) == 0
    text = entry.read_text()
    assert f'alternative_titles: ["{nearly}"]\n' in text
    assert "  doi: 10.1000/1\n" in text
    assert len(load(Path("entries")).entries) == 3


def test_papers_that_name_each_other_or_nobody(project: Path) -> None:
    """No step of an import leaves a name that leads nowhere."""
    paper = {"title": "A", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}
    papers = [
        {**paper, "id": "a", "not_same_as": ["b", "none"], "notes": "See [[b|that]], [[none]]."},
        {**paper, "id": "b", "not_same_as": ["a"], "links": {"doi": "10.1000/2"}},
    ]
    (project / "a.json").write_text(json.dumps({"version": 1, "papers": papers}))
    assert main(["import", "a.json"]) == 0
    library = load(Path("entries"), project)
    assert errors(library.problems) == []
    assert library.entries_by_id["a"].not_same_as == ("b",)
    assert library.entries_by_id["a"].notes == "See [[b|that]], none."
    assert library.entries_by_id["b"].not_same_as == ("a",)


def test_an_id_leads_nowhere_out_of_the_folder(project: Path) -> None:
    paper = {"id": "../../out", "title": "Foo", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}
    lost = {**paper, "links": ["x"]}
    (project / "a.json").write_text(json.dumps({"version": 1, "papers": [paper, lost]}))
    assert main(["import", "a.json"]) == 1
    assert set(files(project)) == {"a.json", "entries/vocabulary.yml", "entries/liver/foo.yml"}


def test_a_record_of_bibtex_reads_as_it_does_in_a_file() -> None:
    text = "@misc{a, title = {A \\& B}, howpublished = {C}, doi = {10.1000/1}}"
    draft, _ = only("bibtex", text)
    assert read_bibtex_entry(text) == (draft.fields, [])


LIMITS = settings(
    max_examples=100,
    deadline=None,  # each example reads a folder; how long that takes says nothing here
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = ("@article{a,", "title = {", "}", "{", '"', ",", "=", "#", "\\", "\n", "\r\n",
          "TY  - X\n", "ER  - \n", "TI  - ", "title", ";", "\t", "[", "]", "1", "null",
          '{"version": 1, "papers": [', '{"title": "A"}', ":", "%", "@string{", "crossref = {a}",
          "and", "\\x", "$", "é")  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@LIMITS
@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_read(name: str, text: str) -> None:
    for problem in read(name, text).problems:
        assert problem.line >= 1
        assert problem.message


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
FLAT = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.text(max_size=3), SCALARS, max_size=3)
)
VALUES = FLAT | st.lists(FLAT, max_size=2) | st.dictionaries(st.text(max_size=3), FLAT, max_size=2)
KEYS = st.sampled_from(
    ["id", "title", "links", "authors", "year", "organs", "methods", "extends", "notes", "results",
     "unverified", "allow", "alternative_titles", "formerly", "added", "terms", "path", "x",
     "author", "issued", "container-title", "DOI", "keyword", "note"]
)  # fmt: skip
SOUND = {"title": "A", "organs": ["Liver"], "links": {"doi": "10.1000/1"}}


@pytest.mark.parametrize("name", ["json", "csl"])
@LIMITS
@given(values=st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_values_are_an_entry_or_told(
    name: str, values: dict[str, object], tmp_path: Path
) -> None:
    papers = [{**SOUND, **values}, values]
    text = json.dumps({"version": 1, "papers": papers} if name == "json" else papers)
    imported = import_lists([read(name, text)], tmp_path, tmp_path, dry_run=True)
    assert len(imported.new_files) + len(errors(imported.problems)) >= 1


@pytest.mark.parametrize(
    "prefix",
    ["", "doi:", "DOI: ", "https://doi.org/", "http://dx.doi.org/", "https://www.doi.org/"],
)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@article{a, title = {U-Net}, doi = {§}}"),
        ("a.ris", "TY  - JOUR\nTI  - U-Net\nDO  - §\nER  - \n"),
        ("a.json", '[{"type": "article-journal", "title": "U-Net", "DOI": "§"}]'),
        ("a.csv", "title,doi\nU-Net,§\n"),
    ],
)
def test_a_second_run_finds_all_in_place(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, prefix: str
) -> None:
    """However a list writes an identifier."""
    (project / name).write_text(text.replace("§", f"{prefix}10.1000/u"))
    assert main(["import", name, "--in", "Liver"]) == 0
    before = files(project / "entries")
    capsys.readouterr()
    assert main(["import", name, "--in", "Liver"]) == 0
    assert "0 papers written, 1 unchanged" in capsys.readouterr().err
    assert files(project / "entries") == before


def test_a_facet_can_begin_without_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the JSON of another atlas has none."""
    monkeypatch.chdir(tmp_path)
    paper = {"id": "a", "title": "A", "links": {"doi": "10.1000/1"}, "topics": ["Walking"]}
    (tmp_path / "x.json").write_text(json.dumps({"version": 1, "papers": [paper]}))
    assert main(["import", "x.json", "--facet", "topics"]) == 0, capsys.readouterr().err
    library = load(Path("entries"))
    assert [term.title for term in library.entries_by_id["a"].terms["topics"]] == ["Walking"]
    assert errors(library.problems) == []


def test_what_is_not_utf_8_is_told_with_its_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.bib").write_bytes("@misc{a,\n title = {É}}".encode("latin-1"))
    assert main(["import", "a.bib"]) == 2
    assert capsys.readouterr().err == (
        "error: 'a.bib' is not UTF-8 text (line 2); save it as UTF-8\n"
    )
