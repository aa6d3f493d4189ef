"""Rendering of notes: plain notes skip the parser, with the same result."""

import pytest
from helpers import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_atlas import load
from paper_atlas.text.notes import NotesRenderer

NOTES = NotesRenderer({})
PLAIN = ["a", "b", "Z", "1", "23", "é", "中", "٣", "²", " ", "  ", "http://e.org", "www.", "1. ",
         "- ", "1) ", "--", "...", *".,:;()%'\"/-"]  # fmt: skip
MARKUP = ["&amp;", "<b>", "\n\n", "\u00a0", "\u2028", "\u200d", *"[]_*`#&<>!|\\+=~{}^@$\n"]
EMPHASIS = ["*a*", "**B 2**", "*c-é*", "**中, d**", "*x (y) ²*", "*", "**", " * ", "***"]


HTML = {
    "paragraphs": ("A\n\nB", "<p>A</p>\n<p>B</p>"),
    "emphasis": (
        "*a* **b** `c` ~~d~~",
        "<p><em>a</em> <strong>b</strong> <code>c</code> ~~d~~</p>",
    ),
    "lists": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "numbers": ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    "quotation": ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    "code": ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    "table": (
        "a | b\n--|--\nc | d",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        "<td>c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>",
    ),
    "links": (
        '[a](https://e.org/ "t") [b](http://e.org) [c](page.md) [d](#x)',
        '<p><a href="https://e.org/" title="t">a</a> <a href="http://e.org">b</a> '
        '<a href="page.md">c</a> <a href="#x">d</a></p>',
    ),
    "other schemes": (
        "[a](mailto:a@e.org) [b](javascript:x) [c](data:text/html,x) [d](ftp://e.org)",
        "<p><a>a</a> <a>b</a> <a>c</a> <a>d</a></p>",
    ),
    "papers": (
        "See [[one]], [[two|words]] & [[three]].",
        '<p>See <span data-paper="one">Title &amp; one</span>, <span data-paper="[[two|words]]">'
        'words</span> &amp; <span data-paper="[[three]]">[[three]]</span>.</p>',
    ),
    "tags": (
        "<b>b</b><i>i</i><s>s</s><del>d</del><sub>1</sub><sup>2</sup><br>",
        "<p><b>b</b><i>i</i><s>s</s><del>d</del><sub>1</sub><sup>2</sup><br></p>",
    ),
    "attributes": (
        '<a href="https://e.org" class="x" onclick="y" target="_blank">a</a> '
        '<abbr title="T" class="y">b</abbr> <span data-paper="c" style="d">e</span>',
        '<p><a href="https://e.org">a</a> <abbr title="T">b</abbr> '
        '<span data-paper="c">e</span></p>',
    ),
    "cells": (
        '<table><tr><td colspan="2" style="x">a</td></tr></table>',
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "headings and images": ("# a\n\n![b](c.png)", "a\n<p></p>"),
    "what runs": (
        'a <script>b()</script><style>c</style><u>d</u><iframe src="e"></iframe><img src="f">',
        "<p>a d</p>",
    ),
    "entities": ("&lt;b&gt; & <c", "<p>&lt;b&gt; &amp; &lt;c</p>"),
}


@pytest.mark.parametrize(("notes", "html"), HTML.values(), ids=HTML)
def test_the_html_of_notes(notes: str, html: str) -> None:
    renderer = NotesRenderer({"one": "Title & one"})
    assert renderer.render(notes) == html
    assert renderer.render(notes) == html  # as for the notes of the next paper


def test_plain_notes_equal_the_output_of_the_parser() -> None:
    notes = [entry.notes for entry in load(ROOT / "entries", ROOT).entries if entry.notes]
    assert any(NOTES.render(text) == f"<p>{text}</p>" for text in notes)
    assert [text for text in notes if NOTES.render(text) != NOTES.render_markdown(text)] == []


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PLAIN))
    | st.lists(st.sampled_from(PLAIN + EMPHASIS), max_size=12)
    | st.lists(st.sampled_from(PLAIN + MARKUP), max_size=12)
)
def test_random_notes_equal_the_output_of_the_parser(words: list[str]) -> None:
    text = "".join(words).strip()  # as an entry has them
    assert NOTES.render(text) == NOTES.render_markdown(text)


def test_emphasis_skips_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(NotesRenderer, "render_markdown")
    html = NOTES.render("A **Dice** of *0.9, the mean*, e.g. *x*")
    assert html == "<p>A <strong>Dice</strong> of <em>0.9, the mean</em>, e.g. <em>x</em></p>"
