"""YAML text with the place of each value, and files written whole."""
