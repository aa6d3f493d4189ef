"""The figure of an atlas with links on its regions, and labels at its sides."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.html.figure import (
    STEPS,
    RegionLabel,
    RegionTerm,
    glyphs_of,
    labelled_figure,
)
from paper_atlas.source.svg.clean import clean_svg

SVG = "{http://www.w3.org/2000/svg}"


def region_term(title: str, count: int = 1) -> RegionTerm:
    return RegionTerm(Term(title=title), count, f"organs/{title.lower()}/")


def figure(
    inside: str, regions: dict[str, int] | list[str], box: str = "0 0 100 100"
) -> tuple[Element, list[RegionLabel]]:
    """Return the figure of a drawing whose regions have one term, and its labels."""
    counts = regions if isinstance(regions, dict) else dict.fromkeys(regions, 1)
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'
    drawing, problems = clean_svg(text, "map.svg")
    assert problems == []
    terms = {name: [region_term(name.title(), count)] for name, count in counts.items()}
    svg, labels = labelled_figure(drawing.text, terms)
    return fromstring(svg), labels


def dot(name: str, x: float, y: float) -> str:
    return f'<circle id="{name}" cx="{x}" cy="{y}" r="1"/>'


def column(count: int) -> str:
    return "".join(dot(f"r{n}", 10, n) for n in range(count))


def pins(root: Element) -> list[tuple[float, float]]:
    circles = (one for one in root.iter(f"{SVG}circle") if one.get("class") == "pin")
    return [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in circles]


def groups(root: Element) -> list[Element]:
    return [one for one in root.iter(f"{SVG}g") if one.get("data-region")]


def test_a_region_is_in_a_group_and_only_its_label_is_a_link() -> None:
    root, (label,) = figure(dot("liver", 5, 5) + dot("lung", 9, 9), ["liver"])
    (group,) = groups(root)
    assert (group.get("data-region"), group[0].get("id")) == ("liver", "figure_liver")
    assert not list(root.iter(f"{SVG}a"))
    assert label.terms[0].url == "organs/liver/"
    assert root.get("aria-hidden") == "true"


@pytest.mark.parametrize(("counts", "strengths"), [((16, 1), (20, 2)), ((0, 0), (0, 0))])
def test_the_colour_is_as_strong_as_the_share_of_papers(
    counts: tuple[int, int], strengths: tuple[int, int]
) -> None:
    root, _ = figure(dot("a", 1, 1) + dot("b", 9, 9), dict(zip("ab", counts, strict=True)))
    assert [int(link.get("data-n", "")) for link in groups(root)] == [*strengths]


def test_labels_of_the_left_half_are_at_the_start() -> None:
    _, labels = figure(dot("a", 10, 50) + dot("b", 90, 10) + dot("c", 50, 90), ["a", "b", "c"])
    assert {label.region: label.side for label in labels} == {
        "a": "start",
        "b": "end",
        "c": "start",
    }


@pytest.mark.parametrize("count", [1, 2, 9, 20, 21])
def test_labels_are_in_the_order_of_their_regions_without_overlap(count: int) -> None:
    _, labels = figure(column(count), [f"r{n}" for n in range(count)])
    for side in ("start", "end"):
        steps = [label.step for label in labels if label.side == side]
        assert steps == sorted(set(steps))
        assert all(1 <= step <= STEPS for step in steps)
    assert len(labels) == count


def test_labels_without_room_are_left_out() -> None:
    root, labels = figure(column(90), [f"r{n}" for n in range(90)])
    assert len(labels) == 2 * STEPS
    assert len(groups(root)) == 90


def test_a_label_with_many_terms_gets_more_room() -> None:
    many = [region_term(f"A narrower term {n}") for n in range(6)]
    drawing, _ = clean_svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{column(4)}</svg>', "a.svg"
    )
    one = {f"r{n}": [region_term(f"R{n}")] for n in range(4)}
    _, plain = labelled_figure(drawing.text, one)
    _, labels = labelled_figure(drawing.text, one | {"r0": many})
    steps = [[label.step for label in found if label.side == "start"] for found in (plain, labels)]
    assert steps[1][1] - steps[1][0] > steps[0][1] - steps[0][0]


@pytest.mark.parametrize("box", ["0 0 100 100", "-50 -50 400 10", "0 0 1 1000"])
def test_the_drawing_is_in_the_middle_and_pins_are_on_it(box: str) -> None:
    left, top, width, height = map(float, box.split())
    root, _ = figure(dot("a", left + width / 2, top + height / 2), ["a"], box)
    ((x, y),) = pins(root)
    assert (x, y) == (pytest.approx(370, abs=10), pytest.approx(280, abs=10))
    inner = root[0]
    assert float(inner.get("width", "")) / width == pytest.approx(
        float(inner.get("height", "")) / height, rel=0.01
    )


def test_the_pin_of_a_ring_is_on_its_outline() -> None:
    root, _ = figure('<path id="a" d="M0 0H90V90H60V30H30V90H0Z"/>', ["a"])
    ((x, y),) = pins(root)
    assert (x, y) != (370, 280)


def test_the_pin_of_a_region_around_others_is_far_from_theirs() -> None:
    outline = '<rect id="skin" width="100" height="100"/>'
    others = dot("a", 20, 20) + dot("b", 30, 30) + dot("c", 40, 40)
    root, labels = figure(outline + others, ["skin", "a", "b", "c"])
    place = dict(zip([label.region for label in labels], pins(root), strict=True))
    x, y = place["skin"]
    assert x in (pytest.approx(205, abs=1), pytest.approx(535, abs=1))
    assert y == pytest.approx(445, abs=1)


def test_a_region_without_outline_has_no_label() -> None:
    root, labels = figure('<text id="a" x="1" y="1">A</text>', ["a"])
    assert (labels, len(groups(root))) == ([], 1)


def test_only_what_is_drawn_is_a_region() -> None:
    root, _ = figure('<title id="liver">Liver</title>' + dot("a", 1, 1), ["liver", "a"])
    assert len(groups(root)) == 1


def test_the_glyph_of_a_region_is_a_square_around_it() -> None:
    assert glyphs_of("", {"a"}) == {}
    drawing, _ = clean_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<rect id="a" x="10" y="10" width="100" height="20"/></svg>',
        "a.svg",
    )
    glyphs = glyphs_of(drawing.text, {"a", "b"})
    assert {name: glyph.view_box for name, glyph in glyphs.items()} == {"a": "5 -35 110 110"}
    assert glyphs["a"].drawing.startswith("<rect ")


def test_labels_are_from_top_to_bottom_over_both_sides() -> None:
    places = {"a": (10, 10), "b": (90, 20), "c": (10, 30), "d": (90, 40), "e": (10, 90)}
    _, labels = figure("".join(dot(name, *place) for name, place in places.items()), [*"edcba"])
    assert [label.region for label in labels] == [*"abcde"]
