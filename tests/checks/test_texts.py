"""Which texts and links that are copied from other programs are reported."""

from pathlib import Path

import pytest
from paper_atlas import load

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
