"""A list of papers in Markdown, as awesome lists are: headings, and below them an item a paper.

A Markdown library turns the list into HTML that knows its lines, Beautiful Soup reads that.
An item is a title and links. The title is the text before the links (`[Title] [[pdf]](…)`,
`Title. [paper](…)`) or the text of the first link (`[Title](…)`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdown_it import MarkdownIt

from paper_atlas.identifier import IDENTIFIERS, decode, is_code, is_web, scholar_title, split
from paper_atlas.problem import Problem, Severity
from paper_atlas.reading import Draft, Heading, Reading

_LABELS = {
    "paper": "url",
    "link": "url",
    "html": "url",
    "pdf": "pdf",
    "code": "code",
    "github": "code",
    "data": "data",
    "dataset": "data",
    "project": "project",
    "project page": "project",
    "website": "project",
    "homepage": "project",
    "scholar": "scholar",
    "google scholar": "scholar",
    "doi": "url",
    "arxiv": "url",
    "pmid": "url",
    "pmcid": "url",
    "pubmed": "url",
}
# [[label]] (https://…): a space has come between the two halves of a link.
_BROKEN_LINK = re.compile(r"\[?\[([^\[\]]+)\]\]?\s+\((https?://[^\s()]+)\)")
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A heading that is indented like an item lies inside it, as CommonMark reads it.
_NOT_OF_THE_ITEM = (*_HEADING_TAGS, "ul", "ol")
_AROUND_TITLE = " \t\n*:–—-|·"
# Check boxes, years, (MICCAI 2015), Ronneberger et al.
_TAG = re.compile(r"[\W\d_]*|\W*\w+\W+(?:19|20)\d\d\W*|\W\w{1,3}\W|.{,60}\bet al\W*", re.DOTALL)
# [2018], **[CVPR 2021]** or `2019` in front of a title.
_LEADING_TAG = re.compile(r"^\W*\[[^\[\]]*\b(?:19|20)\d\d\b[^\[\]]*\]\W*(?=\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class _Link:
    label: str
    url: str
    tag: Tag | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether its text says what the link is, not what the paper is called."""
        return not self.label or self.label.casefold().strip(" :") in _LABELS


def read_markdown_list(text: str, path: str) -> Reading:
    """Read a list. Everything that is no paper is told as a note with its line."""
    return _Reader(BeautifulSoup(_html_with_lines(text), "html.parser"), path).read()


class _Reader:
    """Walks through a list once; keeps the open headings, and the links it has accounted for."""

    def __init__(self, soup: BeautifulSoup, path: str) -> None:
        self._soup = soup
        self._path = path
        self._drafts: list[Draft] = []
        self._problems: list[Problem] = []
        self._headings: list[Heading] = []
        self._open: list[Heading] = []
        self._filled: set[Heading] = set()
        self._seen: set[int] = set()

    def read(self) -> Reading:
        """Read headings and items in their order, then tell what is left."""
        for tag in self._soup.find_all([*_HEADING_TAGS, "li", "p", "table", "pre"]):
            if tag.name in _HEADING_TAGS:
                self._heading(tag)
                continue
            self._filled.update(self._open)
            if tag.name == "li" and id(tag) not in self._seen:
                self._item(tag)
        empty = frozenset(self._headings) - self._filled
        for heading in empty:
            self._note(heading.line, "empty-heading", f"'{heading.title}' has nothing below it")
        for anchor in self._soup.find_all("a"):
            url = str(anchor.get("href", ""))
            if id(anchor) not in self._seen and is_web(url):
                message = f"'{url}' stands in no item of a list, so it is not taken"
                self._note(_line(anchor), "link-outside", message)
        found = tuple(self._drafts), tuple(self._headings), empty, tuple(sorted(self._problems))
        return Reading(self._path, *found)

    def _heading(self, tag: Tag) -> None:
        heading = Heading(int(tag.name[1]), _text(tag), _line(tag))
        self._open = [other for other in self._open if other.level < heading.level]
        self._filled.update(self._open)
        self._open.append(heading)
        self._headings.append(heading)

    def _item(self, item: Tag) -> None:
        """The draft of an item, or why it is none; nested items are read for themselves."""
        line = _line(item)
        before, links, after = _parts([*_flat(item), *self._labelled_below(item)])
        self._seen.update(id(link.tag) for link in links)
        within = [link for link in links if link.url.startswith("#")]
        if links and len(within) == len(links):
            message = f"'{within[0].label}' leads within the list, not to a paper"
            self._note(line, "link-within", message)
            return
        title, title_link = _title(before, links)
        kept = [link for link in links if is_web(link.url)]
        if title and kept:
            kinds = _kinds(kept, title_link)
            fields = {"title": title, "links": kinds}
            self._drafts.append(Draft(fields, line, tuple(self._open)))
            self._tell_untaken(line, before if title_link else "", after)
        elif title or kept or not links:
            what = (
                f"'{title or before or after}' has no link" if not kept else "a link has no title"
            )
            self._note(line, "not-a-paper", f"{what}, so it is not taken")
        else:
            self._note(line, "empty-item", "the item has neither title nor address")
        for link in links:
            if link.url and not is_web(link.url):
                message = f"the link '{link.label}' to '{link.url}' is not taken"
                self._note(line, "link-not-taken", message)

    def _labelled_below(self, item: Tag) -> Iterator[str | _Link]:
        """Links of nested items that hold nothing but links, such as `- [code](…)`."""
        for nested in item.select(":scope > ul > li, :scope > ol > li"):
            before, links, after = _parts(_flat(nested))
            words = before.casefold().strip(_AROUND_TITLE)
            plain = (not words or words in _LABELS) and not re.search(r"\w", after)
            if links and plain and all(link.is_labelled for link in links):
                self._seen.add(id(nested))
                yield from links

    def _tell_untaken(self, line: int, before: str, after: str) -> None:
        for text, where in ((before, "before"), (after, "behind")):
            if re.search(r"\w", text):
                message = f"'{text}' {where} the links is not taken"
                self._note(line, "text-not-taken", message)

    def _note(self, line: int, code: str, message: str) -> None:
        self._problems.append(
            Problem(self._path, line, 1, code, "", message, severity=Severity.NOTE)
        )


