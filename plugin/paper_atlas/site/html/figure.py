"""The figure of an atlas: an SVG file whose groups are regions with links.

A group whose id is the region of a term becomes a link to that term. Other groups stay unchanged.
https://www.w3.org/TR/SVG2/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_UNWANTED = {f"{{{_SVG}}}{name}" for name in ("script", "style", "foreignObject", "image", "use")}
_CAPTION = 44  # height below the figure for the name of a region


@dataclass(frozen=True)
class Region:
    """The address of a region, and its name with the number of its papers."""

    url: str
    name: str


def link_regions(text: str, regions: Mapping[str, Region], name: str) -> str:
    """Return the figure as SVG with links on its regions. `name` is its accessible name."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(text)
    left, top, width, height = map(float, root.get("viewBox", "0 0 400 400").split())
    root.set("viewBox", f"{left:g} {top:g} {width:g} {height + _CAPTION:g}")
    root.set("role", "group")
    root.set("aria-label", name)
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag in _UNWANTED:
                parent.remove(child)
            elif region := regions.get(child.get("id", "")):
                parent[index] = _region_link(child, region, (left + width / 2, top + height + 28))
    for element in root.iter():
        if "id" in element.attrib:
            element.set("id", f"figure_{element.get('id')}")
    return ElementTree.tostring(root, encoding="unicode")


def _region_link(child: Element, region: Region, place: tuple[float, float]) -> Element:
    attributes = {f"{{{_XLINK}}}href": region.url, "aria-label": region.name, "role": "link"}
    link = Element(f"{{{_SVG}}}a", attributes)
    link.append(child)
    x, y = (f"{number:g}" for number in place)
    caption = {"x": x, "y": y, "text-anchor": "middle", "class": "paper-figure-name"}
    SubElement(link, f"{{{_SVG}}}text", caption).text = region.name
    return link
