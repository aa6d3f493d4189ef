"""Reading lists of papers that others keep, in their formats.

An importer is a function from text and its path to a `Reading`; it knows nothing of folders.
"""

from collections.abc import Callable

from paper_atlas.importers.fact_table import read_fact_table
from paper_atlas.importers.markdown_list import read_markdown_list
from paper_atlas.reading import Reading

IMPORTERS: dict[str, Callable[[str, str], Reading]] = {
    ".md": read_markdown_list,
    ".yaml": read_fact_table,
    ".yml": read_fact_table,
}
"""The importer for each ending of a file's name."""
