"""The canonical file of an entry: every comment stays at its key, and no value changes."""

import json
import random
import re
from pathlib import Path

import pytest
from helpers import FIXTURES, ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paper_atlas import Entry, Vocabulary, load
from paper_atlas.folder.diff import FileChange, format_changes
from paper_atlas.folder.formatter import format_text
from paper_atlas.folder.reader import EntryReader, read_files
from paper_atlas.folder.vocabulary_file import default_vocabulary
from paper_atlas.model.entry import read_entry
from paper_atlas.problem import errors
from paper_atlas.source.document import Document, parse_document, read_document
from paper_atlas.source.yaml_writer import yaml_scalar

ATLASES = [ROOT / "entries", FIXTURES / "atlas" / "entries"]
VOCABULARY = default_vocabulary()


def entry_of(text: str, vocabulary: Vocabulary = VOCABULARY) -> tuple[Document, Entry]:
    source, problems = parse_document(text, "entries/x.yml")
    entry, more = read_entry(source, vocabulary, {})
    assert entry is not None, (text, [str(it) for it in errors([*problems, *more])])
    return source, entry


def reformatted(text: str, vocabulary: Vocabulary = VOCABULARY) -> str:
    """Format a text. The result has the same values, and is the same when formatted again."""
    facets = list(vocabulary.facets)
    source, entry = entry_of(text, vocabulary)
    after = format_text(source, entry, facets)
    again, same = entry_of(after, vocabulary)
    assert same == entry
    assert format_text(again, same, facets) == after
    return after


REST = "links:\n  doi: 10.1000/1\ntopics: [Liver]\n"
LONG = [f"Somebody With A Long Name {letter}" for letter in "ABCD"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"# why 2018\nyear: 2018 # sure?\n# the title\ntitle: T\n{REST}",
            "# the title\ntitle: T\n# why 2018\nyear: 2018  # sure?\n" + REST,
            id="comments go with their keys",
        ),
        pytest.param(
            f"# head\n#\n\n\n# more\n\n# year\nyear: 2018\ntitle: T\n{REST}",
            f"# head\n#\n\n# more\n\ntitle: T\n# year\nyear: 2018\n{REST}",
            id="what a blank line parts from the first key stays at the head",
        ),
        pytest.param(
            f"# yaml-language-server: $schema=../s.json\n# year\nyear: 2018\ntitle: T\n{REST}",
            f"# yaml-language-server: $schema=../s.json\ntitle: T\n# year\nyear: 2018\n{REST}",
            id="the line for the editor stays at the head",
        ),
        pytest.param(
            f"year: 2018\ntitle: T\n{REST}\n# the\n\n  # end  \n",
            f"title: T\nyear: 2018\n{REST}# the\n# end\n",
            id="comments after the last key stay at the end",
        ),
        pytest.param(
            "title: T\nlinks: # all\n  # code\n  code: https://e.org/#c # there\n"
            "  doi: https://doi.org/10.1000/1 # bare\ntopics: # one\n- Liver # whole\n",
            "title: T\nlinks:  # all\n  doi: 10.1000/1  # bare\n  # code\n"
            "  code: https://e.org/#c  # there\ntopics:  # one\n  - Liver  # whole\n",
            id="within links; of an item of what would fit on one line",
        ),
        pytest.param(
            f"title: T\nauthors: [ # all\n  {LONG[0]}, # first\n  # next\n  {LONG[1]}\n  ,"
            f" {LONG[2]}, {LONG[3]}\n  # last\n] # closed\n{REST}",
            "title: T\n# all\n# last\nauthors:  # closed\n"
            f"  - {LONG[0]}  # first\n  # next\n  - {LONG[1]}\n"
            f"  - {LONG[2]}\n  - {LONG[3]}\n{REST}",
            id="within a list that stays long",
        ),
        pytest.param(
            f"title: T\n{REST}results:\n- # dash\n  # metric\n  metric: Dice # m\n"
            "  value: 0.0000001 # v\n  dataset: LiTS\n- {dataset: L, metric: D, value: 1} # flow\n",
            f"title: T\n{REST}results:\n  - dataset: LiTS  # dash\n    # metric\n"
            "    metric: Dice  # m\n    value: 0.0000001  # v\n"
            "  - dataset: L  # flow\n    metric: D\n    value: 1\n",
            id="within results",
        ),
        pytest.param(
            "title: T\n# a\nauthors: [Ann Doe, {group: 3M}] # b\n" + REST,
            f"title: T\n# a\nauthors:  # b\n  - Ann Doe\n  - group: 3M\n{REST}",
            id="a group",
        ),
        pytest.param(
            f"title: T\n{REST}authors: # a\n- # b\n  group: A # c\n- Bo Li # d\n",
            f"title: T\nauthors:  # a\n  # b\n  - group: A  # c\n  - Bo Li  # d\n{REST}",
            id="comments within a group",
        ),
        pytest.param(
            f"title: T\n{REST}notes: | # block\n  # no comment\n  a # none\n\n  b\n# end\n",
            f"title: T\n{REST}notes: |-  # block\n  # no comment\n  a # none\n\n  b\n# end\n",
            id="a block",
        ),
        pytest.param(
            "title:\n  # above\n  'It''s #1: a\n\n   # none' # beside\n"
            f'venue: "\\u2028 #"#x\n{REST}',
            f'# above\ntitle: |-  # beside\n  It\'s #1: a\n  # none\nvenue: "#"  #x\n{REST}',
            id="quoted text",
        ),
        pytest.param(
            "title: T\nlinks: {doi: 10.1000/1} # l\n"
            "methods: CT # one\nextends: [] # none\nauthors: [] # nobody\n"
            "topics:\n# a\n- liver # b\n- LIVER # c\n# d\n- Pancreas\n",
            "title: T\nlinks:  # l\n  doi: 10.1000/1\n"
            "topics:\n  # a\n  # b\n  - liver  # c\n  # d\n  - Pancreas\n"
            "methods: [CT]  # one\n"
            "# none\n# nobody\n",
            id="what is not written leaves its comments",
        ),
        pytest.param(
            "--- # start\n{title: T, # t\n # l\n links: {doi: 10.1000/1}, topics: [Liver]} # e\n",
            f"# start\ntitle: T  # t\n# l\n{REST}# e\n",
            id="braces",
        ),
        pytest.param(f"\ufefftitle: T # t\n{REST}\n\n", f"title: T  # t\n{REST}", id="a mark"),
    ],
)
def test_comments_move_with_their_parts(before: str, after: str) -> None:
    assert reformatted(before) == after


