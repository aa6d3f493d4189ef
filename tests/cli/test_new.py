"""`paper-atlas new`: an entry from options, answers or BibTeX; known papers are refused."""

import io
import os
import pty
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from paper_atlas import Entry, load
from paper_atlas.cli import main
from paper_atlas.importers.bibtex import BibtexError, read_bibtex_entry
from paper_atlas.intake import new_entry as creating
from paper_atlas.intake.new_entry import NewEntry, create_entry
from paper_atlas.problem import errors
from paper_atlas.text.identifiers import classify_link

MAIN = "import sys; from paper_atlas.cli import main; sys.exit(main(sys.argv[1:]))"
COMMAND = (sys.executable, "-c", MAIN, "new")
PAPER = ("--title", "Foo: a thing", "--in", "Liver", "--link", "10.1000/1")


@pytest.fixture
def project(small_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small atlas as the working directory, with an empty standard input."""
    monkeypatch.chdir(small_atlas)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    return small_atlas


@pytest.fixture
def new(project: Path, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(project, capsys)


class Run:
    """Runs the command, returns exit code and lines, and checks that the atlas stays valid."""

    def __init__(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self._capsys = project, capsys

    def __call__(self, *words: str) -> tuple[int, list[str]]:
        before = files(self.project)
        code = main(["new", *words])
        captured = self._capsys.readouterr()
        assert captured.out == ""
        assert errors(load(Path("entries")).problems) == []
        assert len(files(self.project)) == len(before) + (code == 0)
        return code, captured.err.splitlines()


def files(project: Path) -> dict[str, str]:
    found = (path for path in (project / "entries").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_text() for path in found}


def any_day(text: str) -> str:
    return re.sub(r"(?m)^added: \d{4}-\d{2}-\d{2}$", "added: DAY", text)


def test_options_create_a_file(new: Run) -> None:
    assert new(*PAPER) == (0, ["wrote entries/liver/foo.yml"])
    text = any_day((new.project / "entries/liver/foo.yml").read_text())
    assert text.startswith(
        'title: "Foo: a thing"\nlinks:\n  doi: 10.1000/1\norgans: [Liver]\nadded: DAY\n'
        "# authors: [First Author, Second Author]\n# year: 2018\n# venue: "
    )


def test_every_comment_is_a_valid_key_without_its_number_sign(new: Run) -> None:
    """The examples in the comments are valid."""
    new(*PAPER)
    path = new.project / "entries/liver/foo.yml"
    path.write_text(path.read_text().replace("# ", ""))
    library = load(Path("entries"))
    assert errors(library.problems) == []
    entry = library.entries_by_id["foo"]
    lacking = {name for name in Entry.model_fields if not getattr(entry, name)}
    rare = {"alternative_titles", "retracted", "erratum", "formerly"}
    assert lacking == {"results", "unverified", "not_same_as", "allow", *rare}
    assert set(entry.terms) == set(library.vocabulary.facets)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("10.1000/1", ("doi", "10.1000/1")),
        (" doi:10.1000/1 ", ("doi", "10.1000/1")),
        ("https://doi.org/10.1000/1", ("doi", "10.1000/1")),
        ("https://link.springer.com/article/10.1007/1", ("doi", "10.1007/1")),
        ("1709.07330", ("arxiv", "1709.07330")),
        ("arXiv:1709.07330v2", ("arxiv", "1709.07330v2")),
        ("https://arxiv.org/pdf/1505.04597.pdf", ("arxiv", "1505.04597")),
        ("PMID: 29994201", ("pmid", "29994201")),
        ("PMC7729484", ("pmcid", "PMC7729484")),
        ("pmcid:PMC7729484", ("pmcid", "PMC7729484")),
        ("https://github.com/a/b", ("code", "https://github.com/a/b")),
        ("https://www.gitlab.com/a/b", ("code", "https://www.gitlab.com/a/b")),
        ("https://e.org/github.com", ("url", "https://e.org/github.com")),
        ("29994201", ("url", "29994201")),
        ("a word", ("url", "a word")),
    ],
)
def test_kind_of_a_link(link: str, expected: tuple[str, str]) -> None:
    assert classify_link(link) == expected


def test_several_links_and_terms(new: Run) -> None:
    links = ("https://github.com/a/b", "https://e.org/1", "https://e.org/2", "1709.00001")
    words = ("--title", "T", "--in", "liver", "Pancreas", "--link", *links)
    assert new(*words) == (0, ["wrote entries/liver/t.yml"])
    entry = load(Path("entries")).entries_by_id["t"]
    assert entry.links.by_kind() == {
        "arxiv": "1709.00001", "url": "https://e.org/1", "code": "https://github.com/a/b",
        "url 2": "https://e.org/2",
    }  # fmt: skip
    assert [term.title for term in entry.terms["organs"]] == ["Liver", "Pancreas"]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--title and --in and --link"),
        (PAPER[2:], "--title"),
        (PAPER[:2], "--in and --link"),
        (PAPER[:4], "--link"),
    ],
)
def test_missing_options_are_an_error_without_a_terminal(
    new: Run, words: tuple[str, ...], missing: str
) -> None:
    message = f"error: give {missing}; questions are asked only at a terminal"
    assert new(*words) == (2, [message])


def at_terminal(project: Path, answers: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a pseudo-terminal as its input, and type the answers."""
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, answers.encode())
        return subprocess.run(
            [*COMMAND, *words],
            stdin=terminal,
            cwd=project,
            capture_output=True,
            text=True,
            timeout=30,
        )
    finally:
        os.close(keyboard)
        os.close(terminal)


