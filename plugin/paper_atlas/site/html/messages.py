"""Messages of the interface as HTML."""

from collections.abc import Callable
from functools import cache

from markupsafe import Markup, escape

from paper_atlas.text.html import vetted
from paper_atlas.translation import Translator


def html_translator(translate: Translator) -> Callable[..., Markup]:
    """Return a function that translates a message to HTML: `translate("{count} more", 3)`.

    Values that are not `Markup` are escaped.
    """
    pattern = cache(lambda *message: escape(translate.pattern(*message)))

    def html_message(message: str, /, count: int | None = None, **values: str) -> Markup:
        found = pattern(message, count)
        if not values and count is None:
            return found
        escaped = {name: escape(value) for name, value in values.items()}
        return vetted(str(found).format(count=count, **escaped))

    return html_message
