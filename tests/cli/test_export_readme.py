"""`paper-atlas export readme`: the list in a README."""

from pathlib import Path

import pytest
from helpers.commands import README, run_export
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_atlas.text.markdown import BEGIN_MARKER as BEGIN
from paper_atlas.text.markdown import END_MARKER as END
from paper_atlas.text.markdown import MarkerError, replace_marked_part

MARKER_HINT = f"write '{BEGIN}' and '{END}', each on a line of its own, where the list belongs"


def test_only_the_text_between_the_markers_changes(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    readme = folder / "README.md"
    before, after = b"\xef\xbb\xbf# A \r\n\n\ttext \x0c\r\n", b"\r\n  end without a line end"
    markers = [f"{mark}\r\n".encode() for mark in (BEGIN, END)]
    readme.write_bytes(before + markers[0] + b"old\n" + markers[1] + after)
    code, out, messages = run_export(capfdbinary, "readme", "--into", "README.md")
    assert (code, out, messages) == (0, b"", ["wrote README.md: 5 papers"])
    text = readme.read_bytes()
    assert text.startswith(before + markers[0])
    assert text.endswith(markers[1] + after)
    new_part = text[len(before + markers[0]) : -len(markers[1] + after)]
    assert new_part.count(b"\n") == new_part.count(b"\r\n") > 10
    assert run_export(capfdbinary, "readme", "--into", "README.md")[2] == ["5 papers"]
    assert run_export(capfdbinary, "readme", "--into", "README.md", "--check")[0] == 0


@pytest.mark.usefixtures("folder")
def test_headings_are_sections_and_terms_with_papers(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    code, out, _ = run_export(capfdbinary, "readme")
    lines = [line for line in out.decode().splitlines() if line]
    assert code == 0
    liver = lines.index("### Liver")
    assert [line for line in lines if line.startswith("#")] == [
        *("## Anatomical Structures", "### Multi-organ", "### Liver", "### Pancreas"),
    ]
    assert [line.split(":")[0] for line in lines[liver + 1 : lines.index("### Pancreas")]] == [
        *("- **[H-DenseUNet", "- **[UNet++"),
    ]


def test_check_prints_the_difference_and_writes_nothing(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    readme = folder / "README.md"
    readme.write_text(README)
    run_export(capfdbinary, "readme", "--into", "README.md")
    edited = readme.read_text().replace("Ozan Oktay", "Somebody")
    readme.write_text(edited)
    code, out, messages = run_export(capfdbinary, "readme", "--into", "README.md", "--check")
    assert code == 1
    changed = [line[:1] for line in out.decode().splitlines() if line[:3] not in ("---", "+++")]
    assert (changed.count("-"), changed.count("+")) == (2, 2)
    assert messages == [
        "README.md: the list is out of date; run 'paper-atlas export readme --into README.md'"
    ]
    assert readme.read_text() == edited


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("# Papers\n", f"there is no line '{BEGIN}'; {MARKER_HINT}"),
        (f"{BEGIN}\n", f"there is no line '{END}'; {MARKER_HINT}"),
        (f"{BEGIN}\n{END}\n{END}\n", f"'{END}' is in lines 2 and 3; keep one of them"),
        (f"{BEGIN}\n{BEGIN}\n{END}", f"'{BEGIN}' is in lines 1 and 2; keep one of them"),
        (f"{END}\n{BEGIN}\n", f"'{END}' is before '{BEGIN}'; swap them"),
    ],
)  # fmt: skip
def test_invalid_markers_are_reported(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], text: str, messages: str
) -> None:
    readme = folder / "README.md"
    readme.write_text(text)
    for more in ((), ("--check",)):
        code, out, lines = run_export(capfdbinary, "readme", "--into", "README.md", *more)
        assert (code, out, lines) == (2, b"", [f"error: README.md: {messages}"])
    assert readme.read_text() == text


def test_markers_in_code_are_ignored() -> None:
    text = f"```html\n{BEGIN}\n{END}\n```\n{README}"
    assert replace_marked_part(text, "new") == text.replace("old", "\nnew\n")
    with pytest.raises(MarkerError):
        replace_marked_part(f"~~~\n{BEGIN}\n{END}\n~~~\n", "new")


def test_unreadable_readme_is_reported(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run_export(capfdbinary, "readme", "--check")[2] == ["error: --check needs --into FILE"]
    (folder / "README.md").write_bytes(README.encode("utf-16"))
    for name in ("README.md", "nothing.md"):
        code, _, messages = run_export(capfdbinary, "readme", "--into", name)
        assert (code, messages[0].split(" cannot")[0]) == (2, f"error: '{name}'")


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("a \n\r`~<!->#*\x0b\u2028")))
def test_any_other_text_is_unchanged(text: str) -> None:
    try:
        new_part = replace_marked_part(f"{text}\n{README}{text}", "new")
    except MarkerError:
        assert "```" in text or "~~~" in text  # the markers are in code
        return
    assert new_part == f"{text}\n{README}{text}".replace(f"{BEGIN}\nold\n", f"{BEGIN}\n\nnew\n\n")
