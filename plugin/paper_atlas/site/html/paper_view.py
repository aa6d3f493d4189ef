"""What the page of a paper shows. The template `paper.html.jinja` prints it."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from paper_atlas.analysis.leaderboards import dataset_of, is_comparable
from paper_atlas.analysis.related import RelatedPaper, SharedSubject
from paper_atlas.exports import EXPORTS
from paper_atlas.exports.citations import CITATION_STYLES
from paper_atlas.exports.format import facts_of_paper
from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.publication import (
    ShownLink,
    confirmed_notice_url,
    is_preprint_venue,
    link_icon,
    link_title,
    page_range,
    publication_type,
    shown_links,
)
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.html.card_view import SEARCH_LINK, TagGroup, numbered_facets
from paper_atlas.text.identifiers import arxiv_year, is_web_url, split_url
from paper_atlas.text.names import display_names, surname_et_al
from paper_atlas.text.slug import method_name
from paper_atlas.text.titles import capitalized
from paper_atlas.translation import Translator

_MAX_AUTHORS = 12  # with a link each; the others are folded
_MAX_TARGETS = 7  # structures that are columns of the table of results
_HYPHEN_OF_NUMBERS = re.compile(r"(?<=\d)-(?=\d)")

_RECORDS = (EXPORTS["bibtex"], EXPORTS["ris"])
_READ, _FREE, _OTHER_ACTS = ("doi", "url"), ("pdf", "arxiv", "pmcid"), ("code", "data", "project")

RowKey = tuple[str | None, ...]
"""What the values in one row of results share."""


class Act(NamedTuple):
    """A link for what readers do first with a paper: its icon, its text, its URL and its kind.

    `name` is the kind in a word, such as DOI.
    """

    icon: str
    title: str
    url: str
    name: str


class Note(NamedTuple):
    """A notice about a paper: its first word, a sentence, and the text and URL of a link.

    The URL is empty if nobody has checked it. `is_bad` is true for a retraction.
    """

    title: str
    text: str
    link: str
    url: str
    is_bad: bool


class PaperLine(NamedTuple):
    """Another paper in one line: its short name, its first author and venue, and one remark.

    `is_title` is true if the remark or the name is its whole title, which may be long.
    """

    entry: Entry
    name: Markup
    who: Markup
    why: Markup
    is_title: bool


class ResultRow(NamedTuple):
    """Values of one data set, split, metric and source: one for each column, or an empty string.

    `target` is the structure if the table has one value in a row. `better` is "higher" or "lower"
    if the values may be compared with those of other papers, otherwise empty.
    """

    dataset: str
    term: Term | None
    split: str
    target: str
    metric: str
    better: str
    values: tuple[str, ...]
    source: str
    source_url: str


class Version(NamedTuple):
    """A published form of a paper: its year (None: not known), its kind, a remark and its URL."""

    year: int | None
    title: str
    remark: str
    url: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """The values of the page of a paper.

    `source` are volume, issue and pages. `columns` are the heads of the values of `rows`.
    `unchecked` are the names of the facts that nobody has compared with the paper.
    """

    entry: Entry
    notes: tuple[Note, ...]
    authors: tuple[str, ...]
    more_authors: tuple[str, ...]
    venue: Markup
    source: str
    acts: tuple[Act, ...]
    links: tuple[ShownLink, ...]
    tags: tuple[TagGroup, ...]
    columns: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    asks_for_results: bool
    extends: tuple[PaperLine, ...]
    extended_by: tuple[PaperLine, ...]
    related: tuple[PaperLine, ...]
    mentions: Sequence[tuple[str, str]]
    citations: tuple[tuple[str, str, bool], ...]
    versions: tuple[Version, ...]
    unchecked: tuple[str, ...]


class PaperViewer:
    """Makes the views of papers of a library.

    `mentions` returns the pages that mention the paper with an id, as (title, path of the built
    file or folder). `text_html` returns a title or a venue as HTML.
    """

    def __init__(
        self,
        library: Library,
        translate: Translator,
        mentions: Callable[[str], Sequence[tuple[str, str]]],
        text_html: Callable[[str], Markup] = escape,
    ) -> None:
        self._library = library
        self._facets = library.vocabulary.facets
        self._translate = translate
        self._mentions = mentions
        self._text_html = text_html
        self._fact_names = _fact_names(translate)
        self._has_results = any(entry.results for entry in library.entries)

    def view(self, entry: Entry, neighbours: Sequence[RelatedPaper]) -> PaperView:
        """Return what the page of an entry shows, with these related papers."""
        names = display_names(entry.authors)
        links = {link.kind: link for link in shown_links(entry, self._translate)}
        acts = {
            kind: Act(link_icon(kind), title, url, links[kind].title)
            for kind, title, url in self._acts(links)
        }
        columns, rows = self._results(entry)
        return PaperView(
            entry=entry,
            notes=tuple(self._notes(entry)),
            authors=tuple(names[:_MAX_AUTHORS]),
            more_authors=tuple(names[_MAX_AUTHORS:]),
            venue=self._text_html(entry.venue or ""),
            source=_numbers(entry),
            acts=tuple(acts.values()),
            links=tuple(_other_links(links, acts)),
            tags=tuple(self._tags(entry)),
            columns=tuple(map(_as_sentence, columns)),
            rows=rows,
            asks_for_results=self._has_results and not entry.results,
            extends=self._lines(entry, "extends"),
            extended_by=self._lines(entry, "extended_by"),
            related=tuple(map(self._related_line, neighbours)),
            mentions=self._mentions(entry.id),
            citations=tuple(citations(entry)),
            versions=tuple(self._versions(entry, links)),
            unchecked=tuple(map(self._fact, entry.unverified)),
        )

    def _notes(self, entry: Entry) -> Iterator[Note]:
        translate = self._translate
        if entry.retracted:
            url = confirmed_notice_url(entry, "retracted")
            text = translate(
                "It stays in the atlas so that links keep working. Its results are left out of "
                "every table."
            )
            yield Note(translate("Retracted."), text, translate("Retraction notice"), url, True)
        if entry.erratum:
            url = confirmed_notice_url(entry, "erratum")
            yield Note(translate("Corrected."), "", translate("Erratum"), url, False)

    def _acts(self, links: Mapping[str, ShownLink]) -> Iterator[tuple[str, str, str]]:
        """Yield the links for what readers do first, as (kind, text, URL)."""
        confirmed = {kind: link.url for kind, link in links.items() if link.is_confirmed}
        for kind in [kind for kind in _READ if kind in confirmed][:1]:
            is_arxiv = split_url(confirmed[kind]).netloc.endswith("arxiv.org")
            read = self._translate("Read at the publisher")
            yield kind, self._free_copy("arXiv") if is_arxiv else read, confirmed[kind]
        for kind in [kind for kind in _FREE if kind in confirmed][:1]:
            site = {"arxiv": "arXiv", "pmcid": "PubMed Central"}.get(kind)
            yield kind, self._free_copy(site), confirmed[kind]
        for kind in _OTHER_ACTS:
            if kind in confirmed:
                yield kind, links[kind].title, confirmed[kind]

    def _free_copy(self, site: str | None) -> str:
        translate = self._translate
        return translate("Free copy on {site}", site=site) if site else translate("Free copy")

    def _tags(self, entry: Entry) -> Iterator[TagGroup]:
        for kind, name, facet in numbered_facets(self._library.vocabulary):
            if terms := entry.terms.get(name):
                yield TagGroup(name, kind, facet.title_of(len(terms)), tuple(terms))

    def _results(self, entry: Entry) -> tuple[tuple[str, ...], tuple[ResultRow, ...]]:
        """Return the columns of the table of results, one for each structure, and its rows.

        A second value of a structure starts another row. A retracted paper has no results.
        """
        results = () if entry.retracted else entry.results
        columns = tuple(dict.fromkeys(result.target or "" for result in results))
        if len(columns) > _MAX_TARGETS:
            return ("",), tuple(self._long_row(entry, result) for result in results)
        rows: dict[tuple[RowKey, int], tuple[Result, dict[str, str]]] = {}
        counts = Counter[tuple[RowKey, str]]()
        for result in results:
            key, column = _row_key(result), result.target or ""
            _, values = rows.setdefault((key, counts[key, column]), (result, {}))
            values[column] = str(result.value)
            counts[key, column] += 1
        return columns, tuple(self._row(entry, *row, columns) for row in rows.values())

    def _long_row(self, entry: Entry, result: Result) -> ResultRow:
        row = self._row(entry, result, {"": str(result.value)}, ("",))
        return row._replace(target=result.target or "")

    def _row(
        self, entry: Entry, result: Result, values: Mapping[str, str], columns: Sequence[str]
    ) -> ResultRow:
        source, url = source_of(result)
        metric = self._library.vocabulary.find_metric(result.metric)
        is_ranked = metric and is_comparable(entry, result, metric)
        return ResultRow(
            result.dataset,
            dataset_of(result, self._library.vocabulary),
            result.split or self._translate("split not stated"),
            "",
            metric.title if metric else result.metric,
            metric.better if metric and is_ranked else "",
            tuple(values.get(column, "") for column in columns),
            source,
            url,
        )

    def _lines(self, entry: Entry, relation: str) -> tuple[PaperLine, ...]:
        """Return the papers that a paper extends or that extend it, the oldest first."""
        papers = self._library.related_papers(entry, relation)
        found = sorted(papers, key=lambda paper: (paper.year or 9999, paper.title))
        return tuple(self._line(paper, _rest_of_title(paper)) for paper in found)

    def line(self, entry: Entry) -> PaperLine:
        """Return a paper in one line, with its summary or the rest of its title as remark."""
        return self._line(entry, entry.summary or _rest_of_title(entry))

    def _line(self, entry: Entry, why: str) -> PaperLine:
        name = entry.short_name
        who = surname_et_al(entry.authors) if method_name(entry.title) else ""
        return PaperLine(
            entry,
            self._text_html(self._translate.isolate(name)),
            self._text_html(" · ".join(filter(None, (who, entry.venue)))),
            self._text_html(_as_sentence(why)),
            entry.title in (name, why),
        )

    def _related_line(self, paper: RelatedPaper) -> PaperLine:
        ordered = sorted(paper.reasons, key=_facet_of)
        reasons = [self._reason(facet, [*things]) for facet, things in groupby(ordered, _facet_of)]
        return self._line(paper.entry, " · ".join(reasons))

    def _reason(self, facet: str, things: Sequence[SharedSubject]) -> str:
        subjects = [shared.subject for shared in things]
        if facet == "extends":
            papers = [one for one in subjects if isinstance(one, Entry)]
            names = [one.short_name for one in papers]
            return self._translate("both extend {papers}", papers=self._translate(", ").join(names))
        name = self._facets[facet].title_of(len(subjects)).lower()
        terms = self._translate(", ").join(subject.title for subject in subjects)
        return self._translate("same {facet}: {terms}", facet=name, terms=terms)

    def _versions(self, entry: Entry, links: Mapping[str, ShownLink]) -> Iterator[Version]:
        """Yield the published version and the preprint, if the paper has both, the newer first."""
        confirmed = {kind: link.url for kind, link in links.items() if link.is_confirmed}
        arxiv = confirmed.get("arxiv", "")
        published = next((confirmed[kind] for kind in _READ if kind in confirmed), "")
        venue = entry.venue or ""
        if not (arxiv and published and venue) or is_preprint_venue(venue):
            return
        titles = {
            "journal": self._translate("Journal article"),
            "meeting": self._translate("Conference paper"),
        }
        title = titles.get(publication_type(entry), self._translate("Published version"))
        numbers = _numbers(entry)
        remark = f"{venue} {numbers}" if numbers else venue
        yield Version(entry.year, title, remark, published)
        year = arxiv_year(entry.links.arxiv or "")
        yield Version(year, self._translate("Preprint"), f"arXiv:{entry.links.arxiv}", arxiv)

    def _fact(self, key: str) -> str:
        """Return the name of a key of an entry in a sentence."""
        if key in self._facets:
            return self._facets[key].title.lower()
        return self._fact_names.get(key) or link_title(key, self._translate)


def _fact_names(translate: Translator) -> dict[str, str]:
    """Return the names of the keys that are neither facets nor links."""
    return {
        "title": translate("title"),
        "alternative_titles": translate("alternative titles"),
        "authors": translate("authors"),
        "year": translate("year"),
        "venue": translate("venue"),
        "volume": translate("volume"),
        "issue": translate("issue"),
        "pages": translate("pages"),
        "links": translate("links"),
        "retracted": translate("retraction"),
        "erratum": translate("erratum"),
        "extends": translate("extended papers"),
        "results": translate("results"),
        "summary": translate("summary"),
        "notes": translate("notes"),
        "added": translate("date added"),
    }


def source_of(result: Result) -> tuple[str, str]:
    """Return the source of a result, and its URL: the host of a source that is a URL."""
    stated = result.stated or ""
    if is_web_url(stated) and " " not in stated:
        return split_url(stated).netloc.removeprefix("www."), stated
    return stated, ""


def citations(entry: Entry) -> Iterator[tuple[str, str, bool]]:
    """Yield a paper in each citation style and as records: (name, text, whether it is a record)."""
    facts = facts_of_paper(entry)
    for name, style in CITATION_STYLES.items():
        yield name, style(entry), False
    for export in _RECORDS:
        yield export.title, export.format_record(facts), True


def _other_links(links: Mapping[str, ShownLink], acts: Collection[str]) -> Iterator[ShownLink]:
    """Yield the links that are no acts, a search last."""
    for kind in sorted(links, key=lambda kind: kind == SEARCH_LINK):
        if kind not in acts:
            yield links[kind]


def _numbers(entry: Entry) -> str:
    """Return volume, issue and pages, such as `18(2), 203–211`."""
    issue = f"({entry.issue})" if entry.issue else ""
    pages = _HYPHEN_OF_NUMBERS.sub("–", page_range(entry))
    parts = (f"{entry.volume or ''}{issue}", pages)
    return ", ".join(part for part in parts if part)


def _as_sentence(text: str) -> str:
    """Return a text with a capital at its start, unless its first word has one, such as nnU-Net."""
    word = text.partition(" ")[0]
    return capitalized(text) if word.islower() else text


def _rest_of_title(entry: Entry) -> str:
    """Return the title without what the short name has of it."""
    if method_name(entry.title):
        return entry.title.partition(":")[2].strip()
    return entry.title if entry.authors else ""


def _row_key(result: Result) -> RowKey:
    return result.dataset, result.split, result.metric, result.stated


def _facet_of(shared: SharedSubject) -> str:
    return shared.facet
