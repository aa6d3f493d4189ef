"""Text that a terminal and a build server show and never obey."""

import json

import pytest
from paper_atlas.reports.printable import (
    printable,
    printable_json,
    printable_line,
    printable_lines,
)

SHOWN = {
    "U-Net für die Leber, 肝": "U-Net für die Leber, 肝",
    "شبكة\u200cعصبية 👩\u200d🔬": "شبكة\u200cعصبية 👩\u200d🔬",
    "C:\\x1b": "C:\\x1b",
    "\x1b]52;c;cm0=\x07": "\\x1b]52;c;cm0=\\x07",
    "\x1b]8;;http://a\x1b\\": "\\x1b]8;;http://a\\x1b\\",
    "a\nb\r\tc": "a\\nb\\r\\tc",
    "\x9b31m\x85\x90": "\\x9b31m\\x85\\x90",
    "\u202egnp.exe\u2066": "\\u202egnp.exe\\u2066",
    "a\u2028b\u200bc\ufeff": "a\\u2028b\\u200bc\\ufeff",
    "\udc80\U000e0041": "\\udc80\\U000e0041",
    "\x7f\x08\x00": "\\x7f\\x08\\x00",
}


@pytest.mark.parametrize("text", SHOWN)
def test_harmful_characters_are_seen(text: str) -> None:
    assert printable(text) == printable_line(text) == SHOWN[text]


def test_text_keeps_its_lines_and_tabs() -> None:
    assert printable_lines("a\tb\r\n\x1bc\n") == "a\tb\\r\n\\x1bc\n"


COMMANDS = {
    "::error::x": ":\\x3aerror::x",
    "  ::stop-commands::x": "  :\\x3astop-commands::x",
    "::": ":\\x3a",
    "a.yml ::error::x": "a.yml ::error::x",
    "x ##[error]y": "x #\\x23[error]y",
    "##vso[task.setvariable]": "#\\x23vso[task.setvariable]",
    "###[a] ##teamcity[b": "##\\x23[a] #\\x23teamcity[b",
    "## a [b]": "## a [b]",
    "C++ ## 1": "C++ ## 1",
}


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_build_servers_are_broken(line: str) -> None:
    assert printable_line(line) == COMMANDS[line]
    assert printable_lines(f"{line}\n\t{line}") == f"{COMMANDS[line]}\n\t{printable_line(line)}"


@pytest.mark.parametrize("text", [*SHOWN, *COMMANDS, "\ud800\udc00", '"\\', "\U0001f600\U000e0001"])
def test_json_keeps_its_value(text: str) -> None:
    shown = printable_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    assert json.loads(shown) == json.loads(json.dumps({text: [text]}))
    assert shown == printable_lines(shown)
    shown.encode()
