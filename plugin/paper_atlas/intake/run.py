"""From drafts to files: a paper that the atlas has not becomes a new entry, and one that it has
gets what its file lacks.

Nothing that a person wrote changes; where a list says otherwise, that is told. All is decided
before the first file is written, in the order of the lists. So an import that is killed leaves
whole files, and the next one over the same lists ends as it would have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from paper_atlas.folder import vocabulary_file
from paper_atlas.folder.entry_file import dump_vocabulary
from paper_atlas.folder.load import load
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.headings import propose_vocabulary, propose_word_map, unknown_headings
from paper_atlas.intake.plan import ImportPlan, PlannedChange
from paper_atlas.intake.word_map import WordMap
from paper_atlas.problem import Problem, display_path, errors
from paper_atlas.reports.summary import combine_similar
from paper_atlas.source.atomic import folder_lock, remove_unfinished, replace_text, write_new


@dataclass(frozen=True)
class ImportResult:
    """What an import changes, the papers it found in place, and what it has to say."""

    changes: tuple[PlannedChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    proposal: str = ""
    """Words to be edited for headings that the vocabulary does not know, or nothing."""

    @property
    def new_files(self) -> tuple[str, ...]:
        """The files that are new."""
        return tuple(it.path for it in self.changes if it.before is None)

    @property
    def updated_files(self) -> tuple[str, ...]:
        """The files that were there before."""
        return tuple(it.path for it in self.changes if it.before is not None)


@dataclass(frozen=True)
class ImportOptions:
    """What a curator says to all lists of an import.

    `facet` is what headings become where there is no vocabulary yet; each paper stands under
    the `terms` of the main facet too; `words` are those of the lists that the atlas has not.
    """

    facet: str = "organs"
    terms: tuple[str, ...] = ()
    words: WordMap = field(default_factory=WordMap)


def import_list(
    reading: DraftList,
    folder: Path,
    base: Path | None = None,
    facet: str = "organs",
    words: WordMap | None = None,
) -> ImportResult:
    """Import one list; see `import_readings`."""
    return import_lists([reading], folder, base, ImportOptions(facet, words=words or WordMap()))


def import_lists(
    readings: Iterable[DraftList],
    folder: Path,
    base: Path | None = None,
    wishes: ImportOptions | None = None,
    *,
    dry_run: bool = False,
) -> ImportResult:
    """Write an entry for each draft that the atlas in `folder` has not, and complete the others.

    Where the folder has no vocabulary, the headings of the lists become terms in a new one; so
    does a facet that is wished for and has no headings.
    Broken entries stop the import, because nobody can tell which papers they are. A dry run
    only says what would change.
    """
    base, wishes = base or Path.cwd(), wishes or ImportOptions()
    read = [wishes.words.apply(reading) for reading in readings]
    if dry_run:
        return _planned(read, folder, base, wishes)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        remove_unfinished(folder)
        imported, steps = _planned(read, folder, base, wishes)
        refused: set[str] = set()
        for step in steps:
            if step.path in refused or not _write(step, base):
                refused.add(step.path)
        written = tuple(it for it in imported.changes if it.path not in refused)
        return replace(imported, changes=written)


def _write(change: PlannedChange, base: Path) -> bool:
    """Make a change; not where somebody has made the file meanwhile."""
    if change.before is None:
        return write_new(base / change.path, change.after)
    replace_text(base / change.path, change.after)
    return True


def _planned(
    readings: Sequence[DraftList], folder: Path, base: Path, wishes: ImportOptions
) -> tuple[ImportResult, Sequence[PlannedChange]]:
    """What an import comes to, and the writes that lead there, in their order."""
    library = load(folder, base)
    told = [problem for reading in readings for problem in reading.problems]
    if broken := errors(library.problems):
        return ImportResult(problems=tuple(combine_similar([*told, *broken]))), []
    made: list[PlannedChange] = []
    vocabulary = library.vocabulary
    path = folder / vocabulary_file.VOCABULARY_FILE
    listed = next((it for it in readings if any(draft.headings for draft in it.drafts)), None)
    if not listed and readings and wishes.facet not in vocabulary.facets:
        listed = readings[0]
    if listed and not path.exists():
        vocabulary = propose_vocabulary(listed, wishes.facet, vocabulary)
        made.append(PlannedChange(display_path(path, base), None, dump_vocabulary(vocabulary)))
    plan = ImportPlan(library, vocabulary, folder, base)
    if unknown := plan.unknown_term(wishes.terms):
        return ImportResult(problems=tuple(combine_similar([*told, unknown]))), []
    plan.add_lists(readings, wishes.terms)
    told += [problem for reading in readings for problem in unknown_headings(reading, vocabulary)]
    problems = tuple(combine_similar([*told, *plan.problems]))
    others = [reading for reading in readings if not made or reading is not listed]
    proposal = propose_word_map(others, vocabulary, display_path(path, base))
    imported = ImportResult((*made, *plan.changes()), plan.unchanged, problems, proposal)
    return imported, [*made, *plan.write_steps()]
