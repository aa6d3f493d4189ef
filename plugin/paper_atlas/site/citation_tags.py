"""What machines read of a paper: tags in the head of its page, and COinS in lists.

Google Scholar and Zotero read the tags of Highwire Press:
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
Zotero takes several papers from one page by COinS (https://ocoins.info/), a ContextObject of
OpenURL (https://www.niso.org/publications/z3988), which outranks the tags; so lists have COinS and
the page of a paper has tags. Identifiers that nobody has confirmed are in neither.
"""

import html
from functools import lru_cache
from urllib.parse import quote

from paper_atlas.model.entry import Entry
from paper_atlas.model.publication import confirmed_links, page_range, publication_type
from paper_atlas.text.names import split_name
from paper_atlas.text.slug import CACHE_SIZE

# What each ContextObject begins with.
_COINS = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre="


def citation_meta_tags(entry: Entry, address: str) -> list[str]:
    """The tags for the head of the page of a paper at a full address, or at none."""
    return [f'<meta name="citation_{name}" content="{html.escape(value)}">'
            for name, value in _citation(entry, address)]  # fmt: skip


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
        *[("author", author) for author in entry.authors],
        *[(name, value) for name, value in given if value],
    ]


def coins(entry: Entry) -> str:
    """The ContextObject of a paper, for the title of a `span.Z3988`.

    Zotero takes `+` for a blank, however it is written; where there is a DOI to look the paper up
    by, such a title is left out.
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
    return f"{_COINS}{genre}" + "".join([f"&{key}={_quoted(it)}" for key, it in fields if it])


def _coins_authors(entry: Entry) -> list[tuple[str, str]]:
    if not entry.authors:
        return []
    first = split_name(entry.authors[0])
    return [
        ("rft.aulast", first.family),
        ("rft.aufirst", first.given),
        *[("rft.au", author) for author in entry.authors],
    ]


def _quoted(text: str) -> str:
    return "%20".join(map(_quoted_word, text.split(" ")))


@lru_cache(CACHE_SIZE)
def _quoted_word(word: str) -> str:
    return quote(word, safe="")
