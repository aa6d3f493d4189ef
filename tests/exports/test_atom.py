"""The Atom feed, read by feedparser."""

from datetime import date

import feedparser
from paper_atlas import Entry, Library
from paper_atlas.exports.atom import MAX_ENTRIES, FeedInfo, atom_feed


def feed_info(title: str = "Site") -> FeedInfo:
    root = "https://example.org/a/"
    return FeedInfo(
        title, f"{root}feed.xml", f"{root}papers/", lambda entry: f"{root}papers/{entry.id}/"
    )


def test_feedparser_reads_the_feed(library: Library, odd: Entry) -> None:
    entries = [
        entry.model_copy(update={"added": date(2024, 1, 1 + number % 28)})
        for number, entry in enumerate(library.entries)
    ]
    parsed = feedparser.parse(atom_feed([*entries, odd], feed_info('A "site" & <more>')))
    assert not parsed.bozo
    assert parsed.feed.title == 'A "site" & <more>'
    assert parsed.feed.updated == "2024-03-31T00:00:00Z"
    assert len(parsed.entries) == MAX_ENTRIES
    first = parsed.entries[0]
    assert first.title_detail.type == "text/plain"
    assert (first.id, first.link) == (f"https://example.org/a/papers/{odd.id}/",) * 2
    assert [author.name for author in first.authors][1:] == ["Hao Chen"]
    assert [it.updated for it in parsed.entries] == sorted(
        (it.updated for it in parsed.entries), reverse=True
    )
    assert all(it.id.startswith("https://") for it in parsed.entries)


def test_feed_has_only_entries_with_a_date(library: Library) -> None:
    named = [library.entries_by_id[name] for name in ("u-net", "h-denseunet")]
    dated = named[0].model_copy(update={"added": date(2024, 2, 29), "retracted": "10.1000/182"})
    text = atom_feed([named[1], dated], feed_info())
    assert text.count("<entry>") == 1
    assert "<title>Retracted: U-Net: Convolutional" in text
    assert "<updated>2024-02-29T00:00:00Z</updated>" in text
