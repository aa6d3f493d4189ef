"""Conversion between plain text and LaTeX, for the fields of BibTeX.

Letters outside ASCII stay as they are, in UTF-8. `~` becomes `\\textasciitilde{}`, because the
shorter `\\~{}` is an accent: https://www.ctan.org/pkg/encguide
pylatexenc decodes accents and commands.

Maths becomes plain text where Unicode has a character for each of its signs: `$\\alpha$`, `CO$_2$`.
Other maths stays as it is in both directions: `$L^p$`. Dollars of prices are no maths: `$5 and $6`.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from paper_atlas.text.lines import CACHE_SIZE

# The log messages of pylatexenc would repeat the problems.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())

_SIGNS = {ord(sign): f"\\{sign}" for sign in "&%#_${}"} | {
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}
# BibTeX also counts braces after a backslash, so unbalanced ones need commands.
_UNPAIRED = _SIGNS | {
    ord("{"): r"\ensuremath{\lbrace}",
    ord("}"): r"\ensuremath{\rbrace}",
}
# Pairs of characters that TeX prints as a ligature.
_LIGATURE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[!?])(?=`)")
# What needs an escape: a sign, or a pair of a ligature. Alternatives of plain text are fastest.
_SPECIAL = re.compile(
    "|".join(map(re.escape, [*map(chr, _SIGNS), *("--", "''", "``", ",,", "<<", ">>", "!`", "?`")]))
)
_NO_WORD = re.compile(r"\W*")


# In maths no blank stands inside the dollars and no digit behind them, unless it has a sign that
# only maths has: https://pandoc.org/MANUAL.html#math
# A formula has at most 500 characters, so that the time does not grow with the square of the text.
_MATHS = (
    r"\$(?=[^$\\^_{]{0,500}+[\\^_{])((?:[^$\\]|\\.){0,500}+)\$"
    r"|\$(?!\s)((?:[^$\\]|\\.){1,500}+)(?<!\s)\$(?!\d)"
)
_MATHS_IN_TEXT = re.compile(_MATHS, re.DOTALL)
# Also escaped signs, so that they are not the beginning of maths, and the dollars of prices.
_MATHS_IN_LATEX = re.compile(rf"\\\((.{{1,500}}?)\\\)|\\.|{_MATHS}|\$", re.DOTALL)


def escape_latex(text: str) -> str:
    """Escape plain text, so that LaTeX prints every character as it is.

    >>> escape_latex("50% of U_net & co")
    '50\\\\% of U\\\\_net \\\\& co'
    """
    if not _SPECIAL.search(text):
        return text
    is_balanced = _is_balanced(text)
    parts = split_at_maths(text)
    return "".join([part if is_maths else _escape(part, is_balanced) for part, is_maths in parts])


def protect_capitals(title: str) -> str:
    """Escape a title, with braces around the words whose capitals a BibTeX style must not change.

    These words have a capital after the first letter, are all capitals, or begin with a capital
    and a hyphen. Punctuation around a word stays outside the braces.

    >>> protect_capitals("H-DenseUNet: Segmentation From (CT) Volumes")
    '{H-DenseUNet}: Segmentation From ({CT}) Volumes'
    """
    is_balanced = _is_balanced(title)
    return "".join(
        f"{{{part}}}"
        if is_maths
        else " ".join([_protect_word(word, is_balanced) for word in part.split(" ")])
        for part, is_maths in split_at_maths(title)
    )


def split_at_maths(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a plain text, and True for maths that `latex_to_text` would not change.

    Maths with other commands than those for formulas is no maths, because LaTeX and MathJax would
    run them: `\\input` reads a file, and `\\href` makes a link.

    >>> [*split_at_maths("On $L^p$ for $5 or $6")]
    [('On ', False), ('$L^p$', True), (' for $5 or $6', False)]
    """
    end = 0
    for match in _MATHS_IN_TEXT.finditer(text) if "$" in text else ():
        maths = match[1] or match[2]
        if _unicode_maths(maths) is None and _is_balanced(maths) and _is_formula(maths):
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False


def _punctuation(word: str) -> str:
    """Return the characters before the first letter or digit of a word."""
    found = _NO_WORD.match(word)
    return found[0] if found else ""


