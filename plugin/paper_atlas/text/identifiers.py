"""Identifiers of papers: DOI, arXiv, PubMed and PubMed Central.

An entry contains the bare identifier; the URL is derived from it. An identifier in a URL is read
from the URL itself, without the network.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from paper_atlas.text.html import decode_entities, remove_all_invisible
from paper_atlas.text.lines import CACHE_SIZE

MAX_ADDRESS = 2_000
"""The most characters of an identifier, and of a URL in which one is searched. Some patterns take
quadratic time, and longer URLs are those of queries."""


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

        Punctuation after the identifier and percent-encoding are removed.

        >>> IDENTIFIERS["doi"].parse("https://doi-org.proxy.example.edu/10.1109/TMI.2018.2845918")
        '10.1109/TMI.2018.2845918'
        """
        if len(text) > MAX_ADDRESS:
            return None
        if clean := _CLEAN.fullmatch(text):
            return text if clean.lastgroup == self.kind else None
        text = _without_login(remove_all_invisible(text).strip())
        match = self.prefix.match(text)
        bare = text[match.end() :] if match else text
        if match and _ADDRESS.search(match[0]):
            bare = re.split(r"[?#]", bare)[0]
        bare = _without_punctuation(unquote(bare) if "%" in bare else bare)
        return self.normalize(bare) if self.pattern.fullmatch(bare) else None

    def url(self, bare: str) -> str:
        """Return the URL of a bare identifier."""
        return self.url_template.format(quote(bare, safe="/:;().,_-"))


# Usual identifiers in their usual spelling, which need no further look. The DOIs of archives, which
# belong to another identifier or contain a version, and those with `//` are not among them.
_CLEAN = re.compile(
    r"(?P<doi>10\.(?!48550/|1101/|64898/|.*//)[0-9]{4,9}/[A-Za-z0-9./()_-]*[A-Za-z0-9])"
    r"|(?P<arxiv>[0-9]{4}\.[0-9]{4,5})|(?P<pmid>[1-9][0-9]{0,8})|(?P<pmcid>PMC[0-9]+)"
)
# The proxy of a library opens a page by `…/login?url=https://doi.org/…`, or writes the host of the
# page before its own, with hyphens or not: https://help.oclc.org/Library_Management/EZproxy
_LOGIN = re.compile(
    r"https?://[^?]*(?:login|proxy)[^?]*\?(?:[^#]*&)?q?url=(https?(?::|%3a).*)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?:|(?<![^/\s])(?=[^/\s]*+/)[^/\s]+\.[^/\s]+/", re.IGNORECASE)
_HTTP = r"(?:https?:/*)?(?:www[.-])?"


def _without_login(url: str) -> str:
    match = _LOGIN.match(url)
    if not match:
        return url
    return unquote(match[1]) if "%3a" in match[1][:9].casefold() else match[1]


