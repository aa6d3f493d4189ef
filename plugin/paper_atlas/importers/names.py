r"""Divide the fields of other programs into the names of authors.

    {World Health Organization} and Costa, Jr., P. T. and \"Oner, Mustafa     →
    Group("World Health Organization"), "P. T. Costa Jr.", "Mustafa Öner"

Each function yields a `FieldValue` for each name, in the form that an entry stores, and one without
a key for each part that is not a name. One odd name never costs the others.

Names in BibTeX: https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, section 3.2
Names in named parts: https://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf
Numbers of homonyms: https://dblp.org/faq/1474704.html
Surnames before initials: https://www.nlm.nih.gov/bsd/mms/medlineelements.html#au
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from paper_atlas.importers.record import MAX_FIELD_LENGTH, FieldValue, long_field
from paper_atlas.text.latex import LatexError, latex_to_text
from paper_atlas.text.lines import one_line
from paper_atlas.text.names import AuthorName, Group, is_in_braces, join_name, split_name

_MAX_AUTHORS_LENGTH = 500_000
"""The most characters of the authors of a paper. Collaborations of physicists have 5,000."""

_MAX_NAME, _MAX_PERSON = 2_000, 200  # characters of any name, and of a name with initials
_MAX_ET_AL = 60  # characters at the end of a text in which `et al.` is searched
_SHOWN_LENGTH = 60  # characters of a name in a report

# Characters of the private use area hide the blanks and separators that braces protect.
_BLANK, _COMMA, _SEMICOLON, _OPEN, _CLOSE = map(chr, range(0xE000, 0xE005))
_SHOWN = {ord(_BLANK): " ", ord(_COMMA): ",", ord(_SEMICOLON): ";", ord(_OPEN): "", ord(_CLOSE): ""}
_PROTECTED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]+){_CLOSE}")
_TOKEN = re.compile(r"\\.|[{}]", re.DOTALL)
_MAX_COMMAND = 50  # characters of a command of LaTeX
_ARGUMENT_FOLLOWS = re.compile(r"\\(?:[a-zA-Z]+\s*|[^a-zA-Z])$")
_BLANK_RUN = re.compile(r"\s+")
_BLANKS = re.compile(r"(\\[a-zA-Z]+)\s+|\s+")

_AND = re.compile(r"(?:^|\s+)and(?=\s|$)", re.IGNORECASE)
# Between words of a group, `and` and `&` separate no names: Museums and Galleries Association.
_GROUP_WORD = re.compile(
    r"\b(?:Academy|Agency|Associations?|Bureau|Cent(?:er|re)s?|Collaboration|Colleges?|Commission"
    r"|Committee|Consortium|Council|Departments?|Federation|Foundation|Galler(?:y|ies)|Hospitals?"
    r"|Initiative|Institut(?:e|es|ion|ions)|Laborator(?:y|ies)|Librar(?:y|ies)|Ministry|Museums?"
    r"|Offices?|Organi[sz]ations?|Schools?|Services?|Societ(?:y|ies)|Universit(?:y|ies))\b"
)
_AMPERSAND = re.compile(r"\s+\\?&\s+")
_ET_AL = re.compile(r"[,;\s]*(?:\band\s+)?(\bet[\s~]+al\b\.?|\bothers\b)[\s.]*$", re.IGNORECASE)
_QUOTED = re.compile(r'["“”„](.+)["“”„]')
_DOUBLED_COMMA = re.compile(r",(?:\s*,)+")
_NUMBER = re.compile(r"(?<=\w)\s+\d{4}$|\s*\(\d+\)$")
_NAMED_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix|[a-z]+-i)\s*=(.*)", re.DOTALL)
_SUFFIX = r"Jr\.?|Sr\.?|II|III|IV|2nd|3rd|4th"
_INITIALS = r"(?:[^\W\d_a-zß-öø-ÿ]\.?[ -]?){1,4}(?<! )"
_SURNAME_FIRST = re.compile(
    rf"([^,.]*[^\W\d_]{{2}}[^,.]*?)\s+(?!(?:{_SUFFIX})$)({_INITIALS})(?:,?\s+({_SUFFIX}))?"
)


def latex_authors(name: str, line: int, latex: str) -> Iterator[FieldValue]:
    """Yield the authors of a field of BibTeX or BibLaTeX; braces protect a name or a part."""
    if len(latex) > _MAX_AUTHORS_LENGTH:
        yield long_field(name, line, latex, _MAX_AUTHORS_LENGTH)
        return
    pieces: list[str] = []
    plain = _BLANK_RUN.sub(" ", html.unescape(latex))
    for piece in _pieces(_hide_protected(plain), at_each_and=True):
        if len(piece) > MAX_FIELD_LENGTH:
            yield long_field(piece[:_SHOWN_LENGTH], line, piece)
            continue
        try:
            pieces.append(latex_to_text(piece))
        except LatexError as error:
            yield FieldValue(name, line, reason=f"is ignored in part: {error}")
    yield from _values(name, line, pieces)


def record_authors(
    name: str, line: int, texts: Iterable[str], surname_first: bool = False
) -> Iterator[FieldValue]:
    """Yield the authors of plain fields, such as all `AU` of a record in RIS.

    A comma at the end marks a group, and two commas mean one comma in its name, as in EndNote.
    `surname_first` says that initials without full stops follow the surname, as in PubMed.
    """
    pieces: list[str] = []
    for text in map(one_line, map(html.unescape, texts)):
        if len(text) > _MAX_AUTHORS_LENGTH:
            yield long_field(name, line, text, _MAX_AUTHORS_LENGTH)
            continue
        text = re.sub(r"(?<=\w\w)\.$", "", text) if surname_first else text
        group = _group_of_endnote(text)
        pieces += [_hide(group)] if group else _pieces(text, at_each_and=False)
    yield from _values(name, line, pieces, surname_first, suffix_last=True)


def creators(name: str, line: int, cell: str) -> Iterator[FieldValue]:
    """Yield the authors of a table from Zotero: `Last, First` of persons, groups without a comma.

    Only semicolons separate them. A name with several commas but no suffix is a group as a whole.
    """
    texts = (_DOUBLED_COMMA.sub(",", text).strip(" ,") for text in html.unescape(cell).split(";"))
    pieces = [text if _is_person_of_zotero(text) else _hide(text) for text in texts if text]
    yield from _values(name, line, pieces, suffix_last=True)


def _is_person_of_zotero(text: str) -> bool:
    rest = [part.strip() for part in text.split(",")[1:]]
    has_suffix = len(rest) == 2 and any(re.fullmatch(_SUFFIX, part) for part in rest)
    return len(rest) == 1 or has_suffix or _without_et_al(text) != text


def with_groups(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry with a `Group` for each author such as `{"group": "A"}`."""
    authors = fields.get("authors")
    if not isinstance(authors, list):
        return dict(fields)
    return {**fields, "authors": [*map(_group_of_mapping, authors)]}


