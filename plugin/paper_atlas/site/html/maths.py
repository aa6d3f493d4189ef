"""Titles and venues as HTML, in which programs such as MathJax and KaTeX find the maths.

    "On $L^p$ spaces"     →     On <span class="arithmatex">\\(L^p\\)</span> spaces

This is the HTML of the Markdown extension Arithmatex in its generic mode:
https://facelessuser.github.io/pymdown-extensions/extensions/arithmatex/
"""

from collections.abc import Callable

from markupsafe import Markup, escape

from paper_atlas.text.html import joined, markup
from paper_atlas.text.latex import split_at_maths


def text_renderer(has_maths: bool) -> Callable[[str], Markup]:
    """Return a function that escapes a text for HTML; it marks the maths if `has_maths` is True.

    >>> text_renderer(True)("A < $L^p$")
    Markup('A &lt; <span class="arithmatex">\\\\(L^p\\\\)</span>')
    """
    return _with_maths if has_maths else escape


def _with_maths(text: str) -> Markup:
    if "$" not in text:
        return escape(text)
    return joined(
        "",
        (
            markup('<span class="arithmatex">\\(%s\\)</span>', part[1:-1]) if is_maths else part
            for part, is_maths in split_at_maths(text)
        ),
    )
