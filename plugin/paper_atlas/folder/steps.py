"""The steps in which `load` reads and checks a folder of entries."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from paper_atlas.checks import run_checks
from paper_atlas.checks.context import CheckContext
from paper_atlas.folder.reader import EntryFile, EntryReader, FileReader
from paper_atlas.folder.vocabulary_file import read_figure, read_vocabulary
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem
from paper_atlas.source.document import Document

RESERVED_NAMES = {
    *Entry.model_fields,
    *("assets", "charts", "compare", "contribute", "help-wanted", "lineage"),
    *("papers", "search", "sections", "templates"),
    *("from", "has", "ids", "limit", "pick", "sort", "text", "to", "view"),
}
"""Names that no facet can have: keys of every entry, folders of every site, and the parameters of
lists in pages and URLs."""


class Steps:
    """The steps of a load without a cache."""

    def read_vocabulary(
        self, folder: Path, path: str
    ) -> tuple[Vocabulary, Document, list[Problem]]:
        """Return the vocabulary, its file and its problems; see `read_vocabulary`."""
        return read_vocabulary(folder, path, RESERVED_NAMES)

    def reader(self, folder: Path, vocabulary: Vocabulary) -> FileReader:
        """Return a reader of the files in a folder."""
        return EntryReader(folder, vocabulary)

    def check(
        self, files: Sequence[EntryFile], vocabulary: Vocabulary, document: Document
    ) -> Iterable[Problem]:
        """Return the problems that the checks find. `document` is the file of the vocabulary."""
        return run_checks(check_context(files, vocabulary, document))

    def read_figure(
        self, folder: Path, vocabulary: Vocabulary, document: Document
    ) -> tuple[str, list[Problem]]:
        """Return the text of the figure, and its problems; see `read_figure`."""
        return read_figure(folder, vocabulary, document)


def check_context(
    files: Sequence[EntryFile], vocabulary: Vocabulary, document: Document
) -> CheckContext:
    """Return the input of the checks of files. `document` is the file of the vocabulary."""
    return CheckContext(
        {paper.entry.id: paper for file in files if (paper := file.paper)},
        {file.name: file.document for file in files},
        vocabulary,
        document,
    )
