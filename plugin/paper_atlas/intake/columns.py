"""The columns of a table in a list as terms of the facets that their headers name.

| Title | Method   |
| A     | CNN, GAN |     → methods: [CNN, GAN], if the vocabulary has the facet `methods`
"""

from collections.abc import Iterator

from paper_atlas.importers.draft import Draft
from paper_atlas.model.vocabulary import Facet, Vocabulary
from paper_atlas.text.slug import can_be_address
from paper_atlas.text.spelling import spelling_key


def facet_of_header(header: str, vocabulary: Vocabulary) -> str | None:
    """Return the key of the facet with this key or title, in the singular or plural, or None."""
    wanted = _singular(header)
    names = vocabulary.facets.items()
    return next(
        (name for name, facet in names if wanted in {_singular(name), _singular(facet.title)}), None
    )


def terms_of_columns(draft: Draft, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """Yield (facet, titles of terms) for each column whose header names a facet.

    An open facet takes new words too.
    """
    for header, words in draft.column_words.items():
        if name := facet_of_header(header, vocabulary):
            titles = (_title_of_term(word, vocabulary.facets[name]) for word in words)
            yield name, list(filter(None, titles))


def unused_words(draft: Draft, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield (code, message) for each column without a facet, and each word without a term."""
    for header, words in draft.column_words.items():
        name = facet_of_header(header, vocabulary)
        if not name:
            yield (
                "not-taken",
                f"'{header}' is not a facet, so the text of this column is not imported",
            )
            continue
        for word in words:
            if not _title_of_term(word, vocabulary.facets[name]):
                yield "unknown-keyword", word


def _title_of_term(word: str, facet: Facet) -> str:
    """Return the title of the term of a word, or an empty string."""
    if term := facet.find_term(word):
        return term.title
    return word if facet.open and can_be_address(word) else ""


def _singular(word: str) -> str:
    key = spelling_key(word)
    if key.endswith("ies"):
        return f"{key[:-3]}y"
    return key.removesuffix("s")