def _group_of_mapping(author: Any) -> Any:
    is_group = isinstance(author, dict) and author.keys() == {"group"}
    return Group(author["group"]) if is_group and isinstance(author["group"], str) else author


def _group_of_endnote(text: str) -> str:
    if ";" in text:
        return ""
    if ",," in text:
        return text.replace(",,", ",", 1)
    return text[:-1] if text.endswith(",") and text.count(",") == 1 else ""


def _values(
    name: str,
    line: int,
    pieces: Sequence[str],
    surname_first: bool = False,
    suffix_last: bool = False,
) -> Iterator[FieldValue]:
    names: list[str] = []
    for piece in pieces:
        rest = _without_et_al(piece)
        if rest != piece:
            found = "and others" if "others" in piece[len(rest) :] else "et al."
            yield FieldValue(found, line, reason="in 'author' is not a name")
        names += _split_at_commas(_DOUBLED_COMMA.sub(",", rest.strip(" ,")), surname_first)
    inverted = surname_first or _have_surnames_first(names)
    for text in filter(None, names):
        author = _read_name(_with_suffix_second(text) if suffix_last else text, inverted)
        if author:
            yield FieldValue(name, line, "authors", author)
        else:
            hint = "write 'Last, First and Last, First'"
            shown = text.translate(_SHOWN)
            shown = f"{shown[:_SHOWN_LENGTH]}…" if len(shown) > _MAX_PERSON else shown
            yield FieldValue(shown, line, reason=f"is not one name ({hint})")


def _without_et_al(text: str) -> str:
    return text[:-_MAX_ET_AL] + _ET_AL.sub("", text[-_MAX_ET_AL:])


def _hide_protected(latex: str) -> str:
    """Hide the blanks and separators in braces, except in the arguments of commands."""
    shown, depth, start, position = "", 0, 0, 0
    for token in _TOKEN.finditer(latex):
        if token[0] == "{":
            if not depth:
                shown += latex[position : token.start()]
                start = position = token.start()
            depth += 1
        elif token[0] == "}" and depth:
            depth -= 1
            if not depth:
                group, position = latex[start : token.end()], token.end()
                is_argument = _ARGUMENT_FOLLOWS.search(shown[-_MAX_COMMAND:])
                shown += group if is_argument else _hide(_without_braces(group))
    return shown + latex[position:]


def _without_braces(text: str) -> str:
    """Return a text in braces without these and up to nine further pairs around it."""
    for _ in range(10):
        text = text[1:-1]
        if not is_in_braces(text):
            break
    return text


def _hide(text: str) -> str:
    hidden = _BLANKS.sub(lambda found: f"{found[1]} " if found[1] else _BLANK, text.strip())
    hidden = re.sub(r"(?<!\\),", _COMMA, hidden)
    return _OPEN + re.sub(r"(?<!\\);", _SEMICOLON, hidden) + _CLOSE


