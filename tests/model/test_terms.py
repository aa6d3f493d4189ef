"""Words of entries that become terms of the vocabulary."""

from pathlib import Path

import pytest
from helpers.messages import messages_of
from paper_atlas import load


def test_terms_of_an_open_facet(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "facets:\n  organs: {title: Organs, pages: true, open: true}\n"
        "  modalities: {title: Modalities, open: true}\n"
    )
    entry = "title: {}\norgans: [Liver]\nlinks: {{url: https://e.org/}}\nmodalities: [{}]\n"
    messages = messages_of(
        tmp_path,
        a=entry.format("A", "T2"),
        b=entry.format("B", "t2, T-2"),
        c=entry.format("C", "T2*"),
        d=entry.format("D", "index, ★, Page"),
        e="title: E\nmodalities: [FLAIR]\n",
        f=entry.format("F", "flair"),
    )
    assert [line for line in messages if ": modalities: " in line] == [
        "c.yml:4:14: ambiguous-term: modalities: 'T2*' and 'T2' would have the same URL "
        "(list both in the vocabulary, each with its own 'id')",
        "d.yml:4:14: wrong-value: modalities: 'index' cannot be part of a URL "
        "(list it in the vocabulary with another 'id')",
        "d.yml:4:21: wrong-value: modalities: '★' cannot be part of a URL",
        "d.yml:4:24: wrong-value: modalities: 'Page' cannot be part of a URL "
        "(list it in the vocabulary with another 'id')",
    ]
    titles = [term.title for term in load(tmp_path).vocabulary.facets["modalities"].terms]
    assert titles == ["flair", "T2"]


@pytest.mark.parametrize(
    ("word", "is_several"),
    [
        ("CT, MRI", True),
        ("Ultrasound (A, B)", False),
        ("A (B), C", True),
        ("A (B, C), D (E; F)", True),
        ("A, (B)", True),
        ("A (B, C", True),
        ("2,5-D", False),
    ],
)
def test_a_word_of_several_terms(word: str, is_several: bool, tmp_path: Path) -> None:
    text = f"title: A\ntopics: [Liver]\nlinks: {{url: https://e.org/}}\nmethods: ['{word}']\n"
    messages = messages_of(tmp_path, a=text)
    assert bool([one for one in messages if "looks like several terms" in one]) is is_several


@pytest.mark.parametrize("word", ["x" * 300, "肝" * 100, "Con", "LPT1"])
def test_words_that_no_folder_can_have(word: str, tmp_path: Path) -> None:
    text = f"title: A\ntopics: [Liver]\nlinks: {{url: https://e.org/}}\nmethods: ['{word}']\n"
    (message,) = messages_of(tmp_path, a=text)
    assert message.startswith(f"a.yml:4:11: wrong-value: methods: '{word[:60]}")
    assert "list it in the vocabulary with an" in message
    assert len(message) < 250
