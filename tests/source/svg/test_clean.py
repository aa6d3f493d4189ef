"""The allow-list of drawings: what editors write is kept, all else is a problem with a position."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from paper_atlas.source.svg.clean import clean_svg
from paper_atlas.source.svg.tree import MAX_CHARACTERS, MAX_ELEMENTS, MAX_LEVELS

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def svg(inside: str, more: str = 'viewBox="0 0 9 9"') -> str:
    return f"<svg {NAMES} {more}>{inside}</svg>"


def cleaned(text: str) -> str:
    """The content of a drawing without problems, without the tags of its root."""
    found, problems = clean_svg(text, "map.svg")
    assert problems == []
    return re.sub(r"^<svg[^>]*>|</svg>$", "", found.text).strip()


def told(text: str) -> str:
    """The first problem of a drawing, which then has no text."""
    found, problems = clean_svg(text, "map.svg")
    assert problems
    assert (found.text, found.parts) == ("", frozenset())
    return str(problems[0])


RUNS_OR_LOADS = {
    "script": "<script>alert(1)</script>",
    "script without a namespace": '<script xmlns="">alert(1)</script>',
    "script of HTML": f"<script {HTML}>alert(1)</script>",
    "event": '<path onload="alert(1)"/>',
    "event in capitals": '<path ONLOAD="alert(1)"/>',
    "event of animation": '<g onbegin="alert(1)"/>',
    "animate": '<animate attributeName="href" to="javascript:alert(1)"/>',
    "set": '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
    "animateTransform": '<g><animateTransform attributeName="transform"/></g>',
    "foreignObject": f"<foreignObject><iframe {HTML}/></foreignObject>",
    "iframe": f'<iframe {HTML} src="https://a.test"/>',
    "iframe of SVG": "<iframe/>",
    "handler": '<handler type="text/javascript">alert(1)</handler>',
    "link": '<a xlink:href="javascript:alert(1)"><path/></a>',
    "link to the web": '<a href="https://a.test"><path/></a>',
    "HTML in a title": f"<title><img {HTML}/></title>",
    "element in a title": "<title><path/></title>",
    "MathML": '<math xmlns="http://www.w3.org/1998/Math/MathML"/>',
    "image of the web": '<image href="https://a.test/a.png"/>',
    "image beside it": '<image xlink:href="a.png"/>',
    "image that is SVG": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "image that is HTML": '<image href="data:text/html,a"/>',
    "use of another file": '<use href="a.svg#b"/>',
    "use of data": '<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>',
    "script as reference": '<use xlink:href="java&#10;script:alert(1)"/>',
    "reference of a path": '<path href="#a"/>',
    "filter from elsewhere": "<filter><feImage href='https://a.test/a.png'/></filter>",
    "url in an attribute": '<path fill="url(https://a.test/#a)"/>',
    "url with quotes": "<path fill=\"url('//a.test/#a')\"/>",
    "escaped url": r'<path fill="\75 rl(//a.test)"/>',
    "url beside a good one": '<path fill="url(#a) url(//a.test)"/>',
    "url in a style": '<path style="fill:url(https://a.test)"/>',
    "image set": '<path style="filter:image-set(&quot;a.png&quot; 1x)"/>',
    "expression": '<path style="fill:expression(alert(1))"/>',
    "attribute that takes no url": '<path d="url(#a)"/>',
    "import": "<style>@import url(https://a.test);</style>",
    "import after a rule": "<style>.a{fill:red}@import 'a.css';</style>",
    "font of the web": "<style>@font-face{font-family:a;src:url(//a.test)}</style>",
    "url in a style sheet": '<style>path{fill:url("//a.test")}</style><path/>',
    "selector of the page": "<style>body .md-header{display:none}</style>",
    "selector with an attribute": "<style>[value^=a]{fill:red}</style>",
    "second id": '<g id="a"/><g id="a"/>',
    "id with markup": '<g id="&lt;b&gt;"/>',
}


@pytest.mark.parametrize("inside", RUNS_OR_LOADS.values(), ids=RUNS_OR_LOADS)
def test_what_runs_loads_or_leads_elsewhere_is_refused(inside: str) -> None:
    assert re.match(r"map\.svg:2:\d+: unsafe-figure: ", told(svg("\n" + inside)))


X40 = "x" * 40
PLAIN = "save it as plain SVG, or remove the part"
PARTS = "refer to parts of the figure only"
LINKS = "embed images as PNG, JPEG, GIF or WebP; refer to parts of the figure by #id"
SELECT = "select by class, id or name only"
MOVE = "move it into attributes"
NOT_STYLE = "write 'property: value'"
FONT = "use attributes, or fonts by 'font-family' and 'font-size'"
MESSAGES = [
    ("<a/>", "the element 'a'", PLAIN),
    ('<script xmlns="">a</script>', "the element 'script' outside of SVG", PLAIN),
    ('<math xmlns="http://www.w3.org/1998/Math/MathML"/>', "the element 'math' outside of SVG",
     PLAIN),
    ("<title><g/></title>", "an element in 'title'", "write text only"),
    ("<desc>a<g/></desc>", "an element in 'desc'", "write text only"),
    ('<g ONLOAD="a"/>', "the attribute 'ONLOAD'", PLAIN),
    ('<g id="a b"/>', "the id 'a b'", "use letters, digits, '-' and '_'"),
    (f'<g id=" {X40}"/>', f"the id ' {X40[1:]}'", "use letters, digits, '-' and '_'"),
    (f'<g id="{X40}yz"/><g id="{X40}yz"/>', f"a second id '{X40}'", "give it another id"),
    (f'<use href="{X40}"/>', f"a link to '{X40}'", LINKS),
    (f'<use href="{X40}y"/>', f"a link to '{X40}…'", LINKS),
    ('<image href=""/>', "a link to ''", LINKS),
    (f'<path fill="{X40[1:]}("/>', f"'{X40[1:]}(' as 'fill'", PARTS),
    (f'<path fill="{X40}("/>', f"'{X40}…' as 'fill'", PARTS),
    ('<path fill="url(#a b)"/>', "'url(#a b)' as 'fill'", PARTS),
    ('<path d="url(#a)"/>', "'url(#a)' as 'd'", PARTS),
    ('<path style="stroke:URL(a)"/>', "'URL(a)' as 'stroke'", PARTS),
    ('<style>@import "a";</style>', "'@import \"a\";' in a style sheet", MOVE),
    (f"<style>@{X40}{{</style>", f"'@{X40[1:]}' in a style sheet", MOVE),
    ("<style>@media\nprint{a{fill:b}}</style>", "'@media' in a style sheet", MOVE),
    ("<style>a}b{fill:c}</style>", "'a' in a style sheet", MOVE),
    ("<style>a{fill:{b}}</style>", "'a' in a style sheet", MOVE),
    (f"<style>a{X40} b{{fill:a}}</style>", f"the selector 'a{X40[1:]}'", SELECT),
    ("<style>a,{fill:b}</style>", "the selector ''", SELECT),
    ("<style>a{fill}</style>", "'fill' is not a style", NOT_STYLE),
    (f'<g style="fill:a;{X40}y"/>', f"'{X40}' is not a style", NOT_STYLE),
    ("<style>a{FONT:9px a}</style>", "the style 'font'", FONT),
    ('<g style="transform:scale(2)"/>', "the style 'transform'", FONT),
]  # fmt: skip


NAMES_OF_MESSAGES = [
    f"{number} {re.sub(r'[^a-z]+', ' ', what)}" for number, (_, what, _) in enumerate(MESSAGES)
]


@pytest.mark.parametrize(("inside", "what", "hint"), MESSAGES, ids=NAMES_OF_MESSAGES)
def test_the_message_names_what_cannot_be_in_a_figure(inside: str, what: str, hint: str) -> None:
    found = told(svg("\n" + inside)).partition(": ")[2]
    assert found == f"unsafe-figure: {what} cannot be in a figure ({hint})"


@pytest.mark.parametrize(
    ("before", "place"), [("\n", "map.svg:2:8"), ("\n\n", "map.svg:3:8"), ("", "map.svg:1:")]
)
def test_the_first_rule_of_a_style_sheet_has_its_column(before: str, place: str) -> None:
    problems = clean_svg(svg(f"{before}<style>@import 'a';</style>"), "map.svg")[1]
    assert [str(one).startswith(place) for one in problems] == [True], problems


def fills(inside: str) -> list[str | None]:
    """The `fill` of each element `path` and `g`."""
    root = fromstring(clean_svg(svg(inside), "map.svg")[0].text)
    return [one.get("fill") for one in root if one.tag.rpartition("}")[2] in ("path", "g")]


CASCADE = {
    "attribute, style sheet, style": (
        '<style>.c{fill:b}</style><path fill="a"/><path fill="a" class="c"/>'
        '<path fill="a" class="c" style="fill:c"/>',
        ["a", "b", "c"],
    ),
    "the last of two equal selectors": ("<style>path{fill:a}path{fill:b}</style><path/>", ["b"]),
    "the last of two classes": (
        '<style>.c{fill:a}.d{fill:b}</style><path class="c d"/><path class="d c"/>', ["b", "b"]
    ),
    "the last of two in one rule": ("<style>path{fill:a;fill:b}</style><path/>", ["b"]),
    "the last in a style": ('<path style="fill:a;fill:b"/>', ["b"]),
    "all, name, class, id": (
        '<style>#i{fill:d}.c{fill:c}path{fill:b}*{fill:a}</style>'
        '<g/><path/><path class="c"/><path class="c" id="i"/>',
        ["a", "b", "c", "d"],
    ),
    "class of a name": (
        '<style>path.c{fill:a}.c{fill:b}*.c{stroke:c}</style><path class="c"/><g class="c"/>',
        ["a", "b"],
    ),
    "id of a name": ('<style>path#i{fill:a}#i{fill:b}</style><path id="i"/>', ["a"]),
    "important before all": (
        '<style>path{fill:a !important}#i{fill:b}</style><path id="i" style="fill:c"/>', ["a"]
    ),
    "important in a style": (
        '<style>path{fill:a ! IMPORTANT}</style><path style="fill:b!important"/>', ["b"]
    ),
    "important before the last in a rule": (
        "<style>path{fill:a!important;fill:b}</style><path/>", ["a"]
    ),
    "the last of two important ones": (
        "<style>path{fill:a!important;fill:b!important}</style><path/>", ["b"]
    ),
    "several selectors": (
        '<style>g , .c,path{fill:a}</style><g/><path/><use class="c"/>', ["a", "a"]
    ),
    "a wrong selector among good ones": ("<style>g,path{fill:a}g{fill:b}</style><g/>", ["b"]),
    "several style sheets": ("<style>g{fill:a}</style><g/><style>g{fill:b}</style>", ["b"]),
    "style sheet below": ("<g><style>g{fill:a}</style></g>", ["a"]),
    "comments": (
        "<style>/* a */g/* b */{/* c */fill:/* d */a/* e } */}/* f</style><g/>", ["a"]
    ),
    "class names in any order": ('<style>.d{fill:a}</style><g class="\n c  d "/>', ["a"]),
    "other case": ('<style>.C{fill:a}</style><g class="c"/><g class="C"/>', [None, "a"]),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "expected"), CASCADE.values(), ids=CASCADE)
def test_styles_become_attributes_by_the_cascade(inside: str, expected: list[str | None]) -> None:
    assert fills(inside) == expected


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("<style>c d{}</style>", 2),
        ("<style>.a{fill:b} c d{}</style>", 2),
        ("<style>\n\n .a{fill:b}\n\n  c d{}</style>", 6),
        ("<style>/* a\n\n*/c d{}</style>", 4),
        ("<style><![CDATA[\n.a{\nfill:b\n}\nc d{}\n]]></style>", 6),
        ("<style>.a{}\n.b{fill}</style>", 3),
        ('<g>\n <g style="fill"/></g>', 3),
    ],
)
def test_the_place_of_a_style_is_its_line(style: str, line: int) -> None:
    assert told(svg("\n" + style)).startswith(f"map.svg:{line}:")


def test_the_place_of_a_style_in_the_first_line_has_its_column() -> None:
    assert told(svg("<style>c d{}</style>")).startswith("map.svg:1:109: ")


KEPT = {
    "image": (
        '<image href="data:image/png;base64,\n iVBO RK= "/>',
        '<image xlink:href="data:image/png;base64,iVBORK=" />',
    ),
    "gradient": (
        '<linearGradient id="a" xlink:href="#b"/><path style="fill:url(\'#a\') red"/>',
        '<linearGradient id="figure_a" xlink:href="#figure_b" /><path fill="url(#figure_a) red" />',
    ),
    "style sheet": (
        "<style>/* a */\n<![CDATA[.a, path.b { fill: RED; stroke: #fff !important }]]></style>"
        '<path class="a" fill="blue" style="stroke:none"/><g class="b"/>',
        '<path fill="RED" stroke="#fff" /><g />',
    ),
    "order of rules": (
        "<style>#i{fill:a}path{fill:b}.c{fill:d}.e{fill:f}</style>"
        '<path class="e c"/><path id="i" class="c"/>',
        '<path fill="f" /><path id="figure_i" fill="a" />',
    ),
    "font": (
        "<text style=\"font-family:'Open Sans', serif\">A &lt; B</text>",
        "<text font-family=\"'Open Sans', serif\">A &lt; B</text>",
    ),
    "class": ('<g class="pa-browse md-header"/>', "<g />"),
    "markup as text": (
        "<title>&lt;img src=x onerror=alert(1)></title>",
        "<title>&lt;img src=x onerror=alert(1)&gt;</title>",
    ),
    "data of editors": (
        '<metadata><a/></metadata><i:b xmlns:i="http://i.test"/><g i:c="d" data-name="e" '
        'xmlns:i="http://i.test" aria-label="f"/><!-- g --><?h?>',
        "<g />",
    ),
    "data of Illustrator": (
        '<switch><foreignObject requiredExtensions="http://ns.adobe.com"/><g/></switch>',
        "<switch><g /></switch>",
    ),
    "marker": (
        '<path style="marker:url(#a)"/>',
        '<path marker-start="url(#figure_a)" marker-mid="url(#figure_a)" '
        'marker-end="url(#figure_a)" />',
    ),
    "effects that a browser ignores": (
        '<g style="-inkscape-stroke:none;mix-blend-mode:normal;--a:b"/>',
        "<g />",
    ),
    "space": ('<text xml:space="preserve">a  b</text>', '<text xml:space="preserve">a  b</text>'),
}


@pytest.mark.parametrize(("inside", "expected"), KEPT.values(), ids=KEPT)
def test_what_editors_draw_is_kept(inside: str, expected: str) -> None:
    assert cleaned(svg(inside)) == expected


def test_names_may_have_a_prefix() -> None:
    text = '<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><s:path d="M0"/></s:svg>'
    assert cleaned(text) == '<path d="M0" />'


HEADS = {
    "Inkscape": '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg>',
    "SVG 1.1": '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">',
    "byte order mark": '\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_heads_of_editors_are_accepted(head: str) -> None:
    assert cleaned(head + svg("<title>Ü</title>")) == "<title>Ü</title>"


BOXES = {
    "spaces": ('viewBox="0 0 4 5"', "0 0 4 5"),
    "commas": ('viewBox="0,0, 4 ,5"', "0 0 4 5"),
    "negative origin": ('viewBox="-10 -2.5 4e1 .5"', "-10 -2.5 40 0.5"),
    "no box": ('width="40" height="50.5px"', "0 0 40 50.5"),
    "units": ('width="1in" height="25.4mm"', "0 0 96 96"),
    "box and percent": ('viewBox="1 2 3 4" width="100%" height="100%"', "1 2 3 4"),
}


@pytest.mark.parametrize(("more", "expected"), BOXES.values(), ids=BOXES)
def test_the_visible_part_is_four_numbers(more: str, expected: str) -> None:
    found, problems = clean_svg(svg("", more), "map.svg")
    assert (problems, fromstring(found.text).get("viewBox")) == ([], expected)


@pytest.mark.parametrize(
    "more",
    [
        *("", 'width="100%" height="50%"', 'viewBox="0 0 0 5"', 'viewBox="0 0 -4 5"'),
        *('viewBox="a b c d"', 'viewBox="0 0 1e999 5"', 'viewBox="0 0 nan 5"', 'viewBox="1 2"'),
        'viewBox="0 0 12345678901234567890 5"',
    ],
)
def test_an_unusable_box_is_a_problem(more: str) -> None:
    assert told(svg("", more)).startswith("map.svg:1:1: malformed-figure: expected a viewBox of")


def test_the_root_cannot_paint_outside_of_itself() -> None:
    given = (
        'viewBox="0 0 1 1" fill="red" overflow="visible" transform="scale(9)" width="99" id="r" '
        'filter="url(#a)" style="position:fixed;overflow:visible;stroke:none" class="body-region"'
    )
    root = fromstring(clean_svg(svg("", given), "map.svg")[0].text)
    assert root.attrib == {"viewBox": "0 0 1 1", "fill": "red", "stroke": "none"}


NOT_XML = {
    "text": ("a", "1:1: malformed-figure: the figure is not well-formed XML: syntax error"),
    "nothing": ("", "1:1: malformed-figure: the figure is not well-formed XML: no element found"),
    "open": (svg("\n <g>"), "2:7: malformed-figure: the figure is not well-formed XML: mismatched"),
    "HTML": ("<html/>", "1:1: malformed-figure: expected the element 'svg' of SVG, found 'html'"),
    "no namespace": ("<svg/>", "1:1: malformed-figure: expected the element 'svg' of SVG"),
    "unknown entity": (svg("\n&a;"), "2:1: malformed-figure: the figure is not well-formed XML"),
    "entity of HTML": (
        '<!DOCTYPE svg SYSTEM "a.dtd">' + svg("\n&nbsp;"),
        "2:1: malformed-figure: unknown entity '&nbsp;' (write the character itself)",
    ),
    "entities": (
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
        "1:15: unsafe-figure: declarations such as <!ENTITY …> are not allowed in a figure (save",
    ),
    "default attributes": (
        '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + svg(""),
        "1:15: unsafe-figure: declarations",
    ),
    "control character": (svg("\n\x00"), "2:1: malformed-figure: the figure is not well-formed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), NOT_XML.values(), ids=NOT_XML)
def test_what_is_not_a_drawing_is_a_problem_with_its_position(text: str, said: str) -> None:
    assert told(text).startswith(f"map.svg:{said}")


def clones(levels: int, each: int) -> str:
    """Groups of clones of the group before."""
    uses = [f'<use href="#g{level}"/>' * each for level in range(levels)]
    return '<path id="g0"/>' + "".join(
        f'<g id="g{number}">{inside}</g>' for number, inside in enumerate(uses, start=1)
    )


TOO_MUCH = {
    "characters": svg(f"<desc>{'a' * MAX_CHARACTERS}</desc>"),
    "elements": svg("<g/>" * MAX_ELEMENTS),
    "levels": svg("<g>" * MAX_LEVELS + "</g>" * MAX_LEVELS),
    "many more levels": svg("<g>" * 100_000 + "</g>" * 100_000),
    "clones of clones": svg(clones(9, 9)),
    "clone of itself": svg('<g id="a"><use href="#a"/></g>'),
    "clones of each other": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "patterns of patterns": svg(
        "".join(
            f'<pattern id="p{i}">{"<path fill=" + chr(34) + f"url(#p{i - 1})" + chr(34) + "/>"}'
            f"{f'<path fill={chr(34)}url(#p{i - 1}){chr(34)}/>' * 9}</pattern>"
            for i in range(1, 9)
        )
    ),
    "filters": svg('<filter id="f"/>' + '<g filter="url(#f)"/>' * 3_000),
    "clones by a style sheet": svg(
        "<style>.a{fill:url(#p)}</style>"
        f'<pattern id="p">{"<path/>" * 999}</pattern>{"<g class=" + chr(34) + "a" + chr(34) + "/>"}'
        + '<g class="a"/>'
        * 999
    ),
    "long styles": svg(
        f"<style>.a{{font-family:{'b' * 9_999}}}</style>" + '<g class="a"/>' * 9_999
    ),
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_a_browser_cannot_draw_is_a_problem(text: str) -> None:
    assert ": complex-figure: " in told(text)


LIMITS = {
    "characters": (
        "<desc>{}</desc>",
        ("tree", "MAX_CHARACTERS", len(svg("<desc></desc>")) + 9),
        ("a" * 9, "a" * 10),
        "1:1: complex-figure: the figure has more than 129 characters (simplify its paths, or "
        "shrink its images)",
    ),
    "elements": (
        "{}",
        ("tree", "MAX_ELEMENTS", 4),
        ("<g/>" * 3, "<g/>" * 4),
        "1:114: complex-figure: the figure has more than 4 elements (join its paths)",
    ),
    "levels": (
        "<g>{}</g>",
        ("tree", "MAX_LEVELS", 3),
        ("<g/>", "<g><g/></g>"),
        "1:108: complex-figure: elements are nested more than 3 levels deep (ungroup some groups)",
    ),
    "clones": (
        '<g id="a"><path/></g>{}',
        ("references", "MAX_DRAWN", 9),
        ('<use href="#a"/>' * 2, '<use href="#a"/><use xlink:href="#a"/><path/>'),
        "1:1: complex-figure: the figure draws more than 9 elements, with all clones (use fewer "
        "clones and effects)",
    ),
    "clones in one part": (
        '<g id="a"><path/></g><g>{}</g>',
        ("references", "MAX_DRAWN", 13),
        ('<use href="#a"/>' * 3, '<use href="#a"/>' * 4),
        "1:1: complex-figure: the figure draws more than 13 elements, with all clones (use fewer "
        "clones and effects)",
    ),
    "filters": (
        '<filter id="f"/>{}',
        ("references", "MAX_DRAWN", 102),
        ('<g filter="url(#f)"/>', '<g filter="url(#f)"/>' * 2),
        "1:1: complex-figure: the figure draws more than 102 elements, with all clones (use fewer "
        "clones and effects)",
    ),
    "styles": (
        "<style>.a{{stroke:abcde}}</style>{}",
        ("clean", "MAX_CHARACTERS", 11),
        ('<g class="a"/>' * 3, '<g class="a"/>' * 4),
        "1:175: complex-figure: the styles of the figure are too long (use fewer or shorter "
        "styles)",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_the_last_number_that_is_accepted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern, (module, constant, limit), (good, bad), message = LIMITS[name]
    monkeypatch.setattr(f"paper_atlas.source.svg.{module}.{constant}", limit)
    assert cleaned(svg(pattern.format(good)))
    assert told(svg(pattern.format(bad))) == f"map.svg:{message}"


@pytest.mark.parametrize(
    ("inside", "column", "name"),
    [
        ('<g id="a"><use href="#a"/></g>', 102, "g"),
        ('<use id="a" href="#b"/><g id="b"><use href="#a"/></g>', 125, "g"),
        ('<pattern id="a" href="#a"/>', 102, "pattern"),
    ],
)
def test_a_part_that_contains_itself_is_named(inside: str, column: int, name: str) -> None:
    message = f"complex-figure: the element '{name}' contains itself (refer to another part)"
    assert told(svg(inside)) == f"map.svg:1:{column}: {message}"


def test_clones_of_an_ordinary_drawing_are_accepted() -> None:
    assert "figure_g3" in cleaned(svg(clones(3, 9)))


def test_the_parts_are_what_is_drawn_in_place() -> None:
    inside = (
        '<defs><g id="a"/></defs><g id="b"><path id="c"/></g><clipPath id="d"><path id="e"/>'
        '</clipPath><title id="f"/><use id="g" href="#a"/><switch><text id="h"/></switch>'
    )
    assert clean_svg(svg(inside), "map.svg")[0].parts == {*"bcgh"}


def test_the_position_of_a_rule_is_that_in_the_file() -> None:
    style = "<style>\n.a{fill:red}\n/* b\n */\n\n.c .d{fill:red}\n</style>"
    assert told(svg(style)).startswith("map.svg:6:1: unsafe-figure: the selector '.c .d' cannot")


def test_a_drawing_has_at_most_twenty_problems() -> None:
    assert len(clean_svg(svg("<a/>" * 99), "map.svg")[1]) == 20
