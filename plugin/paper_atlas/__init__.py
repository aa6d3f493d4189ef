"""Paper Atlas: a folder of YAML files, one per paper, as a library, as files and as a website.

>>> from paper_atlas import load
>>> library = load("entries")
>>> library.problems
()

The names in `__all__` are the public interface; `docs/reference/api.md` documents them. A name is
imported when it is first used, so that `paper-atlas --version` does not load pydantic
(https://peps.python.org/pep-0562/).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paper_atlas.analysis.filters import Filter as Filter
    from paper_atlas.analysis.filters import parse_filter as parse_filter
    from paper_atlas.exports import EXPORTS as EXPORTS
    from paper_atlas.exports import export as export
    from paper_atlas.folder.load import load as load
    from paper_atlas.importers import UnreadableListError as UnreadableListError
    from paper_atlas.importers import read_list as read_list
    from paper_atlas.importers.draft import Draft as Draft
    from paper_atlas.importers.draft import DraftList as DraftList
    from paper_atlas.model.entry import Entry as Entry
    from paper_atlas.model.entry import Links as Links
    from paper_atlas.model.entry import Result as Result
    from paper_atlas.model.library import Library as Library
    from paper_atlas.model.vocabulary import Facet as Facet
    from paper_atlas.model.vocabulary import Metric as Metric
    from paper_atlas.model.vocabulary import Term as Term
    from paper_atlas.model.vocabulary import Vocabulary as Vocabulary
    from paper_atlas.problem import Problem as Problem
    from paper_atlas.problem import Severity as Severity

__version__ = "0.1.0"

_MODULES = {
    "load": "folder.load",
    "Library": "model.library",
    "Entry": "model.entry",
    "Links": "model.entry",
    "Result": "model.entry",
    "Vocabulary": "model.vocabulary",
    "Facet": "model.vocabulary",
    "Term": "model.vocabulary",
    "Metric": "model.vocabulary",
    "Problem": "problem",
    "Severity": "problem",
    "Filter": "analysis.filters",
    "parse_filter": "analysis.filters",
    "export": "exports",
    "EXPORTS": "exports",
    "read_list": "importers",
    "UnreadableListError": "importers",
    "Draft": "importers.draft",
    "DraftList": "importers.draft",
}
"""The module of each public name."""

__all__ = ["__version__", *_MODULES]


def __getattr__(name: str) -> Any:
    """Import a public name on first use. Raises AttributeError for any other name."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
