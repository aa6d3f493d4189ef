"""The body of the page of a paper: all that is known of it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import escape

from paper_atlas.analysis.leaderboards import DATASETS, dataset_of
from paper_atlas.analysis.related import RelatedPaper, SharedSubject
from paper_atlas.exports import EXPORTS
from paper_atlas.exports.citations import CITATION_STYLES
from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links
from paper_atlas.site.addresses import Links
from paper_atlas.site.html.card import PaperParts, html_translator
from paper_atlas.translation import Translator

_RECORDS = ("bibtex", "ris", "csl")


def citations(entry: Entry, records: Sequence[str]) -> list[tuple[str, str]]:
    """An entry in each style of citation and as a record for other programs, as (name, text)."""
    given = zip(EXPORTS.items(), records, strict=True)
    shown = [(it.title, record) for (name, it), record in given if name in _RECORDS]
    return [*((name, style(entry)) for name, style in CITATION_STYLES.items()), *shown]


class PaperRenderer:
    """Makes the bodies of the pages of papers.

    `notes` gives the notes of a paper as HTML, `mentions` the pages that name the paper with an
    id, as (title, path of the built file or folder).
    """

    def __init__(
        self,
        library: Library,
        ways: Links,
        pieces: PaperParts,
        notes: Callable[[Entry], str],
        mentions: Callable[[str], Sequence[tuple[str, str]]],
        say: Translator,
    ) -> None:
        self._vocabulary = library.vocabulary
        self._ways = ways
        self._pieces = pieces
        self._notes = notes
        self._mentions = mentions
        self._say = html_translator(say)

    def body(self, entry: Entry, neighbours: Sequence[RelatedPaper], records: Sequence[str]) -> str:
        """The body of a page, with a sign for the root.

        `neighbours` are related papers, `records` those of the paper in the order of `EXPORTS`.
        """
        lines = (
            f'<div class="paper-atlas paper-whole" data-paper="{escape(entry.id)}">',
            self._pieces.notices(entry),
            self._pieces.source(entry, len(entry.authors)),
            self._pieces.titles(entry),
            f'<ul class="paper-links">\n{self._pieces.buttons(entry)}\n</ul>',
            self._unreachable(entry),
            self._noted(entry),
            self._terms(entry),
            self._pieces.relations(entry),
            *self._results(entry),
            *self._related(neighbours),
            *self._mentioned(entry),
            *self._cited(entry, records),
            *self._record(entry),
            "</div>",
        )
        return "\n".join(filter(None, lines))

    def _unreachable(self, entry: Entry) -> str:
        if confirmed_links(entry):
            return ""
        words = self._say("No link of this paper has been confirmed.")
        return f'<p class="paper-soft">{words}</p>'

    def _noted(self, entry: Entry) -> str:
        if not entry.notes:
            return ""
        mark = self._pieces.mark(entry, "notes", self._say("notes"))
        return f'<div class="paper-notes">{self._notes(entry)}{mark}</div>'

    def _terms(self, entry: Entry) -> str:
        rows = [self._terms_of(entry, facet) for facet in entry.terms]
        return "\n".join(['<dl class="paper-facts">', *rows, "</dl>"])

    def _terms_of(self, entry: Entry, facet: str) -> str:
        title = escape(self._vocabulary.facets[facet].title)
        terms = self._pieces.terms(facet, entry.terms[facet])
        mark = self._pieces.facet_mark(entry, facet)
        return f"<div><dt>{title}</dt>\n<dd>{terms}{mark}</dd></div>"

    def _results(self, entry: Entry) -> Iterator[str]:
        if not entry.results:
            return
        say = self._say
        yield f'<h2 id="results">{say("Results")}</h2>'
        label = f'aria-label="{say("Results")}"'
        yield f'<div class="paper-scroll" tabindex="0" role="region" {label}>'
        heads = (say("Data set"), say("Part"), say("Target"), say("Metric"), say("Value"))
        cells = "".join([f'<th scope="col">{it}</th>' for it in (*heads, say("Stated in"))])
        yield f'<table class="paper-table">\n<thead><tr>{cells}</tr></thead>\n<tbody>'
        mark = self._pieces.mark(entry, "results", say("results"))
        for number, result in enumerate(entry.results):
            yield self._result(result, "" if number else mark)
        yield "</tbody>\n</table>\n</div>"

    def _result(self, result: Result, mark: str) -> str:
        term = dataset_of(result, self._vocabulary)
        dataset = self._pieces.terms(DATASETS, [term]) if term else escape(result.dataset)
        split = escape(result.split) if result.split else self._say("not stated")
        return (
            f"<tr><td>{dataset}</td>\n"
            f"<td>{split}</td><td>{escape(result.target or '')}</td>"
            f"<td>{escape(result.metric)}</td>\n"
            f'<td class="paper-number">{result.value}{mark}</td>'
            f'<td class="paper-stated">{self._pieces.stated(result)}</td></tr>'
        )

    def _related(self, neighbours: Sequence[RelatedPaper]) -> Iterator[str]:
        if neighbours:
            yield f'<h2 id="related">{self._say("Related papers")}</h2>\n<ul class="paper-rows">'
            yield from map(self._neighbour, neighbours)
            yield "</ul>"

    def _neighbour(self, it: RelatedPaper) -> str:
        year = f' <span class="paper-year">{it.entry.year}</span>' if it.entry.year else ""
        ordered = sorted(it.reasons, key=_facet)
        why = [self._why(facet, things) for facet, things in groupby(ordered, _facet)]
        reasons = f'<div class="paper-why">{self._say(", ").join(why)}</div>'
        return f"<li>{self._pieces.link(it.entry)}{year}{reasons}</li>"

    def _why(self, facet: str, things: Iterator[SharedSubject]) -> str:
        titles = escape(", ".join([shared.thing.title for shared in things]))
        if facet == "extends":
            return self._say("both extend {papers}", papers=titles)
        name = escape(self._vocabulary.facets[facet].title.lower())
        return self._say("same {facet}: {terms}", facet=name, terms=titles)

    def _mentioned(self, entry: Entry) -> Iterator[str]:
        if found := self._mentions(entry.id):
            yield f'<h2 id="mentions">{self._say("Mentioned in")}</h2>\n<ul class="paper-rows">'
            for title, path in found:
                yield f'<li><a href="{self._ways.file(path)}">{escape(title)}</a></li>'
            yield "</ul>"

    def _cited(self, entry: Entry, records: Sequence[str]) -> Iterator[str]:
        say = self._say
        data = f'data-copy="{say("Copy")}" data-copied="{say("Copied")}"'
        yield f'<h2 id="cite">{say("Cite")}</h2>'
        for name, text in citations(entry, records):
            yield f'<h3 class="paper-style">{escape(name)}</h3>'
            code = f"<pre><code>{escape(text)}</code></pre>"
            yield f'<div class="paper-citation" {data}>{code}</div>'

    def _record(self, entry: Entry) -> Iterator[str]:
        say, path = self._say, escape(entry.path)
        yield f'<h2 id="record">{say("This record")}</h2>'
        keys = escape(", ".join(entry.unverified))
        unsure = f"{say('Nobody has confirmed: {keys}.', keys=keys)} " if keys else ""
        day = self._pieces.day(entry) if entry.added else ""
        added = f"{say('Added {day}.', day=day)} " if day else ""
        if address := self._ways.edit(entry.path):
            edit = f'<a href="{escape(address)}">{say("Edit {what}", what=path)}</a>'
            file = say("Something is wrong or missing? {edit}.", edit=edit)
        else:
            file = f"<code>{path}</code>"
            file = say("Something is wrong or missing? It stands in {file}.", file=file)
        yield f"<p>{unsure}{added}{file}</p>"


def _facet(shared: SharedSubject) -> str:
    return shared.facet
