"""Words: ids, names, identifiers, LaTeX, Markdown; nothing here knows an entry."""
