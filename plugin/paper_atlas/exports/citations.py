"""Citations of a paper as plain text in three styles: APA, IEEE and Vancouver.

https://apastyle.apa.org/style-grammar-guidelines/references
https://journals.ieeeauthorcenter.ieee.org/your-role-in-article-production/ieee-editorial-style-manual/
https://www.nlm.nih.gov/bsd/uniform_requirements.html
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import confirmed_links, url_of_link
from paper_atlas.text.lines import CACHE_SIZE
from paper_atlas.text.names import Name, split_name

_JOINED_INITIALS = re.compile(r"\.(?=[^\W\d_])")
_APA_AUTHORS, _VANCOUVER_AUTHORS, _IEEE_AUTHORS = 20, 6, 6


def apa(entry: Entry) -> str:
    """Return `Li, X., & Heng, P.-A. (2018). Title. Venue, 37(12), 2663–2674. https://doi.org/…`."""
    names = [_apa_name(split_name(author)) for author in entry.authors]
    if len(names) > _APA_AUTHORS:
        names = [*names[: _APA_AUTHORS - 1], f"… {names[-1]}"]
    elif len(names) > 1:
        names[-1] = f"& {names[-1]}"
    number = f"({entry.issue})" if entry.issue else ""
    source = _join_parts([entry.venue, f"{entry.volume or ''}{number}", _with_en_dash(entry.pages)])
    year = f"({entry.year or 'n.d.'})."
    doi = _doi(entry)
    url = url_of_link("doi", doi) if doi else ""
    return _sentences([", ".join(names), year, entry.title, source], url)


def ieee(entry: Entry) -> str:
    """Return `X. Li et al., “Title,” Venue, vol. 37, no. 12, pp. 2663–2674, 2018, doi: …`."""
    shortened = len(entry.authors) > _IEEE_AUTHORS
    shown = entry.authors[:1] if shortened else entry.authors
    names = [_ieee_name(split_name(author)) for author in shown]
    if shortened:
        names = [f"{names[0]} et al."]
    elif len(names) > 1:
        names = [*names[:-1], f"and {names[-1]}"]
    doi = _doi(entry)
    parts = [
        ", ".join(names),
        f"“{entry.title},”",
        entry.venue,
        entry.volume and f"vol. {entry.volume}",
        entry.issue and f"no. {entry.issue}",
        entry.pages and f"pp. {_with_en_dash(entry.pages)}",
        str(entry.year or ""),
        f"doi: {doi}" if doi else "",
    ]
    return f"{_join_parts(parts)}.".replace(",”,", ",”")


def vancouver(entry: Entry) -> str:
    """Return `Li X, Chen H, Heng PA. Title. Venue. 2018;37(12):2663-2674. doi:…`."""
    names = [_vancouver_name(split_name(author)) for author in entry.authors[:_VANCOUVER_AUTHORS]]
    if len(entry.authors) > _VANCOUVER_AUTHORS:
        names.append("et al")
    number = f"{entry.volume or ''}{f'({entry.issue})' if entry.issue else ''}"
    pages = f":{entry.pages}" if entry.pages else ""
    date = f"{entry.year or ''}{f';{number}' if number else ''}{pages}"
    doi = _doi(entry)
    parts = [", ".join(names), entry.title, entry.venue, date]
    return _sentences(parts, f"doi:{doi}" if doi else "")


CITATION_STYLES: dict[str, Callable[[Entry], str]] = {
    "APA": apa,
    "IEEE": ieee,
    "Vancouver": vancouver,
}
"""The functions that write a citation, by the name of the style."""


def _apa_name(name: Name) -> str:
    if name.is_family_first:
        return name.plain
    family = f"{name.particle} {name.surname}".strip()
    return ", ".join(filter(None, (family, _initials(name.given, ". "), name.suffix)))


def _ieee_name(name: Name) -> str:
    if name.is_family_first:
        return name.plain
    return f"{_initials(name.given, '. ')} {name.family}".strip()


def _vancouver_name(name: Name) -> str:
    if name.is_family_first:
        return name.plain
    parts = name.particle, name.surname, _initials(name.given, ""), name.suffix.rstrip(".")
    return " ".join(filter(None, parts))


@lru_cache(CACHE_SIZE)
def _initials(given: str, between: str) -> str:
    """Return the initials of given names; hyphens are kept only with full stops."""
    dot = between.strip()
    parts = [
        "-".join(f"{part[0]}{dot}" for part in word.split("-") if part)
        for word in _JOINED_INITIALS.sub(". ", given).split()
    ]
    return (" " if dot else "").join(parts) if dot else "".join(parts).replace("-", "")


def _doi(entry: Entry) -> str:
    return confirmed_links(entry).get("doi", "")


def _with_en_dash(pages: str | None) -> str:
    return (pages or "").replace("-", "–")


def _join_parts(parts: Sequence[str | None]) -> str:
    return ", ".join([part for part in parts if part])


def _sentences(parts: Sequence[str | None], last: str) -> str:
    """End each part with one full stop, and append `last` as it is."""
    ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    return " ".join([*ended, last] if last else ended)
