"""The ids of papers, one a line: the keys of the BibTeX, for scripts."""

from paper_atlas.exports.format import Facts


def record(paper: Facts) -> str:
    """The id of a paper as a line."""
    return f"{paper.entry.id}\n"
