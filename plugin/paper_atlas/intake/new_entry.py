"""One new entry: what is known of a paper becomes a file, unless the atlas has the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from paper_atlas.folder import vocabulary_file
from paper_atlas.folder.entry_file import dump_entry, dump_further_keys
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import modeline
from paper_atlas.importers.draft import Fields
from paper_atlas.intake.identity import (
    Fingerprint,
    PaperIndex,
    fingerprint_of_fields,
    propose_entry_id,
)
from paper_atlas.model.entry import Entry, read_entry
from paper_atlas.model.fields import ENTRY_ID
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.problem import Problem, errors
from paper_atlas.source.atomic import folder_lock, write_new
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import classify_link
from paper_atlas.text.slug import free_label, slug


@dataclass(frozen=True)
class NewEntry:
    """What is known of a paper: the terms of the main facet, links, and other fields.

    Without an `id` one is proposed.
    """

    fields: Fields
    terms: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class NewEntryResult:
    """The path of the file that was written, or why none was: a refusal, or problems."""

    written_path: str = ""
    refusal: str = ""
    problems: tuple[Problem, ...] = ()


def with_links(fields: Fields, links: Iterable[str]) -> Fields:
    """The fields with further links, whose kinds are told by what they look like.

    A second address of a kind gets a label of its own; an identifier replaces one.
    """
    given = fields.get("links")
    taken: Fields = dict(given) if isinstance(given, dict) else {}
    for link in links:
        kind, value = classify_link(link)
        if kind in ("code", "url"):
            kind = free_label(kind, value, taken)
        taken[kind] = value
    return {**fields, "links": taken} if taken else fields


def create_entry(wish: NewEntry, folder: Path, base: Path | None = None) -> NewEntryResult:
    """Write the entry of a paper that the atlas in `folder` has not; one at a time."""
    with folder_lock(folder):
        return _create(wish, folder, base or Path.cwd())


def _create(wish: NewEntry, folder: Path, base: Path) -> NewEntryResult:
    """See `create`.

    Where an editor or an import writes a file of that name meanwhile, all is looked at again: it
    may be the same paper, or another one that only has the same id.
    """
    taken: set[str] = set()
    while True:
        library = load(folder, base)
        created, entry = _planned(wish, library, taken)
        if entry is None:
            return created
        path = base / entry.path
        text = modeline(path.absolute(), folder.absolute())
        text += dump_entry(entry, list(library.vocabulary.facets))
        text += dump_further_keys(entry, library.vocabulary)
        if write_new(path, text):
            return created
        taken.add(entry.id)


def _planned(
    wish: NewEntry, library: Library, taken: set[str]
) -> tuple[NewEntryResult, Entry | None]:
    """The entry to be written and what is then to be said, or why there is none."""
    unusable = _of_vocabulary(library)
    if unusable:
        return NewEntryResult(problems=unusable), None
    known = PaperIndex(library.entries, {name.casefold() for name in library.known_ids} | taken)
    if refusal := _id_refused(wish.id, library, taken):
        return NewEntryResult(refusal=refusal), None
    name = wish.id or _proposed(wish.fields, known.taken_ids)
    entry, problems = _entry(wish, name, library)
    if entry is None:
        return NewEntryResult(problems=tuple(problems)), None
    links = entry.links.by_kind()
    if there := known.find_by_identifier(links):
        return NewEntryResult(refusal=f"{there.path} has that identifier already"), None
    if there := known.find_entry(Fingerprint((entry.title,), links)):
        return NewEntryResult(refusal=f"'{entry.title}' is {there.path} already"), None
    return NewEntryResult(entry.path, problems=tuple(problems)), entry


def _of_vocabulary(library: Library) -> tuple[Problem, ...]:
    """The errors of the vocabulary, with which no word of an entry can be understood."""
    path = f"{library.folder}/{vocabulary_file.VOCABULARY_FILE}"
    return tuple(problem for problem in errors(library.problems) if problem.path == path)


def _id_refused(name: str, library: Library, taken: set[str]) -> str:
    """Why a paper cannot have the id that somebody chose, or nothing."""
    if not name:
        return ""
    if not ENTRY_ID.fullmatch(name):
        return f"'{name}' cannot be the id of a paper: small letters a-z, digits, hyphens"
    paths = [
        *(entry.path for entry in library.entries),
        *(file.path for file in library.broken_entries),
    ]
    path = next((path for path in paths if PurePosixPath(path).stem.casefold() == name), "")
    if not path and name not in taken:
        return ""
    return f"the id '{name}' is taken" + (f" by {path} already" if path else "")


def _proposed(fields: Fields, taken: set[str]) -> str:
    title = str(fields.get("title", ""))
    return propose_entry_id(fingerprint_of_fields(fields, [title], {}), taken)


def _entry(wish: NewEntry, name: str, library: Library) -> tuple[Entry | None, list[Problem]]:
    """The entry through the same validation as a file of one."""
    vocabulary = library.vocabulary
    terms = [_title(word, vocabulary.facets[vocabulary.main_facet]) for word in wish.terms]
    folder = _folder(terms, vocabulary)
    path = PurePosixPath(library.folder, folder, f"{name}.yml")
    data: Fields = {**wish.fields, vocabulary.main_facet: [*terms]}
    return read_entry(Document(str(path), "", data), vocabulary, {})


def _title(word: str, facet: Facet) -> str:
    term = facet.find_term(word)
    return term.title if term else word


def _folder(terms: list[str], vocabulary: Vocabulary) -> str:
    """The id of the first term, which names the folder."""
    term = vocabulary.facets[vocabulary.main_facet].find_term(terms[0]) if terms else None
    return term.id if term else slug("".join(terms[:1]))
