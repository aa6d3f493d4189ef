"""Text that another program has escaped as HTML, and characters without width."""

import pytest
from markupsafe import Markup
from paper_atlas.text.html import (
    decode_entities,
    escape_for_template,
    joined,
    markup,
    plain_text,
    remove_all_invisible,
    remove_invisible,
    strip_tags,
    vetted,
)


@pytest.mark.parametrize(
    ("pattern", "values", "html"),
    [
        ("<p>%s</p>", ["a < b & 'c' \"d\""], "<p>a &lt; b &amp; &#39;c&#39; &#34;d&#34;</p>"),
        ("<p>%s</p>", [Markup("<b>a</b>")], "<p><b>a</b></p>"),
        ('<a href="%s">%s%%</a>', ["?a&b", 90], '<a href="?a&amp;b">90%</a>'),
        ("<hr>", [], "<hr>"),
    ],
)
def test_the_values_of_a_pattern_are_escaped(pattern: str, values: list[str], html: str) -> None:
    found = markup(pattern, *values)
    assert (found, type(found)) == (html, Markup)


@pytest.mark.parametrize(
    ("separator", "values", "html"),
    [
        (", ", ["<a>", Markup("<b>"), 3], "&lt;a&gt;, <b>, 3"),
        (" & ", ["a", "b"], "a &amp; b"),
        (Markup("<br>"), ["a", "b"], "a<br>b"),
        (", ", [], ""),
    ],
)
def test_joined_values_are_escaped(separator: str, values: list[str], html: str) -> None:
    found = joined(separator, values)
    assert (found, type(found)) == (html, Markup)


def test_vetted_html_is_not_escaped() -> None:
    assert (vetted("<b>"), type(vetted("<b>"))) == ("<b>", Markup)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < {{ b }}", "a &lt; &#123;&#123; b }}"),
        ("{% a %} {# b #}", "&#123;% a %} &#123;# b #}"),
        ("'a' & \"b\"", "&#x27;a&#x27; &amp; &quot;b&quot;"),
    ],
)
def test_a_text_for_a_template_has_no_tag_of_it(text: str, html: str) -> None:
    assert escape_for_template(text) == html


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("Cats &amp; dogs", "Cats & dogs"),
        ("&amp;lt;i&amp;gt;", "<i>"),
        ("caf&#233; &#x3b1; &eacute;", "café α é"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("a&copy=1", "a&copy=1"),
        ("&amp;amp;amp;", "&amp;"),
        ("&AMP; &#X3B1; &nosuchname;", "& α &nosuchname;"),
        ("&#12345678; &#x1234567;", "&#12345678; &#x1234567;"),
    ],
)
def test_decode_entities(escaped: str, text: str) -> None:
    assert decode_entities(escaped) == text


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("Jane\u200b Doe", "Jane Doe"),
        ("\ufeffseg\u00admen\u2060tation\u200d", "segmentation"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
    ids=["edge-of-a-word", "inside", "a-joiner-of-persian-stays"],
)
def test_remove_invisible(text: str, visible: str) -> None:
    assert remove_invisible(text) == visible


def test_an_address_has_no_invisible_characters() -> None:
    assert remove_all_invisible("10.1000/z\u200bw") == "10.1000/zw"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<i>E. coli</i> in H<sub>2</sub>O", "E. coli in H2O"),
        ('<span class="x"><b>a</b></span><br/>b', "a b"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
        ("CO< sub> 2</sub> and < i>x< /i >", "CO 2 and x"),
        ("a <b and c> d, x < y > z", "a <b and c> d, x < y > z"),
        ("<i>never closed", "<i>never closed"),
    ],
)
def test_strip_tags(marked: str, text: str) -> None:
    assert " ".join(strip_tags(marked).split()) == text


def test_plain_text() -> None:
    assert plain_text("A&amp;amp;\n &amp;lt;i&amp;gt;B&amp;lt;/i&amp;gt;\u200b") == "A& B"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i><b>x</b></i>", "x"),
        ("<i><i>x</i>", "<i>x"),
        ("</i>x<i>", "</i>x<i>"),
        ("<b><i>x</b></i>", "x"),
        ("<I a='1'>x</ i >", "x"),
        ("<i>x</i y>", "<i>x</i y>"),
        ("<mml:mi>x</mml:mi><jats:p>y", "x<jats:p>y"),
        ("<i>" * 20_000 + "x" + "</i>" * 19_999, "<i>x"),
    ],
)
def test_start_tags_with_end_tags_are_removed(text: str, expected: str) -> None:
    assert strip_tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u200bb", "a\u200bb"),
        ("a\u200b b", "a b"),
        ("a" + "\u200b" * 16 + " b", "a b"),
        ("a" + "\u200b" * 17 + "b", "ab"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_spaces_without_width(text: str, expected: str) -> None:
    assert remove_invisible(text) == expected