@lru_cache(CACHE_SIZE)
def _protect_word(word: str, is_balanced: bool) -> str:
    start = len(_punctuation(word))
    end = max(start, len(word) - len(_punctuation(word[::-1])))
    before, core, after = word[:start], word[start:end], word[end:]
    escaped = _escape(core, is_balanced)
    if _has_fixed_capitals(core):
        escaped = f"{{{escaped}}}"
    return _escape(before, is_balanced) + escaped + _escape(after, is_balanced)


def _has_fixed_capitals(word: str) -> bool:
    is_acronym = len(word) > 1 and word.isupper()
    return (
        is_acronym or any(map(str.isupper, word[1:])) or (word[:1].isupper() and word[1:2] == "-")
    )


def _is_balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _escape(text: str, is_balanced: bool) -> str:
    if _SPECIAL.search(text):
        return _LIGATURE.sub("{}", text.translate(_SIGNS if is_balanced else _UNPAIRED))
    return text


_BARE_SIGN = re.compile(r"(?<!\\)([%&])")


class LatexError(ValueError):
    """A text that cannot be parsed; the message contains the reason."""


MAX_SIGNS = 20_000
"""The most signs of LaTeX in a text, which take a second to read: 3,000 authors with accents."""
_SIGN = re.compile(r"[\\{}$~%&]")


def latex_to_text(latex: str) -> str:
    """Convert LaTeX to plain text on one line.

    A `%` or `&` without a backslash is kept, because fields often contain it unescaped. References,
    footnotes and unknown commands are left out; `unread_commands` returns them.

    Raises:
        LatexError: If pylatexenc cannot parse the text, or it has more than `MAX_SIGNS` signs.

    >>> latex_to_text(r"{\\'E}tude of CO$_2$ and $L^p$")
    'Étude of CO₂ and $L^p$'
    """
    if not re.search(r"[\\{}$~`'\-%&]", latex):
        return " ".join(latex.split())
    if len(_SIGN.findall(latex)) > MAX_SIGNS:
        raise LatexError(f"'{latex[:60]}…' has more than {MAX_SIGNS} signs of LaTeX")
    plain = _without_exporter_slips(latex)
    plain, maths = _without_maths(plain) if "$" in plain or r"\(" in plain else (plain, [])
    if "\\" in plain:
        plain = _FORMATTING.sub("", _REFERENCE.sub("", plain))
    try:
        text = " ".join(_decoder().latex_to_text(_BARE_SIGN.sub(r"\\\1", plain)).split())
    except (
        IndexError,
        KeyError,
        RecursionError,
        ValueError,
    ) as error:  # pylatexenc raises them on unknown input
        raise LatexError(f"'{latex[:60]}' cannot be read as LaTeX") from error
    for index, formula in enumerate(maths):
        text = text.replace(chr(_FIRST_MARK + index), formula)
    return text


_IF_IN_MATHS = re.compile(r"\\ifmmode.{0,500}?\\else\s*(.{0,500}?)\\fi\s*", re.DOTALL)
_DOUBLE_BACKSLASH = re.compile(r"\\\\(?=[&%_#$]|text[a-z]+\b)")
_TILDE_AS_ACCENT = re.compile(r"\\\\textasciitilde\s*\{?([A-Za-z])\}?")


def _without_exporter_slips(latex: str) -> str:
    r"""Return LaTeX without `\ifmmode…\else…\fi`, and without doubled backslashes of exporters."""
    if r"\if" in latex:
        latex = _IF_IN_MATHS.sub(r"\1", latex)
    if "\\\\" in latex:
        latex = _DOUBLE_BACKSLASH.sub(r"\\", _TILDE_AS_ACCENT.sub(r"\~{\1}", latex))
    return latex


# Characters for private use mark the places of maths, which pylatexenc must not change.
_FIRST_MARK, _MAX_MARKS = 0xE000, 0x1900


def _without_maths(latex: str) -> tuple[str, list[str]]:
    """Return the text with marks in the places of maths, and the maths that no text can replace."""
    kept: list[str] = []

    def replace(match: re.Match[str]) -> str:
        maths = match[1] or match[2] or match[3]
        if not maths:
            return r"\$" if match[0] == "$" else match[0]
        plain = _unicode_maths(maths)
        if plain is not None or len(kept) == _MAX_MARKS:
            return f"${plain or maths}$"
        kept.append(f"${' '.join(maths.split())}$")
        return chr(_FIRST_MARK + len(kept) - 1)

    return _MATHS_IN_LATEX.sub(replace, latex), kept


