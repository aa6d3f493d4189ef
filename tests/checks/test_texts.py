"""Which texts and links that are copied from other programs are reported."""

from pathlib import Path

import pytest
from helpers.messages import messages_of
from paper_atlas import Severity, load

CASES = {
    "entities in a title": ("title: Cats &amp;amp; dogs", ["markup"]),
    "tags in a title": ("title: On <i>E. coli</i> in H<sub>2</sub>O", ["markup"]),
    "entities in a venue": ("title: A\nvenue: Bioorganic &amp; Medicinal Chemistry", ["markup"]),
    "latex in a doi": (r"{title: A, links: {doi: '10.1175/115\ensuremath{<}1606'}}", ["markup"]),
    "entities in a doi": ("{title: A, links: {doi: '10.1002/16&lt;1661'}}", ["markup"]),
    "signs that are no markup": ("title: R&D of A & B, p < 0.05 and AT&T", []),
    "doi in a url": ("{title: A, links: {url: 'https://doi.org/10.1000/1'}}",
                     ["identifier-in-url"]),
    "doi in a page": (
        "{title: A, links: {url: 'https://link.springer.com/article/10.1007/s1'}}",
        ["identifier-in-url"],
    ),
    "arxiv in a url": ("{title: A, links: {url: 'https://arxiv.org/abs/2001.00001'}}",
                       ["identifier-in-url"]),
    "doi beside a url": (
        "{title: A, links: {doi: 10.1007/s1, url: 'https://link.springer.com/article/10.1007/s1'}}",
        [],
    ),
    "retracted": ("title: 'RETRACTED: A trial'", ["retracted-title"]),
    "withdrawn": ("title: '[WITHDRAWN] A trial'", ["retracted-title"]),
    "retracted with its notice": ("title: 'RETRACTED: A trial'\nretracted: 10.1000/2", []),
    "soft hyphen": ('title: "A seg\\u00admentation"', ["control-character"]),
    "space without width": ('{title: A, links: {doi: "10.1000/zw\\u200b"}}', ["control-character"]),
    "word joiner in a name": ('title: A\nauthors: ["Jane\\u2060 Doe"]', ["control-character"]),
    "joiner of Persian": ('title: "\\u0645\\u06cc\\u200c\\u062e\\u0648\\u0627\\u0647\\u0645"', []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_copied_texts(name: str, tmp_path: Path) -> None:
    text, codes = CASES[name]
    text = text.replace("{title: A,", "{title: A, topics: [Liver],")
    text += "" if "topics" in text else "\ntopics: [Liver]"
    text += "" if "links" in text else "\nlinks: {doi: 10.1000/1}"
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    assert [problem.code for problem in load(tmp_path, tmp_path).problems] == codes


ENTRY = "title: {title}\ntopics: [Liver]\nvenue: {venue}\nlinks: {{{links}}}\n"
DOI = "doi: 10.1000/1"
MESSAGES = {
    "title": (
        {"title": "Cats &amp; <i>dogs</i>"},
        "a.yml:1:8: markup: title: contains markup of another program (write Cats & dogs)",
        Severity.WARNING,
    ),
    "venue": (
        {"venue": "Cats &lt; dogs"},
        "a.yml:3:8: markup: venue: contains markup of another program (write Cats < dogs)",
        Severity.WARNING,
    ),
    "doi": (
        {"links": "doi: 10.1002/16&lt;1661"},
        "a.yml:4:14: markup: links.doi: contains markup of another program (write 10.1002/16<1661)",
        Severity.WARNING,
    ),
    "identifier": (
        {"links": "url: https://arxiv.org/abs/2001.00001"},
        "a.yml:4:14: identifier-in-url: links.url: the URL contains the arXiv of the "
        "paper (write arxiv: 2001.00001)",
        Severity.NOTE,
    ),
    "retracted": (
        {"title": "'RETRACTED: A trial'"},
        "a.yml:1:8: retracted-title: title: the title says that the paper is retracted; add "
        "'retracted:' with its notice",
        Severity.NOTE,
    ),
    "no link": (
        {"links": ""},
        "a.yml:1:1: no-link: the paper has no link (search for its DOI: paper-atlas enrich "
        "--find-doi)",
        Severity.NOTE,
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_about_texts_and_links(name: str, tmp_path: Path) -> None:
    values, message, severity = MESSAGES[name]
    text = ENTRY.format_map({"title": "A tale", "venue": "V", "links": DOI, **values})
    assert messages_of(tmp_path, a=text) == [message]
    assert [one.severity for one in load(tmp_path, tmp_path).problems] == [severity]