def arxiv_year(identifier: str) -> int | None:
    """Return the year in which a preprint was sent to arXiv, which its identifier contains.

    https://info.arxiv.org/help/arxiv_identifier.html

    >>> arxiv_year("1505.04597v1"), arxiv_year("math/9901123"), arxiv_year("x")
    (2015, 1999, None)
    """
    found = re.fullmatch(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(\d\d)\d\d\.?\d+(?:v\d+)?", identifier)
    year = int(found[1]) if found else 0
    return (1900 if year > 90 else 2000) + year if found else None


def _host(name: str) -> str:
    """Return a pattern of a host, with or without the host of a proxy, and of the slash."""
    return name.replace(".", "[.-]") + r"(?:\.[a-z0-9.-]+)?(?::\d+)?/+"


_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def _without_punctuation(bare: str) -> str:
    """Remove what a sentence, a list or a link adds after an identifier."""
    while bare and not bare.endswith(("&lt;", "&gt;", "&amp;")):
        last = bare[-1]
        opening = _BRACKETS.get(last)
        is_unpaired = opening and bare.count(opening) < bare.count(last)
        if last not in ".,;:/'\u2019\u201d " and not is_unpaired:
            break
        bare = bare[:-1]
    return bare


# A host of DOIs begins with `doi.`: doi.org, doi.acm.org. DOIs are also handles (hdl.handle.net).
_DOI_PREFIX = (
    rf"(?:{_HTTP}(?:(?:dx[.-])?doi[.-][a-z0-9.-]+(?::\d+)?/+|{_host('hdl.handle.net')}"
    r"|sci-hub\.[a-z]+/)|(?:urn:|info:)?doi(?:[:=/\s]+|(?=10\.)))"
)
# Some write the archive before a number of the present shape: math.AG/0710.2488.
# https://arxiv.org/category_taxonomy
_ARXIV_ARCHIVES = (
    r"(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|nlin|nucl-(?:ex|th)"
    r"|physics|q-(?:bio|fin)|quant-ph|stat)"
)
# Shapes: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html,
# https://info.arxiv.org/help/arxiv_identifier.html, https://www.nlm.nih.gov/bsd/mms/medlineelements.html
IDENTIFIERS = {
    scheme.kind: scheme
    for scheme in (
        Identifier(
            kind="doi",
            title="DOI",
            # Not two DOIs with a comma or a semicolon between them.
            pattern=re.compile(
                r"10\.\d{4,9}(?:\.\d+)*/"
                r"(?:(?![,;|](?:https?:|doi:|10\.\d{4,9}/))[^\s\"])+",
                re.IGNORECASE,
            ),
            prefix=re.compile(rf"{_DOI_PREFIX}+", re.IGNORECASE),
            url_template="https://doi.org/{}",
            example="10.1109/TMI.2018.2845918",
        ),
        Identifier(
            kind="arxiv",
            title="arXiv",
            pattern=re.compile(
                r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]{2,})?/\d{7})(?:v\d+)?"
                r"(?:\.pdf|\s*\[[\w.-]+\])?"
            ),
            prefix=re.compile(
                rf"(?:{_HTTP}(?:export[.-]|[a-z]{{2}}[.-])?(?:{_host('arxiv.org')}"
                rf"|{_host('ar5iv.org')}|{_host('ar5iv.labs.arxiv.org')}|{_host('xxx.lanl.gov')}"
                rf"|{_host('alphaxiv.org')})(?:abs|pdf|html|format|ps|e-print)/"
                rf"|(?:{_DOI_PREFIX})*10\.48550/arxiv\.|arxiv[:.\s]\s*"
                rf"|{_ARXIV_ARCHIVES}(?:\.[a-z-]{{2,}})?/(?=\d{{4}}\.\d{{4}}))+",
                re.IGNORECASE,
            ),
            url_template="https://arxiv.org/abs/{}",
            example="1709.07330",
            normalize=lambda text: re.sub(r"\.pdf$|\s*\[.*", "", text),
        ),
        Identifier(
            kind="pmid",
            title="PubMed",
            pattern=re.compile(r"[1-9]\d{0,8}"),
            prefix=re.compile(
                rf"(?:{_HTTP}(?:{_host('pubmed.ncbi.nlm.nih.gov')}"
                rf"|{_host('ncbi.nlm.nih.gov')}(?:m/)?pubmed/"
                rf"|{_host('europepmc.org')}(?:abstract|article)/med/)"
                r"|(?:pmid|pubmed)(?: ?id)?[:\s]\s*)",
                re.IGNORECASE,
            ),
            url_template="https://pubmed.ncbi.nlm.nih.gov/{}/",
            example="29994201",
        ),
        Identifier(
            kind="pmcid",
            title="PubMed Central",
            pattern=re.compile(r"PMC\d+(?:/pdf(?:/.*)?)?", re.IGNORECASE),
            prefix=re.compile(
                rf"(?:{_HTTP}(?:{_host('pmc.ncbi.nlm.nih.gov')}articles/"
                rf"|{_host('ncbi.nlm.nih.gov')}(?:m/)?pmc/articles/"
                rf"|{_host('europepmc.org')}(?:articles?/(?:pmc/)?)?)"
                r"|(?:pmcid|pmc)[:\s]\s*)",
                re.IGNORECASE,
            ),
            url_template="https://pmc.ncbi.nlm.nih.gov/articles/{}/",
            example="PMC7729484",
            normalize=lambda text: text.partition("/")[0].upper(),
        ),
    )
}

# LaTeX in identifiers and URLs: commands that only format, and commands for a character.
_FORMATTING = re.compile(
    r"\\(?:url|href|nolinkurl|path|ensuremath|texttt|textrm|mathrm|allowbreak|penalty\d*)\b|\\-"
)
_TILDE = re.compile(r"\\~(?:\{\})?|\$\\sim\$")
_COMMAND_FOR_SIGN = re.compile(
    r"\\(textless|lt|textgreater|gt|textasciitilde|sim|textunderscore)\b[ \t]*"
)
_SIGN_OF_COMMAND = {
    "textless": "<",
    "lt": "<",
    "textgreater": ">",
    "gt": ">",
    "textasciitilde": "~",
    "sim": "~",
    "textunderscore": "_",
}
_MATHS = re.compile(r"\$([^$\s]{1,3})\$")


