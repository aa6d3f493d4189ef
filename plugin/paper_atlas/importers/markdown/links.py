"""The links of an item by kind. The kind comes from the link text, otherwise from the URL.

    [paper](https://doi.org/10.1000/1) [Official code](https://e.org/2) [x](https://e.org/3)     →
    {"doi": "10.1000/1", "code": "https://e.org/2", "x": "https://e.org/3"}

A link text that names a kind, or a venue and a year, is a label. Any other text may be a title.
"""

import re
from collections.abc import Iterable

from paper_atlas.importers.markdown.page.inline import InlineLink
from paper_atlas.importers.markdown.venues import is_venue, parse_venue_year, trim
from paper_atlas.importers.markdown.word_lists import FILLERS, HOSTS, LINK_LABELS, SITES
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.text.identifiers import (
    IDENTIFIERS,
    identifier_in_url,
    is_repository_url,
    split_url,
)
from paper_atlas.text.slug import free_label

_PAPER_KINDS = frozenset({"url", "pdf", "scholar"})
# The kinds of links of an entry, and their names on the site, cannot be labels of other links.
_RESERVED_LABELS = {*LINK_TITLES, *map(str.casefold, LINK_TITLES.values())}
_MAX_VENUE_WORDS = 5  # of a link text; a longer one is a title
_MAX_LABEL_CHARACTERS = 40
_MAX_LENGTH = 500  # of a text that may be a label
_NUMBER_LABEL = re.compile(
    r"(?:arxiv|biorxiv|medrxiv|chemrxiv|hal|doi|pmid)\W*[\w./-]*\d[\w./-]*|10\.\d{4,9}/\S+"
    r"|\d{4}\.\d{4,5}(?:v\d+)?",
    re.IGNORECASE,
)


def links_by_kind(links: Iterable[InlineLink], title_link: InlineLink | None) -> dict[str, str]:
    """Return the URLs and identifiers of links by kind.

    A URL that contains an identifier also yields that identifier. If it contains nothing else,
    the URL is dropped. `title_link` is the link whose text is the title, so its URL decides its
    kind.
    """
    kinds: dict[str, str] = {}
    for link in links:
        if link is title_link and link.url in kinds.values():
            continue
        found = identifier_in_url(link.url)
        if found and kinds.setdefault(*found) == found[1]:
            kind, identifier = found
            if IDENTIFIERS[kind].url(identifier).rstrip("/") == _with_https(link.url).rstrip("/"):
                continue
        kind = _kind_by_url(link.url) if link is title_link else _kind(link)
        kinds[free_label(kind, link.url, kinds)] = link.url
    return kinds


def is_label(text: str) -> bool:
    """True if the text of a link names the link (`pdf`, `CVPR 2021`), so it is not a title."""
    if len(text) > _MAX_LENGTH:
        return False
    text = trim(text)
    return bool(
        not text or _kind_by_text(text) or _NUMBER_LABEL.fullmatch(text) or _is_venue_label(text)
    )


def is_paper_link(link: InlineLink) -> bool:
    """True if the text or the URL shows that a link leads to a paper."""
    if identifier_in_url(link.url) or is_known_host(link.url, "paper"):
        return not is_author_profile(link.url)
    if _kind_by_text(link.text.strip(" :：")) in _PAPER_KINDS and not is_other_link(link):
        return True
    return _is_pdf(link.url)


def is_other_link(link: InlineLink) -> bool:
    """True if a link leads to code, a video, a person, a social network or an encyclopedia."""
    url = link.url
    is_other = any(is_known_host(url, category) for category in ("video", "social", "other"))
    return is_other or is_repository_url(url) or is_author_profile(url)


def is_code_link(link: InlineLink) -> bool:
    """True if the text of a link names code."""
    return _kind_by_text(link.text) == "code"


def is_author_profile(url: str) -> bool:
    """True if a URL is the profile of a person at Google Scholar or ORCID."""
    parts = split_url(url)
    host = parts.hostname or ""
    is_scholar_profile = host.startswith("scholar.google.") and "user=" in parts.query
    return is_scholar_profile or host == "orcid.org"


def is_badge(url: str) -> bool:
    """True if a URL is a badge, or leads to what a badge shows: `zenodo.org/badge/…`."""
    return is_known_host(url, "badge") or bool(re.search(r"/badges?[/.]", split_url(url).path))


def is_known_host(url: str, category: str) -> bool:
    """True if the host of a URL is in `HOSTS[category]`, or a subdomain of one."""
    host = split_url(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in HOSTS[category])


def _kind_by_text(text: str) -> str | None:
    """Return the kind that a text names: `paper`, `Official code - PyTorch`, `PDF (arXiv)`."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    whole = LINK_LABELS.get("".join(text.casefold().split())) or LINK_LABELS.get("-".join(words))
    if whole or not words:
        return whole
    kinds = {LINK_LABELS.get(word) for word in words if word not in FILLERS}
    kinds -= {"url"} if "pdf" in kinds else set()
    return kinds.pop() if len(kinds) == 1 else None


def _is_venue_label(text: str) -> bool:
    found = parse_venue_year(text) if len(text.split()) <= _MAX_VENUE_WORDS else None
    return found is not None and (not found.venue or is_venue(found.venue))


def _kind(link: InlineLink) -> str:
    """Return the kind of a link; an unknown text is a kind of its own."""
    text = trim(link.text)
    if (split_url(link.url).hostname or "").removeprefix("www.").startswith("scholar.google."):
        return "scholar"
    kind = _kind_by_text(text)
    is_venue_name = _is_venue_label(text) or parse_venue_year(text)
    if is_venue_name and not kind and text.casefold() not in SITES:
        return _kind_by_url(link.url)
    if kind == "url" and is_repository_url(link.url):
        return "code"
    if kind or not text or len(text) > _MAX_LABEL_CHARACTERS or _NUMBER_LABEL.fullmatch(text):
        return kind or _kind_by_url(link.url)
    if is_repository_url(link.url) and len(text.split()) == 1:
        return "code"
    return "url" if text.casefold() in _RESERVED_LABELS else text


def _kind_by_url(url: str) -> str:
    if is_repository_url(url):
        return "code"
    if _is_pdf(url):
        return "pdf"
    return next((kind for kind in ("project", "video") if is_known_host(url, kind)), "url")


def _is_pdf(url: str) -> bool:
    return split_url(url).path.casefold().endswith(".pdf")


def _with_https(url: str) -> str:
    return re.sub(r"^http:", "https:", url)
