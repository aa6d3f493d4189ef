"""A folder of small YAML files, one per paper, becomes a literature website."""

__version__ = "0.1.0"
