"""What machines read of a paper: tags in the head of its page, and COinS in lists.

Google Scholar and Zotero read the tags of Highwire Press:
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
Zotero takes several papers from one page by COinS (https://ocoins.info/), a ContextObject of
OpenURL (https://www.niso.org/publications/z3988), which outranks the tags; so lists have COinS and
the page of a paper has tags. Identifiers that nobody has confirmed are in neither.
"""

import html
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from paper_atlas.entry import Entry
from paper_atlas.exports.names import split_name
from paper_atlas.exports.parts import kind_of, links_of, pages_of


def tags(entry: Entry, address: str) -> list[str]:
    """The tags for the head of the page of a paper at a full address, or at none."""
    return [f'<meta name="{name}" content="{html.escape(value)}">'
            for name, value in _citation(entry, address)]  # fmt: skip


def _citation(entry: Entry, address: str) -> Iterator[tuple[str, str]]:
    yield "citation_title", entry.title
    yield from (("citation_author", author) for author in entry.authors)
    kind = "conference" if kind_of(entry) == "meeting" else "journal"
    first, _, last = pages_of(entry).partition("-")
    numbers = {
        "publication_date": str(entry.year or ""),
        f"{kind}_title": entry.venue,
        "volume": entry.volume,
        "issue": entry.issue,
        "firstpage": first,
        "lastpage": last,
    }
    yield from ((f"citation_{name}", value) for name, value in numbers.items() if value)
    links = links_of(entry)
    names = {"doi": "doi", "arxiv": "arxiv_id", "pmid": "pmid", "pdf": "pdf_url"}
    yield from ((f"citation_{names[kind]}", links[kind]) for kind in names if kind in links)
    if address:
        yield "citation_abstract_html_url", address


def coins(entry: Entry) -> str:
    """The ContextObject of a paper, for the title of a `span.Z3988`.

    Zotero takes `+` for a blank, however it is written; where there is a DOI to look the paper up
    by, such a title is left out.
    """
    doi = links_of(entry).get("doi")
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "proceeding" if kind_of(entry) == "meeting" else "article"),
        ("rft_id", f"info:doi/{doi}" if doi else ""),
        ("rft.atitle", "" if doi and "+" in entry.title else entry.title),
        ("rft.jtitle", entry.venue or ""),
        ("rft.volume", entry.volume or ""),
        ("rft.issue", entry.issue or ""),
        ("rft.pages", entry.pages or ""),
        ("rft.date", str(entry.year or "")),
        *_coins_authors(entry),
    ]
    return urlencode([field for field in fields if field[1]], quote_via=quote)


def _coins_authors(entry: Entry) -> Iterator[tuple[str, str]]:
    for number, author in enumerate(entry.authors):
        if number == 0:
            name = split_name(author)
            yield from (("rft.aulast", name.family), ("rft.aufirst", name.given))
        yield "rft.au", author


def redirect(title: str, address: str) -> str:
    """A page that leads to another one: at once, and by a link."""
    where, words = html.escape(address), html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{words}</title>\n'
        f'<link rel="canonical" href="{where}">\n'
        f'<meta http-equiv="refresh" content="0; url={where}">\n'
        f'<a href="{where}">{words}</a>\n</html>\n'
    )
