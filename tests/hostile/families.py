"""Families of hostile input, to see how work grows with them: see `hostile.growth`.

A family is a function from a number to the files of a folder. To add one, write the function and
decorate it with the number of a fast run, and with `work` if the folder is not one of entries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.second_host import write_site
from paper_atlas import load
from paper_atlas.folder.formatter import canonical_file
from paper_atlas.folder.reader import EntryReader, read_files
from paper_atlas.folder.vocabulary_file import read_vocabulary
from paper_atlas.reports import REPORTS
from paper_atlas.reports.summary import shorten_report
from paper_atlas.reports.terminal import terminal_report
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas
from paper_atlas.site.page import Page

Files = Mapping[str, str]
"""The texts of files by their path in a folder."""


def make_everything(folder: Path) -> None:
    """Load a folder of entries, report its problems, format its files, and write its site."""
    library = load(folder, folder)
    shorten_report(library.problems)
    terminal_report(library.problems, folder)
    for report in REPORTS.values():
        report(library.problems)
    vocabulary, _, _ = read_vocabulary(folder, "vocabulary.yml")
    for file in read_files(folder, folder, EntryReader(folder, vocabulary)):
        if file.entry:
            path = folder / file.document.path
            canonical_file(path, folder, file.entry, list(vocabulary.facets), file.document)
    site = SiteInfo("Atlas", "", Addresses(root="https://example.org/"))
    write_site(Atlas(library, site), folder / "site")


@dataclass(frozen=True)
class Family:
    """A kind of hostile input: `make` returns the files for a number, `work` treats their folder.

    `number` is that of a fast run.
    """

    number: int
    make: Callable[[int], Files]
    work: Callable[[Path], None]


FAMILIES: dict[str, Family] = {}
"""All families by the name of their function."""


def family(
    number: int, work: Callable[[Path], None] = make_everything
) -> Callable[[Callable[[int], Files]], Callable[[int], Files]]:
    """Return a decorator that adds a function to `FAMILIES`; see `Family`."""

    def add(make: Callable[[int], Files]) -> Callable[[int], Files]:
        FAMILIES[make.__name__] = Family(number, make, work)
        return make

    return add


# One entry

_VOCABULARY = """\
facets:
  organs: {title: Organs, pages: true, terms: [Liver, Lung]}
  modalities: {title: Modalities, terms: [CT, MRI]}
  methods: {title: Methods, open: true}
  datasets: {title: Data sets, pages: true, open: true}
