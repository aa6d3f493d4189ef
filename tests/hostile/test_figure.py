"""Hostile drawings: what is written of them is safe, for one more parser and for a real browser.

Each drawing is written as if its problems did not count, so these tests do not rely on them.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import nh3
import pytest
from helpers.alarms import alarmed_page
from helpers.torture import amount
from helpers.vectors import VECTORS
from paper_atlas import load
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.html.figure import RegionTerm, labelled_figure
from paper_atlas.source.svg.clean import SvgCleaner, clean_svg
from paper_atlas.source.svg.rules import ATTRIBUTES, ELEMENTS
from paper_atlas.source.svg.tree import SvgError, parse_svg
from playwright.sync_api import Browser

WRITTEN = {"viewBox", "id", "class", "href", "xlink:href", "xml:space", *ATTRIBUTES}
OURS = {"xmlns", "xmlns:xlink", "aria-hidden", "data-n", "data-region"}
NAMES = (
    *("svg", "g", "path", "title", "desc", "style", "use", "image", "a", "text", "switch", "defs"),
    *("linearGradient", "pattern", "clipPath", "symbol", "filter", "feImage", "textPath", "marker"),
    *("script", "SCRIPT", "foreignObject", "foreignobject", "iframe", "animate", "set", "mpath"),
    *("animateTransform", "animateMotion", "discard", "handler", "listener", "cursor", "tref"),
    *("img", "p", "table", "b", "math", "mtext", "mglyph", "annotation-xml", "template", "select"),
    *("noscript", "textarea", "xmp", "plaintext", "noembed", "object", "embed", "video", "body"),
    *("link", "meta", "base", "form", "input", "h1", "font", "br", "li", "frameset", "option"),
)
KEYS = (
    *(
        "href",
        "xlink:href",
        "src",
        "style",
        "class",
        "id",
        "fill",
        "filter",
        "mask",
        "d",
        "viewBox",
    ),
    *("onload", "onclick", "onbegin", "onerror", "ONLOAD", "onfocusin", "attributeName", "values"),
    *("to", "from", "begin", "transform", "font-family", "cursor", "xml:base", "xml:space", "type"),
    *("requiredExtensions", "srcdoc", "data", "action", "formaction", "background", "poster"),
    *("tabindex", "autofocus", "width", "clip-path", "marker-end", "color", "is", "slot", "nonce"),
)
NAMESPACES = (
    *("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", ""),
    *("http://www.w3.org/1998/Math/MathML", "http://inkscape.test", "HTTP://WWW.W3.ORG/2000/SVG"),
)


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def _text(random: Random) -> str:
    vector = random.choice(VECTORS)
    is_split = "]]>" in vector or random.random() < 0.5
    return _escaped(vector) if is_split else f"<![CDATA[{vector}]]>"


def _element(random: Random, depth: int) -> str:
    """A well-formed element with hostile names, values and content."""
    name = random.choice(NAMES)
    prefix = random.choice(("", "", "", "s:", "s:", "x:", "m:", "i:"))
    keys = dict.fromkeys(random.choices(KEYS, k=random.randrange(4)))
    values = "".join(f' {key}="{_escaped(random.choice(VECTORS))}"' for key in keys)
    space = f' xmlns="{random.choice(NAMESPACES)}"' if not prefix and random.random() < 0.2 else ""
    inside = (
        "".join(
            random.choice((_text, lambda it: _element(it, depth + 1)))(random)
            for _ in range(random.randrange(4))
        )
        if depth < 5
        else ""
    )
    return f"<{prefix}{name}{space}{values}>{inside}</{prefix}{name}>"


def drawing(random: Random) -> str:
    """A hostile drawing that is well-formed."""
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" '
        'xmlns:x="http://www.w3.org/1999/xhtml" xmlns:m="http://www.w3.org/1998/Math/MathML" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://i.test" viewBox="0 0 9 9">'
    )
    inside = "".join(_element(random, 0) for _ in range(random.randrange(1, 8)))
    return f'{root}<g id="liver"/>{inside}</svg>'


def written(text: str) -> str:
    """What would be in the page if the problems of a drawing did not count."""
    try:
        found = SvgCleaner().clean(parse_svg(text))
    except SvgError as error:
        if error.code != "complex-figure":  # a circle of references
            raise
        return ""
    term = RegionTerm(Term(title="<b>Liver</b>"), 1, "#liver")
    return labelled_figure(found.text, {"liver": [term]})[0]


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs))))


def _drawings(seed: int, number: int) -> Iterator[str]:
    random = Random(seed)
    return (drawing(random) for _ in range(number))


def test_another_parser_of_html_finds_what_was_written_and_nothing_else() -> None:
    """html5ever parses as browsers do. It would remove what is not on the list."""
    refused = 0
    allowed: Any = {"*": WRITTEN | OURS | {"xmlns:xlink"}}
    for text in _drawings(1, amount(500, 60_000)):
        refused += bool(clean_svg(text, "map.svg")[1])
        ours = written(text)
        if not ours:
            continue
        theirs = nh3.clean(
            ours,
            tags={*ELEMENTS, "a"},
            attributes=allowed,
            clean_content_tags=set(),
            url_schemes={"data"},
            link_rel=None,
        )
        tags = _Tags(ours).tags
        assert [tag for tag, _ in _Tags(theirs).tags] == [tag for tag, _ in tags], text
        names = {name for _, attributes in tags for name in attributes}
        assert names <= {name.lower() for name in WRITTEN | OURS}, text
        assert "alarm.test" not in re.sub(r">[^<]*<", "><", ours), text
    assert refused > amount(400, 55_000)


def test_a_changed_file_is_read_or_refused() -> None:
    random = Random(2)
    for text in _drawings(3, amount(500, 40_000)):
        place, length = random.randrange(len(text)), random.randrange(1, 9)
        piece = random.choice(("", "<", "&", '"', ">", "\x00", "<![CDATA[", "<!--", "&#x0;", "]]>"))
        broken = text[:place] + piece + text[place + length :]
        found, problems = clean_svg(broken, "map.svg")
        assert bool(found.text) != bool(problems)
        assert all(problem.line and problem.column for problem in problems)


ENCODED = {
    "UTF-16": "utf-16",
    "UTF-16 without a mark": "utf-16-le",
    "UTF-32": "utf-32",
    "UTF-7": "utf-7",
    "EBCDIC": "cp037",
}


@pytest.mark.parametrize("encoding", ENCODED.values(), ids=ENCODED)
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-7"?>'])
def test_a_figure_in_another_encoding_is_not_shown(
    encoding: str, declared: str, tmp_path: Path
) -> None:
    text = f'{declared}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>'
    (tmp_path / "map.svg").write_bytes(text.encode(encoding))
    (tmp_path / "vocabulary.yml").write_text(
        "figure: map.svg\nfacets: {organs: {title: Organs, pages: true, terms: [Liver]}}\n"
    )
    library = load(tmp_path, tmp_path)
    assert library.figure_svg == ""
    assert [it.code.partition("-")[2] for it in library.problems if "figure" in it.code]


def test_a_browser_runs_loads_and_shows_nothing_else(browser: Browser) -> None:
    """Many drawings in one page; the page has an alarm for all that happens in it."""
    script = """() => [...document.querySelectorAll(".paper-figure *")].flatMap((it) => [
        it.namespaceURI, it.localName, ...[...it.attributes].map((one) => one.name)])"""
    outside = "() => document.querySelectorAll('body > :not(.paper-figure)').length"
    known = {"http://www.w3.org/2000/svg", "a", *ELEMENTS, *WRITTEN, *OURS}
    figures = [*filter(None, map(written, _drawings(4, amount(100, 12_000))))]
    for start in range(0, len(figures), 200):
        batch = figures[start : start + 200]
        body = "".join(f'<div class="paper-figure">{figure}</div>\n' for figure in batch)
        with alarmed_page(browser, body) as page:
            page.mouse.click(5, 5)
            assert set(page.evaluate(script)) <= known
            assert page.evaluate(outside) == 0
