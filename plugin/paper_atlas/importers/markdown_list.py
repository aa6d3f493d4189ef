"""A list of papers in Markdown, as awesome lists are: headings, and below them an item a paper.

A Markdown library turns the list into HTML that knows its lines, Beautiful Soup reads that.
An item is a title and links. The title is the text before the links (`[Title] [[pdf]](…)`,
`Title. [paper](…)`) or the text of the first link (`[Title](…)`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdown_it import MarkdownIt

from paper_atlas.identifier import IDENTIFIERS, decode, scholar_title, split
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
    "pubmed": "url",
}
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")
# [[label]] (https://…): a space has come between the two halves of a link.
_BROKEN_LINK = re.compile(r"\[?\[([^\[\]]+)\]\]?\s+\((https?://[^\s()]+)\)")
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A heading that is indented like an item lies inside it, as CommonMark reads it.
_NOT_OF_THE_ITEM = (*_HEADING_TAGS, "ul", "ol")
_AROUND_TITLE = " \t\n[]*:–—-|·"


@dataclass(frozen=True)
class _Link:
    label: str
    url: str


def read_markdown_list(text: str, path: str) -> Reading:
    """Read a list. Everything that is no paper is told as a note with its line."""
    soup = BeautifulSoup(_html_with_lines(text), "html.parser")
    drafts: list[Draft] = []
    headings: list[Heading] = []
    problems: list[Problem] = []
    filled: set[Heading] = set()
    open_headings: list[Heading] = []
    for tag in soup.find_all([*_HEADING_TAGS, "p", "li", "table", "pre", "blockquote"]):
        if tag.name in _HEADING_TAGS:
            heading = Heading(int(tag.name[1]), _text(tag), _line(tag))
            open_headings = [other for other in open_headings if other.level < heading.level]
            filled.update(open_headings)
            open_headings.append(heading)
            headings.append(heading)
            continue
        if tag.name != "li":
            filled.update(open_headings)
            problems += _links_outside(tag, path)
            continue
        found = list(_item(tag, tuple(open_headings), path))
        problems += [item for item in found if isinstance(item, Problem)]
        drafts += [item for item in found if isinstance(item, Draft)]
        filled.update(open_headings)
    empty = frozenset(headings) - filled
    for heading in empty:
        message = f"'{heading.title}' has nothing below it"
        problems.append(_note(path, heading.line, "empty-heading", message))
    return Reading(path, tuple(drafts), tuple(headings), empty, tuple(sorted(problems)))


def _html_with_lines(text: str) -> str:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting == 1:
            token.attrSet("data-line", str(token.map[0] + 1))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _item(item: Tag, headings: tuple[Heading, ...], path: str) -> Iterator[Draft | Problem]:
    """The draft of an item, or why it is none; nested items are read for themselves."""
    line = _line(item)
    before, links, after = _parts(item)
    within = [link for link in links if link.url.startswith("#")]
    if links and len(within) == len(links):
        message = f"'{within[0].label}' leads within the list, not to a paper"
        yield _note(path, line, "link-within", message)
        return
    title, title_link = _title(before, links)
    kept = [link for link in links if _is_web(link.url)]
    if title and kept:
        yield Draft(title, _kinds(kept, title_link), headings, line)
    elif title or kept or not links:
        what = f"'{title or before or after}' has no link" if title else "a link has no title"
        yield _note(path, line, "not-a-paper", f"{what}, so it is not taken")
    else:
        yield _note(path, line, "empty-item", "the item has neither title nor address")
    for link in links:
        if link.url and not _is_web(link.url):
            message = f"the link '{link.label}' to '{link.url}' is not taken"
            yield _note(path, line, "link-not-taken", message)
    if title and kept and re.search(r"\w", after):
        yield _note(path, line, "text-not-taken", f"'{after}' behind the links is not taken")


def _parts(item: Tag) -> tuple[str, list[_Link], str]:
    """Text before the links of an item, the links, and the text between and after them."""
    before, links, after = "", [], ""
    for part in _flat(item):
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
            yield from _with_broken_links(str(child))
        elif isinstance(child, Tag) and child.name == "a":
            yield _Link(_text(child).strip("[] "), str(child.get("href", "")).strip())
        elif isinstance(child, Tag) and child.name not in _NOT_OF_THE_ITEM:
            yield from _flat(child)


def _with_broken_links(text: str) -> Iterator[str | _Link]:
    parts = _BROKEN_LINK.split(text)
    for index in range(0, len(parts) - 1, 3):
        yield parts[index]
        yield _Link(parts[index + 1], parts[index + 2])
    yield parts[-1]


def _title(before: str, links: list[_Link]) -> tuple[str, _Link | None]:
    """The title of an item, and the link whose text it is."""
    text = before.strip(_AROUND_TITLE).rstrip(".,")
    if re.search(r"\w", text):
        return text, None
    if links and links[0].label and links[0].label.casefold() not in _LABELS:
        return links[0].label, links[0]
    searched = (scholar_title(link.url) for link in links)
    return next((title for title in searched if title), ""), None


def _kinds(links: list[_Link], title_link: _Link | None) -> dict[str, str]:
    """The links by kind; what an address holds beside an identifier is kept as written."""
    kinds: dict[str, str] = {}
    for link in links:
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
    host = (split(link.url).hostname or "").removeprefix("www.")
    if host.startswith("scholar.google."):
        return "scholar"
    known = _LABELS.get(link.label.casefold())
    if host in _CODE_HOSTS and known is None:
        return "code"
    return known or link.label or "url"


def _free(label: str, kinds: dict[str, str]) -> str:
    number = 2
    while f"{label} {number}" in kinds:
        number += 1
    return f"{label} {number}"


def _links_outside(tag: Tag, path: str) -> Iterator[Problem]:
    """Links to the web that stand in no item, such as badges: told, not taken."""
    if tag.find_parent(["li", "table", "blockquote"]):
        return
    for anchor in tag.find_all("a"):
        url = str(anchor.get("href", ""))
        if _is_web(url):
            yield _note(path, _line(tag), "link-outside", f"'{url}' stands in no item of a list")


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _line(tag: Tag) -> int:
    """The line of a tag, or of the nearest thing around or before it that knows its line."""
    found = tag if tag.has_attr("data-line") else tag.find_previous(attrs={"data-line": True})
    return int(str(found["data-line"])) if isinstance(found, Tag) else 1


def _note(path: str, line: int, code: str, message: str) -> Problem:
    return Problem(path, line, 1, code, "", message, severity=Severity.NOTE)
