"""Pages at former addresses of papers that redirect to the current ones."""

from paper_atlas.model.library import Library
from paper_atlas.site.addresses import Addresses, paper_path
from paper_atlas.text.html import markup


def redirect_page(title: str, address: str) -> str:
    """Return a page that redirects to an address at once, and has a link to it."""
    return markup(
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>%s</title>\n'
        '<link rel="canonical" href="%s">\n'
        '<meta http-equiv="refresh" content="0; url=%s">\n'
        '<a href="%s">%s</a>\n</html>\n',
        *(title, address, address, address, title),
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
