"""Regular expressions and the functions around them: the time grows with a text, not its square."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from helpers.torture import amount
from paper_atlas import load
from paper_atlas.model.identity import fingerprint_of_fields
from paper_atlas.model.validation import describe_invisible
from paper_atlas.source.document import parse_document
from paper_atlas.text.html import decode_entities, plain_text, remove_invisible, strip_tags
from paper_atlas.text.identifiers import (
    IDENTIFIERS,
    classify_link,
    comparison_key,
    decode_address,
    identifier_in_url,
    short_doi_url,
)
from paper_atlas.text.latex import escape_latex, protect_capitals
from paper_atlas.text.markdown import blank_code, blank_fences, escape_markdown
from paper_atlas.text.slug import propose_id, slug
from paper_atlas.text.titles import title_key, title_words

FUNCTIONS: dict[str, Callable[[str], object]] = {
    **{f"parse {kind}": scheme.parse for kind, scheme in IDENTIFIERS.items()},
    **{
        function.__name__: function
        for function in (
            *(classify_link, comparison_key, decode_address, identifier_in_url, short_doi_url),
            *(decode_entities, plain_text, remove_invisible, strip_tags, describe_invisible),
            *(blank_code, blank_fences, escape_markdown, escape_latex, protect_capitals),
            *(slug, title_key, title_words),
        )
    },
    "propose_id": lambda text: propose_id(text, set()),
    "document": lambda text: parse_document(text, "a.yml"),
    "value": lambda text: parse_document(f"title: {text}", "a.yml"),
    "fingerprint": lambda text: fingerprint_of_fields({"title": text, "links": {"url": text}}),
}
PARTS = (
    *("a", "A", "1", " ", "\n", "\t", "-", ".", "/", ",", ";", "$", "\\", "{", "}", "(", ")", "["),
    *("]", "<", ">", "</i>", "<i>", "`", "~", "```\n", "~~~\n", "#", "&", "&amp;", "%", "?", "_"),
    *(
        "*",
        '"',
        "'",
        "!",
        "|",
        "=",
        "@",
        "\u200b",
        "\u200d",
        "\u00ad",
        "é",
        "e\u0301",
        "肝",
        "doi:",
    ),
    *("10.", "10.1000/", "https://", "login", "url=", "&url=", "arxiv.", "PMC", "v1", ".pdf", "^{"),
    *("\\textbf{", "\\ifmmode", "\\else", "\\(", "and ", "[[", "{#", "title:", "- ", "? ", "(2019"),
    *("retracted ", "2019)", "<!--", "<a ", "<mml:mi>", "van ", "A. ", "\ufeff", "1-", "–"),
)
KNOWN = (
    *("\n", " ", "- ", "? ", "<i>", "</i>", "<i></i><b>", "\u200b", "a\u200b", "$", "$\\a", "\\(a"),
    *(
        "doi:",
        "https://login",
        "login?",
        "&url=",
        "(2019 ",
        "[[\\",
        "~~~\n~~~~\n",
        "```a\n",
        "~~~",
        "`",
        "title:",
    ),
    *("retracted ", "- \t", "{#a} ", "\\ifmmode\\else", ";\n", ", ", "title: a ", "a.", "&", "_"),
)
SIZE = 10_000  # characters; a text is four times as long the second time
SHORT = 0.3  # seconds below which a measurement says nothing


def seconds(function: Callable[[str], object], text: str) -> float:
    start = process_time()
    function(text)
    return process_time() - start


def assert_near_linear(function: Callable[[str], object], pump: str, before: str = "") -> None:
    def text(size: int) -> str:
        return f"{before}{pump * (size // len(pump))}\x01" if before else pump * (size // len(pump))

    long = seconds(function, text(4 * SIZE))
    if long > SHORT:
        short = min(seconds(function, text(SIZE)) for _ in range(3))
        assert seconds(function, text(4 * SIZE)) < 9 * short, (before, pump)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_known_texts(name: str) -> None:
    for pump in KNOWN[:: amount(4, 1)]:
        assert_near_linear(FUNCTIONS[name], pump)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_random_texts(name: str) -> None:
    chosen = random.Random(name)
    for _ in range(amount(2, 1_000)):
        pump = "".join(chosen.choices(PARTS, k=chosen.randint(1, 4)))
        assert_near_linear(FUNCTIONS[name], pump, chosen.choice(["", *PARTS]))


@pytest.mark.parametrize(
    ("before", "pump"),
    [
        *(("", "\n"), ("", " "), ("title: a", " "), ("", "- "), ("", "-\n"), ("", "title:\n")),
        *(("title: [", ", "), ("", "\t"), ("", "- \t"), ("title: ", "#"), ("title: a", " #")),
        *(("title: '", "'"), ("title: a\n", "\n"), ("links:", "\n "), ("", "? "), ("", " \n")),
    ],
)
@pytest.mark.parametrize("name", ["n.txt", "tried.yml", "vocabulary.yml"])
def test_whole_files(before: str, pump: str, name: str, tmp_path: Path) -> None:
    def read(text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        load(tmp_path, tmp_path)

    if amount(0, 1) or name != "vocabulary.yml":
        assert_near_linear(read, pump, before)


@pytest.mark.parametrize("pump", ["<i>", "$\\", "\u200b", ", ", "[[\\", "https://login", "(2019 "])
def test_values_of_an_entry(pump: str, tmp_path: Path) -> None:
    def check(text: str) -> None:
        fields = {
            "title": f"A{text}b",
            "organs": [f"L{text}"],
            "links": {"url": f"https://e{text}"},
        }
        (tmp_path / "a.yml").write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
        load(tmp_path, tmp_path)

    assert_near_linear(check, pump)
