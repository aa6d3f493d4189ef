"""No command and no report prints a character that a terminal or a build server obeys.

Entries, names of files, vocabularies, lists and arguments have such characters in every field.
"""

import json
import logging
import os
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from helpers.site_of import build_site
from helpers.small import OPEN_VOCABULARY
from helpers.torture import amount
from paper_atlas.cli import COMMANDS, main
from paper_atlas.importers import FORMATS
from paper_atlas.model.entry import Entry
from paper_atlas.reports import REPORTS
from paper_atlas.text.identifiers import IDENTIFIERS

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
MARKS = [
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
]
SEQUENCES = [
    "\x1b[2J\x1b[31m",
    "\x1b]8;;http://example.org\x1b\\x\x1b]8;;\x07",
    "\x1b]52;c;cm0=\x07",
    "\x9b2J\x90q\x9c",
    "\r\n::error file=a.yml,line=1::x",
    "\n::add-mask::x\n",
    "::stop-commands::x",
    "##[error]x",
    "##vso[task.setvariable variable=a]x",
    "%0A::error::x",
    "<script>alert(1)</script>",
    "\b\b\b\b",
]
HOSTILE = [*SEQUENCES, *CONTROLS, *MARKS]
OWN_COLOUR = re.compile(r"\x1b\[(?:0|1|31|33|36)m")
OWN_COMMAND = re.compile(r"::(?:error|warning|notice) file=[^:]*::")
FIELDS = sorted({*Entry.model_fields} - {"id", "path", "terms", "links"})

Printed = tuple[str, str]
Run = Callable[..., Printed]


def assert_harmless(text: str) -> None:
    """Fail if a text has a character or a line that is obeyed. Its lines end with "\\n"."""
    assert_printable(text)
    for line in text.split("\n"):
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line


