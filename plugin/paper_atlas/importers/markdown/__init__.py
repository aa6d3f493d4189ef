"""A list of papers in Markdown."""
