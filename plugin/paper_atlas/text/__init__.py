"""Functions on strings: slugs, names, identifiers, LaTeX and Markdown."""
