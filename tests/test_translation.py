"""The words of the interface: every message in every language, in the forms it has there."""

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
TABLES = ("*message", "title", "words", "LINK_TITLES[kind]")
CALL = re.compile(r"(self\._?)?(translate|say)(\.pattern)?")


def said_in_python(path: Path) -> Iterator[str]:
    """The messages that a module says: literals, but for those that stand in tables."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and CALL.fullmatch(ast.unparse(node.func)):
            message = node.args[0]
            if isinstance(message, ast.Constant):
                yield str(message.value)
            else:
                assert ast.unparse(message) in TABLES, path


def said_in_template(path: Path) -> Iterator[str]:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "translate":
            assert isinstance(call.args[0], nodes.Const), path
            yield call.args[0].value


def said() -> set[str]:
    """Every message, with those that stand in tables."""
    found = {*LINK_TITLES.values()}
    for _, title, explanation, _ in GAP_KINDS:
        found |= {title, explanation}
    for path in PACKAGE.rglob("*.py"):
        if "paper_atlas.translation import" in path.read_text(encoding="utf-8"):
            found |= {*said_in_python(path)}
    for path in PACKAGE.rglob("*.jinja"):
        found |= {*said_in_template(path)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue_and_no_other(language: str) -> None:
    assert sorted(catalogue(language)) == sorted(said() - NAMES)


def categories(language: str) -> dict[str, list[int]]:
    """Some numbers of each category."""
    translate, found = translator_for(language), dict[str, list[int]]()
    for count in range(210):
        found.setdefault(translate.plural_category(count), []).append(count)
    return found


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    """A form for one number alone may say it in words."""
    counts = categories(language)
    for message, text in catalogue(language).items():
        expected = sorted(PLACEHOLDER.findall(message))
        for category, form in text.items() if isinstance(text, dict) else [("", text)]:
            found = sorted(PLACEHOLDER.findall(form))
            if len(counts.get(category, [])) == 1 and "{count}" in expected:
                found = sorted({*found, "{count}"})
            assert found == expected, (message, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_with_a_number_has_all_forms_of_the_language(language: str) -> None:
    """Those that English has forms of; others are worded so that no number changes them."""
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
def test_the_number_chooses_the_form(language: str, expected: str) -> None:
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
def test_a_tag_chooses_the_language(tag: str, language: str) -> None:
    assert translator_for(tag).language == language


def test_what_is_not_translated_is_said_in_english() -> None:
    assert translator_for("fr")("No such {thing}", thing="message") == "No such message"


def test_what_stands_in_arabic_is_isolated() -> None:
    assert translator_for("ar")("Without {term}", term="U-Net++") == "بدون \u2068U-Net++\u2069"
    assert translator_for("ar").isolate("Dice (test)") == "\u2068Dice (test)\u2069"
    assert translator_for("fr").isolate("Dice (test)") == "Dice (test)"


def test_french_signs_stay_with_their_words() -> None:
    """No line ends before a colon or the like.

    https://www.unicode.org/reports/tr14/#NBSP
    """
    for text in catalogue("fr").values():
        for form in forms(text):
            assert not re.search(r"(?<![\u00a0\u202f])[:;?!]", form), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hint_to_edit_has_the_word_of_the_link(language: str) -> None:
    words = catalogue(language)
    hint = words["Pick any item below. Each fix touches one file, which *Edit* opens."]
    assert f"*{words['Edit']}*" in hint
