"""Odd titles for property tests of exports and imports."""

from hypothesis import settings
from hypothesis import strategies as st
from paper_atlas import Entry
from paper_atlas.model.validation import describe_invisible

ODD_TEXT = """+ & % # _ { } " ' \\ <b> ]]> --> \n  "quotes" — Früh, 图像 🙂 = @ U-Net++"""
PIECES = ("&", "%", "#", "_", "$", "{", "}", "~", "^", "\\", "+", "=", "@", "-", "'", '"', "`",
          "<b>", "&amp;", "[", "](", "*", "|", ",", ";", "!", "?", "\n", " ", "CT", "U-Net", "é",
          "ﬁ", "🙂", "بحث", "图像", " and ", "@misc{x,", "ER  - ", "\\textbf{", "\\&")  # fmt: skip
TITLES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30),
).filter(lambda text: text.strip() and not describe_invisible(text))
LIMITS = settings(max_examples=300, deadline=None, derandomize=True)


def titled_entry(title: str) -> Entry:
    """Return an entry with a title, as a file with this title is read."""
    links = {"doi": "10.1000/1"}
    return Entry.model_validate(
        {"id": "a", "path": "a.yml", "title": title, "links": links, "terms": {}}
    )
