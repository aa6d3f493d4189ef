"""Lists in Markdown of several styles, and the list of an export."""

from pathlib import Path

import pytest
from helpers import FIXTURES, ROOT
from helpers.commands import run
from helpers.golden import compare_with_file
from paper_atlas import export, load
from paper_atlas.importers.markdown.reader import read_markdown_list
from paper_atlas.model.publication import confirmed_links
from paper_atlas.text.names import split_name

LISTS = FIXTURES / "lists"
STYLES = sorted(path.stem for path in LISTS.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("style", STYLES)
def test_output_and_entries_of_each_list(
    style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (LISTS / f"{style}.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    code, messages = run(capsys, "import", "README.md", "--facet", "topics")
    assert code == 0
    compare_with_file(LISTS / f"{style}.txt", "".join(f"{line}\n" for line in messages))
    written = sorted((tmp_path / "entries").rglob("*.yml"))
    entries = (f"# {path.relative_to(tmp_path)}\n{path.read_text()}" for path in written)
    compare_with_file(LISTS / f"{style}.yml", "\n".join(entries))
    run(capsys, "import", "README.md", "--facet", "topics")
    assert sorted((tmp_path / "entries").rglob("*.yml")) == written


def test_an_export_is_imported_completely() -> None:
    """The list that `export` writes has every paper of this atlas."""
    entries = load(ROOT / "entries").entries
    draft_list = read_markdown_list("## All\n" + export("markdown", entries), "README.md")
    assert len(draft_list.drafts) == len(entries)
    for entry, draft in zip(entries, draft_list.drafts, strict=True):
        expected = {"title": entry.title, "year": entry.year, "venue": entry.venue,
                "volume": entry.volume, "issue": entry.issue, "pages": entry.pages,
                "authors": [split_name(author).plain for author in entry.authors],
                "links": confirmed_links(entry)}  # fmt: skip
        assert draft.fields == {key: value for key, value in expected.items() if value}