def _html_with_lines(text: str) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting == 1:
            token.attrSet("data-line", str(token.map[0] + 1))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _parts(flat: Iterable[str | _Link]) -> tuple[str, list[_Link], str]:
    """Text before the links of an item, the links, and the text between and after them."""
    before, links, after = "", list[_Link](), ""
    for part in flat:
        if isinstance(part, _Link):
            links.append(part)
        elif links:
            after += part
        else:
            before += part
    return " ".join(before.split()), links, " ".join(after.split()).strip(_AROUND_TITLE)


def _flat(tag: Tag) -> Iterator[str | _Link]:
    for child in tag.children:
        if isinstance(child, NavigableString):
            yield from _with_broken_links(_CONTROL.sub("", str(child)))
        elif not isinstance(child, Tag) or child.name in _NOT_OF_THE_ITEM:
            continue
        elif child.name == "a":
            label = _text(child).strip("[] ")
            url = str(child.get("href", "")).strip()
            yield _Link("" if is_web(label) else label, url, child)
        elif child.name == "br":
            yield " "
        else:
            yield from _flat(child)


def _with_broken_links(text: str) -> Iterator[str | _Link]:
    parts = _BROKEN_LINK.split(text)
    for index in range(0, len(parts) - 1, 3):
        yield parts[index]
        yield _Link(parts[index + 1], parts[index + 2])
    yield parts[-1]


def _title(before: str, links: list[_Link]) -> tuple[str, _Link | None]:
    """The title of an item, and the link whose text it is.

    The text of a link is the title where it is no label, and longer than what stands before it,
    or where that is but a tag: a year, a venue, a check box, names.
    """
    if links and not links[0].is_labelled:
        label = links[0].label
        if len(label) > len(before) or _TAG.fullmatch(before.strip()):
            return label, links[0]
    text = _without_brackets(_LEADING_TAG.sub("", before)).rstrip(".,")
    if re.search(r"[^\W\d_]", text):
        return text, None
    searched = (scholar_title(link.url) for link in links)
    return next((title for title in searched if title), ""), None


def _without_brackets(text: str) -> str:
    """A title without the brackets, marks and dashes around it; those within it stay."""
    text = text.strip(_AROUND_TITLE)
    return text[1:-1].strip(_AROUND_TITLE) if re.fullmatch(r"\[[^\[\]]*\]", text) else text


def _kinds(links: list[_Link], title_link: _Link | None) -> dict[str, str]:
    """The links by kind; what an address holds beside an identifier is kept as written."""
    kinds: dict[str, str] = {}
    for link in links:
        if link is title_link and any(it.url == link.url for it in links if it is not link):
            continue  # a label says what it is
        decoded = decode(link.url)
        if decoded and kinds.setdefault(*decoded) == decoded[1]:
            kind, bare = decoded
            if IDENTIFIERS[kind].url(bare) == link.url:
                continue
        kind = "url" if link is title_link else _kind(link)
        if kind in kinds and kinds[kind] != link.url:
            kind = _free(link.label or kind, kinds)
        kinds[kind] = link.url
    return kinds


def _kind(link: _Link) -> str:
    if (split(link.url).hostname or "").removeprefix("www.").startswith("scholar.google."):
        return "scholar"
    known = _LABELS.get(link.label.casefold().strip(" :"))
    if is_code(link.url) and known is None:
        return "code"
    return known or link.label.strip(" :") or "url"


def _free(label: str, kinds: dict[str, str]) -> str:
    number = 2
    while f"{label} {number}" in kinds:
        number += 1
    return f"{label} {number}"


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _line(tag: Tag) -> int:
    """The line of a tag, or of the nearest thing around or before it that knows its line."""
    found = tag if tag.has_attr("data-line") else tag.find_previous(attrs={"data-line": True})
    return int(str(found["data-line"])) if isinstance(found, Tag) else 1
