"""The page that shows which papers extend which."""

from paper_atlas.analysis.lineage import (
    RELATION,
    largest_families,
    lineage_forest,
    nested_list,
)
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import LINEAGE
from paper_atlas.site.blocks import LineageDrawing, LineageList
from paper_atlas.site.html.lineage_svg import draw_lineage
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import heading
from paper_atlas.translation import Translator

_SHOWN = 300  # papers


def has_lineage(library: Library) -> bool:
    """True if a paper extends another paper of the atlas."""
    return any(library.related_papers(entry, RELATION) for entry in library.entries)


def lineage_page(library: Library, translate: Translator) -> Page:
    """Return the page with the drawing, and the same papers as a list."""
    forest = lineage_forest(library)
    nodes = largest_families(forest, _SHOWN)
    number = translate("{count} papers recorded as extending one another.", count=len(forest))
    if len(nodes) < len(forest):
        number += " " + translate(
            "Shown: {count} papers of the largest families.", count=len(nodes)
        )
    rules = translate(
        "A line leads from a paper to each paper that extends it. If a paper extends several, "
        "all its lines except one are dashed. Years are those of the published versions, which may "
        "appear long after the preprints."
    )
    blocks = (
        f"{number} {rules}",
        LineageDrawing(draw_lineage(nodes)),
        heading(2, translate("As a list"), "as_a_list"),
        LineageList(list(nested_list(nodes))),
    )
    return Page(
        LINEAGE, translate("Lineage"), translate("How the papers extend one another."), blocks
    )
