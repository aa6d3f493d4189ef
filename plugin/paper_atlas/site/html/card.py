"""The card of a paper: all but its last lines is the same on all pages."""

from collections.abc import Callable, Sequence

from markupsafe import escape

from paper_atlas.analysis.filters import having
from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.citation_tags import coins
from paper_atlas.site.html.parts import Pieces, in_html
from paper_atlas.site.links import Ways
from paper_atlas.translation import Say

LEVEL = "\x1e"
"""Stands for the level of the heading of a card, as `ROOT` does for the way to the root."""
_AUTHORS = 3


class Cards:
    """Makes the cards of the papers of a library; `notes` gives the notes of a paper as HTML."""

    def __init__(
        self,
        library: Library,
        ways: Ways,
        pieces: Pieces,
        notes: Callable[[Entry], str],
        say: Say,
    ) -> None:
        self._main = library.vocabulary.main
        self._facets = library.vocabulary.facets
        self._ways = ways
        self._pieces = pieces
        self._notes = notes
        self._say = in_html(say)
        self._attributes = {facet: f" data-{escape(facet)}" for facet in self._facets}
        self._chips: dict[tuple[str, str], str] = {}

    def card(self, entry: Entry) -> str:
        """The card of a paper up to its last lines, with `LEVEL` and `ROOT` in it."""
        name = escape(entry.id)
        lines = (
            f'<article class="paper" id="{name}"{self._data(entry)}>',
            f'<span class="Z3988" title="{escape(coins(entry))}"></span>',
            self._title(entry),
            self._pieces.notices(entry),
            self._pieces.source(entry, _AUTHORS),
            self._pieces.titles(entry),
            self._links(entry),
            self._terms(entry),
            self._pieces.relations(entry),
            self._results(entry),
            self._folded_notes(entry),
        )
        return "\n".join(filter(None, lines))

    def record(self, entry: Entry, here: str) -> str:
        """The last lines of a card: where else the paper stands, and its file.

        `here` is the id of the term of the main facet whose page it is, or nothing.
        """
        parts = (self._also(entry, here), self._added(entry), self._edit(entry))
        found = "\n".join(filter(None, parts))
        line = f'<p class="paper-record">\n{found}\n</p>\n' if found else ""
        return f"{line}</article>"

    def _data(self, entry: Entry) -> str:
        """What the script filters and sorts by."""
        year = f' data-year="{entry.year}"' if entry.year else ""
        added = f' data-added="{entry.added}"' if entry.added else ""
        retracted = " data-retracted" if entry.retracted else ""
        found = " ".join(having(entry))
        has = f' data-has="{found}"' if found else ""
        facets = [self._data_of(facet, terms) for facet, terms in entry.terms.items()]
        return f"{year}{added}{retracted}{has}{''.join(facets)}"

    def _data_of(self, facet: str, terms: Sequence[Term]) -> str:
        """The ids of the terms and of all broader ones."""
        broader = self._facets[facet].broader
        above = [it for term in terms for it in broader(term)]
        names = " ".join(dict.fromkeys([term.id for term in (*terms, *above)]))
        return f'{self._attributes[facet]}="{escape(names)}"'

    def _title(self, entry: Entry) -> str:
        say, title = self._say, escape(entry.title)
        mark = self._pieces.mark(entry, "title", say("title"))
        label = say("Permanent link to {title}", title=title)
        return (
            f'<h{LEVEL} class="paper-title">{self._pieces.link(entry)}{mark}\n'
            f'<a class="headerlink" href="#{escape(entry.id)}" title="{say("Permanent link")}" '
            f'aria-label="{label}">¶</a></h{LEVEL}>'
        )

    def _links(self, entry: Entry) -> str:
        label = self._say("Cite {title}", title=escape(entry.title))
        url = f"{self._ways.paper(entry)}#cite"
        cite = self._pieces.button(url, "cite", self._say("Cite"), label)
        buttons = self._pieces.buttons(entry)
        return f'<ul class="paper-links">\n{buttons}\n<li>{cite}</li>\n</ul>'

    def _terms(self, entry: Entry) -> str:
        items = [self._items(entry, facet) for facet in entry.terms if facet != self._main]
        found = "\n".join(filter(None, items))
        return f'<ul class="paper-terms">\n{found}\n</ul>' if found else ""

    def _items(self, entry: Entry, facet: str) -> str:
        chips = [self._chip(facet, term) for term in entry.terms[facet]]
        mark = self._pieces.facet_mark(entry, facet)
        items = "</li>\n<li>".join(chips)
        return f"<li>{items}{mark}</li>" if items else ""

    def _chip(self, facet: str, term: Term) -> str:
        if (chip := self._chips.get((facet, term.id))) is None:
            title = escape(self._facets[facet].title)
            url = self._ways.term(facet, term)
            chip = f'<a href="{url}" title="{title}">{escape(term.title)}</a>'
            self._chips[facet, term.id] = chip
        return chip

    def _results(self, entry: Entry) -> str:
        if not entry.results:
            return ""
        say = self._say
        mark = self._pieces.mark(entry, "results", say("results"))
        items = [f"<li>{say('Not confirmed')}{mark}</li>"] if mark else []
        items += [f"<li>{self._result(result)}</li>" for result in entry.results]
        listed = "\n".join(["<ul>", *items, "</ul>"])
        return _fold("paper-results", say("Results"), listed)

    def _result(self, result: Result) -> str:
        split = f" ({escape(result.split)})" if result.split else ""
        target = f", {escape(result.target)}" if result.target else ""
        figure = f"{escape(result.metric)} {result.value}"
        stated = f" <small>{self._pieces.stated(result)}</small>" if result.stated else ""
        return f"{escape(result.dataset)}{split}{target}: {figure}{stated}"

    def _folded_notes(self, entry: Entry) -> str:
        if not entry.notes:
            return ""
        mark = self._pieces.mark(entry, "notes", self._say("notes"))
        return _fold("paper-notes", self._say("Notes"), f"{self._notes(entry)}{mark}")

    def _also(self, entry: Entry, here: str) -> str:
        others = [term for term in entry.terms[self._main] if term.id != here]
        mark = self._pieces.facet_mark(entry, self._main)
        if not others and not mark:
            return ""
        terms = self._pieces.terms(self._main, others)
        also = self._say("Also in {terms}", terms=terms)
        return f"<span>{also if here else self._say('In {terms}', terms=terms)}{mark}</span>"

    def _added(self, entry: Entry) -> str:
        if not entry.added:
            return ""
        day = self._pieces.day(entry)
        return f"<span>{self._say('Added {day}', day=day)}</span>"

    def _edit(self, entry: Entry) -> str:
        address = self._ways.edit(entry.path)
        if not address:
            return ""
        label = self._say("Edit {what}", what=escape(entry.title))
        return f'<a href="{escape(address)}" aria-label="{label}">{self._say("Edit")}</a>'


def _fold(name: str, words: str, inside: str) -> str:
    return f'<details class="paper-fold {name}"><summary>{words}</summary>\n{inside}\n</details>'
