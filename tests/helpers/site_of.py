"""A built site and its pages."""

import json
import logging
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config

_TAG = re.compile(r"""<[a-zA-Z][^\s/>]*((?:[^"'>]|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s="'/>]+)(?:\s*=\s*(?:"([^"]*)"|([^\s"'>]+)))?""")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@dataclass(frozen=True)
class Site:
    """A folder with a built site, and the warnings of its build."""

    folder: Path
    warnings: list[str] = field(default_factory=list)

    def page(self, path: str) -> BeautifulSoup:
        """Return the page at a path such as `organs/liver/`."""
        file = self.folder / path
        return self._parsed(file / "index.html" if file.is_dir() else file)

    def cards(self, path: str) -> dict[str, Tag]:
        """Return the cards of a page by id."""
        return {str(card["id"]): card for card in self.page(path).select("article.paper")}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def records(self) -> list[dict[str, str]]:
        """The records of the search index."""
        found: list[dict[str, str]] = json.loads(self.files["search/search_index.json"])["docs"]
        return found

    def dead_links(self, mount: str = "/") -> Iterator[str]:
        """Yield broken internal links, for a site that is served below `mount`."""
        anchors = {name: set(ids) for name, ids in self._ids.items()}
        for name, tags in self._tags.items():
            base = urljoin("http://site.test", posixpath.join(mount, name))
            links = (tag.get("href") or tag.get("src") or tag.get("xlink:href") for tag in tags)
            for link in dict.fromkeys(filter(None, links)):
                parts = urlsplit(urljoin(base, link))
                if parts.netloc != "site.test" or parts.scheme != "http":
                    continue
                target = unquote(parts.path).removeprefix(mount.rstrip("/"))[1:]
                target = f"{target}index.html" if target.endswith("/") or not target else target
                missing = not parts.path.startswith(mount) or target not in self.files
                if missing or (
                    parts.fragment
                    and target in anchors
                    and parts.fragment not in ("__skip", *anchors[target])
                ):
                    yield f"{name}: {link}"

    def doubled_ids(self) -> Iterator[str]:
        """Yield ids that occur twice on a page."""
        for name, ids in self._ids.items():
            yield from (f"{name}: {one}" for one, count in Counter(ids).items() if count > 1)

    @cached_property
    def _tags(self) -> dict[str, list[dict[str, str]]]:
        """The attributes of every tag of every page: all that is needed of hundreds of pages."""
        return {
            name: _attributes(self.files[name].decode()) for name in self.files if _is_page(name)
        }

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        return {
            name: [tag["id"] for tag in tags if "id" in tag] for name, tags in self._tags.items()
        }

    def _parsed(self, path: Path) -> BeautifulSoup:
        return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def _attributes(text: str) -> list[dict[str, str]]:
    """Return the attributes of each tag; a parser would take four times as long."""
    return [
        {name.lower(): unescape(first or second) for name, first, second in _ATTRIBUTE.findall(tag)}
        for tag in _TAG.findall(text)
    ]


def _is_page(name: str) -> bool:
    return name.endswith(".html") and name != "404.html"


def build_site(project: Path, site_dir: Path, options: Mapping[str, object]) -> Site:
    """Build a project with MkDocs."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(site_dir), **options)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    finally:
        logger.removeHandler(collector)
    return Site(site_dir, collector.messages)
