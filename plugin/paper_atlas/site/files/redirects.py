"""Pages at former addresses of papers, which lead to the present ones."""

import html


def redirect_page(title: str, address: str) -> str:
    """A page that leads to another one: at once, and by a link."""
    where, words = html.escape(address), html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{words}</title>\n'
        f'<link rel="canonical" href="{where}">\n'
        f'<meta http-equiv="refresh" content="0; url={where}">\n'
        f'<a href="{where}">{words}</a>\n</html>\n'
    )