def decode_address(text: str) -> str:
    """Return an identifier or a URL without the LaTeX, HTML and invisible characters in it.

    >>> decode_address(r"10.1000/(98)15:16{\\textless}1661\\_a&gt;")
    '10.1000/(98)15:16<1661_a>'
    """
    text = decode_entities(remove_all_invisible(text))
    if not re.search(r"[\\{}$]", text):
        return text
    text = _FORMATTING.sub("", _TILDE.sub("~", text))
    text = _COMMAND_FOR_SIGN.sub(lambda match: _SIGN_OF_COMMAND[match[1]], text)
    text = re.sub(r"[{}]|\\(?=[_%&#~$])", "", text)
    return _MATHS.sub(r"\1", text)


@lru_cache(CACHE_SIZE)
def comparison_key(value: str) -> str:
    """Return a key that is equal for all spellings of one identifier, and for its versions.

    It is the bare identifier in lower case; for a DOI of arXiv, the number of arXiv.

    >>> comparison_key("https://doi.org/10.48550/arXiv.2001.00001v2")
    '2001.00001'
    """
    if len(value) > MAX_ADDRESS:
        return value.casefold()
    if clean := _CLEAN.fullmatch(value):
        return clean[0].casefold()
    plain = decode_address(value)
    bare = next(filter(None, (scheme.parse(plain) for scheme in IDENTIFIERS.values())), None)
    key = (bare or (identifier_in_url(plain) or ("", plain))[1]).casefold()
    key = re.sub(r"/{2,}", "/", key) if key.startswith("10.") else key
    if arxiv := IDENTIFIERS["arxiv"].parse(key):
        # `math.GT/0309136` is an older spelling of `math/0309136`.
        return re.sub(r"\.[a-z-]+(?=/)|v\d+$", "", arxiv)
    return re.sub(r"(?<=\d)v\d+$", "", key) if key.startswith(_WITH_VERSION) else key


# bioRxiv, medRxiv and openRxiv give the version after the DOI.
_WITH_VERSION = ("10.1101/", "10.64898/")
# Links that do not lead to the paper itself, although their URL may contain a DOI.
_OTHER_THINGS = frozenset({"code", "data", "project", "scholar"})
_OTHER_LABEL = re.compile(
    r"data|code|suppl|slides|video|poster|blog|repl(?:y|ies)|comment|correct|errat|corrig|retract"
    r"|notice|review|related|benchmark|model|demo",
    re.IGNORECASE,
)


