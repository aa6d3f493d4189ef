"""The figure of an atlas with links on its regions."""

from xml.etree.ElementTree import fromstring

from paper_atlas.site.html.figure import Region, link_regions
from paper_atlas.source.svg.clean import clean_svg

SVG = "{http://www.w3.org/2000/svg}"
REGIONS = {"liver": Region("organs/liver/", "Liver 2")}


def linked(inside: str, box: str = "0 0 100 50") -> str:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'
    drawing, problems = clean_svg(text, "map.svg")
    assert problems == []
    return link_regions(drawing.text, REGIONS, "Figure")


def test_a_region_is_a_link_with_its_name_below_the_figure() -> None:
    root = fromstring(linked('<g id="liver"/><g id="lung"/>', "10 20 100 50"))
    link, other = root
    assert link.get("aria-label") == "Liver 2"
    assert other.tag == f"{SVG}g"
    (text,) = link.iter(f"{SVG}text")
    assert (text.text, text.get("x"), text.get("y")) == ("Liver 2", "60", "77")


def test_the_figure_has_space_for_the_name_of_a_region() -> None:
    assert fromstring(linked("", "10 20 100 50")).get("viewBox") == "10 20 100 61"


def test_ids_of_the_figure_have_a_prefix() -> None:
    ids = {element.get("id") for element in fromstring(linked('<g id="liver"/><g id="a"/>')).iter()}
    assert ids - {None} == {"figure_liver", "figure_a"}


def test_the_name_of_a_region_is_as_large_in_any_drawing() -> None:
    text = fromstring(linked('<g id="liver"/>', "-5,-5,4000,10"))[0][1]
    assert [text.get(key) for key in ("x", "y", "font-size")] == ["1995", "285", "170"]


def test_only_what_is_drawn_becomes_a_link() -> None:
    assert "<a " not in linked('<title id="liver">Liver</title>')
    assert "<a " in linked('<use id="liver" href="#a"/>')
