"""Functions that read the files of strangers, as targets of a fuzzer.

A target takes bytes and raises an exception if the program does not keep a promise: no error but
the documented one, a position for each problem, no record lost in silence, and what it writes can
be read again. `fuzz.py` drives the targets with libFuzzer, and `test_fuzz.py` with Hypothesis.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from paper_atlas import load
from paper_atlas.folder.entry_file import dump_entry, dump_vocabulary
from paper_atlas.folder.reader import EntryReader
from paper_atlas.folder.vocabulary_file import read_figure, read_vocabulary
from paper_atlas.importers import UnreadableListError, parse_list
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.plan import Outcome
from paper_atlas.intake.run import ImportOptions, import_lists
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Term, Vocabulary
from paper_atlas.problem import Problem, errors
from paper_atlas.site.html.figure import RegionTerm, glyphs_of, labelled_figure

FIXTURES = Path(__file__).parents[1] / "fixtures"
_MEMORY = Path("/dev/shm")  # a folder in memory, where Linux has one
_VOCABULARY = """\
facets:
  topics:
    title: Topics
    pages: true
    terms:
    - Liver
    - {title: Heart, aliases: [Cor]}
    - {title: Left ventricle, parents: [Heart]}
  methods: {title: Methods, open: true, terms: [U-Net]}
  datasets: {title: Data sets, open: true}