def test_an_alias_becomes_the_title_and_its_comment_stays() -> None:
    terms = [{"title": f"A term with a long title indeed {n}", "aliases": [f"t{n}"]} for n in "123"]
    facets = {"topics": {"title": "Topics", "pages": True, "terms": terms}}
    vocabulary = Vocabulary.model_validate({"facets": facets})
    before = "title: T\nlinks: {doi: 10.1000/1}\ntopics: [t1, # one\n T1, # again\n T3 # three\n]\n"
    assert reformatted(before, vocabulary) == (
        "title: T\nlinks:\n  doi: 10.1000/1\ntopics:\n  # one\n"
        "  - A term with a long title indeed 1  # again\n"
        "  - A term with a long title indeed 3  # three\n"
    )
    after = reformatted(before.replace("T3", "t2, # two\n t3"), vocabulary)
    assert after.endswith(
        "topics:\n  # one\n  - A term with a long title indeed 1  # again\n"
        "  - A term with a long title indeed 2  # two\n"
        "  - A term with a long title indeed 3  # three\n"
    )


@pytest.mark.parametrize("folder", ATLASES, ids=["this atlas", "the small atlas"])
def test_formatting_changes_no_value_of_any_entry(folder: Path) -> None:
    library = load(folder, ROOT)
    assert library.entries
    for entry in library.entries:
        source, _ = read_document(ROOT / entry.path, entry.path)
        after = format_text(source, entry, list(library.vocabulary.facets))
        again, _ = parse_document(after, entry.path)
        assert read_entry(again, library.vocabulary, {})[0] == entry
        assert format_text(again, entry, list(library.vocabulary.facets)) == after


# Texts that look like YAML syntax, and characters that YAML treats specially.
ODD = st.sampled_from(
    [
        *(
            "#",
            " #",
            " # ",
            ": ",
            ":",
            "- ",
            "'",
            '"',
            "\\",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&",
            "*",
            "!",
        ),
        *("|", ">", "%", "@", "`", "?", "~", "...", "---", "=", "<<", "\u2028", "\u2029", "\ufffe"),
        *(
            "é",
            "肝",
            "😀",
            "\u00a0",
            "\u3000",
            "e\u0301",
            "1",
            "07",
            "0.5",
            "null",
            "Yes",
            " ",
            "  ",
        ),
    ]
)
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=8)
PIECES = st.lists(ODD | WORDS, max_size=6).map("".join)
TEXT = PIECES.map(lambda text: f"a{text}") | PIECES.map(lambda text: f"{text}.")
LINES = st.lists(TEXT | st.sampled_from(["", "  b", "# c", "c ", " "]), min_size=1, max_size=4).map(
    lambda lines: "\n".join(["a", *lines, "z"])
)
TERMS = st.sampled_from(["Liver", "liver", "A: b", "Pancreas #2", "x" * 60, "Lung's", "CT (too)"])
ADDRESS = st.sampled_from(["https://e.org/#top", "http://e.org/a?b=c&d=é", "https://肝.org"])


