"""Reading any file neither raises nor hangs, and each problem has a position."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_atlas import Library, load
from paper_atlas.importers import IMPORTERS
from paper_atlas.reports import REPORTS
from paper_atlas.reports.terminal import terminal_report

LIMITS = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KEYS = st.sampled_from(
    ["title", "authors", "year", "links", "topics", "datasets", "methods", "extends", "results",
     "notes", "added", "unverified", "not_same_as", "allow", "doi", "id", "terms", "", "x"]
)  # fmt: skip
SCALARS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["[[a]]", "a", "10.1000/1", "https://e.org", "2018", "Liver", "t2*", "::", "|"]
    ),
    st.integers(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def loaded(folder: Path, content: bytes) -> Library:
    (folder / "a.yml").write_bytes(content)
    (folder / "b.yml").write_text(
        "title: b\ntopics: [Liver]\nlinks: {doi: 10.1000/1}\nextends: [a]\n"
    )
    library = load(folder, folder)
    for problem in library.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
    for report in REPORTS.values():
        report(library.problems)
    terminal_report(library.problems, folder)
    return library


@LIMITS
@given(content=st.binary(max_size=300))
def test_any_bytes_are_loaded(tmp_path: Path, content: bytes) -> None:
    loaded(tmp_path, content)


@LIMITS
@given(text=st.text(max_size=300))
def test_any_text_is_loaded(tmp_path: Path, text: str) -> None:
    loaded(tmp_path, text.encode("utf-8", "surrogatepass"))


@LIMITS
@given(text=st.lists(st.sampled_from([*list("\n\t ab:-[]{}\"'#&*!|>%@?,"), "title", ": ", "\n  "]),
                     max_size=60).map("".join))  # fmt: skip
def test_text_of_special_characters_of_yaml(tmp_path: Path, text: str) -> None:
    loaded(tmp_path, text.encode())


@LIMITS
@given(data=st.dictionaries(KEYS, VALUES, max_size=8))
def test_any_values_are_loaded(tmp_path: Path, data: object) -> None:
    loaded(tmp_path, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


@LIMITS
@given(data=VALUES)
def test_any_vocabulary_is_loaded(tmp_path: Path, data: object) -> None:
    text = yaml.safe_dump({"facets": {"topics": data, "x": data}}, allow_unicode=True)
    (tmp_path / "vocabulary.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    loaded(tmp_path, b"title: a\ntopics: [Liver]\nlinks: {doi: 10.1000/2}\n")


PIECES = (
    *("# H\n", "- ", "[t](https://e.org)", "[[code]](x)", "a ", "\n", "  ", "| a |", "<li>"),
    *("`", "[]()", "**", "> "),
)


@LIMITS
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_markdown_list_is_read(text: str) -> None:
    reading = IMPORTERS[".md"](text, "README.md")
    assert all(draft.title and draft.links for draft in reading.drafts)


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 100_000, "- " * 50_000, "? " * 5_000, "{" * 2_000, "'" * 10_000),
        *("a: &a [*a]", "\0", "#" * 99),
    ],
    ids=range(8),
)
def test_texts_that_overload_parsers_become_broken_entries(tmp_path: Path, text: str) -> None:
    assert loaded(tmp_path, text.encode()).broken_entries
