"""Artificial papers, similar to real ones; the same seed gives the same papers.

Terms follow Zipf's law: the second term of a facet is used half as often as the first.
https://en.wikipedia.org/wiki/Zipf%27s_law
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import yaml

VOCABULARY = Path(__file__).with_name("vocabulary.yml")
FIRST_YEAR, LAST_YEAR = 2012, 2026


@dataclass(frozen=True)
class Term:
    """A term of the vocabulary; `id` is the name of its page."""

    title: str
    id: str


@dataclass(frozen=True)
class Paper:
    """A paper, as the atlas and its peers show it; `terms` are by facet, organs first."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    links: Mapping[str, str]
    terms: Mapping[str, tuple[Term, ...]]
    extends: tuple[str, ...]
    notes: str

    @property
    def organ(self) -> Term:
        """The organ whose page has its card."""
        return self.terms["organs"][0]


def make_papers(count: int, seed: int = 1, organs: int = 25) -> Iterator[Paper]:
    """Yield `count` papers on `organs` organs, the oldest first."""
    chance = Random(seed)
    pools = {facet: _Pool(terms, chance) for facet, terms in _vocabulary(organs).items()}
    years = sorted(_year(chance) for _ in range(count))
    ids: list[str] = []
    for number, year in enumerate(years):
        terms = {facet: pool.some(chance, _most(facet)) for facet, pool in pools.items()}
        name = "".join(chance.choices(_words("syllables"), k=chance.randint(2, 4))).capitalize()
        paper = Paper(
            id=f"{name.lower()}-{number}",
            title=_title(chance, name, terms),
            authors=tuple(_author(chance) for _ in range(chance.randint(3, 12))),
            year=year,
            venue=chance.choice(_words("venues")),
            links=_links(chance, name, number, year),
            terms=terms,
            extends=tuple(_earlier(chance, ids)) if chance.random() < 0.2 else (),
            notes=_notes(chance, chance.randint(40, 90)) if chance.random() < 0.4 else "",
        )
        ids.append(paper.id)
        yield paper


class _Pool:
    """The terms of a facet, with their frequencies."""

    def __init__(self, terms: Sequence[Term], chance: Random) -> None:
        self._terms = chance.sample(terms, len(terms))
        self._weights = [*accumulate(1 / rank for rank in range(1, len(terms) + 1))]

    def some(self, chance: Random, most: int) -> tuple[Term, ...]:
        drawn = chance.choices(self._terms, cum_weights=self._weights, k=chance.randint(1, most))
        return tuple(dict.fromkeys(drawn))


def _most(facet: str) -> int:
    return {"methods": 4, "datasets": 3, "dimensionality": 1}.get(facet, 2)


def _vocabulary(organs: int) -> dict[str, list[Term]]:
    """The terms of each facet."""
    found = {}
    for name, facet in yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))["facets"].items():
        groups = [facet, *facet.get("sections", ())]
        terms = [term for group in groups for term in group.get("terms", ())]
        found[name] = [Term(it["title"], it.get("id") or _id(it["title"])) for it in terms]
    found["organs"] = found["organs"][:organs]
    return found


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    return {
        key: value.split() if isinstance(value, str) else value
        for key, value in yaml.safe_load(text).items()
    }


def _words(key: str) -> Sequence[str]:
    found: Sequence[str] = _data()[key]
    return found


def _year(chance: Random) -> int:
    """Choose a year; later years are more frequent."""
    return FIRST_YEAR + int((LAST_YEAR + 1 - FIRST_YEAR) * chance.random() ** 0.5)


def _title(chance: Random, name: str, terms: Mapping[str, Sequence[Term]]) -> str:
    adjective, means = chance.choice(_words("adjectives")), chance.choice(_words("means"))
    organ, method = terms["organs"][0].title, terms["methods"][0].title
    end = chance.choice(_words("ends"))
    return f"{name}-Net: {adjective} {method} with {means} for {organ} Segmentation {end}"


def _author(chance: Random) -> str:
    middle = f" {chance.choice('ABCDEFGHIJKLMNOPRSTVWYZ')}." if chance.random() < 0.3 else ""
    return f"{chance.choice(_words('given'))}{middle} {chance.choice(_words('family'))}"


def _links(chance: Random, name: str, number: int, year: int) -> dict[str, str]:
    """Return links with at least a DOI or an arXiv id."""
    links = {}
    if chance.random() < 0.8:
        links["doi"] = f"10.1000/{year}.{number}"
    if not links or chance.random() < 0.5:
        links["arxiv"] = f"{year % 100:02}{chance.randint(1, 12):02}.{number % 100_000:05}"
    if chance.random() < 0.4:
        links["code"] = f"https://git.example.org/{name.lower()}/{name.lower()}-{number}"
    return links


def _earlier(chance: Random, ids: Sequence[str]) -> list[str]:
    return sorted({chance.choice(ids) for _ in range(chance.randint(1, 2))}) if ids else []


def _notes(chance: Random, length: int) -> str:
    """Return sentences of two phrases each, cut to `length` words."""
    words: list[str] = []
    while len(words) < length:
        one, other = chance.sample(_words("phrases"), 2)
        words += f"{one[0].upper()}{one[1:]}, and {other}.".split()
    return " ".join(words[:length]).rstrip(".,") + "."