def assert_printable(text: str) -> None:
    """Fail if a text has a character that a terminal obeys."""
    harmful = [
        char
        for char in set(text) - {"\n"}
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in MARKS
    ]
    assert not harmful, next(line[:300] for line in text.split("\n") if harmful[0] in line)


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """A function that runs a command as in a log. It returns standard output and error.

    At a terminal, they are without the colours of the command.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(*arguments: str, terminal: bool = False) -> Printed:
        capsysbinary.readouterr()
        with monkeypatch.context() as patch:
            for stream in ("sys.stdout", "sys.stderr"):
                patch.setattr(f"{stream}.isatty", lambda: terminal)
            with suppress(SystemExit):  # from argparse
                main(arguments)
        output, errors = (part.decode() for part in capsysbinary.readouterr())
        return (output, OWN_COLOUR.sub("", errors)) if terminal else (output, errors)

    return run


def chosen(chance: random.Random, count: int) -> list[str]:
    """Return some hostile strings, each sequence among them if there is space."""
    strings = chance.sample(HOSTILE, min(count, len(HOSTILE)))
    return [f"a{text}b" if chance.random() < 0.5 else text for text in strings]


def quoted(text: str) -> str:
    """Return a text in the double quotes of YAML."""
    return json.dumps(text)


def entry_with(field: str, text: str) -> str:
    """Return an entry with a hostile value, a hostile key, or both."""
    base = {"title": "A title", "organs": "[Liver]", "links": '{doi: "10.1000/1"}'}
    if field in IDENTIFIERS:
        base["links"] = f"{{{field}: {quoted(text)}}}"
    elif field == "links":
        base["links"] = f"{{{quoted(text)}: {quoted('https://example.org/' + text)}}}"
    elif field == "key":
        base[quoted(text)] = quoted(text)
    elif field == "results":
        base[field] = (
            f"[{{dataset: {quoted(text)}, metric: {quoted(text)}, value: {quoted(text)}}}]"
        )
    elif field == "raw":
        return f"title: {text}\norgans: [{text}]\n"
    elif field in ("alternative_titles", "authors", "extends", "organs", "methods", "unverified"):
        base[field] = f"[{quoted(text)}, {quoted(text)}]"
    else:
        base[field] = quoted(text)
    return "".join(f"{key}: {value}\n" for key, value in base.items())


def write_entries(folder: Path, chance: random.Random, count: int) -> None:
    """Write entries with hostile values in every field, and some with hostile names."""
    folder.mkdir()
    (folder / "vocabulary.yml").write_text(OPEN_VOCABULARY)
    fields = [*FIELDS, *IDENTIFIERS, "links", "key", "raw", "organs", "methods"]
    for number, text in enumerate(chosen(chance, count)):
        for field in fields if number < 3 else chance.sample(fields, 6):
            file = folder / f"{field.replace('_', '-')}-{number}.yml"
            file.write_text(entry_with(field, text), encoding="utf-8", newline="")
        write_named(folder, text, entry_with("title", "x"))
    write_named(folder, os.fsdecode(b"\xff\x9b"), entry_with("title", "x"))


def write_named(folder: Path, name: str, text: str) -> None:
    """Write an entry whose name or folder is hostile, if the file system has such names."""
    name = name.replace("/", "").replace("\0", "")
    for file in (folder / f"{name}.yml", folder / f"d{name}" / f"x{len(name)}.yml"):
        try:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except (OSError, ValueError):
            continue


SEEDS = range(amount(sample=1, full=20))


@pytest.mark.parametrize("seed", SEEDS)
def test_reports_about_entries_are_harmless(seed: int, run: Run) -> None:
    write_entries(Path("entries"), random.Random(seed), amount(sample=12, full=40))
    output, errors = run("check", "--strict")
    assert output == ""
    assert errors.count("\n") > 50
    assert_harmless(errors)
    assert_printable(run("check", terminal=True)[1])
    count = len(json.loads(run("check", "--output", "json")[0])["problems"])
    output, _ = run("check", "--output", "github")
    assert all(map(OWN_COMMAND.match, output.splitlines()))
    assert output.count("\n") == count
    assert_printable(output)
    for report in REPORTS.keys() - {"github"}:
        output, errors = run("check", "--output", report)
        json.loads(output)
        assert_harmless(output + errors)


@pytest.mark.parametrize("seed", SEEDS)
def test_commands_about_entries_are_harmless(seed: int, run: Run) -> None:
    chance = random.Random(seed)
    write_entries(Path("entries"), chance, amount(sample=3, full=12))
    for arguments in (["format", "--check"], ["format"], ["schema"], ["schema", "--check"]):
        assert_harmless("".join(run(*arguments)))
    Path("README.md").write_text("<!-- papers -->\n<!-- /papers -->\n")
    assert_harmless("".join(run("export", "readme", "--into", "README.md", "--check")))
    for name in ("bibtex", "csv", "json", "markdown", "ris"):
        assert_harmless(run("export", name)[1])
        assert_printable("".join(run("export", name, terminal=True)).replace("\t", ""))


@pytest.mark.parametrize("seed", SEEDS)
def test_problems_of_a_vocabulary_are_harmless(seed: int, run: Run) -> None:
    Path("entries").mkdir()
    for text in chosen(random.Random(seed), amount(sample=12, full=90)):
        word = quoted(text)
        Path("entries/vocabulary.yml").write_text(
            f"facets:\n  organs: {{title: {word}, terms: [{word}, {word}]}}\n"
            f"  {word}: {{{word}: 1}}\n"
        )
        assert_harmless("".join(run("check")))
        assert_harmless("".join(run("format", "--check")))


LISTS = {
    "bibtex": "@article{{{0}, title = {{A {0} title}}, doi = {{10.1/{0}}}, x = {{{0}}}}}\n",
    "ris": "TY  - JOUR\nTI  - A {0} title\nDO  - 10.1/{0}\nUR  - {0}\nER  - \n",
    "nbib": "PMID- 1{0}\nTI  - A {0} title\nLID - {0} [doi]\n",
    "json": '{{"version": 1, "papers": [{{"title": {1}, "links": {{"doi": {1}}}, {1}: {1}}}]}}',
    "csl": '[{{"id": {1}, "type": {1}, "title": {1}, "DOI": {1}, "URL": {1}, {1}: {1}}}]',
    "facts": "- title: {1}\n  doi: {1}\n  {1}: {1}\n",
    "csv": 'title,doi,url,{0}\n"A {0} title",10.1/{0},{0},{0}\n',
    "markdown": "# A {0} heading\n\n- [A {0} title](https://example.org/{0}) {0}\n- {0}\n",
}


def test_lists_of_every_format_are_tried() -> None:
    assert LISTS.keys() == FORMATS.keys()


@pytest.mark.parametrize("form", LISTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_imports_are_harmless(seed: int, form: str, run: Run) -> None:
    Path("entries").mkdir()
    Path("entries/vocabulary.yml").write_text(OPEN_VOCABULARY)
    chance = random.Random(f"{seed}{form}")
    for text in chosen(chance, amount(sample=4, full=90)):
        Path("list").write_text(LISTS[form].format(text, quoted(text)), newline="")
        options = ("--format", form, "--in", chance.choice(["Liver", text]))
        assert_harmless("".join(run("import", "list", *options, "--dry-run")).replace("\t", ""))
        assert_harmless("".join(run("import", "list", *options)))
        name = text.replace("/", "").replace("\0", "")
        Path("words").write_text(f"{quoted(text)}: {quoted(text)}\n")
        assert_harmless("".join(run("import", f"{name}.bib", "--words", "words")))
        assert_harmless("".join(run("import", "list", "--words", "words", *options)))


def arguments(text: str) -> Iterator[list[str]]:
    yield [text]
    for command in COMMANDS:
        yield [command, f"--{text}"]
        yield [command, "--entries", text]
    yield ["check", text]
    yield ["check", "--output", text]
    yield ["format", text]
    yield ["import", text, "--format", text]
    yield ["import", text, "--facet", text]
    yield ["enrich", "--service", text]
    yield ["enrich", "--email", text]
    yield ["export", text]
    yield ["export", "csv", "--where", text, f"{text}=1", f"year>={text}"]
    yield ["export", "csv", "--out", f"missing/{text}"]
    yield ["export", "readme", "--into", f"missing/{text}"]
    yield ["export", "atom", "--site-url", text]
    yield ["new", "--title", text, "--in", text, "--link", text, "--id", text]
    yield ["new", "--from", text]


@pytest.mark.parametrize("seed", SEEDS)
def test_messages_about_arguments_are_harmless(seed: int, run: Run) -> None:
    Path("entries").mkdir()
    for text in chosen(random.Random(seed), amount(sample=5, full=90)):
        for words in arguments(text.replace("\0", "")):
            _, errors = run(*words)
            assert_harmless(errors.replace("\t", ""))


def test_log_of_a_build_is_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    write_entries(Path("entries"), random.Random(1), amount(sample=12, full=90))
    Path("docs").mkdir()
    Path("docs/index.md").write_text("# Home\n\n[x][paper:\x1b[31m] [[\x9b31m]]\n")
    Path("mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [paper-atlas]\n")
    with caplog.at_level(logging.INFO):
        build_site(tmp_path, tmp_path / "site", {})
    assert len(caplog.messages) > 50
    for message in caplog.messages:
        assert_harmless(message)


INVISIBLE = [
    "\u2060",
    "\u2066",
    "\u2069",
    "\u200c",
    "*\u200d*",
    "\u200d\u2060",
    "&#x2068;",
    "\ufeff",
]


@pytest.mark.parametrize("mark", INVISIBLE, ids=ascii)
def test_heading_with_an_invisible_character_is_a_term_without_it(mark: str, run: Run) -> None:
    Path("entries").mkdir()
    Path("entries/vocabulary.yml").write_text(OPEN_VOCABULARY)
    Path("list.md").write_text(f"# A {mark} heading\n\n- [A title](https://example.org/a)\n")
    assert "wrote entries/a-heading/title.yml" in run("import", "list.md")[1]
    assert '"A heading"' in run("export", "json")[0]