# Commands that only typeset. Those for single characters are known to pylatexenc.
_FORMULA_COMMAND = re.compile(
    r"math(?:bb|bf|cal|frak|it|rm|scr|sf|tt|ring)|text(?:bf|it|rm|sc|sf|tt)?|emph|mbox|rm|bf|it|cal"
    r"|boldsymbol|bm|operatorname|(?:display|text|script)style|(?:wide)?(?:hat|tilde)|acute|bar"
    r"|breve|check|d?dot|grave|vec|(?:over|under)(?:line|brace|set)|over(?:right|left)arrow"
    r"|[cdt]?frac|binom|sqrt|stackrel|substack|(?:no)?limits|left|middle|right|[bB]igg?[lr]?"
    r"|arc(?:cos|sin|tan)|(?:cos|sin|tan|cot)h?|csc|sec|arg|deg|det|dim|exp|gcd|hom|ker|lg|ln|log"
    r"|(?:var|proj|inj)?lim(?:inf|sup)?|var(?:proj|inj)lim|inf|sup|max|min|[bp]?mod|Pr|q?quad"
    r"|phantom|not|prime|mid|to|[{}|>\\]"
)
_COMMAND_OR_SPECIAL = re.compile(r"\\([A-Za-z]+|.)|\^\^|[%&#]", re.DOTALL)


def _is_formula(maths: str) -> bool:
    """True if maths only typesets a formula: `^^` may hide a backslash, `%` the end of a field."""
    return all(
        match[1] and (_FORMULA_COMMAND.fullmatch(match[1]) or _is_sign(match[1]))
        for match in _COMMAND_OR_SPECIAL.finditer(maths)
    )


_UPRIGHT = re.compile(
    r"\\(?:mathrm|textrm|text|mathit|mbox|mathsf|textsf|mathtt|texttt|mathbf|textbf|textit|textsc|emph)\s*\{([^{}\\]*)\}|\{\\rm\s+([^{}\\]*)\}"
)
_SCRIPT = re.compile(r"([_^])\s*(?:\{\s*([^{}]*?)\s*\}|(\\[A-Za-z]+|[^\s{}\\]))")
_SCRIPT_SIGNS = {
    "^": dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True)),
    "_": dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)),
}
_SUPERSCRIPTS = {r"\circ": "°", "*": "*", r"\ast": "*", r"\prime": "′"}
_SUPERSCRIPTS |= {ending: ending for ending in ("st", "nd", "rd", "th")}


@lru_cache(CACHE_SIZE)
def _unicode_maths(maths: str) -> str | None:
    """Return maths without markup, if Unicode has a character for each sign; otherwise None."""
    upright = _UPRIGHT.sub(lambda match: match[1] or match[2] or "", maths)
    flat = _SCRIPT.sub(_script, upright)
    commands = re.findall(r"\\([A-Za-z]+|.)", flat, re.DOTALL)
    if re.search(r"(?<!\\)[_^{}]", flat) or not all(map(_is_sign, commands)):
        return None
    return flat


def _script(match: re.Match[str]) -> str:
    level, script = match[1], match[2] or match[3] or ""
    if level == "^" and script in _SUPERSCRIPTS:
        return _SUPERSCRIPTS[script]
    signs = _SCRIPT_SIGNS[level]
    return "".join(signs[sign] for sign in script) if set(script) <= signs.keys() else match[0]


@cache
def _is_sign(command: str) -> bool:
    """True if a command is for one character, or for a blank."""
    if not command.isalpha():
        return command in ",;:! %&#$_"
    spec = _decoder().latex_context.get_macro_spec(command)
    sign = getattr(spec, "simplify_repl", None)
    return isinstance(sign, str) and 0 < len(sign) <= 2 and "%" not in sign


