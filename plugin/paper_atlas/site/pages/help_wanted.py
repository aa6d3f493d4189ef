"""The page with the tasks that improve the atlas."""

from collections.abc import Sequence

from paper_atlas.analysis.gaps import Gap
from paper_atlas.site.addresses import HELP_WANTED
from paper_atlas.site.blocks import HelpWanted
from paper_atlas.site.page import Page
from paper_atlas.translation import Translator


def help_wanted_page(gaps: Sequence[Gap], translate: Translator, add_url: str) -> Page:
    """Return the page with every kind of gap and its tasks. `add_url` is as in `SiteInfo`."""
    total = translate("{count} open tasks.", count=sum(len(gap.tasks) for gap in gaps))
    return Page(HELP_WANTED, translate("Help wanted"), total, (HelpWanted(gaps, add_url),))
