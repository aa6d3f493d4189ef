"""Keys of words, and the nearest known word to a misspelt one."""

import difflib
from random import Random

import pytest
from paper_atlas.text.spelling import did_you_mean, nearest, without_accents


def test_did_you_mean() -> None:
    assert did_you_mean("Livre", ["Liver", "Lung"]) == "did you mean 'Liver'?"
    assert did_you_mean("xyz", ["Liver", "Lung"]) == ""


def test_a_very_long_word_has_no_similar_one() -> None:
    assert did_you_mean("a" * 100, ["a" * 101]) == f"did you mean '{'a' * 101}'?"
    assert did_you_mean("a" * 101, ["a" * 100]) == ""


@pytest.mark.parametrize("seed", range(20))
def test_the_nearest_word_is_that_of_difflib(seed: int) -> None:
    """Most words are left out before, by a faster measure."""
    chance = Random(seed)
    known = ["".join(chance.choices("abcdef -", k=chance.randint(2, 14))) for _ in range(200)]
    letters = list(chance.choice(known))
    letters[chance.randrange(len(letters))] = chance.choice("abxyz")
    word = "".join(letters)
    assert [nearest(word, known)] == (difflib.get_close_matches(word, known, 1) or [""])


MARKS = "\u0315\u0300\u0345\u0344\u0f73\u0f75\u0f81\u05b0\u3099\u0323"


@pytest.mark.parametrize("seed", range(20))
def test_the_letters_of_a_long_text_are_those_of_its_parts(seed: int) -> None:
    """A long text is normalized without its marks, a short one with them."""
    chance = Random(seed)
    alphabet = f"abÄßŁİşĳ가다ᄀ각がハ\u1fb3\u03b1{MARKS}{MARKS}"
    words = ["x" + "".join(chance.choices(alphabet, k=20)) for _ in range(40)]
    assert without_accents(" ".join(words)) == " ".join(map(without_accents, words))
