"""What a drawing may contain: elements, attributes, properties, and values.

These are the names that draw something that stays as it is. Left out is what runs, moves, loads,
leads elsewhere, or contains HTML, and what belongs to the page around the drawing.

Elements: https://www.w3.org/TR/SVG2/eltindex.html
Attributes: https://www.w3.org/TR/SVG2/attindex.html
Properties: https://www.w3.org/TR/SVG2/propidx.html
Filters: https://www.w3.org/TR/filter-effects-1/
"""

import re
from itertools import chain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DRAWN = _words("circle ellipse g image line path polygon polyline rect svg switch text use")
"""Elements that can be a region: they draw where they are."""

TEXT_ONLY = frozenset({"title", "desc"})
"""Elements that contain text, and no elements."""

ELEMENTS = (
    DRAWN
    | TEXT_ONLY
    | _words(
        "clipPath defs filter linearGradient marker mask pattern radialGradient stop symbol "
        "textPath tspan "
        "feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA "
        "feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset"
    )
)

INHERITED = _words(
    "clip-rule color color-interpolation color-interpolation-filters color-rendering direction "
    "fill fill-opacity fill-rule font-family font-size font-size-adjust font-stretch font-style "
    "font-variant font-weight image-rendering letter-spacing paint-order shape-rendering stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-width text-anchor text-rendering visibility word-spacing "
    "writing-mode"
)
"""Properties of the whole drawing. They cannot paint outside of it."""

REFERRING = _words("clip-path fill filter marker-end marker-mid marker-start mask stroke")
"""Properties whose value can refer to an element: `url(#gradient)`."""

PROPERTIES = (
    INHERITED
    | REFERRING
    | _words(
        "alignment-baseline baseline-shift display dominant-baseline flood-color flood-opacity "
        "mask-type opacity overflow stop-color stop-opacity text-decoration unicode-bidi "
        "vector-effect"
    )
)
"""Properties that can be written as attributes."""

ATTRIBUTES = PROPERTIES | _words(
    "clipPathUnits cx cy d dx dy fr fx fy gradientTransform gradientUnits height lengthAdjust "
    "markerHeight markerUnits markerWidth maskContentUnits maskUnits method offset orient "
    "pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r "
    "refX refY rotate rx ry side spacing spreadMethod startOffset systemLanguage textLength "
    "transform viewBox width x x1 x2 y y1 y2 "
    "amplitude edgeMode exponent filterUnits in in2 intercept k1 k2 k3 k4 mode operator "
    "primitiveUnits radius result slope stdDeviation tableValues type values"
)

ROOT_ATTRIBUTES = INHERITED | {"preserveAspectRatio"}

UNSUPPORTED_PROPERTIES = _words(
    "animation animation-name d cx cy font height isolation mix-blend-mode offset-path r rotate rx "
    "ry scale transform transform-box transform-origin transition translate width x y"
)
"""Properties that change a drawing, but that no attribute can express. A problem, unless unset."""

UNSET = frozenset({"auto", "inherit", "initial", "none", "normal", "unset"})

REFERENCES = frozenset({"linearGradient", "pattern", "radialGradient", "textPath", "use"})
"""Elements whose `href` refers to another element."""

ID_PREFIX = "figure_"
"""Begins the ids of a drawing in the page, so that they differ from those of the page."""

_ID = r"[\w.:-]+"
_URL = re.compile(rf"""url\(\s*(["']?)#({_ID})\1\s*\)""", re.IGNORECASE)
_PLAIN = re.compile(r"""[\w\s.,#%()+*'"=/-]*""")
_NOT_IN_NAME = re.compile(r"[^\w-]")
_CALLS = _words("calc hsl hsla matrix matrix3d rgb rgba rotate scale skewx skewy translate var")
_LOCAL = re.compile(rf"#({_ID})")
_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_NUMBER = r"[+-]?(?:\d{1,7}(?:\.\d*)?|\.\d+)(?:e[+-]?\d)?"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|pc|mm|cm|in|Q)?")
_PIXELS = {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "Q": 96 / 101.6}
_BOX = re.compile(rf"({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})")


def clean_value(name: str, value: str) -> tuple[str | None, list[str]]:
    """Return a value of an attribute or a property, and the ids to which it refers.

    The value is None if it can be more than numbers, words, colours and references.
    """
    found: list[str] = []
    if name in REFERRING and "url" in value.lower():
        found = [match[2] for match in _URL.finditer(value)]
        rest, value = _URL.sub("", value), _URL.sub(rf"url(#{ID_PREFIX}\2)", value)
    else:
        rest = value
    is_plain = _PLAIN.fullmatch(rest) is not None and "//" not in rest
    return (value, found) if is_plain and _called(rest) <= _CALLS else (None, [])


def _called(value: str) -> set[str]:
    """Return the names before the opening brackets in a value."""
    words = (before.split()[-1:] for before in value.lower().split("(")[:-1])
    return {_NOT_IN_NAME.split(word)[-1] for word in chain.from_iterable(words)}


def is_id(text: str) -> bool:
    """True if a text can be an id in a page."""
    return re.fullmatch(_ID, text) is not None


def local_reference(value: str) -> str:
    """Return the id in a reference to an element of the same drawing, or an empty string."""
    match = _LOCAL.fullmatch(value.strip())
    return match[1] if match else ""


def embedded_image(value: str) -> str:
    """Return the address of an image that is part of the file, or an empty string."""
    match = _IMAGE.fullmatch(value.strip())
    return "".join(match[0].split()) if match else ""


def view_box(value: str, width: str, height: str) -> tuple[float, float, float, float] | None:
    """Return the visible part of a drawing: left, top, width and height, each of them usable.

    Without `viewBox` it is as large as the drawing. Returns None if that is not known.
    """
    if value.strip():
        match = _BOX.fullmatch(value.strip())
        numbers = tuple(map(float, match.groups())) if match else ()
    else:
        numbers = (0, 0, _pixels(width), _pixels(height))
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        return None
    left, top, across, down = numbers
    return left, top, across, down


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _PIXELS.get(match[2], 1) if match else 0
