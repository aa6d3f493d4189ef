"""Import lists: write entries for new papers, and add missing values to existing entries.

Existing values do not change; contradictions are reported. All changes are planned before the
first file is written. So a killed import leaves only valid files, and the next import of the same
lists has the same result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from paper_atlas.folder.diff import FileChange, write_locked
from paper_atlas.folder.entry_file import dump_vocabulary
from paper_atlas.folder.load import load
from paper_atlas.importers.draft import DraftList
from paper_atlas.intake.headings import propose_vocabulary, propose_word_map, unknown_headings
from paper_atlas.intake.plan import ImportPlan, Outcome
from paper_atlas.intake.word_map import WordMap
from paper_atlas.model.vocabulary import VOCABULARY_FILE, Vocabulary
from paper_atlas.problem import Problem, display_path
from paper_atlas.reports.summary import combine_similar
from paper_atlas.source.atomic import folder_lock


@dataclass(frozen=True)
class ImportResult:
    """Changed files, unchanged files of papers in the lists, and problems.

    `outcomes` is the number of records with each outcome. Their sum is the number of records read.
    """

    changes: tuple[FileChange, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    proposal: str = ""
    """A word map for unknown headings, for the curator to edit, otherwise an empty string."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    """Files that another program created or changed during the import."""

    @property
    def new_files(self) -> tuple[str, ...]:
        """The paths of new files."""
        return tuple(change.path for change in self.changes if change.before is None)

    @property
    def updated_files(self) -> tuple[str, ...]:
        """The paths of changed files."""
        return tuple(change.path for change in self.changes if change.before is not None)


@dataclass(frozen=True)
class ImportOptions:
    """Options for all lists of an import.

    `facet` is the key of the facet for headings in a new vocabulary, `terms` are further terms of
    the main facet for each paper, and `words` is the word map of the lists.
    """

    facet: str = "topics"
    terms: tuple[str, ...] = ()
    words: WordMap = field(default_factory=WordMap)


def import_list(
    draft_list: DraftList,
    folder: Path,
    base: Path | None = None,
    facet: str = "topics",
    words: WordMap | None = None,
) -> ImportResult:
    """Import one list; see `import_lists`."""
    return import_lists([draft_list], folder, base, ImportOptions(facet, words=words or WordMap()))


def import_lists(
    draft_lists: Iterable[DraftList],
    folder: Path,
    base: Path | None = None,
    options: ImportOptions | None = None,
    *,
    dry_run: bool = False,
) -> ImportResult:
    """Write the entries of new papers in lists, and add missing values to existing entries.

    If the folder has no vocabulary, the headings of the first list with headings become its terms.
    Errors in the vocabulary stop the import. A paper whose present file has errors is left out. A
    dry run writes nothing. `base` is the folder to which paths are relative.

    Raises:
        UnfinishedError: a file cannot be written. All files before it are written.
        OSError: the folder cannot be created or locked.
    """
    base, options = base or Path.cwd(), options or ImportOptions()
    draft_lists = list(draft_lists)
    mapped = [options.words.apply(draft_list) for draft_list in draft_lists]
    if dry_run:
        result = _plan_import(mapped, folder, base, options)[0]
        return replace(result, outcomes=_count_records(draft_lists, result.outcomes))
    folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        result, steps = _plan_import(mapped, folder, base, options)
        _, skipped = write_locked(steps, base)
        written = tuple(change for change in result.changes if change.path not in skipped)
        outcomes = _count_records(draft_lists, result.outcomes)
        return replace(result, changes=written, skipped=tuple(skipped), outcomes=outcomes)


def _count_records(
    draft_lists: Iterable[DraftList], outcomes: Mapping[Outcome, int]
) -> Mapping[Outcome, int]:
    """Return the outcomes with all records; those that reached no outcome are left out."""
    counts = (
        len(draft_list.drafts) if draft_list.record_count is None else draft_list.record_count
        for draft_list in draft_lists
    )
    missing = sum(counts) - sum(outcomes.values())
    return {**outcomes, Outcome.LEFT_OUT: outcomes.get(Outcome.LEFT_OUT, 0) + missing}


def _vocabulary_source(
    draft_lists: Sequence[DraftList], facet: str, vocabulary: Vocabulary
) -> DraftList | None:
    """Return the list whose headings become terms, or the first one if the facet is missing."""
    for draft_list in draft_lists:
        if any(draft.headings for draft in draft_list.drafts):
            return draft_list
    return draft_lists[0] if draft_lists and facet not in vocabulary.facets else None


def _plan_import(
    draft_lists: Sequence[DraftList], folder: Path, base: Path, options: ImportOptions
) -> tuple[ImportResult, Sequence[FileChange]]:
    """Return the result of an import, and the writes in their order."""
    library = load(folder, base)
    problems = [problem for draft_list in draft_lists for problem in draft_list.problems]
    if broken := library.vocabulary_errors:
        return ImportResult(problems=tuple(combine_similar([*problems, *broken]))), []
    new_vocabulary: list[FileChange] = []
    vocabulary = library.vocabulary
    path = folder / VOCABULARY_FILE
    source = _vocabulary_source(draft_lists, options.facet, vocabulary)
    if source and not path.exists():
        vocabulary = propose_vocabulary(source, options.facet, vocabulary)
        new_vocabulary.append(
            FileChange(display_path(path, base), None, dump_vocabulary(vocabulary))
        )
    plan = ImportPlan(library, vocabulary, folder, base)
    if unknown := plan.unknown_term(options.terms):
        return ImportResult(problems=tuple(combine_similar([*problems, unknown]))), []
    plan.add_lists(draft_lists, options.terms)
    for draft_list in draft_lists:
        problems += unknown_headings(draft_list, vocabulary)
    others = [
        draft_list for draft_list in draft_lists if not new_vocabulary or draft_list is not source
    ]
    proposal = propose_word_map(others, vocabulary, display_path(path, base))
    changes = (*new_vocabulary, *plan.changes())
    combined = tuple(combine_similar([*problems, *plan.problems]))
    result = ImportResult(changes, plan.unchanged, combined, proposal, plan.outcomes)
    return result, [*new_vocabulary, *plan.write_steps()]
