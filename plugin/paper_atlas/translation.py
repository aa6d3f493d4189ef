"""The texts of the interface in the language of a site.

A message is its English text, which is also its key in `languages/`. That folder has a file for
each other language. If the form of a message depends on a number, it has a text for each plural
category, in English too. Entries and vocabulary are not translated, nor are problems, which are
the same on the site and in a terminal.
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
"""The texts of one message by plural category."""


def _arabic_category(count: int) -> str:
    if count < 3:
        return ("zero", "one", "two")[count]
    return "few" if 3 <= count % 100 <= 10 else "many" if count % 100 >= 11 else "other"


# The plural categories of whole numbers below a million. Other languages use those of English.
# https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
_PLURAL_CATEGORIES: Mapping[str, Callable[[int], str]] = {
    "ar": _arabic_category,
    "en": lambda count: "one" if count == 1 else "other",
    "fr": lambda count: "one" if count < 2 else "other",
    "zh": lambda _: "other",
}


@dataclass(frozen=True)
class Translator:
    """Translate messages into one language: `translate("{count} papers", count=3)`.

    A message without a translation stays in English.
    """

    language: str
    messages: Mapping[str, str | Forms]

    def __call__(self, message: str, /, count: int | None = None, **values: str) -> str:
        """Return the translated message with the values in its placeholders."""
        return self.pattern(message, count).format(count=count, **values)

    def pattern(self, message: str, count: int | None = None) -> str:
        """Return the translated message with its placeholders, in the form for `count`."""
        translation = self.messages.get(message, message)
        if isinstance(translation, str):
            return translation
        return translation["other" if count is None else self.plural_category(count)]

    def plural_category(self, count: int) -> str:
        """Return the plural category of a number in the language, such as "one"."""
        return _PLURAL_CATEGORIES.get(self.language, _PLURAL_CATEGORIES["en"])(count)

    def isolate(self, text: str) -> str:
        """Return a text that keeps its punctuation in place inside a right-to-left page.

        The first strong letter of the text determines its direction.
        https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
        """
        return f"\u2068{text}\u2069" if self.language in _RIGHT_TO_LEFT else text


def translator_for(tag: str) -> Translator:
    """Return the translator for a language tag such as `zh-TW`, else the English one.

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
    """Return a message whose placeholders will be isolated, see `Translator.isolate`."""
    if isinstance(text, str):
        return _PLACEHOLDER.sub(lambda match: translate.isolate(match[0]), text)
    return {name: str(_isolate_placeholders(form, translate)) for name, form in text.items()}


ENGLISH = translator_for("en")
