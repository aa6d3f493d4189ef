"""Read a list in a format into drafts."""

from paper_atlas import Draft, DraftList
from paper_atlas.importers import FORMATS


def read_text(name: str, text: str) -> DraftList:
    """Read a list whose path is `list`, in the format `name`."""
    return FORMATS[name].read(text, "list")


def read_one_paper(name: str, text: str) -> tuple[Draft, list[str]]:
    """Return the only draft of a list, and its problems as text."""
    draft_list = read_text(name, text)
    (draft,) = draft_list.drafts
    return draft, [str(problem) for problem in draft_list.problems]
