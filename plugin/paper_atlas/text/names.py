"""Names of authors, split into given name, particle, surname and suffix.

bibtexparser splits the names of persons by the rules of BibTeX. This module adds groups, a suffix
without a comma after it, and names in scripts without case, where BibTeX finds particles. In Han,
Kana and Hangul the family name comes first, in files and on pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from paper_atlas.text.lines import CACHE_SIZE, one_line
from paper_atlas.text.slug import method_name, slug

# A leading "The" does not mark a group: it is also a given name.
_GROUP = re.compile(
    r"\band\b|&|\b(?:Collaboration|Consortium|Group|Initiative|Investigators|Network|Team)$"
)
_SUFFIX = re.compile(r"(?<=[\w.]),? (?:Jr\.?|Sr\.?|II|III|IV|2nd|3rd|4th)$")
# Letters of Han, Kana and Hangul with their marks: https://www.unicode.org/Public/UNIDATA/Scripts.txt
_FAMILY_FIRST = re.compile(
    r"[\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc"
    r"\U0001b000-\U0001b16f\U00020000-\U000323af, ]+"
)


_ONLY_INITIALS = re.compile(r"[A-Z]\.?|(?:[A-Z]\.[ -]?){2,3}")
_SEVERAL_NAMES = re.compile(
    r"\bet al\b|;|^[“”„\"]|[“”\"]$|^(?!The )\S+ \S+ (?:and|&) \S+ \S+$", re.IGNORECASE
)
# Words with a capital and without a sign that BibTeX interprets: most names, without a particle.
_WORD = r"[A-ZÀ-ÖØ-Þ][^\s,~{}\\]*"
_CAPITALIZED = re.compile(rf"(?P<given>{_WORD}(?: {_WORD})*) (?P<surname>{_WORD})")


@dataclass(frozen=True)
class Group:
    """An author whose name has no parts, such as an organisation: `{group: …}` in an entry."""

    group: str

    def __str__(self) -> str:
        """Return the name."""
        return self.group


AuthorName = str | Group
"""An author as an entry stores it: `Given Surname`, `Surname, Given`, or a group."""


class Name(NamedTuple):
    """The parts of a name, such as `Jeroen`, `van der`, `Laak` and the suffix `Jr.`

    A group has only a surname. `family` is particle, surname and suffix (`van der Laak`), and
    `plain` the whole name in the usual order of its script.
    """

    given: str
    particle: str
    surname: str
    suffix: str
    family: str
    plain: str

    @property
    def is_family_first(self) -> bool:
        """True if the name is in Han, Kana or Hangul, which have no initials."""
        return is_family_first(self.plain)

    @property
    def author(self) -> AuthorName:
        """The form of the name in an entry; see `join_name`.

        Most names are those of persons in the usual form, which need no other one.
        """
        is_usual = self.given and is_one_name(self.plain) and split_name(self.plain) == self
        return self.plain if is_usual else join_name(*self[:4])

    @property
    def text(self) -> str:
        """The form of the name in an entry as text; `split_name` reads it. Braces mark a group."""
        author = self.author
        return author if isinstance(author, str) else f"{{{author}}}"


# 10,000 papers have about 36,000 authors, and many exports and pages split the same names.
@lru_cache(1 << 16)
def split_name(author: AuthorName) -> Name:
    """Split the name of an author, `Given Surname` or `Surname, Given`.

    A group becomes a surname as a whole. So does text in braces, and a name that BibTeX cannot
    split, because of unbalanced braces, a missing surname, too many commas or a last backslash.
    """
    text = one_line(str(author))
    if isinstance(author, Group) or is_in_braces(text):
        return _build_name("", "", text if isinstance(author, Group) else text[1:-1].strip(), "")
    if "," not in text and " " in text and is_family_first(text):
        surname, given = text.split(" ", 1)
        return _build_name(given, "", surname, "")
    bare = _SUFFIX.sub("", text)
    try:
        given, particle, surname, suffix = _bibtex_parts(bare)
    except InvalidNameError:
        surname = ""
    if not surname or _GROUP.search(text):
        return _build_name("", "", text, "")
    if not suffix and bare == text:  # Smith Jr., John
        return _build_name(given, particle, *_split_suffix(surname))
    return _build_name(given, particle, surname, suffix or text[len(bare) :].strip(" ,"))


def is_one_name(text: str) -> bool:
    """False for initials without a surname, and for text that looks like several names."""
    return not _ONLY_INITIALS.fullmatch(text) and not _SEVERAL_NAMES.search(text)


def is_in_braces(text: str) -> bool:
    """True if the first character is the brace that the last one closes."""
    if text[:1] + text[-1:] != "{}":
        return False
    depth, ends = 0, []
    for position, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            ends.append(position)
    return ends[:1] == [len(text) - 1] and bool(text[1:-1].strip())


def is_family_first(text: str) -> bool:
    """True for text that consists of Han, Kana or Hangul."""
    return bool(_FAMILY_FIRST.fullmatch(text))


def join_name(
    given: str = "", particle: str = "", surname: str = "", suffix: str = ""
) -> AuthorName:
    """Return the author that an entry stores for the parts of a name.

    It is the usual form, or `particle Surname, Suffix, Given` if the usual form has other parts or
    if the script puts the family name first. A name without a given name is a group if the rules
    for persons would split it.

    >>> join_name("Jeroen", "van der", "Laak"), join_name("Ana", "", "Ramos Lima")
    ('Jeroen van der Laak', 'Ramos Lima, Ana')
    """
    first, family, suffix = map(one_line, (given, f"{particle} {surname}", suffix))
    if not first or not family:
        first, family = "", family or first
    if first and not suffix:
        family, suffix = _split_suffix(family)
    plain = one_line(f"{first} {family} {suffix}")
    if not first and not suffix:
        is_whole = is_one_name(plain) and split_name(plain) == _build_name("", "", plain, "")
        return plain if is_whole else Group(plain)
    inverted = ", ".join(filter(None, (family, suffix, first)))
    forms = [inverted, plain] if is_family_first(plain) else [plain, inverted]
    without_commas = ", ".join(part.replace(",", "") for part in (family, first) if part)
    if _ONLY_INITIALS.fullmatch(plain):  # no name, which the validation reports as it is written
        return plain
    forms = [form for form in forms if is_one_name(form)]
    wanted = (first, one_line(particle), one_line(surname), suffix)
    exact = (form for form in forms if split_name(form)[:4] == wanted)
    fitting = (form for form in forms if _parts(split_name(form)) == (first, family, suffix))
    return next(exact, next(fitting, without_commas))


def _split_suffix(surname: str) -> tuple[str, str]:
    bare = _SUFFIX.sub("", surname)
    return bare, surname[len(bare) :].strip(" ,")


def _parts(name: Name) -> tuple[str, str, str]:
    return name.given, f"{name.particle} {name.surname}".strip(), name.suffix


def _bibtex_parts(name: str) -> tuple[str, str, str, str]:
    """Return given name, particle, surname and suffix.

    Raises:
        InvalidNameError: If the rules of BibTeX cannot split the name.
    """
    if words := _CAPITALIZED.fullmatch(name):
        return words["given"], "", words["surname"], ""
    if (len(name) - len(name.rstrip("\\"))) % 2:  # bibtexparser doubles the last one
        raise InvalidNameError(name, "a backslash at the end")
    parts = parse_single_name_into_parts(name)
    given, particle, surname = parts.first, parts.von, parts.last
    if not any(map(_has_case, particle)):
        given, surname = (given, particle + surname) if "," in name else (given + particle, surname)
        particle = []
    elif not given:  # danah michele boyd
        given, particle = particle[:1], particle[1:]
    return " ".join(given), " ".join(particle), " ".join(surname), " ".join(parts.jr)


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _build_name(given: str, particle: str, surname: str, suffix: str) -> Name:
    family = f"{particle} {surname} {suffix}".strip()
    plain = f"{given} {family}".strip()
    if given and is_family_first(plain):
        plain = f"{family}{given}".replace(" ", "")
    return Name(given, particle, surname, suffix, family, plain)


def display_names(authors: Sequence[AuthorName]) -> list[str]:
    """Return the names in the order that is usual in their script, for pages and lists.

    >>> display_names(["山田, 太郎", "Ramos Lima, Ana"])
    ['山田太郎', 'Ana Ramos Lima']
    """
    return [split_name(author).plain for author in authors]


def author_key(author: AuthorName) -> str:
    """Return surname and initial: one key for `Li, Xiaomeng`, `X. Li` and `Xiaomeng Li`."""
    name = split_name(author)
    return f"{slug(name.surname)} {slug(name.given)[:1]}"


def compatible_names(author: AuthorName, other: AuthorName) -> bool:
    """True if two names can be those of one person: the same surname, and no other initial.

    An unknown name, which is empty, can be anyone. Order, accents and missing given names do not
    matter.

    >>> compatible_names("Jane Müller", "Mueller, J."), compatible_names("Jane Roe", "Doe, Jane")
    (True, False)
    """
    if not author or not other:
        return True
    one, its = split_name(author), split_name(other)
    if _comparable(one.plain).split("-") == _comparable(its.plain).split("-")[::-1]:
        return True
    surnames = [_comparable(f"{name.particle} {name.surname}") for name in (one, its)]
    initials = {slug(name.given)[:1] for name in (one, its)} - {""}
    return _is_tail(*surnames) and len(initials) < 2


def _is_tail(one: str, other: str) -> bool:
    """True if one surname is the other, or its end, as with a particle or a second surname."""
    return one == other or one.endswith(f"-{other}") or other.endswith(f"-{one}")


@lru_cache(CACHE_SIZE)
def _comparable(name: str) -> str:
    """Return a key in which ä, ae and a are the same."""
    return re.sub(r"(?<=[aou])e", "", slug(name))


def et_al(authors: Sequence[AuthorName]) -> str:
    """Return the first author, with `et al.` if there are more; empty without authors.

    >>> et_al(["Ada Lovelace", "Alan Turing"])
    'Ada Lovelace et al.'
    """
    return f"{split_name(authors[0]).plain}{_others(authors)}" if authors else ""


def short_name(title: str, authors: Sequence[AuthorName], year: int | None) -> str:
    """Return a label for a paper: its method, else first author and year, else its title.

    >>> short_name("Deep learning of livers", ["Ludwig van Beethoven", "Ada Lovelace"], 2018)
    'van Beethoven 2018'
    """
    if method := method_name(title):
        return method
    if not authors:
        return title
    return f"{split_name(authors[0]).family} {year}" if year else surname_et_al(authors)


def surname_et_al(authors: Sequence[AuthorName]) -> str:
    """Return the surname of the first author, with "et al." if there are others.

    >>> surname_et_al(["Ada Lovelace", "Alan Turing"]), surname_et_al([])
    ('Lovelace et al.', '')
    """
    return f"{split_name(authors[0]).family}{_others(authors)}" if authors else ""


def _others(authors: Sequence[AuthorName]) -> str:
    return " et al." if len(authors) > 1 else ""
