"""The index of the search plugin."""

from typing import Any

import pytest
from paper_atlas.mkdocs_plugin.search import SearchIndex
from paper_atlas.site.files.search import SearchRecord


class Plugin:
    """A search plugin whose index is a list in the attribute `name`."""

    def __init__(self, name: str, *found: dict[str, str]) -> None:
        self.search_index = type("Index", (), {name: list(found)})()


def indexed(plugin: Plugin) -> list[dict[str, str]]:
    (found,) = (
        value for name, value in vars(type(plugin.search_index)).items() if "entries" in name
    )
    return list(found)


def page(location: str, title: str = "T", text: str = "") -> dict[str, str]:
    return {"location": location, "title": title, "text": text}


NEW = [SearchRecord("a/", "A", "words")]


@pytest.mark.parametrize("name", ["search", "material/search"])
def test_the_search_plugins_of_mkdocs_and_material_are_found(name: str) -> None:
    plugin = Plugin("entries")
    SearchIndex.from_plugins([("other", object()), (name, plugin)]).replace_records(NEW)
    assert indexed(plugin) == [page("a/", "A", "words")]


@pytest.mark.parametrize(
    "plugins", [[], [("search", object())], [("other", object())]], ids=["none", "unknown", "other"]
)
def test_records_are_ignored_without_a_known_index(plugins: list[tuple[str, Any]]) -> None:
    SearchIndex.from_plugins(plugins).replace_records(NEW)


def test_records_replace_those_of_the_same_page() -> None:
    plugin = Plugin("entries", page("a/"), page("a/#b"), page("b/"))
    SearchIndex(plugin.search_index).replace_records([SearchRecord("a/", "A", "words")])
    assert indexed(plugin) == [page("b/"), page("a/", "A", "words")]


@pytest.mark.parametrize(
    ("name", "title"), [("entries", 'a &lt;b&gt; &amp; "c"'), ("_entries", 'a <b> & "c"')]
)
def test_texts_are_html_for_material_and_plain_for_mkdocs(name: str, title: str) -> None:
    plugin = Plugin(name)
    SearchIndex(plugin.search_index).replace_records([SearchRecord("a/", 'a <b> & "c"', "<")])
    assert indexed(plugin)[0]["title"] == title


def test_unicode_isolates_are_removed_from_other_records() -> None:
    plugin = Plugin("entries", page("a/", "\u2068A\u2069", "\u2068b\u2069 c"))
    SearchIndex(plugin.search_index).replace_records([])
    assert indexed(plugin) == [page("a/", "A", "b c")]
