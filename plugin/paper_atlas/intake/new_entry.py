"""Write the entry file of one new paper, unless the atlas has the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from paper_atlas.folder.entry_file import dump_entry, dump_further_keys
from paper_atlas.folder.load import load
from paper_atlas.folder.schema import modeline
from paper_atlas.importers.draft import Fields
from paper_atlas.intake.paper_index import PaperIndex, propose_entry_id
from paper_atlas.model.entry import Entry, read_entry, refuse_id
from paper_atlas.model.identity import fingerprint_of_entry, fingerprint_of_fields
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.atomic import folder_lock, write_new
from paper_atlas.source.document import Document
from paper_atlas.text.identifiers import classify_link
from paper_atlas.text.slug import free_label, slug


@dataclass(frozen=True)
class NewEntry:
    """The fields of a new paper, and its terms of the main facet; an empty id is proposed."""

    fields: Fields
    terms: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class NewEntryResult:
    """The path of the new file; if it is empty, a refusal or problems give the reason."""

    written_path: str = ""
    refusal: str = ""
    problems: tuple[Problem, ...] = ()


def with_links(fields: Fields, links: Iterable[str]) -> Fields:
    """Return the fields with further links, whose kinds follow from their text.

    A second URL of a kind gets a numbered label; an identifier replaces one of its kind.
    """
    given = fields.get("links")
    combined: Fields = dict(given) if isinstance(given, dict) else {}
    for link in links:
        kind, value = classify_link(link)
        if kind in ("code", "url"):
            kind = free_label(kind, value, combined)
        combined[kind] = value
    return {**fields, "links": combined} if combined else fields


def create_entry(new: NewEntry, folder: Path, base: Path | None = None) -> NewEntryResult:
    """Write the entry of a paper, unless the atlas in `folder` has the paper.

    A lock on the folder makes other processes wait. `base` is the folder to which paths are
    relative, by default the working directory.
    """
    with folder_lock(folder):
        return _create(new, folder, base or Path.cwd())


def _create(new: NewEntry, folder: Path, base: Path) -> NewEntryResult:
    """Write the entry; start again if another program creates a file with the same name.

    That file may be the same paper, or another one with the same id.
    """
    taken: set[str] = set()
    while True:
        library = load(folder, base)
        result, entry = _plan(new, library, taken)
        if entry is None:
            return result
        path = base / entry.path
        text = modeline(path.absolute(), folder.absolute())
        text += dump_entry(entry, list(library.vocabulary.facets))
        text += dump_further_keys(entry, library.vocabulary)
        if write_new(path, text):
            return result
        taken.add(entry.id)


def _plan(new: NewEntry, library: Library, taken: set[str]) -> tuple[NewEntryResult, Entry | None]:
    """Return the result after writing the entry, and the entry; None if it is refused."""
    unusable = library.vocabulary_errors
    if unusable:
        return NewEntryResult(problems=unusable), None
    names = {*library.known_ids, *(entry.citation_key or "" for entry in library.entries)}
    known = PaperIndex(library.entries, {name.casefold() for name in names} | taken)
    if refusal := _refuse_id(new.id, library, taken):
        return NewEntryResult(refusal=refusal), None
    entry_id = new.id or _propose_id(new.fields, known.taken_ids)
    entry, problems = _build_entry(new, entry_id, library)
    if entry is None:
        return NewEntryResult(problems=tuple(problems)), None
    links = entry.links.by_kind()
    if existing := known.find_by_identifier(links):
        return NewEntryResult(refusal=f"{existing.path} already has this identifier"), None
    paper = fingerprint_of_entry(entry)
    if existing := known.find_entry(paper):
        return NewEntryResult(refusal=f"'{entry.title}' is already in {existing.path}"), None
    if similar := known.find_similar(paper):
        problems.append(_similar_title(entry, similar))
    return NewEntryResult(entry.path, problems=tuple(problems)), entry


def _similar_title(entry: Entry, similar: Entry) -> Problem:
    message = f"'{entry.title}' may be the paper of {similar.path}"
    hint = f"if they are one paper, delete the new file, else write not_same_as: [{similar.id}]"
    place = (entry.path, 1, 1, "similar-title", "title")
    return Problem(*place, message, hint, Severity.WARNING)


def _refuse_id(entry_id: str, library: Library, taken: set[str]) -> str:
    """Return why a paper cannot have the requested id, otherwise an empty string."""
    if not entry_id:
        return ""
    if refusal := refuse_id(entry_id):
        return refusal[0]
    paths = [
        *(entry.path for entry in library.entries),
        *(file.path for file in library.broken_entries),
    ]
    path = next((path for path in paths if PurePosixPath(path).stem.casefold() == entry_id), "")
    if not path and entry_id not in taken:
        return ""
    return f"the id '{entry_id}' is already taken" + (f" by {path}" if path else "")


def _propose_id(fields: Fields, taken: set[str]) -> str:
    return propose_entry_id(fingerprint_of_fields(fields), taken)


def _build_entry(
    new: NewEntry, entry_id: str, library: Library
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry, with the same validation as an entry file, and its problems."""
    vocabulary = library.vocabulary
    terms = [_term_title(word, vocabulary.facets[vocabulary.main_facet]) for word in new.terms]
    path = PurePosixPath(library.folder, _folder_name(terms, vocabulary), f"{entry_id}.yml")
    data: Fields = {**new.fields, vocabulary.main_facet: [*terms]}
    return read_entry(Document(str(path), "", data), vocabulary, {})


def _term_title(word: str, facet: Facet) -> str:
    term = facet.find_term(word)
    return term.title if term else word


def _folder_name(terms: list[str], vocabulary: Vocabulary) -> str:
    """Return the id of the first term, or its slug if it is not in the vocabulary."""
    term = vocabulary.facets[vocabulary.main_facet].find_term(terms[0]) if terms else None
    return term.id if term else slug("".join(terms[:1]))
