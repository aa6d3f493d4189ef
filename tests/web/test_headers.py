"""Header fields of any form are read, or ignored."""

import doctest

import pytest
from paper_atlas.web import headers
from paper_atlas.web.headers import read_date, read_number, retry_after

NOW = 1_000_000_000.0  # Sun, 09 Sep 2001 01:46:40 GMT


def test_examples_are_right() -> None:
    assert doctest.testmod(headers).failed == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("999999999", 999_999_999), ("9999999999", None), ("", None),
     ("+1", None), ("1_0", None), (" 1", None), ("١", None), ("²", None), ("1e3", None)],
)  # fmt: skip
def test_number_has_up_to_nine_digits(text: str, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "never", "0", "9" * 5_000,
     "Sun, 99 Sep 2001 01:46:40 GMT", "Sun, 09 Sep 2001 25:61:61 GMT",
     "Sun, 09 Sep 2001 01:46:40 +99999999", "Sun, 09 Sep 99999 01:46:40 GMT", "\x00", "(" * 60],
)  # fmt: skip
def test_impossible_date_is_ignored(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("Sun, 09 Sep 2001 01:47:10 GMT", 30), ("Sun, 09 Sep 2001 01:46:10 GMT", 0), ("5", 5),
     ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799 - NOW), ("soon", 0), ("", 0)],
)  # fmt: skip
def test_delay_is_a_number_of_seconds_or_a_date(
    text: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    assert (
        abs(retry_after(text) - seconds) < 1e6 if "9999" in text else retry_after(text) == seconds
    )
