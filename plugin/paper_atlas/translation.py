"""What a site says of itself, in its language.

A message is its English text, and stands where it is said. `languages/` has a file for each other
language, with the same messages; where a number decides the form, there is one for each category
of numbers, in English too. Entries and vocabulary keep their own words, and so do the problems,
which are the same in a terminal.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_LANGUAGES_FOLDER = Path(__file__).parent / "languages"
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ku", "ur"}
_PLACEHOLDER = re.compile(r"\{(?!count\})\w+\}")

Forms = Mapping[str, str]
"""Texts by the category of the number that is in them."""


def _arabic_category(count: int) -> str:
    if count < 3:
        return ("zero", "one", "two")[count]
    return "few" if 3 <= count % 100 <= 10 else "many" if count % 100 >= 11 else "other"


# The categories of whole numbers below a million; where nothing is said, those of English.
# https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
_PLURAL_CATEGORIES: Mapping[str, Callable[[int], str]] = {
    "ar": _arabic_category,
    "en": lambda count: "one" if count == 1 else "other",
    "fr": lambda count: "one" if count < 2 else "other",
    "zh": lambda _: "other",
}


@dataclass(frozen=True)
class Translator:
    """Says messages in a language: `say("{count} papers", count=3)`.

    One that the language does not have is said in English.
    """

    language: str
    messages: Mapping[str, str | Forms]

    def __call__(self, message: str, /, count: int | None = None, **values: str) -> str:
        """The message with values in it."""
        return self.pattern(message, count).format(count=count, **values)

    def pattern(self, message: str, count: int | None = None) -> str:
        """The message with its placeholders, in its form for a number."""
        found = self.messages.get(message, message)
        if isinstance(found, str):
            return found
        return found["other" if count is None else self.plural_category(count)]

    def plural_category(self, count: int) -> str:
        """The category of a number in the language."""
        return _PLURAL_CATEGORIES.get(self.language, _PLURAL_CATEGORIES["en"])(count)

    def isolate(self, text: str) -> str:
        """Text of whatever language, such that its signs stay where they belong.

        Its first letter says in which direction it runs.
        https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
        """
        return f"\u2068{text}\u2069" if self.language in _RIGHT_TO_LEFT else text


def translator_for(tag: str) -> Translator:
    """What says messages in the language of a tag such as `zh-TW`, or in English.

    https://www.rfc-editor.org/info/bcp47
    """
    language = re.split("[-_]", tag.lower())[0]
    path = _LANGUAGES_FOLDER / f"{language}.yml"
    if not re.fullmatch("[a-z]+", language) or not path.is_file():
        return translator_for("en")
    messages = yaml.safe_load(path.read_text(encoding="utf-8"))
    translate = Translator(language, messages)
    return Translator(
        language, {name: _isolate_placeholders(text, translate) for name, text in messages.items()}
    )


def _isolate_placeholders(text: str | Forms, translate: Translator) -> str | Forms:
    """A message in which what comes in place of a placeholder is isolated."""
    if isinstance(text, str):
        return _PLACEHOLDER.sub(lambda match: translate.isolate(match[0]), text)
    return {name: str(_isolate_placeholders(form, translate)) for name, form in text.items()}


ENGLISH = translator_for("en")