"""


@dataclass(frozen=True)
class Target:
    """A function to fuzz, and the patterns of its seeds, relative to `FIXTURES`."""

    run: Callable[[bytes], None]
    seeds: tuple[str, ...]


def fuzz_entry(data: bytes) -> None:
    """An entry file: the entry that is read is the one that is written."""
    text = _decode(data)
    if text is None:
        return
    vocabulary = _vocabulary()
    reader = EntryReader(Path(), vocabulary)
    file = reader.parse_file("a.yml", text, {})
    check_positions(file.problems, text)
    if file.entry is None:
        assert errors(file.problems), "no entry, and no error that says why"
        return
    written = dump_entry(file.entry, list(vocabulary.facets))
    again = reader.parse_file("a.yml", written, {})
    assert again.entry == file.entry, f"written: {written}\n{again.problems}"


def fuzz_vocabulary(data: bytes) -> None:
    """A `vocabulary.yml`: the facets that are read are the ones that are written."""
    with _folder() as folder:
        path = folder / VOCABULARY_FILE
        path.write_bytes(data)
        vocabulary, _, problems = read_vocabulary(folder, path.name)
        check_positions(problems, _decode(data) or "")
        if errors(problems):
            return
        (folder / "a.yml").write_text("title: A\n", encoding="utf-8")
        load(folder, folder)
        path.write_text(dump_vocabulary(vocabulary), encoding="utf-8")
        again, _, problems = read_vocabulary(folder, path.name)
        assert not errors(problems), problems
        assert again.facets == vocabulary.facets


def fuzz_figure(data: bytes) -> None:
    """A figure: what the site shows is XML without scripts, or there is a problem."""
    with _folder() as folder:
        (folder / "body.svg").write_bytes(data)
        path = folder / VOCABULARY_FILE
        facets = _VOCABULARY.replace("Cor]", "Cor], region: heart")
        path.write_text(f"figure: body.svg\n{facets}", encoding="utf-8")
        vocabulary, document, problems = read_vocabulary(folder, path.name)
        assert not problems
        figure, problems = read_figure(folder, vocabulary, document)
        check_positions(problems)
        if figure:
            term = RegionTerm(Term(title="Heart <1>"), 1, "organs/heart/")
            shown, _ = labelled_figure(figure, {"heart": [term]})
            _check_figure(shown)
            glyphs_of(figure, {"heart"})


def _check_figure(shown: str) -> None:
    for element in ElementTree.fromstring(shown).iter():
        name = element.tag.rpartition("}")[2].casefold()
        assert name not in ("script", "foreignobject", "iframe", "animate", "set", "handler"), name
        for key, value in element.attrib.items():
            assert not key.rpartition("}")[2].casefold().startswith("on"), key
            assert "script:" not in "".join(value.split()).casefold(), value


def fuzz_markdown(data: bytes) -> None:
    """A list in Markdown."""
    _import(data, "list.md", ())


def fuzz_bibtex(data: bytes) -> None:
    """A list in BibTeX."""
    _import(data, "list.bib", ("Liver",))


def fuzz_ris(data: bytes) -> None:
    """A list in RIS."""
    _import(data, "list.ris", ("Liver",))


def _import(data: bytes, path: str, terms: tuple[str, ...]) -> None:
    """Import a list into an empty atlas: each record is written or reported, and can be read.

    `terms` are those of all papers; without them the headings become the vocabulary. If there is
    one paper, the second import of the list finds it and changes nothing. Several with one title
    can be several papers.
    """
    try:
        draft_list = parse_list(data, path)
    except UnreadableListError:
        return
    text = data.decode("utf-8-sig")
    check_positions(draft_list.problems, text)
    count = _check_records(draft_list, text)
    with _folder() as folder:
        if terms:
            (folder / VOCABULARY_FILE).write_text(_VOCABULARY, encoding="utf-8")
        options = ImportOptions(terms=terms)
        result = import_lists([draft_list], folder, folder, options)
        check_positions(result.problems)
        assert sum(result.outcomes.values()) == count, result.outcomes
        if result.outcomes.get(Outcome.LEFT_OUT):
            assert result.problems, "a record is left out, and nothing says so"
        library = load(folder, folder)
        assert not errors(library.problems), errors(library.problems)
        assert len(library.entries) == result.outcomes.get(Outcome.WRITTEN, 0)
        if count == 1:
            again = import_lists([draft_list], folder, folder, options)
            assert not again.changes, [change.unified_diff for change in again.changes]


def _check_records(draft_list: DraftList, text: str) -> int:
    last = _count_lines(text)
    for draft in draft_list.drafts:
        assert 1 <= draft.line <= last, draft
    drafts, records = len(draft_list.drafts), draft_list.record_count
    assert records is None or drafts <= records
    if records is not None and drafts < records:
        assert len(draft_list.problems) >= records - drafts, "a record is lost in silence"
    return drafts if records is None else records


def check_positions(problems: Iterable[Problem], text: str | None = None) -> None:
    """Check that each problem has a place in the text, a code and a message."""
    last = None if text is None else _count_lines(text)
    for problem in problems:
        assert problem.path
        assert problem.code
        assert problem.message
        assert problem.line >= 1, problem
        assert problem.column >= 1, problem
        assert last is None or problem.line <= last, (problem, last)


def _count_lines(text: str) -> int:
    """Return the number of lines, with each sign that any format counts as the end of a line."""
    return len(text.splitlines()) + text.count("\r") + 1


def _decode(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


@cache
def _vocabulary() -> Vocabulary:
    with _folder() as folder:
        path = folder / VOCABULARY_FILE
        path.write_text(_VOCABULARY, encoding="utf-8")
        vocabulary, _, problems = read_vocabulary(folder, path.name)
        assert not problems
        return vocabulary


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hostile-", dir=_MEMORY if _MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


TARGETS: dict[str, Target] = {
    "entry": Target(fuzz_entry, ("atlas/entries/**/*.yml", "exports/entries/**/*.yml")),
    "vocabulary": Target(fuzz_vocabulary, ("docs-vocabulary.yml", "**/vocabulary.yml")),
    "figure": Target(fuzz_figure, ("figures/*.svg", "../../entries/body.svg")),
    "markdown": Target(fuzz_markdown, ("lists/*.md", "cases/*.md", "exports/*.md")),
    "bibtex": Target(fuzz_bibtex, ("cases/*.bib", "exports/*.bib", "lists/*.bib")),
    "ris": Target(fuzz_ris, ("cases/*.ris", "exports/*.ris", "lists/*.ris")),
}
"""The targets by name."""
