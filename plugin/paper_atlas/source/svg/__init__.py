"""Drawings in SVG from strangers: an allow-list, whose result is safe in a page of HTML.

`clean_svg` in `clean` is the entrance. A drawing is parsed strictly as XML (`tree`), its styles
become attributes (`styles`), and what the lists in `rules` name is written anew. Everything else is
a problem with its position, or data that only its editor reads.

https://www.w3.org/TR/SVG2/
"""