def is_author(text: str) -> bool:
    return not re.search(r"&|;|[“”\"]$|\band\b|\bet al\b", text, re.IGNORECASE)


ENTRY = st.fixed_dictionaries(
    {
        "title": TEXT,
        "links": st.dictionaries(
            st.sampled_from(["url", "code", "pdf", "A: lab", "#page", "Ünï"]), ADDRESS, min_size=1
        ),
        "topics": st.lists(TERMS, min_size=1, max_size=4),
    },
    optional={
        "authors": st.lists(
            TEXT.map(lambda text: f"Some {text}").filter(is_author)
            | TEXT.filter(lambda text: ";" not in text).map(lambda text: {"group": text}),
            max_size=4,
        ),
        "year": st.integers(1400, 2100).map(str),
        "venue": TEXT,
        "pages": TEXT,
        "notes": LINES | TEXT,
        "methods": st.lists(TERMS, max_size=3),
        "added": st.dates().map(str),
        "results": st.lists(
            st.fixed_dictionaries(
                {
                    "metric": TEXT,
                    "value": st.decimals(-1, 1, places=8).map("{:f}".format),
                    "dataset": TEXT,
                },
                optional={"stated": LINES},
            ),
            max_size=3,
        ),
        "allow": st.dictionaries(TEXT, TEXT, max_size=2),
    },
)


class Writer:
    """Writes values as YAML in random styles, with comments at random places.

    `above` and `beside` contain the comments by the key or item to which they belong.
    """

    def __init__(self, choice: random.Random, odd: str) -> None:
        self.choice = choice
        self.odd = odd
        self.comments: list[str] = []
        self.above: dict[str, str] = {}
        self.beside: dict[str, str] = {}

    def comment(self) -> str:
        self.comments.append(f"#{len(self.comments)}! {self.odd}".rstrip())
        return self.comments[-1]

    def full_lines(self, indent: str, key: str = "") -> str:
        lines = ""
        for _ in range(self.choice.choice([0, 0, 1, 2])):
            comment = self.comment()
            self.above |= {comment: key} if key else {}
            lines += f"{indent}{comment}\n" + "\n" * self.choice.choice([0, 0, 0, 1])
        return lines

    def end(self, key: str = "") -> str:
        if self.choice.random() < 0.7:
            return "\n"
        comment = self.comment()
        self.beside |= {comment: key} if key else {}
        return f" {comment}\n"

    def scalar(self, text: str) -> str:
        if self.choice.random() < 0.5 and "\n" not in text and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        quoted = json.dumps(text, ensure_ascii=self.choice.random() < 0.3 and text.isascii())
        return re.sub(r"[\u2028\u2029\ufffe]", lambda it: f"\\u{ord(it[0]):04x}", quoted)

    def mapping(self, values: dict[str, object], indent: str = "", *, above: bool = True) -> str:
        written = ""
        for key, value in self.choice.sample(list(values.items()), len(values)):
            of_key = key if written or indent else ""  # the first may be of the whole file
            written += self.full_lines(indent, of_key) if above or written else ""
            written += f"{indent}{self.scalar(key)}:{self.value(value, indent, key)}"
        return written

    def value(self, value: object, indent: str, key: str) -> str:
        if isinstance(value, str) and "\n" in value and self.choice.random() < 0.5:
            lines = [f"{indent}   {line}" if line else "" for line in value.split("\n")]
            if not re.search("[\u2028\u2029\ufffe]", value):
                return " |" + self.end(key) + "\n".join(lines) + "\n"
        if isinstance(value, str):
            return f" {self.scalar(value)}{self.end(key)}"
        if not value or (self.choice.random() < 0.3 and isinstance(value, list)):
            return " " + self.flow(value, indent) + self.end(key if value else "")
        if isinstance(value, dict):
            return self.end(key) + self.mapping(value, f"{indent}  ")
        assert isinstance(value, list)
        return self.end(key) + "".join(self.item(item, f"{indent} ") for item in value)

    def item(self, item: object, indent: str) -> str:
        start = self.full_lines(indent) + f"{indent}- "
        if isinstance(item, str):
            return start + self.scalar(item) + self.end()
        assert isinstance(item, dict)
        return start + self.mapping(item, f"{indent}  ", above=False).lstrip()

    def flow(self, value: object, indent: str) -> str:
        if isinstance(value, str):
            return self.scalar(value)
        if isinstance(value, dict):
            pairs = [f"{self.scalar(key)}: {self.scalar(it)}" for key, it in value.items()]
            return "{" + ", ".join(pairs) + "}"
        assert isinstance(value, list)
        items = [f"{indent}  {self.flow(it, indent)},{self.end()}" for it in value]
        return "[" + self.end() + "".join(items) + self.full_lines("   ") + f"{indent} ]"


