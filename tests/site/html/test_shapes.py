"""Where the shapes of a drawing are."""

from xml.etree.ElementTree import fromstring

import pytest
from paper_atlas.site.html.shapes import box_of, is_inside, outlines_by_id


def outlines(inside: str) -> list[list[complex]]:
    text = f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a">{inside}</g></svg>'
    return [list(outline) for outline in outlines_by_id(fromstring(text)).get("a", [])]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ('<rect x="1" y="2" width="3" height="4"/>', (1, 2, 4, 6)),
        ('<image x="1" y="2" width="3" height="4"/>', (1, 2, 4, 6)),
        ('<circle cx="5" cy="5" r="2"/>', (3, 3, 7, 7)),
        ('<ellipse cx="5" cy="5" rx="2" ry="1"/>', (3, 4, 7, 6)),
        ('<line x1="1" y1="2" x2="3" y2="0"/>', (1, 0, 3, 2)),
        ('<polygon points="1,1 4 2,2 5"/>', (1, 1, 4, 5)),
        ('<polyline points="1,1 4,2 9"/>', (1, 1, 4, 2)),
        ('<path d="M1 1h4v2z"/>', (1, 1, 5, 3)),
        ('<path d="m1,1q2,2 4,0"/>', (1, 1, 5, 3)),
        ('<path d="M0 0C1 9 2 9 3 0"/>', (0, 0, 3, 9)),
        ('<g transform="translate(10 0)"><rect transform="scale(2)" width="1" height="1"/></g>',
         (10, 0, 12, 2)),
    ],
)  # fmt: skip
def test_the_outline_of_a_shape_has_its_size(shape: str, expected: tuple[float, ...]) -> None:
    (outline,) = outlines(shape)
    assert tuple(box_of(outline)) == expected


@pytest.mark.parametrize(
    "shape",
    [
        '<rect width="10%" height="3"/>',
        '<circle r="1cm"/>',
        '<path d="junk"/>',
        '<path d=""/>',
        '<path d="Hc 1"/>',
        '<path d="A1e400z"/>',
        '<path d="M1e400 0"/>',
        '<polygon points="a b"/>',
        "<text>words</text>",
        '<use href="#b"/>',
    ],
)
def test_a_shape_that_cannot_be_measured_has_no_outline(shape: str) -> None:
    assert outlines(shape) == []


@pytest.mark.parametrize(
    "transform",
    ["rotate(45deg) skew(", "matrix(1)", "none", "scale(0)", "rotate(none rotate( matrix("],
)
def test_an_odd_transform_is_no_error(transform: str) -> None:
    outlines(f'<rect transform="{transform}" width="1" height="1"/>')


def test_each_part_of_a_path_is_an_outline() -> None:
    assert len(outlines('<path d="M0 0h1v1zM5 5h1v1z"/>')) == 2


def test_an_outline_counts_for_all_elements_around_it() -> None:
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        '<g id="a"><g id="b"><circle id="c" r="1"/></g><circle r="2"/></g></svg>'
    )
    found = outlines_by_id(fromstring(text))
    assert {name: len(parts) for name, parts in found.items()} == {"a": 2, "b": 1, "c": 1}


def test_the_middle_of_a_ring_is_outside() -> None:
    horseshoe = [0, 9, 9 + 9j, 6 + 9j, 6 + 3j, 3 + 3j, 3 + 9j, 9j]
    assert not is_inside(4.5 + 4.5j, horseshoe)
    assert is_inside(1.5 + 4.5j, horseshoe)
