"""A folder of entries: read, cached, formatted, and described by JSON Schemas."""