def test_missing_values_are_asked_for(project: Path) -> None:
    done = at_terminal(project, "\nFoo: a thing\nliver\nhttps://doi.org/10.1000/1\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Title: Title: Organs (")
    assert done.stderr.endswith("): Link (DOI, arXiv id, URL): wrote entries/liver/foo.yml\n")
    assert "doi: 10.1000/1\n" in (project / "entries/liver/foo.yml").read_text()


def test_invalid_answers_are_asked_for_again(project: Path) -> None:
    answers = "Foo: a thing\nLivre\nliver, Pancreas\nwww.example.org\ndoi: 10.1000/1\n"
    done = at_terminal(project, answers)
    assert "'Livre' is not in the vocabulary (did you mean 'Liver'?)\n" in done.stderr
    assert "'www.example.org' is neither an identifier nor a URL" in done.stderr
    assert "organs: [Liver, Pancreas]\n" in (project / "entries/liver/foo.yml").read_text()


def test_only_missing_values_are_asked_for(project: Path) -> None:
    done = at_terminal(project, "1709.00001\n", *PAPER[:4])
    assert done.stderr == "Link (DOI, arXiv id, URL): wrote entries/liver/foo.yml\n"


def test_end_of_input_ends_the_command(project: Path) -> None:
    before = files(project)
    done = at_terminal(project, "\x04", *PAPER[2:])
    assert (done.returncode, done.stderr) == (
        2,
        "Title: \nerror: no answer, so nothing is written\n",
    )
    assert files(project) == before


def test_known_paper_is_refused(new: Run) -> None:
    title = load(Path("entries")).entries_by_id["h-denseunet"].title
    path = "entries/liver/h-denseunet.yml"
    by_title = ("--title", title.upper(), "--in", "Liver", "--link", "https://e.org/")
    assert new(*by_title) == (1, [f"error: '{title.upper()}' is already in {path}"])
    for link in ("10.1109/tmi.2018.2845918", "10.1109/TMI.2018.2845918"):
        words = ("--title", "Another", "--in", "Liver", "--link", link, "--id", "another")
        assert new(*words) == (1, [f"error: {path} already has this identifier"])


def test_identifier_belongs_to_one_entry(new: Run) -> None:
    """This holds even if another identifier differs, because a check would fail."""
    new("--title", "Foo", "--in", "Liver", "--link", "10.1000/1", "1709.00001")
    _, message = new("--title", "Bar", "--in", "Liver", "--link", "10.1000/1", "1709.00002")
    assert message == ["error: entries/liver/foo.yml already has this identifier"]


