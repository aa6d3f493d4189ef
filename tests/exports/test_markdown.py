"""Markdown, read by two Markdown parsers."""

from bs4 import BeautifulSoup
from helpers.titles import LIMITS, TITLES, titled_entry
from hypothesis import example, given
from markdown import markdown
from markdown_it import MarkdownIt
from paper_atlas import export

COMMON_MARK = MarkdownIt("commonmark").enable(["strikethrough", "table"])


@LIMITS
@given(title=TITLES)
@example(title="a_b*c*[d](e) <script>alert(1)</script> &lt; {: .x} ~~y~~")
def test_any_title_survives_markdown(title: str) -> None:
    text = export("markdown", [titled_entry(title)])
    assert text.count("\n") == 1
    for made in (COMMON_MARK.render(text), markdown(text, extensions=["extra"])):
        link = BeautifulSoup(made, "html.parser").select_one("li > strong > a")
        assert link
        assert " ".join(link.text.split()) == " ".join(title.split())
        assert link["href"] == "https://doi.org/10.1000/1"
