"""The loads of a preview: they equal a fresh load, and read only what has changed."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from paper_atlas import Library, load
from paper_atlas.checks import duplicates
from paper_atlas.folder import preview_steps, reader
from paper_atlas.folder.cache import Cache
from paper_atlas.folder.preview_steps import file_state

VOCABULARY = """\
figure: figure.svg
facets:
  topics:
    title: Topics
    pages: true
    sections: [{title: Trunk, terms: [{title: Liver, region: liver}]}]
    terms: [Heart, {title: Valve, parents: [Heart]}]
  methods: {title: Methods, open: true, terms: [Known]}
metrics: [{title: Dice, most: 1}]
"""
ENTRY = "title: {}\ntopics: [Liver]\n"
FIGURE = "<svg xmlns='http://www.w3.org/2000/svg'><g id='{}'/></svg>"

_SECOND = 1_000_000_000


class Preview:
    """A folder of entries, and the cache of its last load."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        self.entries = root / "entries"
        self.entries.mkdir()
        self._root, self._folder, self._cache = root, folder, Cache()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.entries / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def load(self) -> Library:
        self._cache = Cache(self._folder, self._cache)
        library = load(self.entries, self._root, self._cache)
        self._cache.close(whole=False)
        return library

    def load_fresh(self) -> Library:
        return load(self.entries, self._root)


