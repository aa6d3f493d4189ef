"""The page with the tasks that improve the atlas."""

from collections.abc import Sequence

from paper_atlas.analysis.gaps import Gap
from paper_atlas.site.addresses import HELP_WANTED
from paper_atlas.site.blocks import Tasks
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import Blocks, heading
from paper_atlas.translation import Translator

_SHOWN = 100  # tasks of each kind


def help_wanted_page(gaps: Sequence[Gap], translate: Translator) -> Page:
    """Return the page with every kind of gap and its tasks."""
    words = translate("Choose any task below. Each change concerns one file, which *Edit* opens.")
    blocks: Blocks = [words]
    if not gaps:
        blocks = [translate("There are no open tasks.")]
    for gap in gaps:
        title = f"{translate.isolate(gap.title)} ({len(gap.tasks)})"
        blocks.append(heading(2, title, gap.id))
        blocks.append(gap.explanation)
        blocks.append(Tasks(gap.tasks[:_SHOWN]))
        if more := len(gap.tasks[_SHOWN:]):
            blocks.append(translate("{count} more tasks of this kind.", count=more))
    total = translate("{count} open tasks.", count=sum(len(gap.tasks) for gap in gaps))
    return Page(HELP_WANTED, translate("Help wanted"), total, tuple(blocks))
