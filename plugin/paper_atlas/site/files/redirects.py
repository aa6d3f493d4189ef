"""Pages at former addresses of papers that redirect to the current ones."""

import html

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Addresses, paper_path


def redirect_page(title: str, address: str) -> str:
    """Return a page that redirects to an address at once, and has a link to it."""
    url, text = html.escape(address), html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{text}</title>\n'
        f'<link rel="canonical" href="{url}">\n'
        f'<meta http-equiv="refresh" content="0; url={url}">\n'
        f'<a href="{url}">{text}</a>\n</html>\n'
    )


def redirect_files(library: Library, addresses: Addresses) -> dict[str, str]:
    """Return a page for each former id of a paper, by its path in the site."""
    found = {}
    for entry in library.entries:
        for name in entry.formerly:
            base = addresses.base_of(paper_path(name))
            target = base + addresses.page_url(paper_path(entry.id))
            found[addresses.page_file(paper_path(name))] = redirect_page(entry.title, target)
    return found
