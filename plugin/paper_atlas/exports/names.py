"""The name of an author in the parts that formats tell apart."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from paper_atlas.exports.parts import one_line
from paper_atlas.text import name_parts

# "The" before it says nothing: it is also a given name.
_GROUP = re.compile(
    r"\band\b|&|\b(?:Collaboration|Consortium|Group|Initiative|Investigators|Network|Team)$"
)
_SUFFIX = re.compile(r"(?<=\w),? (?:Jr\.?|Sr\.?|II|III|IV)$")


@dataclass(frozen=True)
class Name:
    """`Jeroen`, `van der`, `Laak`, and a suffix such as `Jr.`; a group is all surname."""

    given: str
    particle: str
    surname: str
    suffix: str

    @property
    def family(self) -> str:
        """What stands before the comma: `van der Laak`."""
        return " ".join(part for part in (self.particle, self.surname, self.suffix) if part)

    @property
    def inverted(self) -> str:
        """`van der Laak, Jeroen`; a name that has one part is that part."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def plain(self) -> str:
        """`Jeroen van der Laak`."""
        return f"{self.given} {self.family}".strip()


@cache
def split_name(author: str) -> Name:
    """The parts of a name as an entry has it, the surname first or last.

    Words with a small first letter before the surname are its particle.
    """
    text = one_line(author)
    bare = _SUFFIX.sub("", text)
    given, surname = (part.split() for part in name_parts(bare))
    if not surname or _GROUP.search(text):
        return Name("", "", text, "")
    while len(given) > 1 and _is_small(given[-1]):
        surname.insert(0, given.pop())
    small = len(list(takewhile(_is_small, surname[:-1])))
    particle, rest = " ".join(surname[:small]), " ".join(surname[small:])
    return Name(" ".join(given), particle, rest, text[len(bare) :].strip(" ,"))


def _is_small(word: str) -> bool:
    return word[0].islower()
