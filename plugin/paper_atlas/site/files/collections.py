"""The lists of papers of a site: all of them, those of each section, and of each term's page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paper_atlas.exports.atom import has_additions
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, section_path, term_path


@dataclass(frozen=True)
class PaperList:
    """Papers on the page made from the file `page`, and in files in `folder`, "" being the root.

    `title` says what they are of, or nothing where it is the whole atlas; `is_dated` whether some
    say when they were added.
    """

    folder: str
    page: str
    title: str
    entries: Sequence[Entry]
    is_dated: bool

    def file(self, name: str) -> str:
        """The path of a file of the list."""
        return f"{self.folder}/{name}" if self.folder else name


def lists(library: Library) -> Iterator[PaperList]:
    """Every list that has papers, that of all papers first."""
    is_any_dated = has_additions(library.entries)  # else no list need be looked through
    for folder, page, title, entries in _lists(library):
        is_dated = is_any_dated and has_additions(entries)
        yield PaperList(folder, page, title, entries, is_dated)


def _lists(library: Library) -> Iterator[tuple[str, str, str, Sequence[Entry]]]:
    """The folder, page, title and papers of each list."""
    yield "", ALL_PAPERS, "", library.entries
    for name, facet in library.vocabulary.facets.items():
        for section in facet.sections:
            if entries := library.of_section(name, section):
                folder = f"sections/{section.id}"
                yield folder, section_path(section), section.title, entries
        for term in facet.all_terms if facet.pages else ():
            if entries := library.of_term(name, term):
                yield f"{name}/{term.id}", term_path(name, term), term.title, entries
