"""How time grows with hostile lists: `python -m hostile.growth_imports` prints a table.

A family is a list of a size: its name begins with the extension of the file. `slope` is that of the
logarithm of the time over the logarithm of the size: 1 is linear, 2 is quadratic.

    PYTHONPATH=plugin:tests python -m hostile.growth_imports --size 100000 markdown
"""

import argparse
import math
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from paper_atlas.importers import UnreadableListError, parse_list
from paper_atlas.intake.run import ImportOptions, import_lists
from paper_atlas.model.vocabulary import VOCABULARY_FILE

FACTOR = 4
"""The ratio of the two sizes of a list that are compared."""

_VOCABULARY = "facets:\n  topics: {title: Topics, pages: true, terms: [Liver]}\n"
_LINK = "[A title of words](https://e.org/1)"


def repeat(part: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function from a size to a text of about that size that repeats a part."""
    return lambda size: before + part * (size // len(part)) + after


def count(pattern: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function like that of `repeat`, in which `#` is the number of the repetition."""

    def make(size: int) -> str:
        number = size // len(pattern)
        return before + "".join(pattern.replace("#", str(index)) for index in range(number)) + after

    return make


def nest(begin: str, end: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function from a size to a text with a part in itself."""

    def make(size: int) -> str:
        number = size // len(begin + end)
        return before + begin * number + "a" + end * number + after

    return make


def in_title(make: Callable[[int], str]) -> Callable[[int], str]:
    """Return a function from a size to a list in BibTeX with a text as the title of a paper."""
    return lambda size: f"@misc{{k, title = {{A {make(size)}}}}}"


def in_authors(make: Callable[[int], str]) -> Callable[[int], str]:
    """Return a function from a size to a list in BibTeX with a text as the authors of a paper."""
    return lambda size: f"@misc{{k, title = {{A title}}, author = {{{make(size)}}}}}"


_RECORD = "@article{k#, title={Title # of words}, author={Doe, Jane}, year={2015}}\n"
_NESTED_ROW = "<table><tr><td>a</td></tr>"
FAMILIES: dict[str, Callable[[int], str]] = {
    "markdown: open brackets": repeat("["),
    "markdown: nested brackets": nest("[", "]"),
    "markdown: nested links": nest("[a", "](u)", "- "),
    "markdown: open images": repeat("!["),
    "markdown: open links": repeat("[a]("),
    "markdown: open tags": repeat("<a "),
    "markdown: open comments": repeat("a <!--"),
    "markdown: open sections of XML": repeat("a <![CDATA[ "),
    "markdown: emphasis": repeat("*a _b "),
    "markdown: backticks": lambda size: "".join(
        "e" + "`" * i for i in range(int((2 * size) ** 0.5))
    ),
    "markdown: definitions": count("[a#]: https://e.org/#\n"),
    "markdown: uses of a definition": lambda size: (
        "[a]: /" + "x" * min(size // 2, 1990) + "\n\n" + "[a] " * (size // 8)
    ),
    "markdown: long definition": lambda size: (
        "[a]: /" + "x" * (size // 2) + "\n\n" + "[a] " * (size // 8)
    ),
    "markdown: continuation lines": repeat("b\n", "- a\n"),
    "markdown: lines with URLs": repeat("https://e.org/a\n", "- a\n"),
    "markdown: text with URLs": repeat("<b>a</b> https://e.org/1 ", "<p>"),
    "markdown: parentheses after a URL": repeat(")", "https://e.org/"),
    "markdown: nested quotes": repeat(">"),
    "markdown: nested lists": lambda size: "".join(
        "  " * i + "- a\n" for i in range(int(size**0.5))
    ),
    "markdown: items": count("- [A title # of words](https://e.org/#) *CVPR 2020*\n"),
    "markdown: items with one title": count("- [A title of words](https://e.org/#) *CVPR 2020*\n"),
    "markdown: details": repeat("  - [code](https://e.org/2)\n", f"- {_LINK}\n"),
    "markdown: authors": repeat("Jane Doe, ", f"- {_LINK} "),
    "markdown: commas": repeat("a, ", f"- {_LINK} "),
    "markdown: full stops": repeat("Aa. ", f"- {_LINK} "),
    "markdown: marks": repeat(":.-", f"- {_LINK} "),
    "markdown: long words": lambda size: "- " + "a" * size + f" {_LINK}",
    "markdown: links of an item": count(" [l#](https://e.org/#)", f"- {_LINK}"),
    "markdown: headings": count("# Heading #\n- [A title # of words](https://e.org/#)\n"),
    "markdown: numbers of a heading": repeat("1. ", "# "),
    "markdown: rows": count("|[A title # of](https://e.org/#)|\n", "|Title|\n|-|\n"),
    "markdown: columns": lambda size: "".join(
        f"|{cell * (size // 9)}\n" for cell in ("title|", "-|", "b|")
    ),
    "markdown: missing cells": lambda size: (
        f"|{'a|' * (size // 8)}\n|{'-|' * (size // 8)}\n" + "|b|\n" * (size // 8)
    ),
    "markdown: nested div": repeat("<div>a"),
    "markdown: nested li": repeat("<ul><li>a"),
    "markdown: nested a": repeat("<a href=b>"),
    "markdown: nested tables": repeat(_NESTED_ROW),
    "markdown: open p": repeat("<p>a https://e.org/1"),
    "markdown: open li": repeat("<li><a href=https://e.org/1>A title of words</a> ", "<ul>"),
    "markdown: open rows": repeat("<tr><td>A title of words<td>x", "<table>"),
    "markdown: br and ends": lambda size: "<p>" + "<br>" * (size // 8) + "</b>" * (size // 8),
    "markdown: newlines": repeat("\n", "a", "b"),
    "markdown: backslashes": repeat("\\"),
    "markdown: dollars": lambda size: f"- [A title {'$x_' * (size // 3)}](https://e.org/1)",
    "bib: records": count(_RECORD),
    "bib: one record": repeat(_RECORD.replace("#", "1")),
    "bib: one title": count(_RECORD.replace("Title #", "Title")),
    "bib: doubling strings": lambda size: (
        '@string{s0 = "ab"}\n'
        + "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(size // 25))
        + "@misc{k, title = s20}"
    ),
    "bib: uses of a string": lambda size: (
        f'@string{{s = "{"x" * (size // 2)}"}}\n' + "@misc{k, title = s}\n" * (size // 40)
    ),
    "bib: parts": repeat('"a" # ', "@misc{k, title = ", '"b"}'),
    "bib: dollars": in_title(repeat("$")),
    "bib: maths": in_title(repeat("$x_")),
    "bib: open maths": in_title(repeat("\\(")),
    "bib: conditions": in_title(repeat("\\ifmmode")),
    "bib: open groups": in_title(repeat("\\cite[")),
    "bib: nested braces": in_title(nest("{", "}")),
    "bib: nested commands": in_title(nest("\\emph{", "}")),
    "bib: nested tags": in_title(nest("<i>", "</i>")),
    "bib: open tags": in_title(repeat("<i>")),
    "bib: open braces": repeat("{", "@misc{k, title="),
    "bib: and": in_authors(repeat("Doe, Jane and ", after="Roe, Bob")),
    "bib: only and": in_authors(repeat("and ")),
    "bib: commas of a name": in_authors(repeat("a, ")),
    "bib: words of a name": in_authors(repeat("Aa ")),
    "bib: blanks of a name": in_authors(repeat(" ", "a", "b")),
    "bib: braces of a name": in_authors(nest("{", "}")),
    "bib: et al": in_authors(repeat("et al ", after="x")),
    "bib: long key": lambda size: f"@misc{{{'k' * size}, title={{A title}}}}",
    "bib: links": count("Code: https://e.org/#; ", "@misc{k, title={A title}, note={", "}}"),
    "bib: keywords": count("word#, ", "@misc{k, title={A title}, keywords={", "}}"),
    "bib: digits": lambda size: f"@misc{{k, title={{A title}}, year={{{'1' * size}}}}}",
    "bib: open records": repeat("@a{b,\n"),
    "bib: fields": count("f#={a}, ", "@misc{k, title={A title}, ", "}"),
    "ris: records": count(
        "TY  - JOUR\nTI  - Title # of words\nAU  - Doe, Jane\nPY  - 2015\nER  - \n"
    ),
    "ris: no end": count("TY  - JOUR\nTI  - Title # of words\n"),
    "ris: continuation lines": repeat("word\n", "TY  - JOUR\nTI  - A title\nAB  - a\n"),
    "ris: links": count("UR  - https://e.org/#\n", "TY  - JOUR\nTI  - A title\n"),
    "ris: authors": count("AU  - Doe#, Jane\n", "TY  - JOUR\nTI  - A title\n"),
    "ris: outside": repeat("TI  - a\n\n\n\n\n\n\n"),
    "nbib: continuation lines": repeat("      word\n", "PMID- 1\nTI  - a\n"),
    "nbib: headings": count("MH  - Word#\n", "PMID- 1\nTI  - A title\n"),
    "csv: rows": count("Title # of words,Doe J,2015\n", "title,authors,year\n"),
    "csv: columns": lambda size: f"title,{'c,' * (size // 4)}\nA title,{'x,' * (size // 4)}\n",
    "csv: open quote": repeat("a\n", 'title,notes\nA title,"'),
    "csv: keywords": count("w#;", "title,keywords\nA title,"),
    "json: nested lists": nest("[", "]", '{"version":1,"papers":[{"title":"A title","x":', "}]}"),
    "json: digits": lambda size: (
        '{"version":1,"papers":[{"title":"A title","year":' + "1" * size + "}]}"
    ),
    "json: references": lambda size: (
        '{"version":1,"papers":['
        + ",".join(
            f'{{"id":"p{i}","title":"Title {i}","topics":["Liver"],"extends":["p{i + 1}"]}}'
            for i in range(size // 80)
        )
        + "]}"
    ),
    "csl.json: authors": lambda size: (
        '[{"title":"A title","author":['
        + ",".join(f'{{"family":"Doe{i}"}}' for i in range(size // 20))
        + "]}]"
    ),
    "yml: rows": count("- title: Title # of words\n  doi: 10.1000/#\n"),
    "yml: anchors": repeat("- *a\n", "- &a {title: b}\n"),
    "txt: comments": repeat("#", after="x"),
}
"""The texts of lists by their size in characters."""

_SUFFIXES = {"markdown": "md"}


def seconds(name: str, size: int) -> float:
    """Return the time that a process takes to import a list of a family."""
    kind = name.partition(":")[0]
    data = FAMILIES[name](size).encode()
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    has_headings = kind == "markdown"
    if not has_headings:
        (folder / VOCABULARY_FILE).write_text(_VOCABULARY, encoding="utf-8")
    start = process_time()
    try:
        draft_list = parse_list(data, f"list.{_SUFFIXES.get(kind, kind)}")
        options = ImportOptions(terms=() if has_headings else ("Liver",))
        import_lists([draft_list], folder, folder, options)
    except UnreadableListError:
        pass
    finally:
        used = process_time() - start
        shutil.rmtree(folder)
    return used


def print_table(names: Iterable[str], size: int) -> None:
    """Print the times of families at two sizes, and the slopes."""
    print(f"{'family':34} {'size':>9} {'seconds':>8} {'size':>9} {'seconds':>8}  slope")
    for name in names:
        first, second = seconds(name, size), seconds(name, FACTOR * size)
        slope = math.log(max(second, 1e-3) / max(first, 1e-3), FACTOR)
        print(
            f"{name:34} {size:9} {first:8.2f} {FACTOR * size:9} {second:8.2f}  {slope:5.2f}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="words of the names of families; default: all")
    parser.add_argument("--size", type=int, default=50_000, help="characters of the smaller list")
    options = parser.parse_args()
    wanted = options.names or [""]
    print_table([n for n in FAMILIES if any(word in n for word in wanted)], options.size)