def identifiers_in(links: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the identifiers of a paper from its links, as `(kind, comparison key)`.

    They are the values of `doi`, `arxiv`, `pmid` and `pmcid`, and the identifiers in `url`, `pdf`
    and in links with a label. Code, data, replies and the like have identifiers of their own. A
    value that is not valid is left out. A DOI of arXiv counts as the number of arXiv.

    >>> sorted(identifiers_in({"url": "https://dx.doi.org/10.1000/A", "pdf": "https://a.org/b.pdf"}))
    [('doi', '10.1000/a')]
    >>> identifiers_in({"doi": "10.48550/arXiv.2001.00001"})
    {('arxiv', '2001.00001')}
    """
    found = (_identifier_of_link(kind, str(value)) for kind, value in links.items())
    return set(filter(None, found))


def _identifier_of_link(kind: str, value: str) -> tuple[str, str] | None:
    if len(value) > MAX_ADDRESS:
        return None
    if (clean := _CLEAN.fullmatch(value)) and clean.lastgroup == kind:
        return kind, value.casefold()
    found = _bare_identifier_of_link(kind, value)
    return (_identity_kind(*found), comparison_key(found[1])) if found else None


def _bare_identifier_of_link(kind: str, value: str) -> tuple[str, str] | None:
    if kind in _OTHER_THINGS:
        return None
    plain = decode_address(value)
    if kind in IDENTIFIERS:
        bare = IDENTIFIERS[kind].parse(plain)
        return (kind, bare) if bare else identifier_in_url(plain)
    if kind not in ("url", "pdf") and _OTHER_LABEL.search(kind):
        return None
    return identifier_in_url(plain)


def _identity_kind(kind: str, bare: str) -> str:
    return "arxiv" if kind == "doi" and IDENTIFIERS["arxiv"].parse(bare) else kind


_SHORT_DOI = re.compile(
    rf"(?:{_HTTP}(?:dx\.)?doi\.org/+(?:10/)?|(?:doi[:\s]\s*)?10/)([a-z0-9]{{3,8}})/?", re.IGNORECASE
)


def short_doi_url(text: str) -> str | None:
    """Return the URL of a short DOI, or None. The DOI itself can only be looked up in the network.

    Shape: https://shortdoi.org

    >>> short_doi_url("10/abc7")
    'https://doi.org/abc7'
    """
    match = _SHORT_DOI.fullmatch(text.strip())
    return f"https://doi.org/{match[1].lower()}" if match else None


_DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/.+)$")
# Many publishers have this platform: https://doi.org is not in the URL, but the DOI after /doi/.
_DOI_AFTER_DOI = re.compile(r"/doi/(?:[a-z]+/){0,2}(10\.\d{4,9}/.+)$", re.IGNORECASE)
# Publishers whose URLs contain the DOI of the paper. On other hosts such a path can be anything.
_PUBLISHERS = (
    *("link.springer.com", "springeropen.com", "biomedcentral.com", "onlinelibrary.wiley.com"),
    *("spiedigitallibrary.org", "dl.acm.org", "journals.sagepub.com", "tandfonline.com"),
    *("frontiersin.org", "iopscience.iop.org", "pubs.acs.org", "pnas.org", "science.org"),
    *("biorxiv.org", "medrxiv.org", "pubs.rsna.org", "ahajournals.org", "worldscientific.com"),
    *("journals.aps.org", "royalsocietypublishing.org", "annualreviews.org", "jstor.org"),
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
    if len(url) > MAX_ADDRESS:
        return None
    url = _without_login(remove_all_invisible(url).strip())
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
    pattern = _DOI_IN_PATH if _is_host(host, _PUBLISHERS) else _DOI_AFTER_DOI
    if match := pattern.search(path):
        return IDENTIFIERS["doi"].parse(_AFTER_DOI.sub("", match[1]))
    if _is_host(host, ("nature.com",)) and (match := _NATURE_ARTICLE.fullmatch(path)):
        # Springer Nature registers each article under 10.1038 and the name in its URL.
        return f"10.1038/{match[1]}"
    query = parse_qs(parts.query) if "10." in parts.query else {}
    names = ("doi", "id") if _is_host(host, ("journals.plos.org",)) else ("doi",)
    dois = (IDENTIFIERS["doi"].parse(value) for name in names for value in query.get(name, ()))
    return next(filter(None, dois), None)


def _is_host(host: str, names: Iterable[str]) -> bool:
    """True if a host is one of `names`, a subdomain of it, or a proxy for it."""
    first, *others = host.split(".")
    hosts = f".{host}.", f".{first.replace('-', '.')}." if "-" in first and others else ""
    return any(f".{name}." in known for name in names for known in hosts)


def is_web_url(url: str) -> bool:
    """True if the scheme of the URL is http or https, in any case."""
    return url[:8].casefold().startswith(("https://", "http://"))


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


_ARXIV_DATE = re.compile(
    r"(?:[a-z-]+(?:\.[A-Za-z-]+)?/)?(\d\d)(?:0[1-9]|1[0-2])\.?\d{3,5}(?:v\d+)?"
)


def year_of_arxiv(identifier: str) -> int | None:
    """Return the year in which a preprint came to arXiv, by its identifier, or None.

    https://info.arxiv.org/help/arxiv_identifier.html

    >>> year_of_arxiv("1709.07330v2"), year_of_arxiv("math/9901001"), year_of_arxiv("no.number")
    (2017, 1999, None)
    """
    match = _ARXIV_DATE.fullmatch(identifier)
    if not match:
        return None
    return int(match[1]) + (1900 if int(match[1]) >= _FIRST_YEAR_OF_ARXIV else 2000)


_FIRST_YEAR_OF_ARXIV = 91


def scholar_query(url: str) -> str | None:
    """Return the search terms of a Google Scholar URL, or None."""
    parts = split_url(url)
    if not (parts.hostname or "").startswith("scholar.google."):
        return None
    return next(iter(parse_qs(parts.query).get("q", [])), None)
