"""`paper-atlas export`: the papers as a file for other programs, or as a part of a README."""

import argparse
import difflib
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from paper_atlas.commands.common import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Verbs,
    counted,
    folder_of,
    say,
    tell,
)
from paper_atlas.conditions import read_conditions
from paper_atlas.entry import Entry
from paper_atlas.exports import EXPORTS, WHOLES, export
from paper_atlas.exports.atom import Channel, feed, has_additions
from paper_atlas.exports.readme import headed_list
from paper_atlas.identifier import is_web
from paper_atlas.library import Library, load, shown
from paper_atlas.marked import MarksError, with_part
from paper_atlas.places import ALL_PAPERS, FEED, Addresses, paper_path
from paper_atlas.problem import Problem, errors
from paper_atlas.text import number
from paper_atlas.vocabulary_file import NAME as VOCABULARY
from paper_atlas.writing import write_out

Arguments = argparse.Namespace
Make = Callable[[Library, Sequence[Entry], Arguments], bytes]


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
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
    for name, whole in WHOLES.items():
        add_format(name, whole.title, partial(_whole, name))
    atom = add_format("atom", "Atom feed of the papers added last", _feed)
    atom.add_argument("--site-url", metavar="URL", required=True, help="where the atlas stands")
    readme = formats.add_parser(
        "readme", parents=[shared, where], help="Markdown under headings, within a README"
    )
    readme.add_argument("--into", metavar="FILE", type=Path, help="default: standard output")
    readme.add_argument("--check", action="store_true", help="only tell whether it is current")
    readme.set_defaults(verb=_readme)


def _export(arguments: Arguments) -> int:
    library, entries = _chosen(arguments)
    content = arguments.make(library, entries, arguments)
    if arguments.out:
        _write(arguments.out, content)
    else:
        _print(content)
    return _ended(library, entries, arguments.out)


def _of_records(name: str, _: Library, entries: Sequence[Entry], __: Arguments) -> bytes:
    return export(name, entries).encode()


def _whole(name: str, _: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not arguments.out and sys.stdout.isatty():
        raise CannotRunError(f"{WHOLES[name].title} is no text; name a file with --out")
    return WHOLES[name].make(entries)


def _feed(_: Library, entries: Sequence[Entry], arguments: Arguments) -> bytes:
    if not is_web(arguments.site_url):
        raise CannotRunError(f"--site-url '{arguments.site_url}' does not start with https://")
    if not has_additions(entries):
        raise CannotRunError("none of the papers says when it was added; write added: 2024-03-31")
    site = Addresses(root=f"{arguments.site_url.rstrip('/')}/")
    title = " ".join(["New papers", *arguments.conditions])
    channel = Channel(
        title,
        site.file(FEED, "&".join(arguments.conditions)),
        site.full(ALL_PAPERS),
        lambda entry: site.full(paper_path(entry.id)),
    )
    return feed(entries, channel).encode()


def _readme(arguments: Arguments) -> int:
    if arguments.check and not arguments.into:
        raise CannotRunError("--check goes with --into FILE")
    library, entries = _chosen(arguments)
    main = library.vocabulary.main
    part = headed_list(entries, main, library.vocabulary.facets[main])
    if not arguments.into:
        _print(f"{part}\n".encode())
        return _ended(library, entries, None)
    old = _text(arguments.into)
    try:
        new = with_part(old, part)
    except MarksError as error:
        raise CannotRunError(f"{arguments.into}: {error}") from error
    if arguments.check:
        return _compared(arguments.into, old, new) or _ended(library, entries, None)
    if new != old:
        _write(arguments.into, new.encode())
    return _ended(library, entries, arguments.into)


def _chosen(arguments: Arguments) -> tuple[Library, list[Entry]]:
    """The library, whose errors are told, and the entries that the conditions take.

    With a broken vocabulary there are none to be had: it would make others of sound entries.
    """
    library = load(folder_of(arguments))
    broken = errors(library.problems)
    tell(broken)
    words = f"{library.folder}/{VOCABULARY}"
    if any(problem.path == words for problem in broken):
        raise CannotRunError(f"mend '{words}' first; nothing is written")
    conditions, problems = read_conditions(arguments.conditions, library.vocabulary)
    if problems:
        raise CannotRunError("\nerror: ".join(map(_in_words, problems)))
    return library, [entry for entry in library.entries if conditions.take(entry)]


def _in_words(problem: Problem) -> str:
    return f"--where '{problem.path}': {problem.words}"


def _ended(library: Library, entries: Sequence[Entry], out: Path | None) -> int:
    """Say how many papers went where; entries with errors are not among them."""
    broken = errors(library.problems)
    to = f"wrote {shown(out, Path.cwd())}: " if out else ""
    told = (
        f"; left out: {number(len(library.broken), 'file')} with {counted(broken)}"
        if broken
        else ""
    )
    say(f"{to}{number(len(entries), 'paper')}{told}")
    return PROBLEMS if broken else FINE


def _compared(path: Path, old: str, new: str) -> int:
    """Print what differs, and say so."""
    if old == new:
        return FINE
    name = shown(path, Path.cwd())
    lines = difflib.unified_diff(
        old.split("\n"), new.split("\n"), name, f"{name} (entries)", lineterm=""
    )
    _print("".join(f"{line}\n" for line in lines).encode())
    say(f"{name}: its list is not what the entries say; 'paper-atlas export readme --into {name}'")
    return PROBLEMS


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{path}' cannot be read: {error}") from error


def _write(path: Path, content: bytes) -> None:
    try:
        write_out(path, content)
    except OSError as error:
        raise CannotRunError(f"'{path}' cannot be written: {error}") from error


def _print(content: bytes) -> None:
    """Write to standard output, unless who reads it has enough, as `head` has.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
