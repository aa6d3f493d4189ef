"""The name of an author in the parts that formats tell apart.

bibtexparser divides the names of persons by the rules of BibTeX. The rest is here: groups, a suffix
without a comma after it, and names in scripts without case, where BibTeX sees particles.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from paper_atlas.text.slug import method_name, one_line, slug

# "The" before it says nothing: it is also a given name.
_GROUP = re.compile(
    r"\band\b|&|\b(?:Collaboration|Consortium|Group|Initiative|Investigators|Network|Team)$"
)
_SUFFIX = re.compile(r"(?<=[\w.]),? (?:Jr\.?|Sr\.?|II|III|IV)$")


class Name(NamedTuple):
    """`Jeroen`, `van der`, `Laak`, and a suffix such as `Jr.`; a group is all surname.

    `family` is what stands before the comma, `van der Laak`; `plain` the whole name.
    """

    given: str
    particle: str
    surname: str
    suffix: str
    family: str
    plain: str

    @property
    def inverted(self) -> str:
        """`van der Laak, Jeroen`; a name that has one part is that part."""
        return f"{self.family}, {self.given}" if self.given else self.family


# 10,000 papers have about 36,000 authors, each of whom many files ask for.
@lru_cache(1 << 16)
def split_name(author: str) -> Name:
    """Parse a name as an entry has it, the surname first or last.

    A group is all surname, and so is a name that BibTeX cannot divide: one with unbalanced braces,
    without a surname, or with a comma too many.
    """
    text = one_line(author)
    bare = _SUFFIX.sub("", text)
    try:
        given, particle, surname, suffix = _parts(bare)
    except InvalidNameError:
        surname = ""
    if not surname or _GROUP.search(text):
        return _name("", "", text, "")
    return _name(given, particle, surname, suffix or text[len(bare) :].strip(" ,"))


def _parts(name: str) -> tuple[str, str, str, str]:
    """Given name, particle, surname and suffix. Raises InvalidNameError."""
    parts = parse_single_name_into_parts(name)
    given, particle, surname = parts.first, parts.von, parts.last
    if not any(map(_has_case, particle)):
        given, surname = (given, particle + surname) if "," in name else (given + particle, surname)
        particle = []
    elif not given and "," not in name:  # danah michele boyd
        given, particle = particle[:1], particle[1:]
    return " ".join(given), " ".join(particle), " ".join(surname), " ".join(parts.jr)


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _name(given: str, particle: str, surname: str, suffix: str) -> Name:
    family = f"{particle} {surname} {suffix}".strip()
    return Name(given, particle, surname, suffix, family, f"{given} {family}".strip())


def author_key(author: str) -> str:
    """Surname and initial: `Li, Xiaomeng`, `X. Li` and `Xiaomeng Li` are one."""
    name = split_name(author)
    return f"{slug(name.surname)} {slug(name.given)[:1]}"


def et_al(authors: Sequence[str]) -> str:
    """The first author, and `et al.` for all others; empty without authors.

    >>> et_al(["Ada Lovelace", "Alan Turing"])
    'Ada Lovelace et al.'
    """
    return f"{authors[0]}{' et al.' if len(authors) > 1 else ''}" if authors else ""


def short_name(title: str, authors: Sequence[str], year: int | None) -> str:
    """A label for a paper: its method, else first author and year, else its title.

    >>> short_name("Deep learning of livers", ["Ada Lovelace", "Alan Turing"], 2018)
    'Lovelace et al. 2018'
    """
    if method := method_name(title):
        return method
    if not authors:
        return title
    cited = et_al([split_name(authors[0]).family, *authors[1:]])
    return f"{cited} {year}" if year else cited
