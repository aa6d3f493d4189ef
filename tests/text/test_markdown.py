"""Escaping of text for Markdown."""

from collections.abc import Callable
from html import unescape

import pytest
from markdown import markdown
from paper_atlas.text.markdown import blank_fences, escape_markdown, escape_punctuation

MARKUP = r'\ ` * _ [a](b) {.c} ~~d~~ $e$ | <f> &amp; # + - ! : == ^ "'


def test_escape_punctuation() -> None:
    assert escape_punctuation("a-b *c*: é") == "a&#45;b &#42;c&#42;&#58; é"


@pytest.mark.parametrize("character", [*r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""])
def test_every_punctuation_character_is_escaped(character: str) -> None:
    text = f"{character}a{character} {character}"
    assert unescape(markdown(escape_punctuation(text))) == f"<p>{text}</p>"


def test_letters_digits_and_spaces_are_not_escaped() -> None:
    assert escape_punctuation("Leber 3 ü") == "Leber 3 ü"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("U-Net: a test, 50%.", "U-Net: a test, 50%."),
        ("  two\n lines ", "two lines"),
        ("[U_net]*", r"\[U\_net\]\*"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("~5 $", "&#126;5 &#36;"),
    ],
)
def test_escape_markdown(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize("escape", [escape_punctuation, escape_markdown])
def test_escaped_text_renders_as_one_paragraph(escape: Callable[[str], str]) -> None:
    html = markdown(escape(f"A {MARKUP}"), extensions=["extra"])
    assert "<p>" in html
    assert html.count("<") == 2


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("```\n[[a]]\n```", True),
        ("```\n[[a]]\n`````", True),
        ("````\n[[a]]\n```", False),
        ("> ~~~ x\n> [[a]]\n> ~~~\n", True),
        ("```\r\n[[a]]\r\n```\r\n", True),
        ("```\n[[a]]\n~~~", False),
        ("~~~\n```\n[[a]]\n~~~", True),
        ("```\n[[a]]", False),
        ("``` a`b\n[[a]]\n```", False),
    ],
)
def test_fences_that_end(text: str, is_code: bool) -> None:
    blanked = blank_fences(text)
    assert len(blanked) == len(text)
    assert ("[[a]]" not in blanked) is is_code
