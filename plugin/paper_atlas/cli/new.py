"""`paper-atlas new`: create the entry of one paper."""

import argparse
import sys
from datetime import date

from paper_atlas.cli.output import (
    EXIT_FINE,
    EXIT_PROBLEMS,
    CannotRunError,
    Subparsers,
    add_list_option,
    entries_folder,
    print_problems,
    print_question,
    print_status,
    written_or_unchanged,
)
from paper_atlas.folder.load import load
from paper_atlas.importers.bibtex import BibtexError, read_bibtex_entry
from paper_atlas.importers.draft import Fields
from paper_atlas.intake.new_entry import NewEntry, create_entry, with_links
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.source.files import read_input
from paper_atlas.text.identifiers import IDENTIFIERS, classify_link, is_web_url


def add_command(commands: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("new", parents=[shared], help="create the entry of one paper")
    parser.add_argument("--title", metavar="T", help="the title as published")
    add_list_option(parser, "--in", "TERM", "a term of the main facet for the paper", dest="terms")
    help_text = "a DOI, an arXiv id, pmid:…, PMC…, or a URL"
    add_list_option(parser, "--link", "L", help_text, dest="links")
    parser.add_argument("--id", metavar="ID", default="", help="the file name without .yml")
    parser.add_argument(
        "--from", dest="source", metavar="FILE", help="a BibTeX entry; -: standard input"
    )
    parser.set_defaults(run=_new)


def _new(arguments: argparse.Namespace) -> int:
    new_entry = _collect_fields(arguments, load(entries_folder(arguments)).vocabulary)
    with written_or_unchanged(arguments.entries):
        result = create_entry(new_entry, arguments.entries)
    print_problems(result.problems)
    if result.refusal:
        print_status(f"error: {result.refusal}")
    if result.written_path:
        print_status(f"wrote {result.written_path}")
    return EXIT_FINE if result.written_path else EXIT_PROBLEMS


def _collect_fields(arguments: argparse.Namespace, vocabulary: Vocabulary) -> NewEntry:
    """Collect the fields from the BibTeX entry, from the options, and from questions."""
    fields, terms = _read_bibtex(arguments.source), arguments.terms
    fields |= {"title": arguments.title} if arguments.title else {}
    fields = with_links(fields, arguments.links)
    lacking = {"--title": "title" not in fields, "--in": not terms, "--link": "links" not in fields}
    options = [option for option, lacks in lacking.items() if lacks]
    if options and not sys.stdin.isatty():
        names = " and ".join(options)
        raise CannotRunError(f"give {names}; questions are asked only at a terminal")
    if lacking["--title"]:
        fields["title"] = _ask("Title")
    terms = terms or _ask_terms(vocabulary.facets[vocabulary.main_facet])
    if lacking["--link"]:
        fields = with_links(fields, [_ask_link()])
    fields["added"] = date.today().isoformat()
    return NewEntry(fields, tuple(terms), arguments.id)


def _read_bibtex(source: str | None) -> Fields:
    """Return the fields of the BibTeX entry in a file or in standard input, if one is given."""
    if source is None:
        return {}
    try:
        data = read_input(source)
        fields, remarks = read_bibtex_entry(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"'{source}' cannot be read: {error}") from error
    except BibtexError as error:
        raise CannotRunError(str(error)) from error
    print_status(*remarks)
    return fields


def _ask_terms(facet: Facet) -> list[str]:
    """Ask for terms, separated by commas, until the vocabulary has all of them."""
    titles = ", ".join(term.title for term in facet.all_terms)
    question = f"{facet.title} ({titles})" if titles else facet.title
    while True:
        terms = [term.strip() for term in _ask(question).strip("[]").split(",")]
        unknown = next(
            (term for term in terms if not facet.open and not facet.find_term(term)), None
        )
        if unknown is None:
            return terms
        message, hint = facet.unknown_term(unknown)
        print_status(f"{message}{f' ({hint})' if hint else ''}")


def _ask_link() -> str:
    """Ask for a link until it is an identifier or a web URL."""
    while True:
        link = _ask("Link (DOI, arXiv id, URL)")
        kind, value = classify_link(link)
        if kind in IDENTIFIERS or is_web_url(value):
            return link
        print_status(f"'{link}' is neither an identifier nor a URL that starts with https://")


def _ask(question: str) -> str:
    """Ask a question until there is an answer.

    Raises:
        CannotRunError: the input ends.
    """
    while True:
        print_question(question)
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            line = ""
        if not line:
            print_status("")
            raise CannotRunError("no answer, so nothing is written")
        if line.strip():
            return line.strip()
