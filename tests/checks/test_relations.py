"""Problems of relations between papers."""

from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of
from paper_atlas import load
from paper_atlas.checks.context import MAX_HINTS


def test_invalid_relations(tmp_path: Path) -> None:
    assert messages_of(
        tmp_path,
        a=GOOD.format("First") + "extends: [b, b]\n",
        b=GOOD.format("Second") + "extends: [c]\n",
        c=GOOD.format("Third") + "extends: [a, c]\n",
        d=GOOD.format("Fourth") + "extends: [e, broken]\n",
        broken="title: [",
    ) == [
        "a.yml:4:11: circle: extends: papers form a circle: a → b → c → a "
        "(remove one of these relations)",
        "a.yml:4:14: doubled-name: extends: 'b' is given twice (remove one of the two)",
        "broken.yml:2:1: yaml-syntax: a value is missing, or a list is not closed "
        "(add the value, or ']')",
        "c.yml:4:14: self-relation: extends: 'c' is this paper itself (remove it)",
        "d.yml:4:11: unknown-paper: extends: 'e' does not name an entry",
    ]  # fmt: skip


@pytest.mark.parametrize("ids", ["[a]", "[b, a]"])
def test_the_present_id_is_no_former_one(ids: str, tmp_path: Path) -> None:
    (message,) = messages_of(tmp_path, a=GOOD.format("A") + f"formerly: {ids}\n")
    assert message.endswith("self-relation: formerly: 'a' is this paper itself (remove it)")


@pytest.mark.parametrize("count", [3, 20, 21, 3000])
def test_a_circle_of_any_length_is_one_problem_that_names_up_to_20_papers(
    count: int, tmp_path: Path
) -> None:
    papers = {
        f"p{number}": GOOD.format(f"Paper {number}").replace("example.org", f"e{number}.org")
        + f"extends: [p{(number + 1) % count}]\n"
        for number in range(count)
    }
    (message,) = [line for line in messages_of(tmp_path, **papers) if "circle" in line]
    named = [f"p{number}" for number in range(min(count, 20))] + ["…"] * (count > 20) + ["p0"]
    assert message == (
        f"p0.yml:4:11: circle: extends: papers form a circle: {' → '.join(named)} "
        "(remove one of these relations)"
    )


def test_a_circle_is_reported_in_its_first_file(tmp_path: Path) -> None:
    """The order is that of the paths, not that of the ids."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "last.yml").write_text(GOOD.format("Last") + "extends: [first]\n")
    (tmp_path / "first.yml").write_text(GOOD.format("First") + "extends: [last]\n")
    (problem,) = [one for one in load(tmp_path, tmp_path).problems if one.code == "circle"]
    assert (problem.path, problem.message) == (
        "a/last.yml", "papers form a circle: last → first → last"
    )  # fmt: skip


def test_two_circles_are_two_problems(tmp_path: Path) -> None:
    """The second one leads to the first one, and a paper leads to both."""
    relations = {"a": "b", "b": "a", "c": "d, a", "d": "c", "e": "c, a"}
    papers = {one: GOOD.format(one) + f"extends: [{ids}]\n" for one, ids in relations.items()}
    found = [line for line in messages_of(tmp_path, **papers) if "circle" in line]
    assert [line.split("circle: ")[-1].split(" (")[0] for line in found] == [
        "a → b → a",
        "c → d → c",
    ]


def test_relations_in_a_file_with_errors_are_checked(tmp_path: Path) -> None:
    lines = "title: A\nextends: [zero]\nnot_same_as: [none]\nallow: {}\nyear: soon\n"
    said = messages_of(tmp_path, broken=lines)
    assert [line for line in said if "unknown-paper" in line] == [
        "broken.yml:2:11: unknown-paper: extends: 'zero' does not name an entry",
        "broken.yml:3:15: unknown-paper: not_same_as: 'none' does not name an entry",
    ]


def test_the_hint_for_a_former_id_is_the_new_one(tmp_path: Path) -> None:
    papers = {
        "a": GOOD.format("A") + "extends: [old]\n",
        "b": GOOD.format("B").replace("example", "example2") + "formerly: [older, old]\n",
    }
    assert messages_of(tmp_path, **papers) == [
        "a.yml:4:11: unknown-paper: extends: 'old' does not name an entry (write 'b', its new id)"
    ]


def test_a_former_id_belongs_to_one_paper(tmp_path: Path) -> None:
    papers = {
        "a": GOOD.format("A") + "formerly: [old, b]\n",
        "b": GOOD.format("B").replace("example", "example2") + "formerly: [old]\n",
    }
    assert messages_of(tmp_path, **papers) == [
        "a.yml:4:17: doubled-name: formerly: 'b' is also an id of b.yml (remove it)",
        "b.yml:4:12: doubled-name: formerly: 'old' is also an id of a.yml (remove it)",
    ]


def test_links_in_notes_to_nothing_are_reported_at_their_position(tmp_path: Path) -> None:
    notes = "notes: See [[a]], [[nowhere|words]], [x](page.md) and [y](https://e.org/).\n"
    assert messages_of(tmp_path, a=GOOD.format("A") + notes) == [
        "a.yml:4:19: unknown-paper: notes: '[[nowhere|words]]' does not name an entry",
        "a.yml:4:42: malformed-url: notes: 'page.md' is a relative URL "
        "(link to papers with [[id]])",
    ]


def test_only_the_first_unknown_ids_have_a_hint(tmp_path: Path) -> None:
    papers = {
        f"paper_{number}": GOOD.format(f"Paper {number}") + f"extends: [papers-{number}]\n"
        for number in range(MAX_HINTS + 20)
    }
    said = [line for line in messages_of(tmp_path, **papers) if "unknown-paper" in line]
    assert len(said) == MAX_HINTS + 20
    assert sum("(did you mean 'paper-" in line for line in said) == MAX_HINTS
    assert sum(line.endswith("does not name an entry") for line in said) == 20
