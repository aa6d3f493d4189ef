"""Parts of the HTML of a paper."""

from collections.abc import Callable, Sequence
from functools import cache

from markupsafe import escape

from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.publication import ShownLink, link_icon, notice_url, shown_links
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import PageLinks
from paper_atlas.text.identifiers import is_web_url, split_url
from paper_atlas.text.names import display_names
from paper_atlas.translation import Translator


def html_translator(translate: Translator) -> Callable[..., str]:
    """Return a function that translates a message to HTML: `translate("{count} more", 3)`.

    Its values are HTML.
    """
    pattern = cache(lambda *message: str(escape(translate.pattern(*message))))

    def html_message(message: str, count: int | None = None, /, **values: str) -> str:
        found: str = pattern(message, count)
        return found.format(count=count, **values) if values or count is not None else found

    return html_message


class PaperParts:
    """Render the parts of papers on pages with the same `links`.

    `text_html` returns a title or a venue as HTML.
    """

    def __init__(
        self,
        library: Library,
        links: PageLinks,
        translate: Translator,
        text_html: Callable[[str], str] = escape,
    ) -> None:
        self.text_html = text_html
        self._library = library
        self._facets = library.vocabulary.facets
        self._links = links
        self._translate = html_translator(translate)
        self._translator = translate
        self._term_links: dict[tuple[str, str], str] = {}

    def unverified_mark(self, entry: Entry, key: str, fact: str) -> str:
        """Return the mark of a fact that is not verified, else an empty string.

        `key` is the key of the fact in the entry, `fact` its name as HTML.
        """
        if key not in entry.unverified:
            return ""
        tip = self._translate(
            "Not verified: {fact}. Compare with the paper, then remove it from the list of "
            "unverified facts.",
            fact=fact,
        )
        return (
            f'<a class="paper-mark" href="{escape(self._links.confirm_url(entry))}">'
            f'<span aria-hidden="true">?</span><span class="paper-tip">{tip}</span></a>'
        )

    def paper_link(self, entry: Entry) -> str:
        """Return the title of a paper as a link to its page."""
        return f'<a href="{self._links.paper_url(entry)}">{self.text_html(entry.title)}</a>'

    def term_links(self, facet: str, terms: Sequence[Term]) -> str:
        """Return terms of a facet as links to their papers."""
        return ", ".join([self._term_link(facet, term) for term in terms])

    def _term_link(self, facet: str, term: Term) -> str:
        if (link := self._term_links.get((facet, term.id))) is None:
            link = f'<a href="{self._links.term_url(facet, term)}">{escape(term.title)}</a>'
            self._term_links[facet, term.id] = link
        return link

    def facet_mark(self, entry: Entry, facet: str) -> str:
        """Return the mark of a facet whose terms are not verified."""
        if facet not in entry.unverified:
            return ""
        return self.unverified_mark(entry, facet, escape(self._facets[facet].title.lower()))

    def notices(self, entry: Entry) -> str:
        """Return the notices of retraction and correction."""
        translate, found = self._translate, []
        if entry.retracted:
            words = translate("Retracted."), translate("Retraction notice")
            mark = self.unverified_mark(entry, "retracted", translate("retraction"))
            found.append(_notice(*words, entry.retracted, mark))
        if entry.erratum:
            words = translate("Corrected."), translate("Erratum")
            mark = self.unverified_mark(entry, "erratum", translate("erratum"))
            found.append(_notice(*words, entry.erratum, mark))
        return "\n".join(found)

    def byline(self, entry: Entry) -> str:
        """Return authors, venue and year."""
        found = f"{self._authors(entry)}{self._venue(entry)}{self._year(entry)}"
        return f'<div class="paper-source">{found}</div>' if found else ""

    def _authors(self, entry: Entry) -> str:
        if not entry.authors:
            return ""
        names = escape(", ".join(display_names(entry.authors)))
        mark = self.unverified_mark(entry, "authors", self._translate("authors"))
        return f'<div class="paper-authors">{names}{mark}</div>'

    def _venue(self, entry: Entry) -> str:
        if not entry.venue:
            return ""
        translate = self._translate
        venue = self._field(entry, "venue", entry.venue, translate("venue"))
        volume = self._field(entry, "volume", entry.volume, translate("volume"))
        issue = self._field(entry, "issue", entry.issue, translate("issue"))
        pages = self._field(entry, "pages", entry.pages, translate("pages"))
        numbers = f" {volume}" if volume else ""
        numbers += f"({issue})" if issue else ""
        numbers += f", {pages}" if pages else ""
        return f"<cite>{venue}{numbers}</cite>"

    def _year(self, entry: Entry) -> str:
        if not entry.year:
            return ""
        mark = self.unverified_mark(entry, "year", self._translate("year"))
        return f'<span class="paper-year">{entry.year}{mark}</span>'

    def _field(self, entry: Entry, key: str, value: str | None, fact: str) -> str:
        return f"{self.text_html(value)}{self.unverified_mark(entry, key, fact)}" if value else ""

    def alternative_titles(self, entry: Entry) -> str:
        """Return the other titles of a paper."""
        if not entry.alternative_titles:
            return ""
        titles = ", ".join(
            [f"<q>{self.text_html(title)}</q>" for title in entry.alternative_titles]
        )
        words = self._translate("Also titled {titles}", titles=titles)
        mark = self.unverified_mark(
            entry, "alternative_titles", self._translate("alternative titles")
        )
        return f'<p class="paper-relation">{words}{mark}</p>'

    def link_buttons(self, entry: Entry) -> str:
        """Return links as items of a list. Links that are not verified are plain text."""
        items = [
            f"<li>{self._button(entry, link)}</li>" for link in shown_links(entry, self._translator)
        ]
        if mark := self.unverified_mark(entry, "links", self._translate("links")):
            items.append(f"<li>{mark}</li>")
        return "\n".join(items)

    def _button(self, entry: Entry, link: ShownLink) -> str:
        title = escape(link.title)
        if link.is_confirmed:
            return self._icon_button(link.url, link_icon(link.kind), title)
        mark = self.unverified_mark(entry, link.kind, title)
        return f'{title} <span class="paper-unlinked">{escape(link.value)}</span>{mark}'

    def _icon_button(self, url: str, picture: str, words: str) -> str:
        """Return a link with an icon. `words` are HTML."""
        icon = f'<use xlink:href="{self._links.icons_url}#{picture}"/>'
        return (
            f'<a class="paper-button" href="{escape(url)}"><svg class="paper-icon" '
            f'aria-hidden="true">{icon}</svg>{words}</a>'
        )

    def relations(self, entry: Entry) -> str:
        """Return the papers that a paper extends, and those that extend it."""
        below = "; ".join(map(self.paper_link, self._library.related_papers(entry, "extends")))
        above = "; ".join(map(self.paper_link, self._library.related_papers(entry, "extended_by")))
        found = []
        if below:
            mark = self.unverified_mark(entry, "extends", self._translate("extended papers"))
            found.append(f"{self._translate('Extends {papers}', papers=below)}{mark}")
        if above:
            found.append(self._translate("Extended by {papers}", papers=above))
        return "\n".join([f'<p class="paper-relation">{words}</p>' for words in found])

    def added_date(self, entry: Entry) -> str:
        """Return the date on which a paper was added."""
        mark = self.unverified_mark(entry, "added", self._translate("date added"))
        return f"<time>{entry.added}</time>{mark}"

    def result_source(self, result: Result) -> str:
        """Return the source of a result."""
        source = result.stated
        if source and is_web_url(source) and " " not in source:
            host = split_url(source).netloc.removeprefix("www.")
            return f'<a href="{escape(source)}">{escape(host)}</a>'
        return escape(source) if source else self._translate("not stated")


def _notice(what: str, more: str, notice: str, mark: str) -> str:
    link = f'<a href="{escape(notice_url(notice))}">{more}</a>'
    return f'<p class="paper-notice"><strong>{what}</strong> {link}{mark}</p>'
