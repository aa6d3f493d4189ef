"""Parts that several kinds of pages share."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from paper_atlas.exports import EXPORTS
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem
from paper_atlas.site.addresses import section_path
from paper_atlas.site.files.downloads import download_paths
from paper_atlas.site.files.script import MIN_PAPERS_FOR_FILTER
from paper_atlas.site.html.charts import sparkline
from paper_atlas.site.page import Fragment
from paper_atlas.source.yaml_writer import yaml_scalar
from paper_atlas.text.markdown import escape_punctuation
from paper_atlas.translation import Translator

Blocks = list[str | Fragment]


def cards_by_year(
    translate: Translator,
    entries: Sequence[Entry],
    here: tuple[str, str] = ("", ""),
    folder: str = "",
) -> Blocks:
    """Return cards under a heading for each year, without headings if there is only one group.

    `here` is the facet and the term of the page, which its cards omit. `folder` is that of the
    files with the same papers.
    """
    groups = [(year, list(papers)) for year, papers in groupby(entries, lambda entry: entry.year)]
    blocks: Blocks = []
    if len(entries) >= MIN_PAPERS_FOR_FILTER:
        blocks.append(
            Fragment("filter.html.jinja", {"entries": entries, **download_options(folder)})
        )
    for year, group in groups:
        level = 2
        if len(groups) > 1:
            blocks.append(f"## {year or translate('Year not known')} {{#year_{year or 'unknown'}}}")
            level = 3
        values = {"entries": group, "level": level, "here": here}
        cards = frozenset(entry.id for entry in group)
        blocks.append(Fragment("cards", values, cards))
    return blocks


def download_options(folder: str) -> dict[str, dict[str, Any]]:
    """Return the template values for the download links of a collection in `folder`."""
    return {
        "files": download_paths(folder),
        "titles": {name: export.title for name, export in EXPORTS.items()},
        "syntax": {name: export.syntax for name, export in EXPORTS.items()},
    }


def problem_blocks(problems: Sequence[Problem]) -> Blocks:
    """Return the problems of files that are missing on the page."""
    return [Fragment("problems.html.jinja", {"problems": problems})] if problems else []


def term_tiles(
    library: Library, translate: Translator, name: str, terms: Iterable[Term]
) -> Fragment:
    """Return terms as tiles that link to their pages."""
    counted = []
    for term in terms:
        number = translate("{count} papers", count=len(library.papers_of_term(name, term)))
        counted.append((term, number, sparkline(library, name, term)))
    return Fragment("tiles.html.jinja", {"facet": name, "tiles": counted})


def tiles_by_section(library: Library, translate: Translator, path: str, name: str) -> Blocks:
    """Return the terms of a facet by section, for the page at `path`."""
    facet = library.vocabulary.facets[name]
    blocks: Blocks = []
    for section in facet.sections:
        relative = posixpath.relpath(section_path(section), posixpath.dirname(path) or ".")
        target = f"[{translate.isolate(escape_punctuation(section.title))}]({relative})"
        blocks += [
            f"## {target} {{#{section.id}}}",
            *section_blocks(library, translate, name, section),
        ]
    if facet.terms and facet.sections:
        blocks.append(f"## {translate('Other')} {{#other_terms}}")
    if facet.terms:
        blocks.append(term_tiles(library, translate, name, facet.terms))
    return blocks


def section_blocks(
    library: Library, translate: Translator, name: str, section: Section
) -> Iterator[str | Fragment]:
    """Yield the description and the terms of a section."""
    if section.description:
        yield translate.isolate(escape_punctuation(section.description))
    if section.terms:
        yield term_tiles(library, translate, name, section.terms)
    else:
        yield translate("No terms in {section} yet.", section=escape_punctuation(section.title))


def empty_page_text(library: Library, translate: Translator, name: str, term: Term | None) -> str:
    """Return the text of a page without papers: how to add the first one."""
    words, folder = translate("The atlas has no papers yet."), ""
    if term:
        words = translate("No paper on {term} yet.", term=escape_punctuation(term.title))
        folder = f"/{term.id}"
    path = f"`{library.folder}{folder}/my-paper.yml`"
    return f"""\
{words} {translate("To add the first one, create the file {path}:", path=path)}

```yaml
title: {translate("The title of the paper")}
{name}: [{yaml_scalar(term.title) if term else "…"}]
links:
  doi: 10.1000/182
```
"""
