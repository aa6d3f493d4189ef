"""HTML of fragments."""