def test_version_of_a_preprint_is_the_same_paper(new: Run) -> None:
    new("--title", "Foo", "--in", "Liver", "--link", "1709.00001")
    _, message = new("--title", "B", "--in", "Liver", "--link", "arxiv:1709.00001v3")
    assert message == ["error: entries/liver/foo.yml already has this identifier"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--title", "T", "--in", "Livre", "--link", "10.1000/1"),
            "entries/livre/t.yml:1:1: unknown-term: organs: 'Livre' is not in the vocabulary "
            "(did you mean 'Liver'?)",
        ),
        (
            ("--title", "T", "--in", "Liver", "--link", "nowhere"),
            "entries/liver/t.yml:1:1: malformed-url: links.url: 'nowhere' is not a URL "
            "(write it like https://…)",
        ),
        (
            (*PAPER, "--id", "h-denseunet"),
            "error: the id 'h-denseunet' is already taken by entries/liver/h-denseunet.yml",
        ),
        (
            (*PAPER, "--id", "../../Foo"),
            "error: '../../Foo' cannot be the id of a paper: expected lowercase letters a-z, "
            "digits, hyphens",
        ),
    ],
)
def test_invalid_options_are_reported_and_nothing_is_written(
    new: Run, words: tuple[str, ...], message: str
) -> None:
    assert new(*words) == (1, [message])


def test_given_id_is_used(new: Run) -> None:
    assert new(*PAPER, "--id", "bar") == (0, ["wrote entries/liver/bar.yml"])


def test_errors_of_the_vocabulary_are_reported_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "entries/vocabulary.yml").write_text("facets: {}\n")
    assert main(["new", *PAPER]) == 1
    assert capsys.readouterr().err.startswith("entries/vocabulary.yml:1:")
    assert not (project / "entries/liver/foo.yml").exists()


def test_broken_file_keeps_its_id_and_does_not_prevent_new_entries(project: Path) -> None:
    (project / "entries/liver/foo.yml").write_text("title: [")
    assert main(["new", *PAPER]) == 0
    assert (project / "entries/liver/foo-2.yml").exists()


def test_folder_with_the_name_of_the_file_is_skipped(project: Path) -> None:
    (project / "entries/liver/foo.yml").mkdir()
    assert create_entry(wish(1), Path("entries")).written_path == "entries/liver/foo-2.yml"
    taken = replace(wish(2), id="foo")
    refused = create_entry(taken, Path("entries")).refusal
    assert refused == "the id 'foo' is already taken by entries/liver/foo.yml"


def wish(number: int, organ: str = "Liver") -> NewEntry:
    links = {"doi": f"10.1000/{number}"}
    return NewEntry({"title": f"Foo: thing {number}", "links": {**links}}, (organ,))


