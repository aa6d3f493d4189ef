"""The lists of papers of a site: all papers, and the papers of each section and term."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from paper_atlas.exports.atom import has_additions
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.site.addresses import ALL_PAPERS, section_path, term_path


@dataclass(frozen=True)
class Collection:
    """Papers that are listed on the page `page` (a Markdown path) and in the files in `folder`.

    `folder` is an empty string for the root. `title` names their subject and is an empty string for
    the whole atlas. The papers are those with one of the terms `term_ids` of `facet`.
    """

    folder: str
    page: str
    title: str
    entries: Sequence[Entry]
    facet: str = ""
    term_ids: tuple[str, ...] = ()
    subject: Section | Term | None = None

    @cached_property
    def is_dated(self) -> bool:
        """True if some of the papers have the date on which they were added."""
        return has_additions(self.entries)

    @cached_property
    def years(self) -> Counter[int | None]:
        """The number of papers of each year (None: not known)."""
        return Counter([entry.year for entry in self.entries])

    def file_path(self, name: str) -> str:
        """Return the path of a file of the collection."""
        return f"{self.folder}/{name}" if self.folder else name


def all_papers(library: Library) -> Collection:
    """Return the collection of all papers."""
    return Collection("", ALL_PAPERS, "", library.entries)


def collection_of_section(library: Library, facet: str, section: Section) -> Collection:
    """Return the papers of a section: those of its terms and of their narrower terms."""
    subtree = library.vocabulary.facets[facet].subtree
    ids = dict.fromkeys(narrower.id for term in section.terms for narrower in subtree(term))
    return Collection(
        f"sections/{section.id}",
        section_path(section),
        section.title,
        library.papers_of_section(facet, section),
        facet,
        tuple(ids),
        section,
    )


def collection_of_term(library: Library, facet: str, term: Term) -> Collection:
    """Return the papers of a term and of its narrower terms."""
    narrower = library.vocabulary.facets[facet].subtree(term)
    return Collection(
        f"{facet}/{term.id}",
        term_path(facet, term),
        term.title,
        library.papers_within(facet, term),
        facet,
        tuple(one.id for one in narrower),
        term,
    )


def collections_of(library: Library) -> Iterator[Collection]:
    """Yield every collection, that of all papers first, also those without papers."""
    yield all_papers(library)
    for name, facet in library.vocabulary.facets.items():
        for section in facet.sections:
            yield collection_of_section(library, name, section)
        for term in facet.all_terms:
            yield collection_of_term(library, name, term)
