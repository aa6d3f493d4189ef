"""The pages of an atlas, as values: what the library becomes, before any site exists.

The structure of a page (title, introduction, headings) is Markdown. Cards and other lists are
fragments of HTML, for which the Markdown holds a marker: the finished page gets them, so that
neither the Markdown parser nor the indexer of the search reads them again.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from paper_atlas.entry import Entry
from paper_atlas.library import Library
from paper_atlas.problem import Problem, errors
from paper_atlas.text import number
from paper_atlas.vocabulary import Facet, Section, Term
from paper_atlas.writing import scalar

HOME = "index.md"
ALL_PAPERS = "papers/index.md"
NavItem = tuple[str, "str | Sequence[NavItem]"]

_MARKER = re.compile(r'<div class="paper-atlas" data-fragment="(\d+)"></div>')
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True)
class Fragment:
    """HTML to be made from a template, and what the template is about."""

    template: str
    values: Mapping[str, Any]
    cards: frozenset[str] = frozenset()
    """The ids of the papers whose cards it holds."""


@dataclass(frozen=True)
class Page:
    """One page: `path` is that of a Markdown file, `blocks` are Markdown or fragments.

    The anchor of the title holds an underscore, so that it is never that of a card.
    """

    path: str
    title: str
    description: str
    blocks: tuple[str | Fragment, ...]

    @property
    def heading(self) -> str:
        """The title as a Markdown heading."""
        return f"# {escape(self.title)} {{#page_title}}"

    @property
    def body(self) -> str:
        """The Markdown below the title, with a marker for each fragment."""
        return "\n\n".join(
            block
            if isinstance(block, str)
            else f'<div class="paper-atlas" data-fragment="{index}"></div>'
            for index, block in enumerate(self.blocks)
        )

    @property
    def fragments(self) -> dict[int, Fragment]:
        """The fragments by the number in their marker."""
        return {n: block for n, block in enumerate(self.blocks) if isinstance(block, Fragment)}

    @property
    def cards(self) -> frozenset[str]:
        """The ids of the papers whose cards stand on the page."""
        return frozenset(name for it in self.fragments.values() for name in it.cards)


def split_at_markers(text: str) -> list[str]:
    """Rendered HTML around its markers: text, number, text, number, …, text."""
    return _MARKER.split(text)


def escape(text: str) -> str:
    """Text that neither HTML nor any extension of Markdown takes for more than text."""
    return _SIGN.sub(lambda match: f"&#{ord(match[0])};", text)


def pages(library: Library, name: str) -> Iterator[Page]:
    """Every page of the atlas called `name`."""
    yield _home(library, name)
    for facet_id, facet in _shown_facets(library).items():
        yield _facet_page(library, facet_id, facet)
        yield from (_section_page(library, facet_id, section) for section in facet.sections)
        if facet.pages:
            yield from (_term_page(library, facet_id, term) for term in facet.all_terms)
    yield _all_papers(library)


def nav(library: Library) -> list[NavItem]:
    """The pages below the home page for a navigation, as (title, path or further items).

    A path without a title is the page that opens the group in which it stands.
    """
    facets = _shown_facets(library).items()
    lists = [(facet.title, facet_path(name)) for name, facet in facets if not facet.pages]
    papers: str | Sequence[NavItem] = [("", ALL_PAPERS), *lists] if lists else ALL_PAPERS
    return [
        *((facet.title, _facet_nav(name, facet)) for name, facet in facets if facet.pages),
        ("Papers", papers),
    ]


def card_place(library: Library, entry: Entry) -> tuple[str, str]:
    """Path and anchor of the one card of a paper that links lead to."""
    main = library.vocabulary.main
    return term_place(library, main, entry.terms[main][0])[0], entry.id


def term_place(library: Library, facet: str, term: Term) -> tuple[str, str]:
    """Path and anchor where the papers of a term are listed."""
    if library.vocabulary.facets[facet].pages:
        return term_path(facet, term), ""
    return facet_path(facet), term.id


def term_path(facet: str, term: Term) -> str:
    """The path of the page of a term."""
    return f"{facet}/{term.id}.md"


def section_path(section: Section) -> str:
    """The path of the page of a section."""
    return f"sections/{section.id}/index.md"


def facet_path(facet: str) -> str:
    """The path of the page that lists the terms of a facet."""
    return f"{facet}/index.md"


def _papers(count: int) -> str:
    return number(count, "paper")


def _shown_facets(library: Library) -> dict[str, Facet]:
    """The facets that have something to show: pages of terms, or terms with papers."""
    return {
        name: facet
        for name, facet in library.vocabulary.facets.items()
        if (facet.pages and (facet.all_terms or facet.sections)) or _used(library, name, facet)
    }


def _used(library: Library, name: str, facet: Facet) -> list[Term]:
    return [term for term in facet.all_terms if library.of_term(name, term)]


def _facet_nav(name: str, facet: Facet) -> list[NavItem]:
    sections = [
        (section.title, _section_nav(name, section) if section.terms else section_path(section))
        for section in facet.sections
    ]
    return [("", facet_path(name)), *sections, *_terms_nav(name, facet.terms)]


def _section_nav(name: str, section: Section) -> list[NavItem]:
    return [("", section_path(section)), *_terms_nav(name, section.terms)]


def _terms_nav(name: str, terms: Iterable[Term]) -> list[NavItem]:
    return [(term.title, term_path(name, term)) for term in terms]


def _home(library: Library, name: str) -> Page:
    words = f"{_papers(len(library.entries))}."
    blocks = [
        words,
        *_problems(errors(library.problems)),
        *_tiles_by_section(library, HOME, library.vocabulary.main),
    ]
    if not library.entries:
        blocks.append(_how_to_add(library, library.vocabulary.main, None))
    return Page(HOME, name, f"{name}: {words}", tuple(blocks))


def _all_papers(library: Library) -> Page:
    problems = [problem for file in library.broken for problem in file.problems]
    words = f"{_papers(len(library.entries))}, the newest first."
    blocks = (words, *_problems(problems), *_by_year(library.entries))
    return Page(ALL_PAPERS, "All papers", "Every paper of the atlas.", blocks)


def _facet_page(library: Library, name: str, facet: Facet) -> Page:
    """The overview of a facet: tiles that lead to its pages, or all terms with their papers."""
    if facet.pages:
        blocks = _tiles_by_section(library, facet_path(name), name)
    else:
        blocks = [
            block
            for term in _used(library, name, facet)
            for block in _term_with_rows(library, name, term)
        ]
    description = facet.description or f"{facet.title} of the atlas."
    return Page(facet_path(name), facet.title, description, tuple(blocks))


def _term_with_rows(library: Library, name: str, term: Term) -> Iterator[str | Fragment]:
    yield f"## {escape(term.title)} {{#{term.id}}}"
    if term.description:
        yield escape(term.description)
    yield Fragment("rows.html.jinja", {"entries": library.of_term(name, term)})


def _tiles_by_section(library: Library, path: str, name: str) -> list[str | Fragment]:
    """The terms of a facet for the page at `path`, by section."""
    facet = library.vocabulary.facets[name]
    blocks: list[str | Fragment] = []
    for section in facet.sections:
        relative = posixpath.relpath(section_path(section), posixpath.dirname(path) or ".")
        target = f"[{escape(section.title)}]({relative})"
        blocks += [f"## {target} {{#{section.id}}}", *_section_body(library, name, section)]
    if facet.terms and facet.sections:
        blocks.append("## Other {#other_terms}")
    if facet.terms:
        blocks.append(_tiles(library, name, facet.terms))
    return blocks


def _section_body(library: Library, name: str, section: Section) -> Iterator[str | Fragment]:
    if section.description:
        yield escape(section.description)
    if section.terms:
        yield _tiles(library, name, section.terms)
    else:
        yield f"Nothing is listed under {escape(section.title)} yet."


def _tiles(library: Library, name: str, terms: Iterable[Term]) -> Fragment:
    tiles = [(term, _papers(len(library.of_term(name, term)))) for term in terms]
    return Fragment("tiles.html.jinja", {"facet": name, "tiles": tiles})


def _section_page(library: Library, name: str, section: Section) -> Page:
    papers = {entry.id for term in section.terms for entry in library.of_term(name, term)}
    words = f"{_papers(len(papers))} in {section.title}."
    body = (escape(words), *_section_body(library, name, section))
    return Page(section_path(section), section.title, words, body)


def _term_page(library: Library, name: str, term: Term) -> Page:
    entries = library.of_term(name, term)
    broken = [file for file in library.broken if name == library.vocabulary.main]
    problems = [problem for file in broken if term in file.terms for problem in file.problems]
    words = f"{_papers(len(entries))} on {term.title}."
    blocks: list[str | Fragment] = [escape(term.description)] if term.description else []
    blocks.append(f"{_papers(len(entries))}." if entries else _how_to_add(library, name, term))
    blocks += [*_problems(problems), *_by_year(entries, (name, term.id))]
    return Page(term_path(name, term), term.title, term.description or words, tuple(blocks))


def _by_year(entries: Iterable[Entry], here: tuple[str, str] = ("", "")) -> list[str | Fragment]:
    """Cards under a heading for each year; without headings where there is one group only."""
    groups = [(year, list(papers)) for year, papers in groupby(entries, lambda entry: entry.year)]
    blocks: list[str | Fragment] = []
    for year, papers in groups:
        level = 2
        if len(groups) > 1:
            blocks.append(f"## {year or 'Year not known'} {{#year_{year or 'unknown'}}}")
            level = 3
        values = {"entries": papers, "level": level, "here": here}
        cards = frozenset(entry.id for entry in papers)
        blocks.append(Fragment("cards.html.jinja", values, cards))
    return blocks


def _problems(problems: Sequence[Problem]) -> list[Fragment]:
    """What is wrong with files that would stand on the page."""
    return [Fragment("problems.html.jinja", {"problems": problems})] if problems else []


def _how_to_add(library: Library, name: str, term: Term | None) -> str:
    """What a page says that has no papers."""
    folder, subject = (f"/{term.id}", f" on {escape(term.title)}") if term else ("", "")
    return f"""\
No paper{subject} is in the atlas yet. To add the first, make a file
`{library.folder}{folder}/my-paper.yml`:

```yaml
title: The title of the paper
{name}: [{scalar(term.title) if term else "…"}]
links:
  doi: 10.1000/182
```
"""
