"""The page that says what the atlas lacks."""

from collections.abc import Sequence

from paper_atlas.page import Fragment, Page
from paper_atlas.pages.parts import Blocks
from paper_atlas.places import HELP_WANTED
from paper_atlas.text import number
from paper_atlas.wanted import Wanted


def help_wanted_page(found: Sequence[Wanted]) -> Page:
    """Every kind of help, with what is to be done."""
    blocks: Blocks = ["Any line is help; none needs more than one file. *Edit* leads to it."]
    if not found:
        blocks = ["Nothing is wanted at present."]
    for kind in found:
        blocks.append(f"## {kind.title} ({len(kind.tasks)}) {{#{kind.id}}}")
        blocks.append(kind.explanation)
        blocks.append(Fragment("wanted.html.jinja", {"tasks": kind.tasks}))
    count = number(sum(len(kind.tasks) for kind in found), "thing")
    return Page(HELP_WANTED, "Help wanted", f"{count} to be done.", tuple(blocks))
