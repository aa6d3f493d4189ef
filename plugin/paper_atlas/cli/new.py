"""`paper-atlas new`: make the entry of one paper."""

import argparse
import sys
from datetime import date
from pathlib import Path

from paper_atlas.cli.output import (
    FINE,
    PROBLEMS,
    CannotRunError,
    Subparsers,
    entries_folder,
    print_problems,
    print_status,
)
from paper_atlas.folder.load import load
from paper_atlas.importers.bibtex_record import BibtexError, read_bibtex_entry
from paper_atlas.importers.draft import Fields
from paper_atlas.intake.new_entry import NewEntry, create_entry, with_links
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.text.identifiers import IDENTIFIERS, classify_link, is_web_url
from paper_atlas.text.slug import did_you_mean


def add_command(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the verb to the command."""
    new = verbs.add_parser("new", parents=[shared], help="make the entry of one paper")
    new.add_argument("--title", metavar="T", help="the title as published")
    new.add_argument(
        "--in", dest="terms", metavar="TERM", nargs="+", action="extend", default=[],
        help="the organ, topic, … it stands under",
    )  # fmt: skip
    new.add_argument(
        "--link", dest="links", metavar="L", nargs="+", action="extend", default=[],
        help="a DOI, an arXiv id, pmid:…, PMC…, or an address",
    )  # fmt: skip
    new.add_argument("--id", metavar="ID", default="", help="the name of the file, without .yml")
    new.add_argument("--from", dest="source", metavar="FILE", help="a BibTeX entry; -: from input")
    new.set_defaults(verb=_new)


def _new(arguments: argparse.Namespace) -> int:
    wish = _wish(arguments, load(entries_folder(arguments)).vocabulary)
    try:
        created = create_entry(wish, arguments.entries)
    except OSError as error:
        raise CannotRunError(f"'{arguments.entries}' cannot be written to: {error}") from error
    print_problems(created.problems)
    if created.refusal:
        print_status(f"error: {created.refusal}")
    if created.written:
        print_status(f"wrote {created.written}")
    return FINE if created.written else PROBLEMS


def _wish(arguments: argparse.Namespace, vocabulary: Vocabulary) -> NewEntry:
    """What the options and the BibTeX entry say of a paper, and then what a person answers."""
    fields, terms = _from_bibtex(arguments.source), arguments.terms
    fields |= {"title": arguments.title} if arguments.title else {}
    fields = with_links(fields, arguments.links)
    lacking = {"--title": "title" not in fields, "--in": not terms, "--link": "links" not in fields}
    options = [option for option, lacks in lacking.items() if lacks]
    if options and not sys.stdin.isatty():
        names = " and ".join(options)
        raise CannotRunError(f"give {names}; what is missing is asked for only at a terminal")
    if lacking["--title"]:
        fields["title"] = _answer("Title")
    terms = terms or _terms(vocabulary.facets[vocabulary.main_facet])
    if lacking["--link"]:
        fields = with_links(fields, [_link()])
    fields["added"] = date.today().isoformat()
    return NewEntry(fields, tuple(terms), arguments.id)


def _from_bibtex(source: str | None) -> Fields:
    """The fields of the BibTeX entry in a file, or in the input; none where none is named."""
    if source is None:
        return {}
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        fields, untaken = read_bibtex_entry(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error
    except BibtexError as error:
        raise CannotRunError(str(error)) from error
    print_status(*untaken)
    return fields


def _terms(facet: Facet) -> list[str]:
    """The terms that a person names, with commas between, who is asked until all are understood."""
    while True:
        words = [word.strip() for word in _answer(_which(facet)).strip("[]").split(",")]
        unknown = next(
            (word for word in words if not facet.open and not facet.find_term(word)), None
        )
        if unknown is None:
            return words
        names = [name for term in facet.all_terms for name in term.names]
        hint = did_you_mean(unknown, names)
        print_status(f"'{unknown}' is not in the vocabulary{f' ({hint})' if hint else ''}")


def _link() -> str:
    """A link that a person gives, who is asked until it is an identifier or a web address."""
    while True:
        link = _answer("Link (DOI, arXiv id, address)")
        kind, value = classify_link(link)
        if kind in IDENTIFIERS or is_web_url(value):
            return link
        print_status(f"'{link}' is neither an identifier nor an address that starts with https://")


def _which(facet: Facet) -> str:
    titles = ", ".join(term.title for term in facet.all_terms)
    return f"{facet.title} ({titles})" if titles else facet.title


def _answer(question: str) -> str:
    """What a person answers, who is asked until there is an answer."""
    while True:
        print(f"{question}: ", end="", file=sys.stderr, flush=True)
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            line = ""
        if not line:
            print_status("")
            raise CannotRunError("no answer, so nothing is written")
        if line.strip():
            return line.strip()
