"""The papers for a README: under the headings of sections and terms, a line each."""

import re
from collections.abc import Iterable, Iterator, Sequence

from paper_atlas.exports import markdown as markdown_list
from paper_atlas.exports.format import facts_of
from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Facet, Section, Term

# But for the one of a character reference.
_BARE, _ESCAPED = re.compile("(?<!&)#"), r"\\#"


def headed_list(entries: Sequence[Entry], name: str, facet: Facet) -> str:
    """A Markdown list of entries below the terms of the facet called `name`.

    A paper stands below each of its terms; what has no papers has no heading.
    """
    below = "###" if facet.sections else "##"
    blocks = [*_sections(entries, name, facet.sections)]
    loose = [*_terms(entries, name, facet.terms, below)]
    if loose and facet.sections:
        blocks.append("## Other")
    return "\n\n".join([*blocks, *loose])


def _sections(entries: Sequence[Entry], name: str, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        if below := [*_terms(entries, name, section.terms, "###")]:
            yield _heading("##", section.title)
            yield from below


def _terms(entries: Sequence[Entry], name: str, terms: Iterable[Term], level: str) -> Iterator[str]:
    for term in terms:
        named = [entry for entry in entries if term.id in _ids(entry, name)]
        if named:
            items = "".join(markdown_list.record(facts_of(it)) for it in named)
            yield f"{_heading(level, term.title)}\n\n{items.rstrip()}"


def _ids(entry: Entry, name: str) -> list[str]:
    return [term.id for term in entry.terms.get(name, ())]


def _heading(level: str, title: str) -> str:
    """A heading; a bare `#` at its end would be taken for a part of the mark."""
    return f"{level} {_BARE.sub(_ESCAPED, markdown_list.escaped(title))}"
