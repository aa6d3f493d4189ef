"""Importer for lists of papers in Markdown: `reader` walks through the blocks of a page.

The modules, of which each imports only earlier ones: `page` (tree with lines, text runs and links
of a tag), `names`, `venues`, `links`, `byline` (the text beside a title), `marked_text` and `title`
(where the title begins and ends), `item` and `table` (a paper), `reader` (the list).
"""
