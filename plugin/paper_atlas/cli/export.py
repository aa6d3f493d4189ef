"""`paper-atlas export`: the papers as a file for other programs."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from paper_atlas.cli import export_readme
from paper_atlas.cli.output import CannotRunError, Subparsers
from paper_atlas.cli.selection import (
    Arguments,
    finish_export,
    select_entries,
    write_output_file,
    write_stdout,
)
from paper_atlas.exports import EXPORTS, FILE_EXPORTS, export
from paper_atlas.exports.atom import FeedInfo, atom_feed, has_additions
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.site.addresses import ALL_PAPERS, FEED, Addresses, paper_path
from paper_atlas.text.identifiers import is_web_url

Make = Callable[[Library, Sequence[Entry], Arguments], bytes]


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command, with a verb of its own for each format."""
    formats = verbs.add_parser(
        "export", help="write the papers as BibTeX, RIS, … or into a README"
    ).add_subparsers(title="formats", required=True, metavar="FORMAT")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument(
        "--where", dest="conditions", metavar="CONDITION", nargs="+", action="extend", default=[],
        help="only papers like that: organs=liver, 'year>=2020', has=code, …",
    )  # fmt: skip
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--out", metavar="FILE", type=Path, help="default: standard output")

    def add_format(name: str, title: str, make: Make) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = formats.add_parser(
            name, parents=[shared, where, out], help=title
        )
        parser.set_defaults(verb=_export, make=make)
        return parser

    for name, it in EXPORTS.items():
        add_format(name, it.title, partial(_of_records, name))
    for name, whole in FILE_EXPORTS.items():
        add_format(name, whole.title, partial(_whole, name))
    atom = add_format("atom", "Atom feed of the papers added last", _feed)
    atom.add_argument("--site-url", metavar="URL", required=True, help="where the atlas stands")
    export_readme.add_format(formats, [shared, where])


def _export(arguments: Arguments) -> int:
    library, entries = select_entries(arguments)
    content = arguments.make(library, entries, arguments)
    if arguments.out:
        write_output_file(arguments.out, content)
    else:
        write_stdout(content)
    return finish_export(library, entries, arguments.out)


def _of_records(name: str, _: Library, entries: Sequence[Entry], __: Arguments) -> bytes:
    return export(name, entries).encode()


def _whole(name: str, _: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not arguments.out and sys.stdout.isatty():
        raise CannotRunError(f"{FILE_EXPORTS[name].title} is no text; name a file with --out")
    return FILE_EXPORTS[name].file_content(entries)


def _feed(_: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not is_web_url(arguments.site_url):
        raise CannotRunError(f"--site-url '{arguments.site_url}' does not start with https://")
    if not has_additions(entries):
        raise CannotRunError("none of the papers says when it was added; write added: 2024-03-31")
    site = Addresses(root=f"{arguments.site_url.rstrip('/')}/")
    place = arguments.site_url.split("://")[1].rstrip("/")
    title = " ".join([f"New papers of {place}", *arguments.conditions])
    channel = FeedInfo(
        title,
        site.file_url(FEED, "&".join(arguments.conditions)),
        site.full_page_url(ALL_PAPERS),
        lambda entry: site.full_page_url(paper_path(entry.id)),
    )
    return atom_feed(entries, channel).encode()
