"""The body of the page of a paper."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

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
from paper_atlas.text.html import joined, markup
from paper_atlas.translation import Translator

_NOTHING = markup("")
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
        notes: Callable[[Entry], Markup],
        mentions: Callable[[str], Sequence[tuple[str, str]]],
        translate: Translator,
    ) -> None:
        self._vocabulary = library.vocabulary
        self._links = links
        self._paper_parts = paper_parts
        self._notes = notes
        self._mentions = mentions
        self._translate = html_translator(translate)

    def page_body(self, entry: Entry, neighbours: Sequence[RelatedPaper]) -> Markup:
        """Return the body of the page of a paper with these related papers."""
        lines = (
            markup('<div class="paper-atlas paper-whole" data-paper="%s">', entry.id),
            self._paper_parts.notices(entry),
            self._paper_parts.byline(entry),
            self._paper_parts.alternative_titles(entry),
            markup('<ul class="paper-links">\n%s\n</ul>', self._paper_parts.link_buttons(entry)),
            self._no_links_note(entry),
            self._notes_section(entry),
            self._terms(entry),
            self._paper_parts.relations(entry),
            *self._results(entry),
            *self._related_section(neighbours),
            *self._mentions_section(entry),
            *self._citations_section(entry),
            *self._entry_section(entry),
            markup("</div>"),
        )
        return joined("\n", filter(None, lines))

    def _no_links_note(self, entry: Entry) -> Markup:
        if confirmed_links(entry):
            return _NOTHING
        words = self._translate("This paper has no verified link.")
        return markup('<p class="paper-soft">%s</p>', words)

    def _notes_section(self, entry: Entry) -> Markup:
        if not entry.notes:
            return _NOTHING
        mark = self._paper_parts.unverified_mark(entry, "notes", self._translate("notes"))
        return markup('<div class="paper-notes">%s%s</div>', self._notes(entry), mark)

    def _terms(self, entry: Entry) -> Markup:
        rows = [self._facet_row(entry, facet) for facet in entry.terms]
        return joined("\n", [markup('<dl class="paper-facts">'), *rows, markup("</dl>")])

    def _facet_row(self, entry: Entry, facet: str) -> Markup:
        title = self._vocabulary.facets[facet].title
        terms = self._paper_parts.term_links(facet, entry.terms[facet])
        mark = self._paper_parts.facet_mark(entry, facet)
        return markup("<div><dt>%s</dt>\n<dd>%s%s</dd></div>", title, terms, mark)

    def _results(self, entry: Entry) -> Iterator[Markup]:
        if not entry.results:
            return
        translate = self._translate
        title = translate("Results")
        yield markup('<h2 id="results">%s</h2>', title)
        yield markup('<div class="paper-scroll" tabindex="0" role="region" aria-label="%s">', title)
        heads = (
            translate("Data set"),
            translate("Split"),
            translate("Target"),
            translate("Metric"),
            translate("Value"),
        )
        named = [markup('<th scope="col">%s</th>', one) for one in (*heads, translate("Source"))]
        cells = joined("", named)
        yield markup('<table class="paper-table">\n<thead><tr>%s</tr></thead>\n<tbody>', cells)
        mark = self._paper_parts.unverified_mark(entry, "results", translate("results"))
        for number, result in enumerate(entry.results):
            yield self._result(result, _NOTHING if number else mark)
        yield markup("</tbody>\n</table>\n</div>")

    def _result(self, result: Result, mark: Markup) -> Markup:
        term = dataset_of(result, self._vocabulary)
        dataset = self._paper_parts.term_links(DATASETS, [term]) if term else result.dataset
        split = result.split or self._translate("not stated")
        source = self._paper_parts.result_source(result)
        return markup(
            "<tr><td>%s</td>\n<td>%s</td><td>%s</td><td>%s</td>\n"
            '<td class="paper-number">%s%s</td><td class="paper-stated">%s</td></tr>',
            *(dataset, split, result.target or "", result.metric, result.value, mark, source),
        )

    def _related_section(self, neighbours: Sequence[RelatedPaper]) -> Iterator[Markup]:
        if neighbours:
            title = self._translate("Related papers")
            yield markup('<h2 id="related">%s</h2>\n<ul class="paper-rows">', title)
            yield from map(self._related_row, neighbours)
            yield markup("</ul>")

    def _related_row(self, paper: RelatedPaper) -> Markup:
        known = paper.entry.year
        year = markup(' <span class="paper-year">%s</span>', known) if known else _NOTHING
        ordered = sorted(paper.reasons, key=_facet_of)
        reasons = [self._reason(facet, things) for facet, things in groupby(ordered, _facet_of)]
        link = self._paper_parts.paper_link(paper.entry)
        why = joined(self._translate(", "), reasons)
        return markup('<li>%s%s<div class="paper-why">%s</div></li>', link, year, why)

    def _reason(self, facet: str, things: Iterator[SharedSubject]) -> Markup:
        title_html = self._paper_parts.text_html
        titles = joined(", ", [title_html(shared.subject.title) for shared in things])
        if facet == "extends":
            return self._translate("both extend {papers}", papers=titles)
        name = self._vocabulary.facets[facet].title.lower()
        return self._translate("same {facet}: {terms}", facet=name, terms=titles)

    def _mentions_section(self, entry: Entry) -> Iterator[Markup]:
        if found := self._mentions(entry.id):
            heading = self._translate("Mentioned in")
            yield markup('<h2 id="mentions">%s</h2>\n<ul class="paper-rows">', heading)
            for title, path in found:
                yield markup('<li><a href="%s">%s</a></li>', self._links.file_url(path), title)
            yield markup("</ul>")

    def _citations_section(self, entry: Entry) -> Iterator[Markup]:
        translate = self._translate
        copy, copied = translate("Copy"), translate("Copied")
        yield markup('<h2 id="cite">%s</h2>', translate("Cite"))
        for name, text in citations(entry):
            yield markup('<h3 class="paper-style">%s</h3>', name)
            yield markup(
                '<div class="paper-citation" data-copy="%s" data-copied="%s">'
                "<pre><code>%s</code></pre></div>",
                *(copy, copied, text),
            )

    def _entry_section(self, entry: Entry) -> Iterator[Markup]:
        translate, path = self._translate, entry.path
        yield markup('<h2 id="record">%s</h2>', translate("This entry"))
        found: list[Markup] = []
        if keys := ", ".join(entry.unverified):
            found.append(translate("Not yet checked against the paper: {keys}.", keys=keys))
        if entry.added:
            found.append(translate("Added {day}.", day=self._paper_parts.added_date(entry)))
        if address := self._links.edit_url(path):
            edit = markup('<a href="%s">%s</a>', address, translate("Edit {what}", what=path))
            found.append(translate("Is something wrong or missing? {edit}.", edit=edit))
        else:
            file = markup("<code>%s</code>", path)
            words = translate("Is something wrong or missing? The entry is in {file}.", file=file)
            found.append(words)
        yield markup("<p>%s</p>", joined(" ", found))


def _facet_of(shared: SharedSubject) -> str:
    return shared.facet
