"""The page that shows which papers extend which."""

from collections.abc import Iterator

from paper_atlas.analysis.lineage import (
    RELATION,
    families,
    heads_of,
    largest_families,
    largest_tree,
    lineage_forest,
    nested_list,
)
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import LINEAGE
from paper_atlas.site.blocks import Lineage
from paper_atlas.site.html.lineage_svg import draw_lineage
from paper_atlas.site.page import Page
from paper_atlas.translation import Translator

_SHOWN, _DRAWN, _HEADS = 300, 4, 5  # papers; the smallest family that is drawn; colours


def has_lineage(library: Library) -> bool:
    """True if a paper extends another paper of the atlas."""
    return any(library.related_papers(entry, RELATION) for entry in library.entries)


def lineage_page(library: Library, translate: Translator) -> Page:
    """Return the page with a drawing of the large families, and with all families as lists."""
    forest = lineage_forest(library)
    nodes = largest_families(forest, _SHOWN)
    found = families(nodes)
    drawn = [family for family in found if len(family) >= _DRAWN] or found[:1]
    ids = {node.entry.id for family in drawn for node in family}
    large = [node for node in nodes if node.entry.id in ids]
    heads = sorted(heads_of(large, _HEADS), key=lambda head: head.year or 0)

    def words() -> Iterator[str]:
        yield translate("{count} papers recorded as extending one another.", count=len(forest))
        if len(nodes) < len(forest):
            yield translate("Shown: {count} papers of the largest families.", count=len(nodes))
        root, count = largest_tree(nodes)
        yield translate("{count} of them grow from {name}.", count=count, name=root.short_name)

    block = Lineage(
        text=" ".join(words()),
        drawing=draw_lineage(drawn, heads),
        heads=tuple(heads),
        large=tuple(nested_list(large)),
        small=tuple(nested_list([node for node in nodes if node.entry.id not in ids])),
    )
    description = translate("How the papers extend one another.")
    return Page(LINEAGE, translate("Lineage"), description, (block,))
