"""Reading lists of papers that others keep, in their formats.

An importer is a function from text and its path to a `Reading`; it knows nothing of folders.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from paper_atlas.importers.bibtex import read_bibtex
from paper_atlas.importers.csl import read_csl
from paper_atlas.importers.csv import read_csv
from paper_atlas.importers.draft import DraftList
from paper_atlas.importers.json import read_atlas_json
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.importers.ris import read_ris
from paper_atlas.importers.yaml_table import read_yaml_table


@dataclass(frozen=True)
class Format:
    """A format: the endings of its files, how its text begins, and its importer."""

    suffixes: tuple[str, ...]
    begins: re.Pattern[str]
    read: Callable[[str, str], DraftList]


def _begin(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


FORMATS: dict[str, Format] = {
    "bibtex": Format((".bib", ".bibtex"), _begin(r"^[ \t]*@\w+[ \t]*[{(]"), read_bibtex),
    "ris": Format((".ris",), _begin(r"\A\s*TY  -"), read_ris),
    "json": Format((".json",), _begin(r"\A\s*\{"), read_atlas_json),
    "csl": Format((".csl.json", ".json"), _begin(r"\A\s*\["), read_csl),
    "facts": Format((".yaml", ".yml"), _begin(r"\A(?:\s|#.*)*- *\w+:"), read_yaml_table),
    "csv": Format((".csv", ".tsv"), _begin(r"\A(?=[^\n]*[,;\t])[^\n]*\btitle\b"), read_csv),
    "markdown": Format((".md", ".markdown"), _begin(r""), read_markdown_list),
}
"""The formats by name, in the order in which a text of no ending is compared with them."""

IMPORTERS: dict[str, Callable[[str, str], DraftList]] = {
    suffix: it.read for it in reversed(FORMATS.values()) for suffix in it.suffixes
}
"""The importer for each ending of a file's name; `.json` has two, which the text tells apart."""


def format_of(name: str, text: str) -> str | None:
    """The name of the format of a file, by its ending and, where that leaves a doubt, its text.

    None where the ending is that of something else. Without an ending, as from standard input,
    the text alone tells.
    """
    ending = PurePath(name).suffix.casefold()
    any_ending = ending in ("", ".txt")
    candidates = [key for key, it in FORMATS.items() if any_ending or ending in it.suffixes]
    if len(candidates) == 1:
        return candidates[0]
    return next((key for key in candidates if FORMATS[key].begins.search(text)), None)
