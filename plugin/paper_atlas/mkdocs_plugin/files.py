"""Files of the atlas among those of MkDocs."""

import re
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePath
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_build_date
from mkdocs.utils.meta import get_data

from paper_atlas.site.addresses import paper_path
from paper_atlas.site.mentions import mentioned_papers
from paper_atlas.text.html import markup

_LOCATION = re.compile(r"<loc>\s*(.*?)\s*</loc>")


class DeferredFile(File):
    """A file that is written after the build of the pages. Links can lead to it."""

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: there is no source to copy."""


def add_link_targets(files: Files, config: MkDocsConfig, paths: Set[str], folder: str) -> None:
    """Let links and navigations also find pages of a folder that are no files of MkDocs.

    `paths` are the source paths of these pages. MkDocs and plugins look up a target with
    `get_file_from_path`, and do not meet these pages in an iteration. The object stays the same,
    because some plugins compare it with the one that they have seen.
    """
    find_file = files.get_file_from_path

    @cache
    def make_target(name: str) -> File:
        target = DeferredFile.generated(
            config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        target.dest_uri = folder + target.dest_uri
        return target

    def find_file_or_page(path: str) -> File | None:
        name = PurePath(path).as_posix()
        file = find_file(name)
        is_file = file is not None and not file.inclusion.is_excluded()
        return file if is_file or name not in paths else make_target(name)

    files.get_file_from_path = find_file_or_page  # type: ignore[method-assign]


def files_in_folder(files: Iterable[File], folder: str) -> dict[str, File]:
    """Return the files that a site will have in a folder, by their path below it."""
    return {
        file.dest_uri.removeprefix(folder): file
        for file in files
        if file.dest_uri.startswith(folder) and not file.inclusion.is_excluded()
    }


def append_deferred_file(files: Files, config: MkDocsConfig, path: str, folder: str) -> None:
    """Add a file that is written later, to a folder of the site."""
    file = DeferredFile.generated(config, path, content="")
    file.dest_uri = folder + file.dest_uri
    files.append(file)


@contextmanager
def reported_write_errors() -> Iterator[None]:
    """Report a file that cannot be written in one line, as an error of the build.

    Raises:
        PluginError: there was such an error.
    """
    try:
        yield
    except OSError as error:
        message = f"'{error.filename}' cannot be written: {error.strerror}; the site is incomplete"
        raise PluginError(message) from error


def append_page(
    files: Files, config: MkDocsConfig, path: str, text: str, sources: Path, folder: str
) -> File:
    """Add a page with Markdown to a folder of the site.

    Its source is a file in the folder `sources`, because some plugins open it. It replaces an
    excluded file with the same path.
    """
    source = sources / path
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, encoding="utf-8")
    file = File.generated(
        config, path, abs_src_path=str(source), inclusion=InclusionLevel.NOT_IN_NAV
    )
    file.dest_uri = folder + file.dest_uri
    if excluded := files.src_uris.get(path):
        files.remove(excluded)
    files.append(file)
    return file


def add_to_sitemap(sitemap: str, addresses: Iterable[str]) -> str:
    """Return a sitemap with the pages at these addresses that are not in it yet.

    https://www.sitemaps.org/protocol.html
    """
    date, before = get_build_date(), set(_LOCATION.findall(sitemap))
    items = [
        markup("<url><loc>%s</loc><lastmod>%s</lastmod></url>\n", address, date)
        for address in addresses
        if markup("%s", address) not in before
    ]
    start, end, rest = sitemap.rpartition("</urlset>")
    return f"{start}{''.join(items)}{end}{rest}"


def common_folder(files: Iterable[File]) -> str:
    """Return the folder at the root of a site that has all pages, or an empty string.

    The folder has a slash at its end.
    """
    folders = {file.dest_uri.rpartition("/")[0].partition("/")[0] for file in files}
    folder = folders.pop() if len(folders) == 1 else ""
    return folder and f"{folder}/"


def find_mentions(
    files: Iterable[File], titles: dict[str, str], folder: str
) -> dict[str, list[tuple[str, str]]]:
    """Return the pages that mention papers with their address, by the id of the paper.

    `titles` are those of all papers by id. Addresses are relative to the folder of the atlas.
    """
    found = dict[str, list[tuple[str, str]]]()
    for file in files:
        try:
            text, front = get_data(file.content_string)
        except (OSError, ValueError):  # MkDocs reports it when it reads the page
            continue
        heading, names = mentioned_papers(text, titles)
        title = str(front.get("title") or heading or file.src_uri)
        for name in names:
            if file.src_uri != paper_path(name):
                found.setdefault(name, []).append((title, unquote(file.url).removeprefix(folder)))
    return found
