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
