"""Importer for lists of papers in Markdown: `reader` walks through the blocks of a page.

The modules, of which each imports only earlier ones: `html` (tree with lines), `inline` (text runs
and links of a tag), `venues`, `byline`, `links` and `title` (parts of an item), `item` and `table`
(a paper), `reader` (the list).
"""
