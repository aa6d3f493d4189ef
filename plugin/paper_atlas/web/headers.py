"""Read header fields, whose values a server chooses freely."""

import time
from email.utils import parsedate_to_datetime

_LONGEST_NUMBER = 9
"""Digits of a number. No interval of more seconds is meant, and longer ones cost time to parse."""


def read_number(text: str) -> int | None:
    """Return a whole number in decimal digits, or None.

    >>> read_number("50"), read_number("-1"), read_number("9" * 5000)
    (50, None, None)
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else None


def read_date(text: str) -> float | None:
    """Return a date in the form of HTTP as seconds since 1970, or None.

    https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7

    >>> read_date("Sun, 09 Sep 2001 01:46:40 GMT")
    1000000000.0
    """
    try:
        return parsedate_to_datetime(text[:64]).timestamp()
    except (ValueError, TypeError, IndexError, ArithmeticError, OSError):
        return None


def retry_after(text: str) -> float:
    """Parse the header `Retry-After`: a number of seconds or a date. Return seconds, or 0.

    https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3

    >>> retry_after("7"), retry_after("-1"), retry_after("soon")
    (7.0, 0.0, 0.0)
    """
    if (seconds := read_number(text)) is not None:
        return float(seconds)
    date = read_date(text)
    return max(0.0, date - time.time()) if date is not None else 0.0
