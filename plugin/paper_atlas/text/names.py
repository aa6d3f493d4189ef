"""Names of authors, split into given name, particle, surname and suffix.

bibtexparser splits the names of persons by the rules of BibTeX. This module adds groups, a suffix
without a comma after it, and names in scripts without case, where BibTeX finds particles.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from paper_atlas.text.lines import one_line
from paper_atlas.text.slug import method_name, slug

# A leading "The" does not mark a group: it is also a given name.
_GROUP = re.compile(
    r"\band\b|&|\b(?:Collaboration|Consortium|Group|Initiative|Investigators|Network|Team)$"
)
_SUFFIX = re.compile(r"(?<=[\w.]),? (?:Jr\.?|Sr\.?|II|III|IV)$")


class Name(NamedTuple):
    """The parts of a name, such as `Jeroen`, `van der`, `Laak` and the suffix `Jr.`

    A group has only a surname. `family` is particle, surname and suffix (`van der Laak`), and
    `plain` the whole name in the usual order.
    """

    given: str
    particle: str
    surname: str
    suffix: str
    family: str
    plain: str

    @property
    def inverted(self) -> str:
        """The name with the family name first: `van der Laak, Jeroen`."""
        return f"{self.family}, {self.given}" if self.given else self.family


# 10,000 papers have about 36,000 authors, and many exports and pages split the same names.
@lru_cache(1 << 16)
def split_name(author: str) -> Name:
    """Split the name of an author, `Given Surname` or `Surname, Given`.

    A group becomes a surname as a whole. So does a name that BibTeX cannot split, because of
    unbalanced braces, a missing surname or too many commas.
    """
    text = one_line(author)
    bare = _SUFFIX.sub("", text)
    try:
        given, particle, surname, suffix = _bibtex_parts(bare)
    except InvalidNameError:
        surname = ""
    if not surname or _GROUP.search(text):
        return _build_name("", "", text, "")
    return _build_name(given, particle, surname, suffix or text[len(bare) :].strip(" ,"))


def _bibtex_parts(name: str) -> tuple[str, str, str, str]:
    """Return given name, particle, surname and suffix.

    Raises:
        InvalidNameError: If the rules of BibTeX cannot split the name.
    """
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


def _build_name(given: str, particle: str, surname: str, suffix: str) -> Name:
    family = f"{particle} {surname} {suffix}".strip()
    return Name(given, particle, surname, suffix, family, f"{given} {family}".strip())


def author_key(author: str) -> str:
    """Return surname and initial: one key for `Li, Xiaomeng`, `X. Li` and `Xiaomeng Li`."""
    name = split_name(author)
    return f"{slug(name.surname)} {slug(name.given)[:1]}"


def et_al(authors: Sequence[str]) -> str:
    """Return the first author, with `et al.` if there are more; empty without authors.

    >>> et_al(["Ada Lovelace", "Alan Turing"])
    'Ada Lovelace et al.'
    """
    return f"{authors[0]}{' et al.' if len(authors) > 1 else ''}" if authors else ""


def short_name(title: str, authors: Sequence[str], year: int | None) -> str:
    """Return a label for a paper: its method, else first author and year, else its title.

    >>> short_name("Deep learning of livers", ["Ada Lovelace", "Alan Turing"], 2018)
    'Lovelace et al. 2018'
    """
    if method := method_name(title):
        return method
    if not authors:
        return title
    cited = et_al([split_name(authors[0]).family, *authors[1:]])
    return f"{cited} {year}" if year else cited
