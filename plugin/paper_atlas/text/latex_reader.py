"""LaTeX, as BibTeX has it, as plain text: pylatexenc reads accents and commands."""

import re
from functools import cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

# Signs of the line, which pylatexenc gives as the accents that are called so.
_SIGNS = {"textasciicircum": "^", "textasciitilde": "~", "textasciigrave": "`"}
_BARE_SIGN = re.compile(r"(?<!\\)([%&])")
_IN_ADDRESS = re.compile(r"\\(?:url|href|nolinkurl)\b|[{}\s]|\\(?=[_%&#~$])")


class LatexError(ValueError):
    """A text that cannot be read; the message says why."""


def plain(latex: str) -> str:
    """LaTeX as text on one line. Raises LatexError.

    A bare `%` or `&` is meant as such: in LaTeX the one would hide what comes after it.
    """
    if not re.search(r"[\\{}$~`'\-%&]", latex):
        return " ".join(latex.split())
    escaped = _BARE_SIGN.sub(r"\\\1", latex)
    try:
        return " ".join(_decoder().latex_to_text(escaped).split())
    except (IndexError, RecursionError, ValueError) as error:  # as pylatexenc ends on odd macros
        raise LatexError(f"'{latex[:60]}' cannot be read as LaTeX") from error


def bare(latex: str) -> str:
    """An identifier or address, in which nothing but the escapes is LaTeX."""
    return _IN_ADDRESS.sub("", latex)


def persons(latex: str) -> list[str]:
    """The names that `and` joins, each as `Given Surname`; `others` stands for more of them.

    Raises LatexError where BibTeX could not divide them either.
    """
    try:
        parts = map(parse_single_name_into_parts, split_multiple_persons_names(latex))
        return [plain(part.merge_first_name_first) for part in parts]
    except InvalidNameError as error:
        hint = "write 'Last, First and Last, First'"
        raise LatexError(f"the names of the entry cannot be told apart ({hint})") from error


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _SIGNS.items()]
    context.add_context_category("signs", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text")
