"""The figure of an atlas: an SVG drawing whose groups are regions with links.

A group whose id is the region of a term becomes a link to that term. Other groups stay unchanged.
https://www.w3.org/TR/SVG2/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from paper_atlas.source.svg.rules import DRAWN, ID_PREFIX
from paper_atlas.source.svg.tree import SVG, XLINK

# Height below the figure for the name of a region, its letters, and their distance from the figure,
# per width of the figure.
_CAPTION, _LETTERS, _BASELINE = 0.11, 0.0425, 0.07
_DRAWN_TAGS = {f"{{{SVG}}}{name}" for name in DRAWN}
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


@dataclass(frozen=True)
class Region:
    """The address of a region, and its name with the number of its papers."""

    url: str
    name: str


def link_regions(text: str, regions: Mapping[str, Region], name: str) -> str:
    """Return a figure from `clean_svg` with links on its regions. `name` is its accessible name."""
    root = ElementTree.fromstring(text)
    left, top, width, height = map(float, root.get("viewBox", "").split())
    root.set("viewBox", f"{left:.10g} {top:.10g} {width:.10g} {height + _CAPTION * width:.10g}")
    root.set("role", "group")
    root.set("aria-label", name)
    place = {"x": f"{left + width / 2:g}", "y": f"{top + height + _BASELINE * width:g}"}
    caption = {**place, "text-anchor": "middle", "font-size": f"{_LETTERS * width:g}"}
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            region = regions.get(child.get("id", "").removeprefix(ID_PREFIX))
            if region and child.tag in _DRAWN_TAGS:
                parent[index] = _region_link(child, region, caption)
    return ElementTree.tostring(root, encoding="unicode")


def _region_link(child: Element, region: Region, caption: Mapping[str, str]) -> Element:
    attributes = {f"{{{XLINK}}}href": region.url, "aria-label": region.name, "role": "link"}
    link = Element(f"{{{SVG}}}a", attributes)
    link.append(child)
    text = SubElement(link, f"{{{SVG}}}text", {**caption, "class": "paper-figure-name"})
    text.text = region.name
    return link