@pytest.fixture(params=[None, "kept"], ids=["memory", "disk"])
def preview(request: pytest.FixtureRequest, tmp_path: Path) -> Preview:
    return Preview(tmp_path, tmp_path / request.param if request.param else None)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock is ahead, so that the times of all files count."""
    monkeypatch.setattr(preview_steps, "time_ns", lambda: time.time_ns() + 100 * _SECOND)
    return


def paper(random: Random) -> str | bytes:
    """The text of an entry with some of many faults and links to others."""
    number = random.randrange
    if number(12) == 0:
        return random.choice(["title: [", "", "x: y\n", "- a\n", b"\xff\xfe", "title: T\n"])
    words = ("Graph", "graph", "G raph", "Grâph", "Known", "known", "T2", "T2*", "a, b", "index")
    titles = ("A study of the liver", "A study of the livers", "Other", "X #2")
    lines = [
        f"title: {random.choice(titles)}",
        f"authors: [{random.choice(('Ada Roe', 'A. Roe', 'Max Doe'))}]",
        f"topics: [{random.choice(('Liver', 'liver', 'Heart', 'Valve', 'Spleen'))}]",
    ]
    optional = (
        f"year: {2015 + number(5)}",
        f"methods: [{', '.join(random.sample(words, 2))}]",
        f"extends: [{random.choice('abcdefgh')}]",
        f"not_same_as: [{random.choice('abcdefgh')}]",
        f"formerly: [{random.choice('abcdefghxyz')}]",
        f"citation_key: {random.choice(('a', 'He2016', 'he2016'))}",
        f"notes: 'See [[{random.choice('abcdefghx')}]] and [x](y)'",
        f"links: {{doi: 10.1000/{number(4)}}}",
        f"links: {{url: 'https://e.org/{random.choice(('a', 'b', ''))}'}}",
        "results: [{dataset: D, metric: Dice, value: 2}]",
        "allow: {similar-title: because, doubled-url: because}",
    )
    keys = {line.partition(":")[0]: line for line in random.sample(optional, 4)}
    return "".join(f"{line}\n" for line in (*lines, *keys.values()))


def change(random: Random, preview: Preview) -> None:
    """Change something in the folder."""
    files = sorted(path for path in preview.entries.rglob("*") if path.is_file())
    one = random.choice(files)
    name = f"{random.choice(('', '', 'liver/', 'heart/'))}{random.choice('abcdefgh')}"
    vocabularies = (
        *(VOCABULARY, VOCABULARY, VOCABULARY.replace("[Known]", "[Graph]"), "facets: ["),
        *(VOCABULARY.replace("Heart,", "Heart, Spleen,"), VOCABULARY.replace("open: true, ", "")),
        *(VOCABULARY.replace("most: 1", "most: 3"), VOCABULARY.replace("Liver,", "Liver, id: x,")),
        *(f"# {random.random()}\n{VOCABULARY}", VOCABULARY.replace("figure: figure.svg\n", "")),
    )  # fmt: skip
    actions: list[tuple[int, Callable[[], object]]] = [
        (12, lambda: preview.write(f"{name}.yml", paper(random))),
        (3, lambda: one.unlink()),
        (3, lambda: one.rename(one.with_name(f"{random.choice('abcdefgh')}.yml"))),
        (1, lambda: preview.write(f"{name}.yaml", paper(random))),
        (1, lambda: preview.write(f"{name.upper()}.yml", paper(random))),
        (1, lambda: one.write_bytes(one.read_bytes())),
        (1, lambda: one.write_bytes(one.read_bytes() + b"# more\n")),
        (3, lambda: preview.write("vocabulary.yml", random.choice(vocabularies))),
        (1, lambda: preview.write("figure.svg", FIGURE.format(random.choice(("liver", "x"))))),
        (1, lambda: None),
    ]
    weights, choices = zip(*actions, strict=True)
    random.choices(choices, weights)[0]()


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("seed", range(5))
def test_after_any_changes_a_load_equals_a_fresh_one(seed: int, preview: Preview) -> None:
    random = Random(seed)
    preview.write("vocabulary.yml", VOCABULARY)
    preview.write("figure.svg", FIGURE.format("liver"))
    for name in "abcdef":
        preview.write(f"{name}.yml", paper(random))
    found = set()
    for _ in range(40):
        for _ in range(random.randrange(1, 3)):
            preview.write("keep.yml", ENTRY.format("Kept"))
            change(random, preview)
        library, fresh = preview.load(), preview.load_fresh()
        assert library == fresh
        found |= {problem.code for problem in library.problems}
        time.sleep(0.012)  # more than the resolution of the times of files
    assert len(found) > 12


def read_paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The list to which the path of each file is added that is read from now on."""
    paths: list[str] = []
    read = reader.read_text

    def read_text(
        path: Path | str, shown: str, folder: Path | None = None
    ) -> tuple[str, list[reader.Problem]]:
        paths.append(shown)
        return read(path, shown, folder)

    monkeypatch.setattr(reader, "read_text", read_text)
    return paths


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("text", [ENTRY.format("B"), "title: [", "x: B\n", ENTRY.format("B #2")])
def test_only_changed_files_are_read(
    text: str, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.write("a.yml", ENTRY.format("A"))
    preview.write("b.yml", text)
    before = preview.load()
    paths = read_paths(monkeypatch)
    preview.write("a.yml", ENTRY.format("Another"))
    library = preview.load()
    assert paths == ["entries/a.yml"]
    assert library.entries[0].title == "Another"
    assert library.entries[1:] == before.entries[1:]
    assert [*map(id, library.entries[1:])] == [*map(id, before.entries[1:])]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("old", "new"), [("Heart,", "Heart, Spleen,"), ("most: 1", "most: 2"), ("Methods", "Ways")]
)
def test_all_files_are_read_again_with_another_vocabulary(
    old: str, new: str, preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.write("vocabulary.yml", VOCABULARY)
    for name in "ab":
        preview.write(f"{name}.yml", ENTRY.format(name))
    preview.load()
    paths = read_paths(monkeypatch)
    preview.write("vocabulary.yml", f"# a comment\n{VOCABULARY}")
    preview.load()
    assert paths == []
    preview.write("vocabulary.yml", VOCABULARY.replace(old, new))
    preview.load()
    assert paths == ["entries/a.yml", "entries/b.yml"]


@pytest.mark.usefixtures("later")
def test_a_word_of_an_open_facet_follows_the_first_file_with_it(preview: Preview) -> None:
    preview.write("a.yml", f"{ENTRY.format('A')}methods: [Graph]\n")
    preview.write("b.yml", f"{ENTRY.format('B')}methods: [graph]\n")
    titles = []
    for text in ("methods: [GRAPH]", "methods: [Other]", "methods: [G-raph]", "methods: [graph]"):
        preview.load()
        preview.write("a.yml", f"{ENTRY.format('A')}{text}\n")
        library = preview.load()
        assert library == preview.load_fresh()
        titles.append([term.title for term in library.vocabulary.facets["methods"].terms])
        time.sleep(0.012)
    assert titles == [["GRAPH"], ["graph", "Other"], ["G-raph"], ["graph"]]


def test_a_file_that_has_just_changed_is_read_again(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its next change may have the same times and the same size."""
    preview.write("a.yml", ENTRY.format("A"))
    before = preview.load()
    paths = read_paths(monkeypatch)
    library = preview.load()
    assert paths == ["entries/a.yml"]
    assert library.entries[0] is before.entries[0]


@pytest.mark.parametrize(("seconds", "is_known"), [(-1, False), (1, False), (3, True)])
def test_the_state_of_a_file_counts_some_seconds_after_its_change(
    seconds: int, is_known: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.yml"
    path.write_text("")
    begin = path.stat().st_ctime_ns + seconds * _SECOND
    assert bool(file_state(path, begin)) is is_known
    assert file_state(tmp_path, begin) is file_state(tmp_path / "b.yml", begin) is None


@pytest.mark.usefixtures("later")
def test_a_link_is_always_read(preview: Preview) -> None:
    (preview.entries / ".shared").write_text(ENTRY.format("A"), encoding="utf-8")
    (preview.entries / "a.yml").symlink_to(preview.entries / ".shared")
    preview.load()
    (preview.entries / ".shared").write_text(ENTRY.format("B"), encoding="utf-8")
    assert [entry.title for entry in preview.load().entries] == ["B"]


@pytest.mark.usefixtures("later")
def test_titles_of_unchanged_papers_are_not_compared_again(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    authors = {"a": "Roe", "b": "Roe", "c": "Doe", "d": "Doe"}
    for name, author in authors.items():
        preview.write(f"{name}.yml", f"{ENTRY.format('The same')}authors: [A {author}]\n")
    before = preview.load()
    compared: list[tuple[str, str]] = []

    def compare(words: str, others: str) -> bool:
        compared.append((words, others))
        return words == others

    monkeypatch.setattr(duplicates, "nearly_equal_words", compare)
    preview.write("e.yml", f"{ENTRY.format('Another')}authors: [A Doe]\n")
    library = preview.load()
    assert [problem for problem in library.problems if problem.code == "similar-title"] == [
        problem for problem in before.problems if problem.code == "similar-title"
    ]
    assert compared
    assert all("another" in pair for pair in compared if pair[0] != pair[1])
    assert len(compared) <= 4
