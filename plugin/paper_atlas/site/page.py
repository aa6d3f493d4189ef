"""A page of an atlas as a value, before any site exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from paper_atlas.model.entry import Entry
from paper_atlas.model.vocabulary import Section, Term
from paper_atlas.site.placeholders import block_marker
from paper_atlas.text.markdown import escape_punctuation


class Block:
    """A part of a page that becomes HTML: the values for its template."""

    template: ClassVar[str]
    """The name of the template file, which gets the block as `block`."""

    @property
    def cards(self) -> Sequence[Entry]:
        """The papers that have a card in the block. A card has the id of its paper as anchor."""
        return ()


@dataclass(frozen=True)
class Page:
    """A page: `path` is that of its Markdown file, `blocks` are Markdown or HTML to render.

    `subject` is what the page is about, if it is a paper, a term or a section. `facet` is that of
    the term or section. `entries` are the papers of its list, if it has one, and `number` is the
    number of this page of the list. `source` is the path of the file of the atlas that one edits to
    change the page, or empty.
    """

    path: str
    title: str
    description: str
    blocks: tuple[str | Block, ...]
    subject: Entry | Term | Section | None = None
    facet: str = ""
    entries: Sequence[Entry] | None = None
    number: int = 1
    neighbours: tuple[str, str] = ("", "")
    """The paths of the previous and of the next page of the list, or empty strings."""
    source: str = ""
    head: Block | None = None
    """The title and what the page is about, else only the title. A handwritten page has its own."""

    @property
    def heading(self) -> str:
        """The title as a Markdown heading. The anchor of a card contains no underscore."""
        return f"# {escape_punctuation(self.title)} {{: #page_title }}"

    @property
    def body(self) -> str:
        """The Markdown below the title, with a marker for each block of HTML."""
        return "\n\n".join(
            block if isinstance(block, str) else block_marker(number)
            for number, block in enumerate(self.blocks)
        )

    @property
    def card_ids(self) -> frozenset[str]:
        """The ids of the papers whose cards are on the page."""
        blocks = (block for block in self.blocks if isinstance(block, Block))
        return frozenset(entry.id for block in blocks for entry in block.cards)