def written_as_comments(text: str) -> list[str]:
    """Return the start of every comment. No value contains such a mark."""
    return re.findall(r"#\d+!", text)


@given(ENTRY, st.integers(0, 9999), PIECES)
@settings(max_examples=100, derandomize=True, deadline=None)
@example({"title": "T", "links": {"url": "https://e.org"}, "topics": ["Liver"]}, 1, "")
def test_random_entries_keep_all_values_and_comments(
    data: dict[str, object], seed: int, odd: str
) -> None:
    writer = Writer(random.Random(seed), re.sub("[\u2028\u2029\ufffe]", "", odd))
    before = writer.mapping(data) + writer.full_lines("")
    after = reformatted(before)
    lines = after.split("\n")
    stripped = [line.strip(" ").removeprefix("- ") for line in lines]
    assert sorted(written_as_comments(after)) == sorted(written_as_comments(before))
    for comment in writer.comments:
        assert sum(line.endswith(comment) for line in stripped) >= 1
    for comment, key in writer.beside.items():
        line = next(line for line in stripped if line.endswith(f"  {comment}"))
        assert line.startswith(f"{yaml_scalar(key.strip())}:")
    for comment, key in writer.above.items():
        following = stripped[stripped.index(comment) :]
        below = next((line for line in following if not line.startswith("#")), "")
        assert below.startswith(f"{yaml_scalar(key.strip())}:") or not data.get(key, True)


def formatted(text: str, *, without_modeline: bool = False) -> str:
    vocabulary = default_vocabulary()
    source, _ = parse_document(text, "a.yml")
    entry, problems = read_entry(source, vocabulary, {})
    assert entry is not None, problems
    return format_text(source, entry, list(vocabulary.facets), without_modeline)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028"])
def test_comments_stay_alone_whatever_ends_their_lines(end: str) -> None:
    lines = ["--- # top", "title: A  # one", "# two", "  # three", "topics: [B]  # four", "# five"]
    document, entry = entry_of("".join(f"{line}{end}" for line in lines))
    assert format_text(document, entry, ["topics"]).split("\n") == [
        *("# top", "title: A  # one", "# two", "# three"),
        *("topics: [B]  # four", "# five", ""),
    ]


def test_a_line_of_spaces_is_a_blank_line() -> None:
    text = f"# head\n  \n# year\nyear: 2018\ntitle: T\n{REST}"
    assert formatted(text) == f"# head\n\ntitle: T\n# year\nyear: 2018\n{REST}"


def test_only_comments_above_the_first_key_belong_to_the_whole_file() -> None:
    text = f"title: T\n# year\n\nyear: 2018\n{REST}"
    assert formatted(text) == f"title: T\n# year\nyear: 2018\n{REST}"


def test_the_modeline_is_left_out_only_if_another_replaces_it() -> None:
    text = f"# yaml-language-server: $schema=x.json\n# mine\ntitle: T\n{REST}"
    assert formatted(text) == text
    assert formatted(text, without_modeline=True) == f"# mine\ntitle: T\n{REST}"


def test_of_two_comments_on_items_that_are_merged_the_first_moves_above() -> None:
    text = f"title: T\n{REST}methods:\n- U-Net # one\n- u-net # two\n"
    after = formatted(text)
    assert after.endswith("methods:\n  # one\n  - U-Net  # two\n")


def test_a_comment_on_a_key_that_is_removed_moves_to_the_end() -> None:
    text = f"title: T\nauthors: [] # unknown\n{REST}"
    assert formatted(text) == f"title: T\n{REST}# unknown\n"


def test_a_byte_order_mark_is_removed_unless_the_file_has_errors(
    tmp_path: Path,
) -> None:
    text = f"title: T\n{REST}"
    for name, odd in {"a": f"\ufeff{text}", "b": text, "c": f"\ufeff{text}year: x\n"}.items():
        (tmp_path / f"{name}.yml").write_text(odd, encoding="utf-8")
    files = read_files(tmp_path, tmp_path, EntryReader(tmp_path, default_vocabulary()))
    found = format_changes(files, ["topics"], tmp_path, tmp_path)
    assert list(found) == [FileChange("a.yml", text, text)]
