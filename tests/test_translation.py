"""The messages of the interface: each is in every language, in all plural forms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import paper_atlas
import pytest
from helpers.translations import FOLDER, PLACEHOLDER, catalogue, forms
from jinja2 import Environment, nodes
from paper_atlas.analysis.gaps import GAP_KINDS
from paper_atlas.model.entry import LINK_TITLES
from paper_atlas.translation import translator_for

NAMES = {"DOI", "Google Scholar", "PDF", "PubMed", "PubMed Central", "arXiv"}
PACKAGE = Path(paper_atlas.__file__).parent
LANGUAGES = sorted(path.stem for path in FOLDER.iterdir() if path.stem != "en")
TABLES = ("*message", "title", "explanation", "LINK_TITLES[kind]")
CALL = re.compile(r"(self\._?)?(translate|say)(\.pattern)?")


def messages_in_python(path: Path) -> Iterator[str]:
    """Yield the messages in a module that are literals. Those in tables are left out."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and CALL.fullmatch(ast.unparse(node.func)):
            message = node.args[0]
            if isinstance(message, ast.Constant):
                yield str(message.value)
            else:
                assert ast.unparse(message) in TABLES, path


def messages_in_template(path: Path) -> Iterator[str]:
    """Yield the messages in a template."""
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "translate":
            assert isinstance(call.args[0], nodes.Const), path
            yield call.args[0].value


def used_messages() -> set[str]:
    """Return every message, with those in tables."""
    found = {*LINK_TITLES.values()}
    for _, title, explanation, _ in GAP_KINDS:
        found |= {title, explanation}
    for path in PACKAGE.rglob("*.py"):
        if "paper_atlas.translation import" in path.read_text(encoding="utf-8"):
            found |= {*messages_in_python(path)}
    for path in PACKAGE.rglob("*.jinja"):
        found |= {*messages_in_template(path)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_exactly_the_used_messages(language: str) -> None:
    assert sorted(catalogue(language)) == sorted(used_messages() - NAMES)


def categories(language: str) -> dict[str, list[int]]:
    """Return some numbers of each plural category."""
    translate, found = translator_for(language), dict[str, list[int]]()
    for count in range(210):
        found.setdefault(translate.plural_category(count), []).append(count)
    return found


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    """A form for only one number may write it in words."""
    counts = categories(language)
    for message, text in catalogue(language).items():
        expected = sorted(PLACEHOLDER.findall(message))
        for category, form in text.items() if isinstance(text, dict) else [("", text)]:
            found = sorted(PLACEHOLDER.findall(form))
            if len(counts.get(category, [])) == 1 and "{count}" in expected:
                found = sorted({*found, "{count}"})
            assert found == expected, (message, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_with_a_number_has_all_plural_forms(language: str) -> None:
    """That applies to messages with English forms. No number changes the others."""
    plural = {name: text for name, text in catalogue(language).items() if isinstance(text, dict)}
    assert sorted(plural) == sorted(catalogue("en"))
    expected = sorted(categories(language))
    for message, text in plural.items():
        assert sorted(text) == expected, message


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "0 papers|1 paper|2 papers|11 papers|100 papers|103 papers"),
        ("fr", "0 article|1 article|2 articles|11 articles|100 articles|103 articles"),
        ("zh", "0 篇论文|1 篇论文|2 篇论文|11 篇论文|100 篇论文|103 篇论文"),
        ("ar", "لا أوراق|ورقة واحدة|ورقتان|11 ورقة|100 ورقة|103 أوراق"),
    ],
)
def test_the_number_selects_the_plural_form(language: str, expected: str) -> None:
    translate = translator_for(language)
    found = [translate("{count} papers", count=count) for count in (0, 1, 2, 11, 100, 103)]
    assert "|".join(found) == expected


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(("fr", "fr"), ("fr-CA", "fr"), ("zh-TW", "zh"), ("zh_CN", "zh"), ("zh-Hant", "zh")),
        *(("AR", "ar"), ("en", "en"), ("de", "en"), ("", "en"), ("../fr", "en"), ("tlh", "en")),
    ],
)
def test_a_tag_selects_the_language(tag: str, language: str) -> None:
    assert translator_for(tag).language == language


def test_a_message_without_translation_is_english() -> None:
    assert translator_for("fr")("No such {thing}", thing="message") == "No such message"


def test_placeholders_in_arabic_are_isolated() -> None:
    assert translator_for("ar")("Exclude {term}", term="U-Net++") == "استبعد \u2068U-Net++\u2069"
    assert translator_for("ar").isolate("Dice (test)") == "\u2068Dice (test)\u2069"
    assert translator_for("fr").isolate("Dice (test)") == "Dice (test)"


def test_french_punctuation_stays_with_its_word() -> None:
    """No line breaks before a colon, a semicolon, or a question or exclamation mark.

    https://www.unicode.org/reports/tr14/#NBSP
    """
    for text in catalogue("fr").values():
        for form in forms(text):
            assert not re.search(r"(?<![\u00a0\u202f])[:;?!]", form), form