# Commands for characters that pylatexenc does not know, or would decode as accents.
_LINE_SIGNS = {
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textasciigrave": "`",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "S": "§",
    "P": "¶",
    "slash": "/",
    "textpercent": "%",
    "textnumero": "№",
    "textminus": "−",
}
_GROUP = r"\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_REFERENCE_NAMES = (
    r"(?:cite[a-zA-Z]*|footnote(?:mark|text)?|thanks|label|ref|eqref|index|[hv]space|noopsort"
    r"|SortNoop)"
)
_REFERENCE = re.compile(rf"\\{_REFERENCE_NAMES}\*?(?![A-Za-z])(?:\s*\[[^\]]*\])*(?:{_GROUP})?")
# Their last argument is the text itself.
_FORMATTING_NAMES = (
    r"(?:text(?:rm|sf|tt|sc|sl|md|up|normal|subscript|superscript)?|[mhf]box|ensuremath|url|path"
    r"|nolinkurl|uppercase|lowercase|MakeUppercase|MakeLowercase|enquote|uline|protect|relax"
    r"|(?:tiny|small|large|Large|huge|rm|sf|tt|bf|it|sc|sl|em|upshape|scshape|itshape|bfseries)"
    r"|href" + _GROUP + ")"
)
_FORMATTING = re.compile(rf"\\{_FORMATTING_NAMES}(?:(?![A-Za-z])|(?<=\}}))\s*")
_COMMAND = re.compile(r"(?<!\\)\\([A-Za-z]+)")


# The journals that the Astrophysics Data System names by commands:
# https://ui.adsabs.harvard.edu/help/actions/journal-macros
_JOURNALS = {
    "aj": "The Astronomical Journal",
    "actaa": "Acta Astronomica",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "areps": "Annual Review of Earth and Planetary Sciences",
    "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters",
    "apjlett": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series",
    "apjsupp": "The Astrophysical Journal Supplement Series",
    "ao": "Applied Optics",
    "applopt": "Applied Optics",
    "apss": "Astrophysics and Space Science",
    "aap": "Astronomy and Astrophysics",
    "astap": "Astronomy and Astrophysics",
    "aapr": "The Astronomy and Astrophysics Review",
    "aaps": "Astronomy and Astrophysics Supplement Series",
    "aas": "American Astronomical Society Meeting Abstracts",
    "aplett": "Astrophysical Letters",
    "apspr": "Astrophysics and Space Physics Research",
    "azh": "Astronomicheskii Zhurnal",
    "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "caa": "Chinese Astronomy and Astrophysics",
    "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "dps": "AAS/Division for Planetary Sciences Meeting Abstracts",
    "fcp": "Fundamentals of Cosmic Physics",
    "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters",
    "iaucirc": "International Astronomical Union Circular",
    "icarus": "Icarus",
    "jaavso": "Journal of the American Association of Variable Star Observers",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jcp": "The Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "maps": "Meteoritics and Planetary Science",
    "memras": "Memoirs of the Royal Astronomical Society",
    "memsai": "Memorie della Società Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "na": "New Astronomy",
    "nar": "New Astronomy Reviews",
    "nat": "Nature",
    "nphysa": "Nuclear Physics A",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "physscr": "Physica Scripta",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "procspie": "Proceedings of SPIE",
    "psj": "The Planetary Science Journal",
    "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "skytel": "Sky and Telescope",
    "solphys": "Solar Physics",
    "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews",
    "zap": "Zeitschrift für Astrophysik",
}
_JOURNAL = re.compile(r"\\([a-z]+)(?![A-Za-z])")


def expand_journals(latex: str) -> str:
    """Replace the commands for journals of astronomy by their names.

    >>> expand_journals(r"{\\mnras} Letters")
    '{Monthly Notices of the Royal Astronomical Society} Letters'
    """
    return _JOURNAL.sub(lambda match: _JOURNALS.get(match[1], match[0]), latex)


def unread_commands(latex: str) -> list[str]:
    """Return the commands of a text that `latex_to_text` leaves out, each once.

    >>> unread_commands(r"On \\cite{y} {\\'e}")
    ['\\\\cite']
    """
    if "\\" not in latex:
        return []
    plain = _FORMATTING.sub("", _without_maths(_without_exporter_slips(latex))[0])
    commands = (match[1] for match in _COMMAND.finditer(plain))
    return [f"\\{name}" for name in dict.fromkeys(commands) if not _is_read(name)]


@cache
def _is_read(command: str) -> bool:
    is_reference = re.fullmatch(_REFERENCE_NAMES, command)
    return not is_reference and _decoder().latex_context.get_macro_spec(command) is not None


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _LINE_SIGNS.items()]
    context.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text")
