"""Hostile names and files: each is read within its limit or reported, and nothing blocks."""

import os
import random
import signal
import socket
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from helpers.site_of import Site, build_site
from helpers.torture import amount
from paper_atlas import Library, load
from paper_atlas.importers import parse_list
from paper_atlas.intake.run import ImportOptions, import_lists
from paper_atlas.problem import errors
from paper_atlas.site.addresses import Addresses, SiteInfo
from paper_atlas.site.atlas import Atlas

ENTRY = "title: {title}\norgans: [Liver]\nlinks: {{url: https://example.org/{id}}}\n"
VOCABULARY = "facets:\n  organs: {title: Organs, pages: true, open: true}\n"
LIMIT = 60  # seconds until something that blocks fails its test
_DEVICES = ("con", "PRN", "aux", "nul", "com1", "LPT9", "COM\N{SUPERSCRIPT ONE}")
_ODD = (
    *("index", "page", "papers", "assets", "..", ".", "...", "~", "-", "--", "_", "a.", "a ", " a"),
    *(".hidden", "a/b", "a\\b", "C:", "a:b", "a*b", 'a"b', "a<b>", "a|b", "a?b", "%2e%2e", "%00"),
    *("a\nb", "a\rb", "a\tb", "a\x1b[31mb", "a\x7fb", "::error::x", "$(id)", "`id`", "{{ 1 }}"),
    *("\u202egpj", "a\u200bb", "a\u2028b", "\ufeffa", "\xa0", "\u3000", "\ud7ff", "\U0010ffff"),
    *("é", "e\u0301", "É", "ß", "SS", "ſ", "K", "İ", "ı", "한국", "\u1112\u1161\u11ab", "ﬁ", "①"),
    *("肝臓", "печень", "כבד", "كبد", "🫀", "x" * 199, "x" * 200, "x" * 201, "x" * 255, "肝" * 85),
    *(
        "x" * 300,
        "肝" * 120,
        "é" * 150,
        "a-" * 150,
        "x " * 40_000,
        "🫀" * 300,
        "İ" * 100,
        "ŉ" * 120,
    ),
)


@contextmanager
def deadline() -> Iterator[None]:
    """Fail if the block waits for a device or a pipe."""

    def fail(*_: object) -> None:
        raise TimeoutError("blocked")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def names(count: int, seed: int) -> list[str]:
    """Return so many hostile names: those of the list, and random mixtures of them."""
    chosen = random.Random(seed)
    pool = chosen.sample([*_ODD, *_DEVICES], len(_ODD) + len(_DEVICES))
    mixed = ("".join(chosen.sample(pool, chosen.randint(2, 3))) for _ in range(count))
    return list(dict.fromkeys([*pool, *mixed]))[:count]


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def assert_sound(library: Library) -> None:
    """Problems can be printed, and every broken file has one if the vocabulary has none."""
    for problem in library.problems:
        str(problem).encode()
        assert not set(problem.path) & {"\n", "\r", "\x1b", "\u202e"}
        assert problem.line > 0 < problem.column
    assert library.vocabulary_errors or all(file.problems for file in library.broken_entries)


def paths_of_site(library: Library, *, directory_urls: bool) -> list[str]:
    """Return the paths of all files of a site."""
    site = SiteInfo("A", "", Addresses(directory_urls, "https://example.org/"))
    atlas = Atlas(library, site)
    pages = [*(page.path for page in atlas.pages), *(page.path for page in atlas.planned_pages())]
    return [*map(site.addresses.page_file, pages), *(file.path for file in atlas.files())]


