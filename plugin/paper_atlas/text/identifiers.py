"""Identifiers of papers: DOI, arXiv, PubMed and PubMed Central.

An entry contains the bare identifier; the URL is derived from it. An identifier in a URL is read
from the URL itself, without the network.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit


@dataclass(frozen=True)
class Identifier:
    """A scheme of identifiers.

    `pattern` matches the bare identifier, `prefix` a URL or label before it. `url_template` has
    `{}` in the place of the bare identifier, and `normalize` returns its usual spelling.
    """

    kind: str
    title: str
    pattern: re.Pattern[str]
    prefix: re.Pattern[str]
    url_template: str
    example: str
    normalize: Callable[[str], str] = str

    def parse(self, text: str) -> str | None:
        """Return the bare identifier of a text with or without prefix; None if it is none.

        >>> IDENTIFIERS["doi"].parse("https://doi.org/10.1109/TMI.2018.2845918")
        '10.1109/TMI.2018.2845918'
        """
        text = text.strip()
        match = self.prefix.match(text)
        rest = text[match.end() :] if match else text
        if text.startswith("http"):
            rest = unquote(re.split(r"[?#]", rest)[0])
        return self.normalize(rest) if self.pattern.fullmatch(rest) else None

    def url(self, bare: str) -> str:
        """Return the URL of a bare identifier."""
        return self.url_template.format(quote(bare, safe="/:;().,_-"))


# Shapes: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html,
# https://info.arxiv.org/help/arxiv_identifier.html, https://www.nlm.nih.gov/bsd/mms/medlineelements.html
IDENTIFIERS = {
    scheme.kind: scheme
    for scheme in (
        Identifier(
            kind="doi",
            title="DOI",
            pattern=re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"]+"),
            prefix=re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE),
            url_template="https://doi.org/{}",
            example="10.1109/TMI.2018.2845918",
        ),
        Identifier(
            kind="arxiv",
            title="arXiv",
            pattern=re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"),
            prefix=re.compile(
                r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)",
                re.IGNORECASE,
            ),
            url_template="https://arxiv.org/abs/{}",
            example="1709.07330",
        ),
        Identifier(
            kind="pmid",
            title="PubMed",
            pattern=re.compile(r"[1-9]\d{0,8}/?"),
            prefix=re.compile(
                r"(?:https?://(?:pubmed\.ncbi\.nlm\.nih\.gov/|www\.ncbi\.nlm\.nih\.gov/pubmed/)"
                r"|pmid:\s*)",
                re.IGNORECASE,
            ),
            url_template="https://pubmed.ncbi.nlm.nih.gov/{}/",
            example="29994201",
            normalize=lambda text: text.rstrip("/"),
        ),
        Identifier(
            kind="pmcid",
            title="PubMed Central",
            pattern=re.compile(r"PMC\d+/?", re.IGNORECASE),
            prefix=re.compile(
                r"(?:https?://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/"
                r"|pmcid:\s*)",
                re.IGNORECASE,
            ),
            url_template="https://pmc.ncbi.nlm.nih.gov/articles/{}/",
            example="PMC7729484",
            normalize=lambda text: text.rstrip("/").upper(),
        ),
    )
}


def comparison_key(bare: str) -> str:
    """Return the key of a bare identifier: its lower case, without the version of arXiv."""
    return re.sub(r"(?<=\d)v\d+$", "", bare.casefold())


_DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/.+)$")
# Publishers whose URLs contain the DOI of the paper. On other hosts such a path can be anything.
_PUBLISHERS = (
    *("link.springer.com", "springeropen.com", "biomedcentral.com", "onlinelibrary.wiley.com"),
    *("spiedigitallibrary.org", "dl.acm.org", "journals.sagepub.com", "tandfonline.com"),
    *("frontiersin.org", "iopscience.iop.org", "pubs.acs.org", "pnas.org", "science.org"),
    *("biorxiv.org", "medrxiv.org", "pubs.rsna.org", "ahajournals.org", "worldscientific.com"),
)
# Suffixes after the DOI; bioRxiv and medRxiv add the version.
_AFTER_DOI = re.compile(
    r"(?:\.(?:short|full|abstract|pdf|html|long)"
    r"|/(?:full|abstract|pdf|epdf|meta|html|references|figures|metrics|citations?)"
    r"|(?<=\d)v\d+(?:\.full)?)*/?$"
)
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")
_NATURE_ARTICLE = re.compile(r"/articles/([a-z0-9.-]+?)(?:\.pdf)?$")


def split_url(url: str) -> SplitResult:
    """Split a URL. All parts are empty if it is malformed."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def identifier_in_url(url: str) -> tuple[str, str] | None:
    """Return the identifier in a URL as `(kind, bare identifier)`, or None.

    >>> identifier_in_url("https://www.nature.com/articles/s42256-019-0099-z")
    ('doi', '10.1038/s42256-019-0099-z')
    """
    for scheme in IDENTIFIERS.values():
        if scheme.prefix.match(url) and (bare := _bare_in_url(scheme, url)):
            return scheme.kind, bare
    doi = _doi_in_path(url)
    return ("doi", doi) if doi else None


def _bare_in_url(scheme: Identifier, url: str) -> str | None:
    return scheme.parse(re.split(r"[?#]", url)[0].removesuffix(".pdf"))


def _doi_in_path(url: str) -> str | None:
    parts = split_url(url)
    path = unquote(parts.path)
    host = parts.hostname or ""
    is_publisher = any(host == name or host.endswith(f".{name}") for name in _PUBLISHERS)
    if is_publisher and (match := _DOI_IN_PATH.search(path)):
        return IDENTIFIERS["doi"].parse(_AFTER_DOI.sub("", match[1]))
    if host in ("www.nature.com", "nature.com") and (match := _NATURE_ARTICLE.fullmatch(path)):
        # Springer Nature registers each article under 10.1038 and the name in its URL.
        return f"10.1038/{match[1]}"
    return None


def is_web_url(url: str) -> bool:
    """True if the scheme of the URL is http or https."""
    return url.startswith(("https://", "http://"))


def is_repository_url(url: str) -> bool:
    """True if the URL leads to a host of code repositories."""
    return (split_url(url).hostname or "").removeprefix("www.") in _CODE_HOSTS


def classify_link(text: str) -> tuple[str, str]:
    """Return a link as `(kind, value)`; kind is that of an identifier, `code` or `url`.

    A number without a prefix is not taken for a PubMed id.

    >>> classify_link("PMID: 29994201")
    ('pmid', '29994201')
    """
    text = text.strip()
    if found := identifier_in_url(text):
        return found
    bare = ((scheme.kind, scheme.parse(text)) for scheme in IDENTIFIERS.values())
    found = next(((kind, value) for kind, value in bare if value and not text.isdigit()), None)
    return found or ("code" if is_repository_url(text) else "url", text)


def scholar_query(url: str) -> str | None:
    """Return the search terms of a Google Scholar URL, or None."""
    parts = split_url(url)
    if not (parts.hostname or "").startswith("scholar.google."):
        return None
    return next(iter(parse_qs(parts.query).get("q", [])), None)
