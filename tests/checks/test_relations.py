"""Problems of relations between papers."""

from pathlib import Path

import pytest
from helpers.messages import GOOD, messages_of


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
