"""Pages at former addresses of papers that redirect to the current ones."""

import html


def redirect_page(title: str, address: str) -> str:
    """Return a page that redirects to an address at once, and has a link to it."""
    url, text = html.escape(address), html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{text}</title>\n'
        f'<link rel="canonical" href="{url}">\n'
        f'<meta http-equiv="refresh" content="0; url={url}">\n'
        f'<a href="{url}">{text}</a>\n</html>\n'
    )
