"""Each target of the fuzzer with structured input: words of its format, its fixtures, and noise."""

import pytest
from helpers.torture import amount
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile.targets import FIXTURES, TARGETS
from hostile.words import WORDS

LIMITS = settings(
    max_examples=amount(25, 2000),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Return words of a format with noise, alone or in the middle of a fixture."""
    words = st.lists(st.sampled_from(WORDS[name]) | st.text(max_size=6), max_size=30).map("".join)
    paths = sorted({path for pattern in TARGETS[name].seeds for path in FIXTURES.glob(pattern)})
    seeds = [path.read_bytes()[:2000] for path in paths if path.is_file()] or [b""]
    noise = words.map(lambda text: text.encode("utf-8", "surrogatepass"))
    return noise | st.builds(
        _replace, st.sampled_from(seeds), noise, st.floats(0, 1), st.floats(0, 1)
    )


def _replace(seed: bytes, part: bytes, start: float, share: float) -> bytes:
    """Return a seed in which another part replaces some bytes."""
    first = int(start * len(seed))
    return seed[:first] + part + seed[first + int(share * 40) :]


@pytest.mark.parametrize("name", TARGETS)
def test_the_promises_hold_for_any_input(name: str) -> None:
    given(inputs(name))(LIMITS(TARGETS[name].run))()


@pytest.mark.parametrize("name", TARGETS)
def test_the_promises_hold_for_the_seeds(name: str) -> None:
    paths = [path for pattern in TARGETS[name].seeds for path in FIXTURES.glob(pattern)]
    assert paths
    for path in paths[: amount(5, 1000)]:
        TARGETS[name].run(path.read_bytes())