metrics: [{title: Dice, least: 0, most: 1}]
"""


def _entry(text: str = "", title: str = "A title", organs: str = "[Liver]") -> str:
    return f"title: {title}\norgans: {organs}\n{text}"


def _one(text: str, **values: str) -> Files:
    return {"vocabulary.yml": _VOCABULARY, "paper.yml": _entry(text, **values)}


def _lines(number: int, line: str) -> str:
    """Return lines in which `%d` is their number."""
    return "".join(f"{line}\n".replace("%d", str(index)) for index in range(number))


def _list(number: int, item: str) -> str:
    """Return a list in one line, in which `%d` is the number of an item."""
    return f"[{', '.join(item.replace('%d', str(index)) for index in range(number))}]"


@family(200)
def unknown_keys(number: int) -> Files:
    """Keys that no entry has."""
    return _one(_lines(number, "key%d: value"))


@family(200)
def doubled_keys(number: int) -> Files:
    """One key again and again."""
    return _one(_lines(number, "venue: %d"))


@family(200)
def allowed_codes(number: int) -> Files:
    """Reasons to allow what nobody reports."""
    return _one("allow:\n" + _lines(number, "  code%d: because"))


@family(200)
def unknown_relations(number: int) -> Files:
    """Relations to papers that do not exist."""
    return _one(f"extends: {_list(number, 'paper-%d')}\n")


@family(200)
def one_relation_repeated(number: int) -> Files:
    """The same relation again and again."""
    return _one(f"extends: {_list(number, 'paper-1')}\n")


@family(200)
def unverified_words(number: int) -> Files:
    """Unverified keys that the entry does not have."""
    return _one(f"unverified: {_list(number, 'key%d')}\n")


@family(200)
def former_ids(number: int) -> Files:
    """Former names, each with a page that redirects."""
    return _one(f"formerly: {_list(number, 'old-%d')}\n")


@family(40)
def new_data_sets(number: int) -> Files:
    """Terms of an open facet, each with a page."""
    return _one(f"datasets: {_list(number, 'Set %d')}\nmethods: {_list(number, 'Net %d')}\n")


@family(200)
def unknown_terms(number: int) -> Files:
    """Words that a closed facet does not have."""
    return _one(f"modalities: {_list(number, 'CT%d')}\n")


@family(300)
def authors_of_one_paper(number: int) -> Files:
    """Authors, some of them groups."""
    return _one(f"authors: {_list(number, 'Ada Love%dlace')}\n")


@family(100)
def alternative_titles(number: int) -> Files:
    """Titles of one paper, in two files, which are compared."""
    text = f"alternative_titles: {_list(number, 'Title %d of the paper')}\nauthors: [Ada Lovelace]"
    papers = {f"paper-{index}.yml": _entry(text) for index in range(2)}
    return {"vocabulary.yml": _VOCABULARY, **papers}


@family(100)
def results_of_one_paper(number: int) -> Files:
    """Results with one value."""
    line = "  - {dataset: S, split: test, metric: Dice, value: 0.9}"
    return _one("datasets: [S]\nresults:\n" + _lines(number, line))


@family(200)
def impossible_results(number: int) -> Files:
    """Results outside the range of their metric."""
    line = "  - {dataset: S, split: test, metric: Dice, value: 9%d}"
    return _one("datasets: [S]\nresults:\n" + _lines(number, line))


@family(200)
def link_labels(number: int) -> Files:
    """Links with labels of the curator."""
    return _one("links:\n" + _lines(number, "  Label %d: https://example.org/%d"))


@family(200)
def digits(number: int) -> Files:
    """Numbers with many digits."""
    text = "year: 2%s\nresults:\n  - {dataset: S, split: test, metric: Dice, value: 0.%s}\n"
    return _one(text.replace("%s", "1" * number))


@family(200)
def yaml_aliases(number: int) -> Files:
    """Aliases of YAML."""
    return _one("venue: &a word\n" + _lines(number, "key%d: *a"))


@family(10)
def nested_yaml_aliases(number: int) -> Files:
    """Lists of aliases of lists, which a program could expand to 9 to the power of `number`."""
    lines = (f"k{index}: &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n"
             for index in range(1, number))  # fmt: skip
    return _one("k0: &a0 [1]\n" + "".join(lines))


@family(500)
def directives(number: int) -> Files:
    """Directives of YAML before the entry."""
    tags = _lines(number, "%TAG !t%d! x")
    return {"vocabulary.yml": _VOCABULARY, "paper.yml": f"{tags}---\n{_entry()}"}


@family(500)
def brackets(number: int) -> Files:
    """Lists in lists."""
    return _one(f"authors: {'[' * number}{']' * number}\n")


@family(500)
def dashes(number: int) -> Files:
    """Lists in lists, on one line."""
    return _one(f"authors:\n  {'- ' * number}a\n")


@family(500)
def blank_lines(number: int) -> Files:
    """Line breaks."""
    return _one("\n" * number)


@family(500)
def blanks_in_invalid_file(number: int) -> Files:
    """A file that is no YAML, with long runs of blanks."""
    return _one(f"venue: a{' ' * number}: b\nurl:{' ' * number}x y: [\n{' ' * number}z\n")


@family(500)
def comments(number: int) -> Files:
    """Comments, with the line ends of old computers."""
    return _one("venue: a  # b\r" + "# c\r" * number + "\n" + _lines(number, "# d"))


@family(500)
def marks_on_a_letter(number: int) -> Files:
    """A letter with combining marks that are not in canonical order."""
    return _one("venue: [" + "a" + "\u0315\u0300\u0f73" * number + "]\n", organs=f"[b{chr(0x315)}]")


@family(500)
def marks_in_a_term(number: int) -> Files:
    """A term that is a letter with combining marks."""
    marks = "\u0315\u0300\u0f73" * number
    return _one(f"methods: [a{marks}]\nmodalities: [CT{marks}]\n")


@family(500)
def long_title(number: int) -> Files:
    """A title of many words, on many pages."""
    title = "deep learning of livers " * number
    return _one(f"datasets: {_list(20, 'Set %d')}\n", title=f"A {title}paper")


@family(500)
def long_key(number: int) -> Files:
    """A key that is nearly the name of another one, and very long."""
    return _one(f"? {'venue' * number}\n: a\n? {'abcdefghijklm' * number}\n: b\n")


@family(50)
def notes(number: int) -> Files:
    """Notes with markup, as long as they may be."""
    texts = (
        "*a _b_ `c` ",
        "[[x]] <b>d</b> ",
        "|a|b|\\n|-|-|\\n",
        "> - 1. a\\n",
        "&amp;<a href=",
        "**",
    )
    papers = {
        f"paper-{index}.yml": _entry(f'notes: "{(texts[index % 6] * 60)[:900]}"\n')
        for index in range(number)
    }
    return {"vocabulary.yml": _VOCABULARY, **papers}


# Vocabularies


def _vocabulary(terms: str, others: str = "", count: int = 1) -> Files:
    text = f"facets:\n  organs:\n    title: Organs\n    pages: true\n    terms:\n{terms}{others}"
    papers = {f"paper-{index}.yml": _entry(organs=f"[T{index}]") for index in range(count)}
    return {"vocabulary.yml": text, **papers}


def _term(index: int, parents: str) -> str:
    return f"      - {{title: T{index}, parents: [{parents}]}}\n"


@family(200)
def chain_of_terms(number: int) -> Files:
    """Terms of which each is broader than the one before."""
    terms = (_term(index, f"T{index + 1}") for index in range(number))
    return _vocabulary("".join(terms) + f"      - T{number}\n")


@family(20)
def paths_between_terms(number: int) -> Files:
    """Terms with two parents, which have the same two parents: the number of paths doubles."""
    terms = (
        _term(index, f"T{index // 2 * 2 + 2}, T{index // 2 * 2 + 3}") for index in range(number * 2)
    )
    last = number * 2
    return _vocabulary("".join(terms) + f"      - T{last}\n      - T{last + 1}\n")


@family(50)
def parents_of_each_term(number: int) -> Files:
    """Terms that have all terms before them as parents."""
    parents = (", ".join(f"T{other}" for other in range(index)) for index in range(number))
    return _vocabulary("".join(_term(index, above) for index, above in enumerate(parents)))


@family(200)
def parents_of_one_term(number: int) -> Files:
    """A term with many parents."""
    parents = ", ".join(f"T{index}" for index in range(1, number))
    return _vocabulary(_term(0, parents) + "".join(f"      - T{i}\n" for i in range(1, number)))


@family(200)
def unknown_parents(number: int) -> Files:
    """Parents that are misspelt."""
    return _vocabulary("".join(_term(index, f"T{index}x") for index in range(number)))


@family(200)
def circle_of_terms(number: int) -> Files:
    """Terms whose parents form one circle."""
    terms = (_term(index, f"T{(index + 1) % number}") for index in range(number))
    return _vocabulary("".join(terms))


@family(200)
def doubled_terms(number: int) -> Files:
    """The same term again and again."""
    return _vocabulary("      - T0\n" * number)


@family(200)
def aliases_of_a_term(number: int) -> Files:
    """Other names of a term, all of which an entry uses."""
    alias = f"      - {{title: T0, aliases: {_list(number, 'A%d')}}}\n"
    files = _vocabulary(alias)
    return {**files, "paper-0.yml": _entry(organs=_list(number, "A%d"))}


@family(50)
def facets(number: int) -> Files:
    """Facets, each with pages."""
    others = _lines(number, "  facet%d: {title: F%d, pages: true, terms: [T]}")
    return _vocabulary("      - T0\n", others)


@family(50)
def sections(number: int) -> Files:
    """Sections with one term each."""
    others = "    sections:\n" + _lines(number, "      - {title: S%d, terms: [U%d]}")
    return _vocabulary("      - T0\n", others)


@family(200)
def unknown_regions(number: int) -> Files:
    """Regions that the figure does not have."""
    terms = (f"      - {{title: T{index}, region: r{index}}}\n" for index in range(number))
    return _vocabulary("".join(terms))


@family(50)
def organs_and_data_sets(number: int) -> Files:
    """As many organs, data sets and papers; each organ has a page with its data sets."""
    organs, sets = _lines(number, "      - T%d"), _lines(number, "      - {title: S%d}")
    others = f"  datasets:\n    title: Data sets\n    pages: true\n    terms:\n{sets}"
    papers = {
        f"paper-{index}.yml": _entry(f"datasets: [S{index}]\n", f"Paper {index}", f"[T{index}]")
        for index in range(number)
    }
    return {**_vocabulary(organs, others, 0), **papers}


@family(50)
def figure(number: int) -> Files:
    """A figure with regions, one for each organ."""
    terms = (f"      - {{title: T{index}, region: r{index}}}\n" for index in range(number))
    groups = _lines(number, '<g id="r%d"><path d="M0 0h1"/></g>')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{groups}</svg>'
    files = _vocabulary("".join(terms))
    return {**files, "vocabulary.yml": "figure: f.svg\n" + files["vocabulary.yml"], "f.svg": svg}


# Many entries


def _papers(number: int, text: Callable[[int], str]) -> Files:
    papers = {f"paper-{index}.yml": text(index) for index in range(number)}
    return {"vocabulary.yml": _VOCABULARY, **papers}


@family(50)
def one_doi(number: int) -> Files:
    """Entries with the same DOI."""
    return _papers(number, lambda index: _entry("links: {doi: 10.1000/1}\n", f"Paper {index}"))


@family(50)
def one_url(number: int) -> Files:
    """Entries with the same URL."""
    link = "links: {url: https://example.org/a}\n"
    return _papers(number, lambda index: _entry(link, f"Paper {index}"))


@family(100)
def nearly_one_title(number: int) -> Files:
    """Entries by one author, with nearly equal titles that have other numbers."""
    text = "authors: [Ada Lovelace]\nyear: 2020\n"
    return _papers(number, lambda index: _entry(text, f"A long title of a paper of part {index}"))


@family(60)
def generic_titles(number: int) -> Files:
    """Editorials by one author, each with its own DOI."""
    text = "authors: [Ada Lovelace]\nyear: 2020\nlinks: {doi: 10.1000/%d}\n"
    return _papers(number, lambda index: _entry(text.replace("%d", str(index)), "Editorial"))


@family(100)
def chain_of_papers(number: int) -> Files:
    """Entries of which each extends the next one."""
    return _papers(number, lambda index: _entry(f"extends: [paper-{index + 1}]\n", f"P {index}"))


@family(100)
def circle_of_papers(number: int) -> Files:
    """Entries whose relations form one circle."""
    return _papers(
        number, lambda index: _entry(f"extends: [paper-{(index + 1) % number}]\n", f"P {index}")
    )


@family(50)
def extended_by_all(number: int) -> Files:
    """A paper that all others extend."""
    return _papers(
        number, lambda index: _entry("extends: [paper-0]\n" if index else "", f"P {index}")
    )


@family(40)
def dense_relations(number: int) -> Files:
    """Entries that extend all entries before them."""
    return _papers(
        number,
        lambda index: _entry(f"extends: {_list(index, 'paper-%d')}\nyear: 2020\n", f"P {index}"),
    )


@family(50)
def misspelt_relations(number: int) -> Files:
    """Entries with a relation to a paper that does not exist."""
    return _papers(number, lambda index: _entry(f"extends: [papers-{index}]\n", f"P {index}"))


@family(50)
def misspelt_links(number: int) -> Files:
    """Entries with a link in their notes to a paper that does not exist."""
    return _papers(number, lambda index: _entry(f"notes: see [[papers-{index}]]\n", f"P {index}"))


@family(50)
def one_term(number: int) -> Files:
    """Entries with the same terms."""
    text = f"datasets: {_list(8, 'Set %d')}\nmodalities: [CT]\n"
    return _papers(number, lambda index: _entry(text, f"P {index}"))


@family(50)
def one_leaderboard(number: int) -> Files:
    """Entries with the same result."""
    text = "datasets: [S]\nresults: [{dataset: S, split: test, metric: Dice, value: 0.9}]\n"
    return _papers(number, lambda index: _entry(text, f"P {index}"))


@family(50)
def broken_entries(number: int) -> Files:
    """Entries with an error, and as many organs."""
    files = _vocabulary(_lines(number, "      - T%d"), "", 0)
    papers = {f"paper-{i}.yml": _entry("yaer: 2020\n", organs=f"[T{i}, T0]") for i in range(number)}
    return {**files, **papers}


@family(50)
def new_terms_of_each(number: int) -> Files:
    """Entries of which each adds terms to an open facet."""
    return _papers(
        number,
        lambda index: _entry(f"datasets: [Set {index}]\nmethods: [Net {index}]\n", f"P {index}"),
    )


# Pages written by hand


def finish_page(folder: Path) -> None:
    """Add lists of papers to a page, and find its problems."""
    atlas = Atlas(load(folder, folder), SiteInfo("Atlas", "", Addresses()))
    text = (folder / "page.md").read_text(encoding="utf-8")
    atlas.finish(Page("page.md", "A page", "", ()), text, "", "page.md", text)


@family(100, work=finish_page)
def lists_on_a_page(number: int) -> Files:
    """Lists of papers with a mistake, the same one and others, and links to nowhere."""
    line = "<!-- papers: year>=2%d -->\n<!-- papers: years=2000 -->\n[[paper-%d]] <a id=x%d>"
    return {**_one(""), "page.md": _lines(number, line)}
