"""YAML text with the position of each value, and atomic file writes."""
