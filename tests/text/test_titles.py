"""The rule for titles that are nearly the same."""

import pytest
from paper_atlas.text.titles import nearly_equal_titles, title_key, title_words

SEGMENTATION = "Automatic segmentation of the liver in CT images"


@pytest.mark.parametrize(
    ("title", "other"),
    [
        (SEGMENTATION, SEGMENTATION),
        (SEGMENTATION, "AUTOMATIC SEGMENTATION OF THE LIVER IN CT IMAGES."),
        (SEGMENTATION, "Automatic segmentation of the liver from CT images"),
        ("U-Net: Convolutional Networks", "U-Net – Convolutional networks"),
        ("A 3D network for the brain", "A 3-D network for the brain"),
        ("Überblick über Verfahren", "Uberblick uber Verfahren"),
    ],
)
def test_titles_with_similar_words_and_equal_numbers_are_nearly_equal(
    title: str, other: str
) -> None:
    assert nearly_equal_titles(title, other)
    assert nearly_equal_titles(other, title)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("The challenge of the year 2017", "The challenge of the year 2018"),
        ("Segmentation of the spine, part 1", "Segmentation of the spine, part 2"),
        ("Segmentation of the spine, part 1", "Segmentation of the spine, part"),
        (SEGMENTATION, "Automatic segmentation of the spleen in MR images"),
        (SEGMENTATION, "Automatic segmentation of the liver"),
        (SEGMENTATION, ""),
        ("", ""),
    ],
)
def test_titles_with_other_words_or_numbers_are_not_nearly_equal(title: str, other: str) -> None:
    assert not nearly_equal_titles(title, other)
    assert not nearly_equal_titles(other, title)


def test_the_similarity_of_nearly_equal_titles_is_at_least_92() -> None:
    """23 of 25 characters in common: 2 * 23 / (25 + 25) = 0.92; with 22 it is 0.88."""
    assert nearly_equal_titles("a" * 25, "a" * 23 + "bb")
    assert not nearly_equal_titles("a" * 25, "a" * 22 + "bbb")


def test_the_words_of_a_title_have_no_case_and_no_punctuation() -> None:
    assert title_words("U-Net: A Nested  U-Net!") == "u net a nested u net"


def test_title_key_ignores_case_and_punctuation() -> None:
    assert title_key("LF-SegNet: An encoder--decoder") == title_key(
        "LF-Segnet — an encoder-decoder"
    )
    assert title_key("U-Net") != title_key("U-Net++")
