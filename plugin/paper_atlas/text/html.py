"""HTML from text, and plain text from text in which another program left HTML.

All HTML of a site comes from here: `markup` fills the patterns of this program with escaped values,
and `vetted` takes what a template, the sanitizer of notes or `clean_svg` has made. Nothing else in
the package calls a text HTML; a test says so.

Databases escape text for the web, some of them twice: `&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt;`.
"""

import html
import re
from collections import defaultdict, deque
from collections.abc import Iterable

from markupsafe import Markup, escape

# The semicolon is required, because `&copy=1` is a part of many URLs.
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
# Word joiner, soft hyphen and byte order mark never belong to a text. A space without width
# separates words in some scripts, and joiners shape letters in Arabic and Indic ones: only at other
# edges of words they are remains of copying.
# https://www.unicode.org/versions/Unicode15.0.0/ch23.pdf
# No script has so many of them in a row that the search for their end would take long.
INVISIBLE_CHARACTER = re.compile(
    r"[\u00ad\u2060\ufeff]|[\u200b-\u200d]{17,}|(?<!\S)[\u200b-\u200d]+|\u200b{1,16}(?!\S)"
    r"|(?<![\u0600-\u06ff\u0900-\u0dff])[\u200b-\u200d]{1,16}(?!\S)"
)
_SPACE_WITHOUT_WIDTH = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")


def markup(pattern: str, *values: object) -> Markup:
    """Return the HTML of a pattern, with a value in the place of each `%s`.

    The pattern is written in this program. Values are escaped, unless they are `Markup` already.

    >>> markup('<a href="%s">%s</a>', "?a&b", markup("<b>%s</b>", "<c>"))
    Markup('<a href="?a&amp;b"><b>&lt;c&gt;</b></a>')
    """
    # The check saves calls: most values are HTML of another part of the page.
    return vetted(pattern % tuple([v if type(v) is Markup else escape(v) for v in values]))


def joined(separator: str, values: Iterable[object]) -> Markup:
    """Return values as HTML with a separator, all escaped unless they are `Markup` already.

    >>> joined(", ", ["<b>", markup("<b>")])
    Markup('&lt;b&gt;, <b>')
    """
    parts = [v if type(v) is Markup else escape(v) for v in values]
    return vetted(str.join(escape(separator), parts))


def vetted(text: str) -> Markup:
    """Return a text as HTML that a template, a sanitizer or `clean_svg` has made of it."""
    return str.__new__(Markup, text)  # five times as fast as the constructor


def escape_for_template(text: str) -> str:
    """Return a text as HTML in which no template engine finds a tag of its own.

    >>> escape_for_template("a < {{ b }}")
    'a &lt; &#123;&#123; b }}'
    """
    return html.escape(text).replace("{", "&#123;")


def decode_entities(text: str) -> str:
    """Replace the entities of HTML by their characters, up to two layers deep.

    >>> decode_entities("Cats &amp;amp; dogs &lt; 2")
    'Cats & dogs < 2'
    """
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def remove_invisible(text: str) -> str:
    """Remove the characters without width that do not belong to a text."""
    return text if text.isascii() else INVISIBLE_CHARACTER.sub("", text)


def remove_all_invisible(address: str) -> str:
    """Remove all characters without width, none of which belongs to an identifier or a URL."""
    return address if address.isascii() else _SPACE_WITHOUT_WIDTH.sub("", address)


_PAIRED_TAG = re.compile(
    r"<\s*(?:((?:mml:|jats:|m:)?[a-z][a-z0-9-]*)(?:\s[^<>]*)?|/\s*((?:mml:|jats:|m:)?[a-z][a-z0-9-]*)\s*)>",
    re.IGNORECASE,
)
_EMPTY_TAG = re.compile(r"<(?:br|p|hr)\s*/?>|</(?:br|p)>", re.IGNORECASE)


def strip_tags(text: str) -> str:
    """Remove the tags of HTML, of MathML and of JATS from a text, and keep the text in them.

    >>> strip_tags('H<sub>2</sub>O in <i class="x"><b>E. coli</b></i>, if a <b')
    'H2O in E. coli, if a <b'
    """
    if "<" not in text:
        return text
    return _without_pairs(_EMPTY_TAG.sub(" ", text))


def _without_pairs(text: str) -> str:
    """Remove each start tag with an end tag after it. Without one it is text: "<i>", "a <b"."""
    open_tags: dict[str, deque[re.Match[str]]] = defaultdict(deque)
    spans: list[tuple[int, int]] = []
    for tag in _PAIRED_TAG.finditer(text):
        if tag[1]:
            open_tags[tag[1].casefold()].append(tag)
        elif before := open_tags[tag[2].casefold()]:
            spans += [before.popleft().span(), tag.span()]
    parts, end = [], 0
    for start, next_end in sorted(spans):
        parts.append(text[end:start])
        end = next_end
    return "".join([*parts, text[end:]])


def plain_text(text: str) -> str:
    """Return a text on one line, without entities, tags and invisible characters.

    >>> plain_text("Cats &amp;amp; &amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt;")
    'Cats & E. coli'
    """
    return " ".join(strip_tags(remove_invisible(decode_entities(text))).split())
