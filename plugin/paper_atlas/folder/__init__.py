"""A folder of entries: read, kept, formatted, described to editors."""
