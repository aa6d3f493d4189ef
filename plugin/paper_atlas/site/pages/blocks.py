"""What several kinds of pages are made of."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from paper_atlas.exports import EXPORTS
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.problem import Problem
from paper_atlas.site.addresses import section_path
from paper_atlas.site.files.downloads import download_paths
from paper_atlas.site.files.script import LEAST
from paper_atlas.site.html.charts import sparkline
from paper_atlas.site.page import Fragment, escape_punctuation
from paper_atlas.source.yaml_writer import yaml_scalar
from paper_atlas.translation import Translator

Blocks = list[str | Fragment]


def cards_by_year(
    translate: Translator,
    entries: Sequence[Entry],
    here: tuple[str, str] = ("", ""),
    folder: str = "",
) -> Blocks:
    """Cards under a heading for each year; without headings where there is one group only.

    `here` are facet and term of the page, which cards do not repeat; the same papers stand as
    files in `folder`.
    """
    groups = [(year, list(papers)) for year, papers in groupby(entries, lambda entry: entry.year)]
    blocks: Blocks = []
    if len(entries) >= LEAST:
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


def download_options(folder: str) -> dict[str, dict[str, str]]:
    """The files that hold the papers of the list in `folder`, and what is to be known of them."""
    return {
        "files": download_paths(folder),
        "titles": {name: it.title for name, it in EXPORTS.items()},
        "divided_as": {name: it.divided_as or name for name, it in EXPORTS.items()},
    }


def problem_blocks(problems: Sequence[Problem]) -> Blocks:
    """What is wrong with files that would stand on the page."""
    return [Fragment("problems.html.jinja", {"problems": problems})] if problems else []


def term_tiles(
    library: Library, translate: Translator, name: str, terms: Iterable[Term]
) -> Fragment:
    """Terms that lead to their pages."""
    counted = []
    for term in terms:
        number = translate("{count} papers", count=len(library.papers_of_term(name, term)))
        counted.append((term, number, sparkline(library, name, term)))
    return Fragment("tiles.html.jinja", {"facet": name, "tiles": counted})


def tiles_by_section(library: Library, translate: Translator, path: str, name: str) -> Blocks:
    """The terms of a facet for the page at `path`, by section."""
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
    """What a section says of itself, and its terms."""
    if section.description:
        yield translate.isolate(escape_punctuation(section.description))
    if section.terms:
        yield term_tiles(library, translate, name, section.terms)
    else:
        yield translate("No terms in {section} yet.", section=escape_punctuation(section.title))


def empty_page_text(library: Library, translate: Translator, name: str, term: Term | None) -> str:
    """What a page says that has no papers."""
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