def test_file_written_during_the_run_is_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another paper gets the next id; the same paper is refused."""
    write = creating.write_new
    other = "title: Other\norgans: [Liver]\nlinks: {doi: 10.1000/9}\n"

    def late(path: Path, text: str) -> bool:
        write(path, other)
        monkeypatch.setattr(creating, "write_new", write)
        return write(path, text)

    monkeypatch.setattr(creating, "write_new", late)
    assert create_entry(wish(1), Path("entries")).written_path == "entries/liver/foo-2.yml"
    assert (project / "entries/liver/foo.yml").read_text() == other
    other = "title: Same\norgans: [Liver]\nlinks: {doi: 10.1000/2}\n"
    monkeypatch.setattr(creating, "write_new", late)
    refusal = "entries/liver/foo-3.yml already has this identifier"
    assert create_entry(wish(2), Path("entries")).refusal == refusal


@pytest.mark.parametrize(("numbers", "expected"), [(range(8), 8), ([1] * 8, 1)])
def test_many_threads_at_once(project: Path, numbers: list[int], expected: int) -> None:
    """This holds for different terms too, whose files are in different folders."""
    folder = project / "entries"
    wishes = [wish(number, ("Liver", "Pancreas")[i % 2]) for i, number in enumerate(numbers)]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda it: create_entry(it, folder, project), wishes))
    written = [created.written_path for created in done if created.written_path]
    assert len(set(written)) == len(written) == expected
    assert all(created.written_path or created.refusal for created in done)
    library = load(folder)
    assert errors(library.problems) == []
    assert len([entry for entry in library.entries if entry.title.startswith("Foo")]) == expected
    assert list(folder.rglob(".*")) == []


def test_many_processes_at_once(project: Path) -> None:
    command = (*COMMAND, "--title", "Foo: a thing")
    words = [
        ("--in", ("Liver", "Pancreas")[i % 2], "--link", f"10.1000/{i // 2}") for i in range(6)
    ]
    quiet = subprocess.DEVNULL
    running = [subprocess.Popen([*command, *it], cwd=project, stderr=quiet) for it in words]
    assert sorted(process.wait(30) for process in running) == [0, 0, 0, 1, 1, 1]
    assert errors(load(Path("entries")).problems) == []


def article(fields: str, before: str = "") -> str:
    return f"{before}@article{{key, {fields}}}"


FIELDS = {
    "nested braces": (r"title = {{H-Net} for {Liver {CT}}}", {"title": "H-Net for Liver CT"}),
    "quotation marks": ('title = "A {CT} title"', {"title": "A CT title"}),
    "accents": (
        r"author = {K. G{\"o}del and M{\"u}ller, Jos\'e and {\O}ystein {\AA}s and P. Erd\H{o}s}",
        {"authors": ["K. Gödel", "José Müller", "Øystein Ås", "P. Erdős"]},
    ),
    "both orders of a name": (
        "author = {Li, Xiaomeng and Hao Chen\n and van der Berg, Jan and Smith, Jr., John}",
        {"authors": ["Xiaomeng Li", "Hao Chen", "Jan van der Berg", "John Smith Jr."]},
    ),
    "a group": (
        "author = {{Foo and Bar Team} and Ann Lee}",
        {"authors": ["Foo and Bar Team", "Ann Lee"]},
    ),
    "commands": (r"title = {\emph{In vivo} \& 5\% of $\alpha$}", {"title": "In vivo & 5% of α"}),
    "bare signs": ("title = {90% of A & B}", {"title": "90% of A & B"}),
    "over lines": ("title = {A\n    title~here}", {"title": "A title here"}),
    "pages": ("pages = {2663--2674}", {"pages": "2663-2674"}),
    "numbers": (
        "YEAR = 2018, Volume = 37, number = {12}",
        {"year": "2018", "volume": "37", "issue": "12"},
    ),
    "a book": ("booktitle = {MICCAI}", {"venue": "MICCAI"}),
    "a DOI": (r"doi = {10.1000/a\_b}", {"links": {"doi": "10.1000/a_b"}}),
    "an address": (
        "url = {https://e.org/a_b?x=1&y=2%20z}",
        {"links": {"url": "https://e.org/a_b?x=1&y=2%20z"}},
    ),
    "an address of an identifier": (
        "url = {https://doi.org/10.1000/1}, doi = {10.1000/1}",
        {"links": {"doi": "10.1000/1"}},
    ),
    "an address of another one": (
        "url = {https://doi.org/10.1000/2}, doi = {https://doi.org/10.1000/1}",
        {"links": {"url": "https://doi.org/10.1000/2", "doi": "10.1000/1"}},
    ),
    "a preprint's address": (
        "url = {https://arxiv.org/abs/1709.07330v2}",
        {"links": {"arxiv": "1709.07330v2"}},
    ),
    "empty fields": ("doi = {}, journal = {}, booktitle = {B}, author = {}", {"venue": "B"}),
    "arXiv": (
        "eprint = {1709.07330}, archivePrefix = {arXiv}, primaryClass = {cs.CV}",
        {"links": {"arxiv": "1709.07330"}},
    ),
    "PubMed": ("pmid = {29994201}", {"links": {"pmid": "29994201"}}),
}


@pytest.mark.parametrize("name", FIELDS)
def test_bibtex_fields(name: str) -> None:
    fields, expected = FIELDS[name]
    assert read_bibtex_entry(article(fields)) == (expected, [])


def test_bibtex_strings_and_comments() -> None:
    before = '% mine\n@comment{not this}\n@string{tmi = "IEEE {TMI}"}\n@preamble{"x"}\n'
    assert read_bibtex_entry(article("journal = TMI", before)) == ({"venue": "IEEE TMI"}, [])


UNTAKEN = {
    "abstract = {x}, month = dec": [
        "bibtex: 'abstract' cannot be stored in an entry",
        "bibtex: 'month' cannot be stored in an entry",
    ],
    "journal = {}, year = {}": [],
    "journal = tmi": ["bibtex: 'journal' is ignored: its @string is not defined"],
    'journal = tmi # " x"': ["bibtex: 'journal' is ignored: its @string is not defined"],
    "eprint = {1}, archiveprefix = {JSTOR}": [
        "bibtex: 'eprint' cannot be stored in an entry",
        "bibtex: 'archiveprefix' cannot be stored in an entry",
    ],
}


@pytest.mark.parametrize("fields", UNTAKEN)
def test_bibtex_fields_that_are_not_imported(fields: str) -> None:
    assert read_bibtex_entry(article(fields)) == ({}, UNTAKEN[fields])


def test_an_odd_name_in_bibtex_does_not_cost_the_others() -> None:
    fields, message = read_bibtex_entry(article("author = {A, B, C, D and Ann Lee}"))
    hint = "write 'Last, First and Last, First'"
    assert (fields, message) == (
        {"authors": ["Ann Lee"]},
        [f"bibtex: 'A, B, C, D' is not one name ({hint})"],
    )


def test_bibtex_and_others() -> None:
    fields, message = read_bibtex_entry(article("author = {Ann Lee and others}"))
    assert (fields, message) == (
        {"authors": ["Ann Lee"]},
        ["bibtex: 'and others' in 'author' is not a name"],
    )


UNREADABLE = {
    "": "bibtex: expected one entry, found no entry",
    "% nothing": "bibtex: expected one entry, found no entry",
    "@misc{a, title={A}} @misc{b, title={B}}": "bibtex: expected one entry, found 2 entries",
    "@misc{a, title={A}} @misc{a, title={B}}": "bibtex: expected one entry, found 2 entries",
    "\n@misc{a, title={A}, title={B}}": "bibtex: line 2: the entry has 'title' twice",
    "\n@misc{a,\n title = {Broken {in the middle,\n year = 2018\n": "bibtex: the text from "
    "line 2 cannot be parsed; check for a missing or an extra brace, comma or '='",
    "@misc{a,\n title = {A},\n year 2018,\n}": "bibtex: the text from line 1 cannot be parsed; "
    "check for a missing or an extra brace, comma or '='",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_invalid_bibtex(text: str) -> None:
    with pytest.raises(BibtexError) as error:
        read_bibtex_entry(text)
    assert str(error.value) == UNREADABLE[text]


BIB = r"""@inproceedings{roth,
  title = {The {Pancreas} in {CT}}, author = {Roth, Holger R. and Le Lu}, year = 2015,
  booktitle = {MICCAI}, doi = {10.1000/5}, abstract = {x},
}"""


def test_bibtex_from_a_file(new: Run) -> None:
    Path("roth.bib").write_text(BIB)
    assert new("--from", "roth.bib", "--in", "Pancreas", "--link", "https://github.com/a/b") == (
        0,
        ["bibtex: 'abstract' cannot be stored in an entry",
         "wrote entries/pancreas/roth-2015-pancreas.yml"],
    )  # fmt: skip
    text = any_day(Path("entries/pancreas/roth-2015-pancreas.yml").read_text())
    assert text.startswith(
        "title: The Pancreas in CT\nauthors: [Holger R. Roth, Le Lu]\nyear: 2015\nvenue: MICCAI\n"
        "links:\n  doi: 10.1000/5\n  code: https://github.com/a/b\norgans: [Pancreas]\n"
        "added: DAY\n# volume"
    )


def test_bibtex_from_standard_input(new: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BIB.encode())))
    words = ("--from", "-", "--in", "Pancreas", "--title", "Bar: it")
    assert new(*words)[1][-1] == "wrote entries/pancreas/bar.yml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"@misc{", "error: bibtex: the text from line 1 "),
        (b"\xff", "error: 'a.bib' cannot be read: "),
        (None, "error: 'a.bib' cannot be read: "),
    ],
)
def test_invalid_bibtex_file(new: Run, text: bytes | None, message: str) -> None:
    if text is not None:
        Path("a.bib").write_bytes(text)
    code, lines = new("--from", "a.bib", "--in", "Liver")
    assert (code, len(lines)) == (2, 1)
    assert lines[0].startswith(message)
