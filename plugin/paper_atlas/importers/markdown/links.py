"""What a link of a list is: its kind by its text, by its address, or by what stands before it."""

import re
from collections.abc import Iterable

from paper_atlas.importers.markdown.inline import InlineLink
from paper_atlas.importers.markdown.venues import is_venue, parse_venue_year
from paper_atlas.importers.markdown.word_lists import FILLERS, HOSTS, LINK_LABELS, SITES
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.text.identifiers import (
    IDENTIFIERS,
    identifier_in_url,
    is_repository_url,
    split_url,
)
from paper_atlas.text.slug import free_label

_KINDS_OF_PAPERS = frozenset({"url", "pdf", "scholar"})
_OF_THE_ATLAS = {*LINK_TITLES, *map(str.casefold, LINK_TITLES.values())}
_LONG_OCCASION = 6  # words with which a label is rather a title
_LONGEST_LABEL = 40
_ARXIV_LABEL = re.compile(r"arxiv\W*\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)


def links_by_kind(links: Iterable[InlineLink], title_link: InlineLink | None) -> dict[str, str]:
    """The links by kind; what an address holds beside an identifier is kept as written."""
    kinds: dict[str, str] = {}
    for link in links:
        if link is title_link and link.url in kinds.values():
            continue
        decoded = identifier_in_url(link.url)
        if decoded and kinds.setdefault(*decoded) == decoded[1]:
            kind, bare = decoded
            if IDENTIFIERS[kind].url(bare).rstrip("/") == _secure(link.url).rstrip("/"):
                continue
        kind = _by_address(link.url) if link is title_link else _kind(link)
        kinds[free_label(kind, link.url, kinds)] = link.url
    return kinds


def is_label(text: str) -> bool:
    """Whether the text of a link says what the link is, not what a paper is called."""
    text = text.strip(" :：[]()")
    return bool(
        not text or _named(text) or _ARXIV_LABEL.fullmatch(text) or _is_occasion_label(text)
    )


def is_paper_link(link: InlineLink) -> bool:
    """Whether a link leads to a paper itself, as far as its text and its address tell."""
    if identifier_in_url(link.url) or is_known_host(link.url, "paper"):
        return not is_author_profile(link.url)
    named = _named(link.text.strip(" :："))
    return (named in _KINDS_OF_PAPERS and not is_other_link(link)) or split_url(
        link.url
    ).path.casefold().endswith(".pdf")


def is_other_link(link: InlineLink) -> bool:
    """Whether a link leads to code, films, people or talk, never to a paper."""
    url = link.url
    return (
        is_repository_url(url)
        or is_author_profile(url)
        or any(is_known_host(url, what) for what in ("video", "social"))
    )


def is_code_link(link: InlineLink) -> bool:
    """Whether its text says that a link leads to code."""
    return _named(link.text) == "code"


def is_author_profile(url: str) -> bool:
    """Whether an address is that of an author's profile."""
    parts = split_url(url)
    host = parts.hostname or ""
    profile = host.startswith("scholar.google.") and "user=" in parts.query
    return profile or host == "orcid.org"


def is_known_host(url: str, what: str) -> bool:
    """Whether an address is at one of the hosts that are known for something."""
    host = split_url(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in HOSTS[what])


def _named(label: str) -> str | None:
    """The kind that a label names: `paper`, `Official code - PyTorch`, `PDF (arXiv)`."""
    words = re.findall(r"[^\W\d_]+", label.casefold())
    whole = LINK_LABELS.get("".join(label.casefold().split())) or LINK_LABELS.get("-".join(words))
    if whole or not words:
        return whole
    kinds = {LINK_LABELS.get(word) for word in words if word not in FILLERS}
    kinds -= {"url"} if "pdf" in kinds else set()
    return kinds.pop() if len(kinds) == 1 else None


def _is_occasion_label(text: str) -> bool:
    found = parse_venue_year(text) if len(text.split()) < _LONG_OCCASION else None
    return found is not None and (not found.venue or is_venue(found.venue))


def _kind(link: InlineLink) -> str:
    label = link.text.strip(" :：[]()")
    if (split_url(link.url).hostname or "").removeprefix("www.").startswith("scholar.google."):
        return "scholar"
    named = _named(label)
    if _is_occasion_label(label) and label.casefold() not in SITES:
        return _by_address(link.url)
    if named == "url" and is_repository_url(link.url):
        return "code"
    if named or not label or len(label) > _LONGEST_LABEL or _ARXIV_LABEL.fullmatch(label):
        return named or _by_address(link.url)
    if is_repository_url(link.url) and len(label.split()) == 1:
        return "code"
    return "url" if label.casefold() in _OF_THE_ATLAS else label


def _by_address(url: str) -> str:
    if is_repository_url(url):
        return "code"
    if split_url(url).path.casefold().endswith(".pdf"):
        return "pdf"
    return next((kind for kind in ("project", "video") if is_known_host(url, kind)), "url")


def _secure(url: str) -> str:
    return re.sub(r"^http:", "https:", url)
