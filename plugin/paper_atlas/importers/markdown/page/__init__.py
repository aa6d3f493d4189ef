"""The page of a list: `html` (tree with lines), `inline` (text runs and links of a tag), `headings`
(those above a block) and `link_audit` (the links that are not imported).
"""
