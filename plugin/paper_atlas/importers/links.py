"""The links of a record: from the text of a field to identifiers and URLs by kind.

    read_links("url", "https://e.org/a b.pdf; https://doi.org/10.1000/1")     →
    ReadLinks((("doi", "10.1000/1"),), ("has further addresses, …",))

A field may contain several links, the wrong kind of link, or markup of another program. A link
that cannot be used never costs the paper: it becomes a remark.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from paper_atlas.text.identifiers import (
    IDENTIFIERS,
    comparison_key,
    decode_address,
    identifier_in_url,
    is_web_url,
    short_doi_url,
    split_url,
)
from paper_atlas.text.slug import free_label

Link = tuple[str, str]
"""A kind and a value."""


class ReadLinks(NamedTuple):
    """The links in the text of a field; each remark completes the sentence "'doi' …"."""

    links: tuple[Link, ...]
    remarks: tuple[str, ...] = ()


def read_links(kind: str, text: str) -> ReadLinks:
    """Return the links in the text of a field for a kind of identifier or of URL.

    Of several identifiers the first is used, and an identifier rather than a URL.
    """
    plain = decode_address(text).strip()
    return _read_identifiers(kind, plain) if kind in IDENTIFIERS else _read_urls(kind, plain)


_MAX_SHOWN = 60  # characters of a value in a remark
_NEXT_IDENTIFIER = r"(?=(?:doi|pmid|pmcid|arxiv)\b|https?:|10\.\d{4}|PMC\d)"
# A line may break inside a DOI, and a blank may follow a slash.
_BREAK_IN_DOI = re.compile(rf"\s*\n\s*(?!\s|{_NEXT_IDENTIFIER})|(?<=[/.:_-])[ \t]+")
_BETWEEN_DOIS = re.compile(rf"[,;|]+{_NEXT_IDENTIFIER}|\s+", re.IGNORECASE)
_DOI_IN_WORDS = re.compile(r"(?<![\d.])10\.\d{4,9}/\S+")
_LABELS = frozenset({"doi", "[doi]", "pmid", "pmcid", "arxiv", "&", "and", "[pii]"})


def _read_identifiers(kind: str, text: str) -> ReadLinks:
    if kind == "doi":
        parts = _BETWEEN_DOIS.split(_BREAK_IN_DOI.sub("", text))
    else:
        parts = re.split(r"[,;\n]\s*", text)
    parts = [part for part in (part.strip() for part in parts) if part]
    found = {part: _identifier(kind, part) for part in parts}
    known = [identifier for identifier in found.values() if identifier]
    if not known:
        return _read_other_link(kind, text)
    others = [
        part
        for part, other in found.items()
        if part.casefold().strip(",;:.") not in _LABELS
        and (other is None or comparison_key(other[1]) != comparison_key(known[0][1]))
    ]
    remarks = [f"contains more, which is ignored: {_shorten(' '.join(others))}"] if others else []
    return ReadLinks((known[0],), tuple(remarks))


def _identifier(kind: str, part: str) -> Link | None:
    if kind == "pmcid" and part.isdigit():
        part = f"PMC{part}"
    bare = IDENTIFIERS[kind].parse(part)
    if not bare and kind == "doi" and (inside := _DOI_IN_WORDS.search(part)):
        bare = IDENTIFIERS[kind].parse(inside[0])
    return (kind, bare) if bare else identifier_in_url(part)


def _read_other_link(kind: str, text: str) -> ReadLinks:
    """Read a field for an identifier that contains none: a short DOI, or a URL."""
    if url := short_doi_url(text):
        return ReadLinks((("url", url),), ("is a short DOI, which can only be a URL",))
    title = IDENTIFIERS[kind].title
    links, remarks = _read_urls("url", text) if is_web_url(text) else ((), ())
    reason = "so it is stored as a URL" if links else "so it is ignored"
    return ReadLinks(
        links, (f"is not a valid {title} identifier, {reason}: {_shorten(text)}", *remarks)
    )


_NEXT_URL = re.compile(
    r"[\s;,|]+(?=(?:https?|ftp|file|internal-pdf|doi):|www\.|(?:dx\.)?doi\.org/)", re.IGNORECASE
)
_DATE_OF_ACCESS = re.compile(
    r"[\s(\[,;.]+(?:(?:last|date|on)[\s:]+)?(?:accessed|retrieved|visited|viewed|access date)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_HOST = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?].*)?", re.IGNORECASE)


def _read_urls(kind: str, text: str) -> ReadLinks:
    text = _DATE_OF_ACCESS.sub("", text)
    parts = [part for part in _NEXT_URL.split(text) if part]
    urls = list(dict.fromkeys(map(_clean_url, parts)))
    found = next(filter(None, map(_known_identifier, urls)), None)
    if found and (len(urls) > 1 or not is_web_url(urls[0])):
        used, link = next(url for url in urls if _known_identifier(url) == found), found
    else:
        used = next(filter(_is_valid, urls), "")
        link = (kind, used)
    others = [url for url in urls if url != used]
    remarks = [_remark(used, others)] if others else []
    return ReadLinks((link,) if used else (), tuple(remarks))


def _remark(used: str, others: list[str]) -> str:
    if used:
        return f"has further addresses, which are ignored: {_shorten(' '.join(others))}"
    if re.match(r"(?:internal-pdf|file):|[A-Za-z]:[\\/]", others[0]):
        return f"is ignored, because it is a file of another computer: {_shorten(others[0])}"
    return f"is ignored, because it is not a URL: {_shorten(others[0])}"


def _known_identifier(url: str) -> Link | None:
    doi = IDENTIFIERS["doi"].parse(url)
    return identifier_in_url(url) or (("doi", doi) if doi else None)


def _clean_url(text: str) -> str:
    """Return a URL without the remains of its field; a blank in it becomes `%20`.

    A line break in a URL is only the end of a line of the file.
    """
    url = re.sub(r"\s*[\r\n]\s*", "", text).strip(" \t<>\"',;")
    if _HOST.fullmatch(url) and ("/" in url or url.casefold().startswith("www.")):
        url = f"https://{url}"
    url = re.sub(r"^https?(?=://)", lambda match: match[0].lower(), url, flags=re.IGNORECASE)
    host, blank, _ = url.partition(" ")
    if blank and re.fullmatch(r"https?://[^/]*", host):
        return host
    return re.sub(r"\s+", "%20", url)


def _is_valid(url: str) -> bool:
    return is_web_url(url) and bool(split_url(url).hostname)


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


class GroupedLinks(NamedTuple):
    """Links by kind, and the identifiers for which another one of their kind is used."""

    by_kind: dict[str, str]
    ignored: list[Link]


def group_links(links: Iterable[Link]) -> GroupedLinks:
    """Return the values of (kind, value) pairs by kind.

    A URL that contains an identifier also yields that identifier. If it contains nothing else,
    the URL is dropped, and so is one that is also a link of another kind. A second URL of a kind
    gets a free label, such as `url 2`. A DOI of arXiv also yields the number of arXiv, under which
    the published version is found.
    """
    grouped: dict[str, str] = {}
    ignored: list[Link] = []
    for kind, value in sorted(links, key=lambda link: link[0] not in IDENTIFIERS):
        found = (kind, value) if kind in IDENTIFIERS else _identifier_of_paper(kind, value)
        is_used = found and _is_same(grouped.setdefault(*found), found[1])
        if kind in IDENTIFIERS and not is_used:
            ignored.append((kind, value))
        elif not (found and is_used and _is_only_identifier(value, *found)):
            grouped[free_label(kind, value, grouped)] = value
    if grouped.get("url") in [value for kind, value in grouped.items() if kind != "url"]:
        del grouped["url"]
    if arxiv := IDENTIFIERS["arxiv"].parse(grouped.get("doi", "")):
        grouped.setdefault("arxiv", arxiv)
    return GroupedLinks(grouped, ignored)


def _identifier_of_paper(kind: str, url: str) -> Link | None:
    return identifier_in_url(url) if kind == "url" else None


def _is_same(value: str, other: str) -> bool:
    return value == other or comparison_key(value) == comparison_key(other)


def _is_only_identifier(url: str, kind: str, identifier: str) -> bool:
    """True if a link contains nothing but its identifier: any address of a DOI, but no PDF."""
    if url == identifier:
        return True
    if kind == "doi":
        return bool(IDENTIFIERS[kind].parse(url)) and not re.search(r"[?#]", url)
    plain = re.sub(r"^http:", "https:", url)
    return plain.rstrip("/") == IDENTIFIERS[kind].url(identifier).rstrip("/")
