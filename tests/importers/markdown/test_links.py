"""Kinds of the links of an item."""

from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.text.identifiers import IDENTIFIERS


def test_urls_of_identifiers_become_identifiers() -> None:
    text = "## L\n- A title [pdf](http://arxiv.org/abs/1505.04597v1) [url](https://doi.org/10.1000/1)\n"
    (draft,) = read_markdown_list(text, "README.md").drafts
    assert draft.links == {"arxiv": "1505.04597v1", "doi": "10.1000/1"}
    assert set(draft.links) <= set(IDENTIFIERS)


def test_the_label_of_a_second_link_names_the_kind() -> None:
    text = "## L\n- [A title of words](https://e.org/2) [Website](https://e.org/2)\n"
    (draft,) = read_markdown_list(text, "README.md").drafts
    assert draft.links == {"project": "https://e.org/2"}
