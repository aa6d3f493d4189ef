"""The figure of an atlas with links on its regions."""

from xml.etree.ElementTree import fromstring

import pytest
from paper_atlas.site.html.figure import Region, link_regions

SVG = "{http://www.w3.org/2000/svg}"
REGIONS = {"liver": Region("organs/liver/", "Liver 2")}


def linked(inside: str, box: str = "0 0 100 50") -> str:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'
    return link_regions(text, REGIONS, "Figure")


@pytest.mark.parametrize("name", ["script", "style", "foreignObject", "image", "use"])
def test_elements_that_can_load_or_run_something_are_removed(name: str) -> None:
    assert name not in linked(f'<g id="a"><{name}/><path/></g>')
    assert "path" in linked(f'<g id="a"><{name}/><path/></g>')


def test_a_region_is_a_link_with_its_name_below_the_figure() -> None:
    root = fromstring(linked('<g id="liver"/><g id="lung"/>', "10 20 100 50"))
    link, other = root
    assert link.get("aria-label") == "Liver 2"
    assert other.tag == f"{SVG}g"
    (text,) = link.iter(f"{SVG}text")
    assert (text.text, text.get("x"), text.get("y")) == ("Liver 2", "60", "98")


def test_the_figure_has_space_for_the_name_of_a_region() -> None:
    assert fromstring(linked("", "10 20 100 50")).get("viewBox") == "10 20 100 94"


def test_ids_of_the_figure_have_a_prefix() -> None:
    ids = {element.get("id") for element in fromstring(linked('<g id="liver"/><g id="a"/>')).iter()}
    assert ids - {None} == {"figure_liver", "figure_a"}
