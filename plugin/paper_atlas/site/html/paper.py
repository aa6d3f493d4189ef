"""The body of the page of a paper."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import escape

from paper_atlas.analysis.leaderboards import DATASETS, dataset_of
from paper_atlas.analysis.related import RelatedPaper, SharedSubject
from paper_atlas.exports import EXPORTS
from paper_atlas.exports.citations import CITATION_STYLES
from paper_atlas.exports.format import facts_of_paper
from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links
from paper_atlas.site.addresses import PageLinks
from paper_atlas.site.html.parts import PaperParts, html_translator
from paper_atlas.translation import Translator

_RECORDS = (EXPORTS["bibtex"], EXPORTS["ris"])


def citations(entry: Entry) -> list[tuple[str, str]]:
    """Return a paper in each citation style and as records for programs, as (name, text)."""
    facts = facts_of_paper(entry)
    records = [(export.title, export.format_record(facts)) for export in _RECORDS]
    return [*((name, style(entry)) for name, style in CITATION_STYLES.items()), *records]


class PaperRenderer:
    """Render the bodies of the pages of papers.

    `notes` returns the notes of a paper as HTML. `mentions` returns the pages that mention the
    paper with an id, as (title, path of the built file or folder).
    """

    def __init__(
        self,
        library: Library,
        links: PageLinks,
        paper_parts: PaperParts,
        notes: Callable[[Entry], str],
        mentions: Callable[[str], Sequence[tuple[str, str]]],
        translate: Translator,
    ) -> None:
        self._vocabulary = library.vocabulary
        self._links = links
        self._paper_parts = paper_parts
        self._notes = notes
        self._mentions = mentions
        self._translate = html_translator(translate)

    def page_body(self, entry: Entry, neighbours: Sequence[RelatedPaper]) -> str:
        """Return the body of the page of a paper with these related papers."""
        lines = (
            f'<div class="paper-atlas paper-whole" data-paper="{escape(entry.id)}">',
            self._paper_parts.notices(entry),
            self._paper_parts.byline(entry),
            self._paper_parts.alternative_titles(entry),
            f'<ul class="paper-links">\n{self._paper_parts.link_buttons(entry)}\n</ul>',
            self._no_links_note(entry),
            self._notes_section(entry),
            self._terms(entry),
            self._paper_parts.relations(entry),
            *self._results(entry),
            *self._related_section(neighbours),
            *self._mentions_section(entry),
            *self._citations_section(entry),
            *self._entry_section(entry),
            "</div>",
        )
        return "\n".join(filter(None, lines))

    def _no_links_note(self, entry: Entry) -> str:
        if confirmed_links(entry):
            return ""
        words = self._translate("This paper has no verified link.")
        return f'<p class="paper-soft">{words}</p>'

    def _notes_section(self, entry: Entry) -> str:
        if not entry.notes:
            return ""
        mark = self._paper_parts.unverified_mark(entry, "notes", self._translate("notes"))
        return f'<div class="paper-notes">{self._notes(entry)}{mark}</div>'

    def _terms(self, entry: Entry) -> str:
        rows = [self._facet_row(entry, facet) for facet in entry.terms]
        return "\n".join(['<dl class="paper-facts">', *rows, "</dl>"])

    def _facet_row(self, entry: Entry, facet: str) -> str:
        title = escape(self._vocabulary.facets[facet].title)
        terms = self._paper_parts.term_links(facet, entry.terms[facet])
        mark = self._paper_parts.facet_mark(entry, facet)
        return f"<div><dt>{title}</dt>\n<dd>{terms}{mark}</dd></div>"

    def _results(self, entry: Entry) -> Iterator[str]:
        if not entry.results:
            return
        translate = self._translate
        yield f'<h2 id="results">{translate("Results")}</h2>'
        label = f'aria-label="{translate("Results")}"'
        yield f'<div class="paper-scroll" tabindex="0" role="region" {label}>'
        heads = (
            translate("Data set"),
            translate("Split"),
            translate("Target"),
            translate("Metric"),
            translate("Value"),
        )
        cells = "".join([f'<th scope="col">{head}</th>' for head in (*heads, translate("Source"))])
        yield f'<table class="paper-table">\n<thead><tr>{cells}</tr></thead>\n<tbody>'
        mark = self._paper_parts.unverified_mark(entry, "results", translate("results"))
        for number, result in enumerate(entry.results):
            yield self._result(result, "" if number else mark)
        yield "</tbody>\n</table>\n</div>"

    def _result(self, result: Result, mark: str) -> str:
        term = dataset_of(result, self._vocabulary)
        dataset = self._paper_parts.term_links(DATASETS, [term]) if term else escape(result.dataset)
        split = escape(result.split) if result.split else self._translate("not stated")
        return (
            f"<tr><td>{dataset}</td>\n"
            f"<td>{split}</td><td>{escape(result.target or '')}</td>"
            f"<td>{escape(result.metric)}</td>\n"
            f'<td class="paper-number">{result.value}{mark}</td>'
            f'<td class="paper-stated">{self._paper_parts.result_source(result)}</td></tr>'
        )

    def _related_section(self, neighbours: Sequence[RelatedPaper]) -> Iterator[str]:
        if neighbours:
            title = self._translate("Related papers")
            yield f'<h2 id="related">{title}</h2>\n<ul class="paper-rows">'
            yield from map(self._related_row, neighbours)
            yield "</ul>"

    def _related_row(self, paper: RelatedPaper) -> str:
        year = f' <span class="paper-year">{paper.entry.year}</span>' if paper.entry.year else ""
        ordered = sorted(paper.reasons, key=_facet_of)
        reasons = [self._reason(facet, things) for facet, things in groupby(ordered, _facet_of)]
        link = self._paper_parts.paper_link(paper.entry)
        joined = self._translate(", ").join(reasons)
        return f'<li>{link}{year}<div class="paper-why">{joined}</div></li>'

    def _reason(self, facet: str, things: Iterator[SharedSubject]) -> str:
        titles = ", ".join([self._paper_parts.text_html(shared.subject.title) for shared in things])
        if facet == "extends":
            return self._translate("both extend {papers}", papers=titles)
        name = escape(self._vocabulary.facets[facet].title.lower())
        return self._translate("same {facet}: {terms}", facet=name, terms=titles)

    def _mentions_section(self, entry: Entry) -> Iterator[str]:
        if found := self._mentions(entry.id):
            heading = self._translate("Mentioned in")
            yield f'<h2 id="mentions">{heading}</h2>\n<ul class="paper-rows">'
            for title, path in found:
                yield f'<li><a href="{self._links.file_url(path)}">{escape(title)}</a></li>'
            yield "</ul>"

    def _citations_section(self, entry: Entry) -> Iterator[str]:
        translate = self._translate
        data = f'data-copy="{translate("Copy")}" data-copied="{translate("Copied")}"'
        yield f'<h2 id="cite">{translate("Cite")}</h2>'
        for name, text in citations(entry):
            yield f'<h3 class="paper-style">{escape(name)}</h3>'
            code = f"<pre><code>{escape(text)}</code></pre>"
            yield f'<div class="paper-citation" {data}>{code}</div>'

    def _entry_section(self, entry: Entry) -> Iterator[str]:
        translate, path = self._translate, escape(entry.path)
        yield f'<h2 id="record">{translate("This entry")}</h2>'
        keys = escape(", ".join(entry.unverified))
        unsure = (
            f"{translate('Not yet checked against the paper: {keys}.', keys=keys)} " if keys else ""
        )
        day = self._paper_parts.added_date(entry) if entry.added else ""
        added = f"{translate('Added {day}.', day=day)} " if day else ""
        if address := self._links.edit_url(entry.path):
            edit = f'<a href="{escape(address)}">{translate("Edit {what}", what=path)}</a>'
            file = translate("Is something wrong or missing? {edit}.", edit=edit)
        else:
            file = f"<code>{path}</code>"
            file = translate("Is something wrong or missing? The entry is in {file}.", file=file)
        yield f"<p>{unsure}{added}{file}</p>"


def _facet_of(shared: SharedSubject) -> str:
    return shared.facet
