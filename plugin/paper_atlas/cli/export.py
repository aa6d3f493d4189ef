"""`paper-atlas export`: write the papers as a file for other programs."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from paper_atlas.cli import export_readme
from paper_atlas.cli.output import (
    CannotRunError,
    Subparsers,
    add_list_option,
    write_output_file,
    write_result,
    written_or_unchanged,
)
from paper_atlas.cli.selection import (
    Arguments,
    finish_export,
    select_entries,
)
from paper_atlas.exports import EXPORTS, FILE_EXPORTS, export
from paper_atlas.exports.atom import FeedInfo, atom_feed, has_additions
from paper_atlas.exports.markdown import headed_list
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, FEED, Addresses, paper_path
from paper_atlas.text.identifiers import is_web_url

BuildContent = Callable[[Library, Sequence[Entry], Arguments], bytes]


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser, with a subcommand for each format."""
    formats = commands.add_parser(
        "export", help="write the papers as BibTeX, RIS, … or into a README"
    ).add_subparsers(title="formats", required=True, metavar="FORMAT")
    where = argparse.ArgumentParser(add_help=False)
    help_text = "only papers that match: methods=u-net, 'year>=2020', has=code, …"
    add_list_option(where, "--where", "CONDITION", help_text, dest="conditions")
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")

    def add_format(name: str, title: str, build: BuildContent) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = formats.add_parser(
            name, parents=[shared, where, out], help=title
        )
        parser.set_defaults(run=_export, build=build)
        return parser

    for name, record_export in EXPORTS.items():
        build = _build_list if name == "markdown" else partial(_join_records, name)
        add_format(name, record_export.title, build)
    for name, file_export in FILE_EXPORTS.items():
        add_format(name, file_export.title, partial(_build_file, name))
    atom = add_format("atom", "Atom feed of the papers added last", _build_feed)
    atom.add_argument("--site-url", metavar="URL", required=True, help="the URL of the site")
    export_readme.add_format(formats, [shared, where])


def _export(arguments: Arguments) -> int:
    library, entries = select_entries(arguments)
    content = arguments.build(library, entries, arguments)
    if arguments.out:
        write_output_file(arguments.out, content)
    else:
        write_result(content)
    return finish_export(library, entries, arguments.out)


def _join_records(name: str, _: Library, entries: Sequence[Entry], __: Arguments) -> bytes:
    return export(name, entries).encode()


def _build_list(library: Library, entries: Sequence[Entry], _: Arguments) -> bytes:
    """Return a Markdown list with a heading for each term of the main facet, for an import."""
    name = library.vocabulary.main_facet
    text = headed_list(entries, name, library.vocabulary.facets[name])
    return f"{text}\n".encode() if text else b""


def _build_file(name: str, _: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not arguments.out and sys.stdout.isatty():
        title = FILE_EXPORTS[name].title
        raise CannotRunError(f"{title} is a binary format; give a file with --out")
    with written_or_unchanged(arguments.out or Path(name)):
        return FILE_EXPORTS[name].file_content(entries)


def _build_feed(_: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not is_web_url(arguments.site_url):
        raise CannotRunError(f"--site-url '{arguments.site_url}' does not start with https://")
    if not has_additions(entries):
        raise CannotRunError("no paper has the key 'added'; write, for example, added: 2024-03-31")
    site = Addresses(root=f"{arguments.site_url.rstrip('/')}/")
    site_name = arguments.site_url.split("://")[1].rstrip("/")
    info = FeedInfo(
        " ".join([f"New papers of {site_name}", *arguments.conditions]),
        site.file_url(FEED, "&".join(arguments.conditions)),
        site.full_page_url(ALL_PAPERS),
        lambda entry: site.full_page_url(paper_path(entry.id)),
    )
    return atom_feed(entries, info).encode()
