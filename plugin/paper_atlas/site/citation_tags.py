"""Citations for programs: tags in the head of the page of a paper, and COinS in lists.

Google Scholar and Zotero read the tags of Highwire Press:
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
Zotero reads several papers of one page from COinS (https://ocoins.info/), a ContextObject of
OpenURL (https://www.niso.org/publications/z3988). Zotero prefers COinS to the tags, so only lists
have COinS, and only pages of papers have the tags. Neither contains unverified identifiers.
"""

from functools import lru_cache
from urllib.parse import quote

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import confirmed_links, page_range, publication_type
from paper_atlas.text.html import markup
from paper_atlas.text.lines import CACHE_SIZE
from paper_atlas.text.names import display_names, split_name

_MAX_COINS_AUTHORS = 100  # of each card; the page of a paper has all
# The start of each ContextObject.
_COINS = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre="


def citation_meta_tags(entry: Entry, address: str) -> list[str]:
    """Return the tags for the head of the page of a paper.

    `address` is the full address of the page, or an empty string.
    """
    pairs = _citation(entry, address)
    return [markup('<meta name="citation_%s" content="%s">', name, value) for name, value in pairs]


def _citation(entry: Entry, address: str) -> list[tuple[str, str]]:
    kind = "conference" if publication_type(entry) == "meeting" else "journal"
    first, _, last = page_range(entry).partition("-")
    links = confirmed_links(entry)
    given = [
        ("publication_date", str(entry.year or "")),
        (f"{kind}_title", entry.venue),
        ("volume", entry.volume),
        ("issue", entry.issue),
        ("firstpage", first),
        ("lastpage", last),
        ("doi", links.get("doi")),
        ("arxiv_id", links.get("arxiv")),
        ("pmid", links.get("pmid")),
        ("pdf_url", links.get("pdf")),
        ("abstract_html_url", address),
    ]
    return [
        ("title", entry.title),
        *[("author", author) for author in display_names(entry.authors)],
        *[(name, value) for name, value in given if value],
    ]


def coins(entry: Entry) -> str:
    """Return the ContextObject of a paper for the title of a `span.Z3988`.

    Zotero reads every `+` as a space, even an escaped one. A title with `+` is left out if Zotero
    can look the paper up by its DOI.
    """
    doi = confirmed_links(entry).get("doi")
    fields = [
        ("rft_id", f"info:doi/{doi}" if doi else ""),
        ("rft.atitle", "" if doi and "+" in entry.title else entry.title),
        ("rft.jtitle", entry.venue),
        ("rft.volume", entry.volume),
        ("rft.issue", entry.issue),
        ("rft.pages", entry.pages),
        ("rft.date", str(entry.year or "")),
        *_coins_authors(entry),
    ]
    genre = "proceeding" if publication_type(entry) == "meeting" else "article"
    return f"{_COINS}{genre}" + "".join(
        [f"&{key}={_quoted(value)}" for key, value in fields if value]
    )


def _coins_authors(entry: Entry) -> list[tuple[str, str]]:
    if not entry.authors:
        return []
    first = split_name(entry.authors[0])
    return [
        ("rft.aulast", first.family),
        ("rft.aufirst", first.given),
        *[("rft.au", author) for author in display_names(entry.authors[:_MAX_COINS_AUTHORS])],
    ]


def _quoted(text: str) -> str:
    return "%20".join(map(_quoted_word, text.split(" ")))


@lru_cache(CACHE_SIZE)
def _quoted_word(word: str) -> str:
    return quote(word, safe="")