def _pieces(text: str, at_each_and: bool) -> list[str]:
    """Divide a text at semicolons, and at `and` and `&` between persons."""
    found: list[str] = []
    for part in _divide(_AND, text, at_each_and):
        for piece in re.split(r"(?<!\\);", part):
            found += _divide(_AMPERSAND, piece, False)
    return found


def _divide(separator: re.Pattern[str], text: str, always: bool) -> list[str]:
    parts = [part.strip(" ,") for part in separator.split(text) if part.strip(" ,")]
    return parts if always or all(map(_is_like_a_person, parts)) else [text.strip()]


def _is_like_a_person(text: str) -> bool:
    if "," in text or _ET_AL.fullmatch(text):
        return True
    if len(text) > _MAX_PERSON or _GROUP_WORD.search(text):
        return False
    return len(text.split()) == 2 and not text.startswith("The ") and bool(split_name(text).given)


def _split_at_commas(text: str, surname_first: bool) -> list[str]:
    """Divide `Li X, Chen H`, `Li, X., Chen, H.` and `Xi Li, Hao Chen, Bo Wu`, else return it."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    listed = [_is_listed(part, surname_first) for part in parts]
    if len(parts) > 1 and (all(listed) or (surname_first and 2 * sum(listed) > len(parts))):
        return [
            part if is_listed or " " not in part else _hide(part)
            for part, is_listed in zip(parts, listed, strict=True)
        ]
    is_initials = [*map(_are_initials, parts)]
    if len(parts) > 3 and is_initials == [False, True] * (len(parts) // 2):
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) > 2 and all(len(part.split()) > 1 for part in parts) and "=" not in text:
        return parts
    return [text]


def _is_listed(text: str, surname_first: bool) -> bool:
    """True for a surname and initials; without full stops, the surname is no abbreviation."""
    parts = _surname_and_initials(text)
    if not parts or surname_first or "." in parts[1]:
        return parts is not None
    return any(word[:1].isupper() and not word.isupper() for word in parts[0].split())


def _are_initials(text: str) -> bool:
    return bool(re.fullmatch(_INITIALS, text)) and text.isupper()


def _surname_and_initials(text: str) -> tuple[str, str, str] | None:
    """Return surname, initials and suffix of `van der Laak JA 3rd`, or None for another form."""
    found = _SURNAME_FIRST.fullmatch(text) if len(text) <= _MAX_PERSON else None
    if not found or not _are_initials(found[2]) or _PROTECTED.search(text):
        return None
    return found[1], found[2], found[3] or ""


def _have_surnames_first(names: Iterable[str]) -> bool:
    """True if initials end all names without a comma, and one has a single initial."""
    found = [
        _surname_and_initials(name)
        for name in names
        if name and "," not in name and not _PROTECTED.fullmatch(name)
    ]
    return len(found) > 1 and all(found) and any(parts and len(parts[1]) == 1 for parts in found)


def _read_name(text: str, surname_first: bool) -> AuthorName | None:
    """Return the author with a name, or None if it is not the name of one author.

    Initials with a full stop are no surname, so they always follow the surname.
    """
    if len(text) > _MAX_NAME:
        return None
    if whole := _PROTECTED.fullmatch(text) or _QUOTED.fullmatch(text):
        return join_name(surname=whole[1].translate(_SHOWN))
    if named := _named_parts(text):
        prefix, suffix = named.get("prefix", ""), named.get("suffix", "")
        return join_name(named.get("given", ""), prefix, named.get("family", ""), suffix)
    text = _NUMBER.sub("", text)
    parts = _surname_and_initials(text)
    if parts and (surname_first or "." in parts[1]):
        return join_name(_spelt_initials(parts[1]), "", parts[0], parts[2])
    if text.count(",") > 2:
        return None
    name = split_name(text)
    return join_name(*(part.translate(_SHOWN) for part in name[:4]))


def _with_suffix_second(text: str) -> str:
    """Return `Surname, Given, Suffix` of RIS in the order of BibTeX."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or re.fullmatch(_SUFFIX, parts[1]):
        return text
    surname, given, suffix = parts
    return f"{surname}, {suffix}, {given or _OPEN + _CLOSE}"


def _named_parts(text: str) -> dict[str, str]:
    """Return the parts of a name such as `family=Hoven, given=Jeroen, prefix=van den`."""
    found = [_NAMED_PART.fullmatch(part) for part in text.split(",")]
    if not all(found):
        return {}
    return {part[1]: one_line(part[2].translate(_SHOWN)) for part in found if part}


def _spelt_initials(initials: str) -> str:
    """Return `J. A.` for `JA`; initials with full stops stay as they are."""
    if "." in initials:
        return initials
    return one_line(re.sub(r"(\w)", r"\1. ", initials).replace(" -", "-"))
