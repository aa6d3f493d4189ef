"""Maths in titles and venues as HTML."""

import pytest
from paper_atlas.site.html.maths import text_renderer


def span(maths: str) -> str:
    return rf'<span class="arithmatex">\({maths}\)</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("On $L^p$ spaces & more", f"On {span('L^p')} spaces &amp; more"),
        (r"$\varprojlim^1 < x_i$, {x}", span(r"\varprojlim^1 &lt; x_i") + ", {x}"),
        (r"$t\bar{t}$ and $\sqrt{s}$", " and ".join(map(span, (r"t\bar{t}", r"\sqrt{s}")))),
        ("For $5 or $6", "For $5 or $6"),
        ("<i>{}</i> US$", "&lt;i&gt;{}&lt;/i&gt; US$"),
    ],
)
def test_maths_is_marked_if_the_site_typesets_it(text: str, html: str) -> None:
    assert text_renderer(True)(text) == html
    assert text_renderer(False)(text) == text.replace("&", "&amp;").replace("<", "&lt;").replace(
        ">", "&gt;"
    )
