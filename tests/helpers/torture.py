"""How much the tests in `tests/hostile/` try: a sample in `make test`, all in `make torture`."""

import os

FULL = bool(os.environ.get("TORTURE"))
"""Whether this run tries everything. The variable is set by `make torture`."""


def amount(sample: int, full: int) -> int:
    """Return how often to try something in this run."""
    return full if FULL else sample
