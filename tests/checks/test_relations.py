"""Problems of relations between papers."""

from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of
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


@pytest.mark.parametrize("count", [3, 30, 3000])
def test_a_circle_of_any_length_is_one_problem(count: int, tmp_path: Path) -> None:
    papers = {
        f"p{number}": GOOD.format(f"Paper {number}").replace("example.org", f"e{number}.org")
        + f"extends: [p{(number + 1) % count}]\n"
        for number in range(count)
    }
    (message,) = [line for line in messages_of(tmp_path, **papers) if "circle" in line]
    assert message.startswith("p0.yml:4:11: circle: extends: papers form a circle: p0 → p1 → p2")
    assert len(message) < 400
    assert ("…" in message) == (count > 20)


def test_only_the_first_unknown_ids_have_a_hint(tmp_path: Path) -> None:
    papers = {
        f"paper_{number}": GOOD.format(f"Paper {number}") + f"extends: [papers-{number}]\n"
        for number in range(MAX_HINTS + 20)
    }
    said = [line for line in messages_of(tmp_path, **papers) if "unknown-paper" in line]
    assert len(said) == MAX_HINTS + 20
    assert sum("did you mean 'paper-" in line for line in said) == MAX_HINTS