def assert_sound_paths(paths: list[str]) -> None:
    """Every system can have these files: their names are short, and none is in another's way."""
    keys = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    assert len(set(keys)) == len(keys)
    folders = {key.rsplit("/", depth)[0] for key in keys for depth in range(1, key.count("/") + 1)}
    assert not folders & set(keys)
    for part in {part for path in paths for part in path.split("/")}:
        assert len(part.encode()) < 240
        assert not part.startswith(".")
        assert part == part.rstrip(" .")
        assert part.partition(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """A project with one sound entry."""
    write(tmp_path, "mkdocs.yml", "site_name: A\ntheme: mkdocs\nplugins: [paper-atlas]\n")
    write(tmp_path, "docs/index.md", "# Home\n")
    write(tmp_path, "entries/vocabulary.yml", VOCABULARY)
    write(tmp_path, "entries/sound.yml", ENTRY.format(title="Sound", id="sound"))
    return tmp_path


def built(project: Path, tmp_path: Path) -> Site:
    with deadline():
        return build_site(project, tmp_path / "site", {})


def file_names(count: int) -> list[str]:
    """Return names that a file system can have, some of them not in UTF-8."""
    chosen = random.Random(17)
    given = names(count, 17)
    octets = (bytes(chosen.choices(range(1, 256), k=chosen.randint(1, 60))) for _ in given)
    stems = [name.replace("/", "") for name in [*given, *map(os.fsdecode, octets)]]
    return [name for name in stems if 0 < len(os.fsencode(name)) <= 251 and name not in (".", "..")]


def test_hostile_names_of_files_and_folders(atlas: Path) -> None:
    given = file_names(amount(60, 3_000))
    for number, name in enumerate(given):
        for path in (Path(f"{name}.yml"), Path(name, f"p{number}.yml")):
            write(atlas / "entries", str(path), ENTRY.format(title=f"T{number}", id=number))
    with deadline():
        library = load(atlas / "entries", atlas)
    assert_sound(library)
    assert "sound" in library.entries_by_id
    reported = {problem.path for problem in errors(library.problems)}
    shown = sum(not name.startswith(".") for name in given)
    assert len(library.entries) + len(reported) >= 1.7 * shown
    for flat in (True, False):
        assert_sound_paths(paths_of_site(library, directory_urls=flat))


IN_ENTRIES = (
    *("organs: [{}]", "formerly: [{}]", "extends: [{}]", "citation_key: {}"),
    "links: {{ {}: https://example.org/ }}",
)
VALUES = {
    "title of a term": "terms: [{}]",
    "id of a term": "terms: [{{title: Spleen, id: {}}}]",
    "alias": "terms: [{{title: Spleen, aliases: [{}]}}]",
    "title of a section": "sections: [{{title: {}, terms: [Spleen]}}]",
    "id of a section": "sections: [{{title: S, id: {}, terms: [Spleen]}}]",
    "figure": "figure: {}\n",
    "facet": "  {}: {{title: F, pages: true}}\n",
}


def write_entry(entries: Path, number: int, line: str) -> None:
    """Write an entry with a line, and with the keys that it lacks."""
    text = f"title: T{number}\n{line}\n"
    text += "" if "organs:" in line else "organs: [Liver]\n"
    text += "" if "links:" in line else f"links: {{url: https://example.org/{number}}}\n"
    write(entries, f"tried-{number}.yml", text)


def vocabulary_with(place: str, value: str) -> str:
    text = VALUES[place].format(quoted(value))
    if place == "figure":
        return text + VOCABULARY
    if place == "facet":
        return VOCABULARY + text
    return f"facets:\n  organs: {{title: Organs, pages: true, open: true, {text}}}\n"


def quoted(value: str) -> str:
    """Return a value as YAML in double quotes, with escapes for all that is not printable."""
    shown = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in shown) + '"'


@pytest.mark.parametrize("line", IN_ENTRIES)
def test_hostile_values_of_entries_that_become_paths(line: str, atlas: Path) -> None:
    given = names(amount(40, 3_000), len(line))
    for number, value in enumerate(given):
        write_entry(atlas / "entries", number, line.format(quoted(value)))
    with deadline():
        library = load(atlas / "entries", atlas)
    assert_sound(library)
    assert "sound" in library.entries_by_id
    assert len(library.entries) + len(library.broken_entries) == len(given) + 1
    assert_sound_paths(paths_of_site(library, directory_urls=bool(len(line) % 2)))


@pytest.mark.parametrize("place", VALUES)
def test_hostile_values_of_a_vocabulary_that_become_paths(place: str, atlas: Path) -> None:
    entries = atlas / "entries"
    for value in names(amount(4, 600), len(place)):
        write(entries, "vocabulary.yml", vocabulary_with(place, value))
        with deadline():
            library = load(entries, atlas)
        assert_sound(library)
        assert library.vocabulary_errors or "sound" in library.entries_by_id
        assert_sound_paths(paths_of_site(library, directory_urls=len(value) % 2 > 0))


def linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


def bound(path: Path) -> None:
    server, before = socket.socket(socket.AF_UNIX), Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        server.bind(path.name)
    finally:
        os.chdir(before)
        server.close()


KINDS: dict[str, Callable[[Path], object]] = {
    "endless device": linked("/dev/zero"),
    "random device": linked("/dev/random"),
    "terminal": linked("/dev/tty"),
    "pipe": lambda path: os.mkfifo(path),
    "standard input": linked("/dev/stdin"),
    "memory": linked("/proc/self/mem"),
    "kernel log": linked("/proc/kmsg"),
    "loop": lambda path: path.symlink_to(path.name),
    "nowhere": linked("missing.yml"),
    "outside": linked("../outside.yml"),
    "outside by a long way": linked("x/../../../../../../../../../etc/passwd"),
    "folder": lambda path: path.mkdir(),
    "link to a folder": linked(".."),
    "link to the root": linked("/"),
    "socket": bound,
    "sparse": sparse,
    "line breaks": lambda path: path.write_text("\n" * 100_000),
    "spaces": lambda path: path.write_text(" " * 1_000_000),
    "title and spaces": lambda path: path.write_text(f"title: a{' ' * 500_000}b: ["),
    "dashes": lambda path: path.write_text("- " * 400_000),
    "wide dashes": lambda path: path.write_text(f"-{' ' * 30_000}" * 24),
    "not text": lambda path: path.write_bytes(bytes(range(256)) * 1000),
    "empty": lambda path: path.touch(),
}
PLACES = ("vocabulary.yml", "tried.yml", "tried.yaml", "n.txt", "notes", "organs/a.yml", "body.svg")
MUST_REPORT = {"vocabulary.yml", "tried.yml", "tried.yaml", "organs/a.yml", "body.svg"}
IGNORED = {"line breaks", "spaces", "dashes", "wide dashes", "not text", "empty", "folder"}
"""The contents that do not show that a file is meant to be an entry; nor does a folder."""


