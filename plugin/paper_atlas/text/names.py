"""The name of an author in the parts that formats tell apart."""

import re
from functools import lru_cache
from typing import NamedTuple

from paper_atlas.text.slug import name_parts, one_line

# "The" before it says nothing: it is also a given name.
_GROUP = re.compile(
    r"\band\b|&|\b(?:Collaboration|Consortium|Group|Initiative|Investigators|Network|Team)$"
)
_SUFFIX = re.compile(r"(?<=\w),? (?:Jr\.?|Sr\.?|II|III|IV)$")


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
    """The parts of a name as an entry has it, the surname first or last.

    Words with a small first letter before the surname are its particle.
    """
    text = one_line(author)
    bare = _SUFFIX.sub("", text)
    first, last = name_parts(bare)
    given, surname = first.split(), last.split()
    if not surname or _GROUP.search(text):
        return _name("", "", text, "")
    while len(given) > 1 and _is_small(given[-1]):
        surname.insert(0, given.pop())
    small = 0
    while small < len(surname) - 1 and _is_small(surname[small]):
        small += 1
    particle, rest = " ".join(surname[:small]), " ".join(surname[small:])
    return _name(" ".join(given), particle, rest, text[len(bare) :].strip(" ,"))


def _name(given: str, particle: str, surname: str, suffix: str) -> Name:
    family = f"{particle} {surname} {suffix}".strip()
    return Name(given, particle, surname, suffix, family, f"{given} {family}".strip())


def _is_small(word: str) -> bool:
    return word[0].islower()
