"""Parts of the HTML of a paper."""

from collections.abc import Callable, Sequence
from functools import cache

from markupsafe import Markup, escape

from paper_atlas.model.entry import Entry, Result
from paper_atlas.model.library import Library
from paper_atlas.model.publication import ShownLink, link_icon, notice_url, shown_links
from paper_atlas.model.vocabulary import Term
from paper_atlas.site.addresses import PageLinks
from paper_atlas.text.html import joined, markup, vetted
from paper_atlas.text.identifiers import is_web_url, split_url
from paper_atlas.text.names import display_names
from paper_atlas.translation import Translator

_NOTHING = markup("")


def html_translator(translate: Translator) -> Callable[..., Markup]:
    """Return a function that translates a message to HTML: `translate("{count} more", 3)`.

    Values that are not `Markup` are escaped.
    """
    pattern = cache(lambda *message: escape(translate.pattern(*message)))

    def html_message(message: str, /, count: int | None = None, **values: str) -> Markup:
        found = pattern(message, count)
        if not values and count is None:
            return found
        escaped = {name: escape(value) for name, value in values.items()}
        return vetted(str(found).format(count=count, **escaped))

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
        text_html: Callable[[str], Markup] = escape,
    ) -> None:
        self.text_html = text_html
        self._library = library
        self._facets = library.vocabulary.facets
        self._links = links
        self._translate = html_translator(translate)
        self._translator = translate
        self._term_links: dict[tuple[str, str], Markup] = {}

    def unverified_mark(self, entry: Entry, key: str, fact: str) -> Markup:
        """Return the mark of a fact that is not verified, else an empty string.

        `key` is the key of the fact in the entry, `fact` its name.
        """
        if key not in entry.unverified:
            return _NOTHING
        tip = self._translate(
            "Not verified: {fact}. Compare with the paper, then remove it from the list of "
            "unverified facts.",
            fact=fact,
        )
        return markup(
            '<a class="paper-mark" href="%s"><span aria-hidden="true">?</span>'
            '<span class="paper-tip">%s</span></a>',
            self._links.confirm_url(entry),
            tip,
        )

    def paper_link(self, entry: Entry) -> Markup:
        """Return the title of a paper as a link to its page."""
        return _link(self._links.paper_url(entry), self.text_html(entry.title))

    def term_links(self, facet: str, terms: Sequence[Term]) -> Markup:
        """Return terms of a facet as links to their papers."""
        return joined(", ", [self._term_link(facet, term) for term in terms])

    def _term_link(self, facet: str, term: Term) -> Markup:
        if (link := self._term_links.get((facet, term.id))) is None:
            link = _link(self._links.term_url(facet, term), term.title)
            self._term_links[facet, term.id] = link
        return link

    def facet_mark(self, entry: Entry, facet: str) -> Markup:
        """Return the mark of a facet whose terms are not verified."""
        if facet not in entry.unverified:
            return _NOTHING
        return self.unverified_mark(entry, facet, self._facets[facet].title.lower())

    def notices(self, entry: Entry) -> Markup:
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
        return joined("\n", found)

    def byline(self, entry: Entry) -> Markup:
        """Return authors, venue and year."""
        found = joined("", (self._authors(entry), self._venue(entry), self._year(entry)))
        return markup('<div class="paper-source">%s</div>', found) if found else _NOTHING

    def _authors(self, entry: Entry) -> Markup:
        if not entry.authors:
            return _NOTHING
        names = ", ".join(display_names(entry.authors))
        mark = self.unverified_mark(entry, "authors", self._translate("authors"))
        return markup('<div class="paper-authors">%s%s</div>', names, mark)

    def _venue(self, entry: Entry) -> Markup:
        if not entry.venue:
            return _NOTHING
        translate = self._translate
        venue = self._field(entry, "venue", entry.venue, translate("venue"))
        volume = self._field(entry, "volume", entry.volume, translate("volume"))
        issue = self._field(entry, "issue", entry.issue, translate("issue"))
        pages = self._field(entry, "pages", entry.pages, translate("pages"))
        parts = [(" %s", volume), ("(%s)", issue), (", %s", pages)]
        numbers = joined("", [markup(pattern, value) for pattern, value in parts if value])
        return markup("<cite>%s%s</cite>", venue, numbers)

    def _year(self, entry: Entry) -> Markup:
        if not entry.year:
            return _NOTHING
        mark = self.unverified_mark(entry, "year", self._translate("year"))
        return markup('<span class="paper-year">%s%s</span>', entry.year, mark)

    def _field(self, entry: Entry, key: str, value: str | None, fact: str) -> Markup:
        if not value:
            return _NOTHING
        return self.text_html(value) + self.unverified_mark(entry, key, fact)

    def alternative_titles(self, entry: Entry) -> Markup:
        """Return the other titles of a paper."""
        if not entry.alternative_titles:
            return _NOTHING
        quoted = [markup("<q>%s</q>", self.text_html(one)) for one in entry.alternative_titles]
        titles = joined(", ", quoted)
        words = self._translate("Also titled {titles}", titles=titles)
        mark = self.unverified_mark(
            entry, "alternative_titles", self._translate("alternative titles")
        )
        return markup('<p class="paper-relation">%s%s</p>', words, mark)

    def link_buttons(self, entry: Entry) -> Markup:
        """Return links as items of a list. Links that are not verified are plain text."""
        items = [
            markup("<li>%s</li>", self._button(entry, link))
            for link in shown_links(entry, self._translator)
        ]
        if mark := self.unverified_mark(entry, "links", self._translate("links")):
            items.append(markup("<li>%s</li>", mark))
        return joined("\n", items)

    def _button(self, entry: Entry, link: ShownLink) -> Markup:
        if link.is_confirmed:
            return self._icon_button(link.url, link_icon(link.kind), link.title)
        mark = self.unverified_mark(entry, link.kind, link.title)
        return markup('%s <span class="paper-unlinked">%s</span>%s', link.title, link.value, mark)

    def _icon_button(self, url: str, picture: str, words: str) -> Markup:
        """Return a link with an icon."""
        return markup(
            '<a class="paper-button" href="%s"><svg class="paper-icon" aria-hidden="true">'
            '<use xlink:href="%s#%s"/></svg>%s</a>',
            url,
            self._links.icons_url,
            picture,
            words,
        )

    def relations(self, entry: Entry) -> Markup:
        """Return the papers that a paper extends, and those that extend it."""
        related = self._library.related_papers
        below = joined("; ", map(self.paper_link, related(entry, "extends")))
        above = joined("; ", map(self.paper_link, related(entry, "extended_by")))
        found = []
        if below:
            mark = self.unverified_mark(entry, "extends", self._translate("extended papers"))
            found.append(self._translate("Extends {papers}", papers=below) + mark)
        if above:
            found.append(self._translate("Extended by {papers}", papers=above))
        return joined("\n", [markup('<p class="paper-relation">%s</p>', one) for one in found])

    def added_date(self, entry: Entry) -> Markup:
        """Return the date on which a paper was added."""
        mark = self.unverified_mark(entry, "added", self._translate("date added"))
        return markup("<time>%s</time>%s", entry.added, mark)

    def result_source(self, result: Result) -> Markup:
        """Return the source of a result."""
        source = result.stated
        if source and is_web_url(source) and " " not in source:
            host = split_url(source).netloc.removeprefix("www.")
            return _link(source, host)
        return escape(source) if source else self._translate("not stated")


def _link(url: str, words: str) -> Markup:
    return markup('<a href="%s">%s</a>', url, words)


def _notice(what: str, more: str, notice: str, mark: str) -> Markup:
    link = _link(notice_url(notice), more)
    return markup('<p class="paper-notice"><strong>%s</strong> %s%s</p>', what, link, mark)