def place_kind(project: Path, place: str, kind: str) -> None:
    write(project, "outside.yml", ENTRY.format(title="Outside", id="outside"))
    path = project / "entries" / place
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if place == "body.svg":
        write(project / "entries", "vocabulary.yml", f"figure: body.svg\n{VOCABULARY}")
    KINDS[kind](path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither devices nor pipes in folders")
@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_files_at_every_place(kind: str, atlas: Path) -> None:
    for number, place in enumerate(PLACES):
        project = atlas / str(number)
        write(project, "entries/vocabulary.yml", VOCABULARY)
        write(project, "entries/sound.yml", ENTRY.format(title="Sound", id="sound"))
        place_kind(project, place, kind)
        with deadline():
            library = load(project / "entries", project)
        assert_sound(library)
        assert "outside" not in repr(library.entries)
        if library.vocabulary_errors:
            assert place in ("vocabulary.yml", "body.svg")
        else:
            assert "sound" in library.entries_by_id
        is_unknown = place == "tried.yaml" and kind in IGNORED | {"link to a folder"}
        if place in MUST_REPORT and not is_unknown:
            assert errors(library.problems), place


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither devices nor pipes in folders")
def test_a_build_with_hostile_names_and_all_kinds_of_files(atlas: Path, tmp_path: Path) -> None:
    for number, name in enumerate(file_names(amount(60, 1_000))):
        write(atlas / "entries", f"{name}.yml", ENTRY.format(title=f"T{number}", id=number))
    for number, kind in enumerate(KINDS):
        place_kind(atlas, f"tried-{number}.yml", kind)
        place_kind(atlas, f"notes-{number}.txt", kind)
    place_kind(atlas, "body.svg", "endless device")
    site = built(atlas, tmp_path)
    assert "papers/sound/index.html" in site.files
    assert len(site.warnings) >= len(KINDS)


@pytest.mark.parametrize("levels", [30, 900])
def test_deep_folders(levels: int, atlas: Path) -> None:
    (atlas / "entries" / "/".join("d" * levels)).mkdir(parents=True)
    library = load(atlas / "entries", atlas)
    assert [entry.id for entry in library.entries] == ["sound"]
    assert [problem.code for problem in errors(library.problems)] == ["too-deep"]


OBSTACLES = (
    *("organs", "papers", "organs/liver", "papers/sound", "papers/sound/index.html/x", "charts"),
    *(
        "papers.bib/x",
        "papers.json/x",
        "papers/list.json/x",
        "papers/list-1.json",
        "organs/liver/x",
    ),
    *("PAPERS/SOUND/index.html", "Organs/LIVER.md", "organs/index.html", "papers.sqlite/x"),
    *("llms.txt/x", "papers/page", "organs/liver/papers.bib/x", "papers/old/x", "papers/old"),
)


@pytest.mark.parametrize("obstacle", OBSTACLES if amount(0, 1) else OBSTACLES[::7])
def test_handwritten_files_in_the_way_of_pages(obstacle: str, atlas: Path, tmp_path: Path) -> None:
    write(atlas, "entries/sound.yml", f"{ENTRY.format(title='S', id='s')}formerly: [old]\n")
    write(atlas, f"docs/{obstacle}", "# By hand\n")
    site = built(atlas, tmp_path)
    assert any("By hand" in content.decode("utf-8", "ignore") for content in site.files.values())


@pytest.mark.parametrize("place", ["heading", "key", "title", "author"])
def test_hostile_names_in_lists(place: str, tmp_path: Path) -> None:
    markdown, bibtex = "# List\n\n", ""
    for number, name in enumerate(names(amount(20, 300), 5)):
        line = " ".join(name.split()).translate({ord(c): None for c in "{}`[]"})
        values = {"heading": "Liver", "key": f"a{number}", "title": f"T{number}", "author": "B"}
        values[place] = line
        markdown += f"## {values['heading']}\n\n- [{values['title']}](https://e.org/{number})\n\n"
        bibtex += f"@article{{{values['key']}, title={{{values['title']}}}, year=2020,"
        bibtex += f" author={{{values['author']}}}, doi={{10.1000/{number}}}}}\n"
    (tmp_path / "entries").mkdir()
    lists = [parse_list(markdown.encode(), "a.md"), parse_list(bibtex.encode(), "a.bib")]
    with deadline():
        import_lists(lists, tmp_path / "entries", tmp_path, ImportOptions("organs", ("Liver",)))
        library = load(tmp_path / "entries", tmp_path)
    assert library.entries
    assert not errors(library.problems)
    assert_sound_paths(paths_of_site(library, directory_urls=False))
