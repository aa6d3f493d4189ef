"""All HTML of a site comes from one module, `text.html`, and from templates that escape."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import paper_atlas
import pytest
from jinja2 import Environment, nodes

PACKAGE = Path(paper_atlas.__file__).parent
TAG = re.compile(r"(?<![?Pg])</?[a-zA-Z!]")  # and no group of an expression
VETTED = {
    "mkdocs_plugin/content_policy.py: with_policy",  # made of constants and hashes
    "site/html/messages.py: html_message",  # an escaped message, filled with escaped values
    "site/html/renderer.py: _glyph_drawing",  # `clean_svg`
    "site/html/renderer.py: _labelled_figure",  # `clean_svg`, with links to pages of terms
    "site/html/renderer.py: _make_card",  # a template, or its result from the cache
    "site/html/renderer.py: _make_row",  # a template
    "site/html/renderer.py: _glyphs",  # `clean_svg`
    "site/html/renderer.py: html",  # a template
    "text/html.py: joined",
    "text/html.py: markup",
    "text/paper_links.py: link",  # a part of HTML from the sanitizer
}
"""The functions that call a text HTML, each with the reason."""

WITH_TAGS = {
    "mkdocs_plugin/build.py: </head>",  # a place in a page of the theme
    "mkdocs_plugin/files.py: </urlset>",  # a place in the sitemap of MkDocs
    "site/page_template.py: </head>",
    "site/placeholders.py: <h1>PaperAtlasContentPlaceholder</h1>",  # for the theme, no values
    "text/markdown.py: <!-- paper-atlas: begin -->",  # a place in a README
    "text/markdown.py: <!-- paper-atlas: end -->",
    # Notes of letters, digits and signs that need no escape:
    *("text/notes.py: <p>", "text/notes.py: </p>"),
    *(rf"text/notes.py: <{tag}>\g<words></{tag}>" for tag in ("em", "strong")),
}
"""The other texts with tags, each with the reason."""


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield path.relative_to(PACKAGE).as_posix(), tree


def calls(tree: ast.AST, where: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls below a node with the name of the innermost function around them."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else where
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls(node, inside)


def test_only_one_module_calls_a_text_html() -> None:
    makers = {
        f"{name}: {function}"
        for name, tree in modules("")
        for function, call in calls(tree)
        if ast.unparse(call.func) in ("Markup", "markupsafe.Markup", "Markup.format")
        or "Markup" in map(ast.unparse, call.args[:1])
    }
    assert makers == {"text/html.py: vetted"}


def test_each_use_of_a_vetted_text_has_a_reason() -> None:
    found = {
        f"{name}: {function}"
        for name, tree in modules("")
        for function, call in calls(tree)
        if ast.unparse(call.func) == "vetted"
    }
    assert found == VETTED


def texts_with_tags(tree: ast.Module) -> Iterator[str]:
    """Yield texts with tags that are neither patterns of `markup` nor docs nor expressions."""
    allowed = {
        id(part)
        for _, call in calls(tree)
        if ast.unparse(call.func) in ("markup", "re.compile") and call.args
        for part in ast.walk(call.args[0])
        if ast.unparse(call.func) == "re.compile" or isinstance(call.args[0], ast.Constant)
    }
    allowed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in allowed and TAG.search(text):
            yield text


def test_a_tag_is_written_only_as_a_pattern_that_escapes_its_values() -> None:
    found = {
        f"{name}: {text}"
        for name, tree in modules("site", "mkdocs_plugin", "text")
        for text in texts_with_tags(tree)
    }
    assert found == WITH_TAGS


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.jinja")), ids=lambda path: path.name)
def test_a_template_escapes_all_values(path: Path) -> None:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in tree.find_all(nodes.Filter)}
    assert not names & {"safe", "forceescape", "xmlattr", "tojson", "urlize"}
    assert not list(tree.find_all((nodes.MarkSafe, nodes.MarkSafeIfAutoescape)))
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier))  # {% autoescape false %}


MAKES_HTML = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment"
    r"|setHTMLUnsafe|\beval\b|new Function|javascript:|setAttribute\(\"on"
)


def test_no_script_makes_html_of_text() -> None:
    """Scripts make elements, and read whole pages of the same site."""
    scripts = sorted((PACKAGE / "site" / "assets").rglob("*.js"))
    assert len(scripts) > 20
    assert [path.name for path in scripts if MAKES_HTML.search(path.read_text())] == []
    parsers = [path.name for path in scripts if "DOMParser" in path.read_text()]
    assert parsers == ["cards.js", "paper-page.js"]
