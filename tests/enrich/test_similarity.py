"""Titles, authors, venues and pages are compared across different spellings."""

from paper_atlas.enrich.similarity import (
    same_authors,
    same_pages,
    same_title,
    same_venue,
    title_similarity,
)


def test_similar_titles_are_the_same() -> None:
    """Case, punctuation and a prefix such as "RETRACTED" are ignored. Subtitles are not."""
    nnu = "nnU-Net: a self-configuring method for deep learning-based biomedical image segmentation"
    assert same_title([nnu], [nnu.upper().replace("-", " ")])
    assert same_title(["SAM-Med2D"], ["RETRACTED ARTICLE: SAM-Med2D"])
    assert same_title(["U-Net", "SAM-Med2D"], ["", "SAM-Med2D."])
    assert not same_title([nnu], ["nnU-Net: Self-adapting Framework for U-Net-Based Segmentation"])
    assert not same_title([nnu], ["", "nnU-Net"])
    assert not same_title([nnu], [])
    assert title_similarity(["a"], [""]) == 0


def test_author_lists_agree_by_surname_and_initial() -> None:
    assert same_authors(
        ["Klaus H. Maier-Hein", "F. Kainmüller"], ["K Maier‐Hein", "Fritz Kainmuller"]
    )
    assert same_authors(["Maria Garcia Lopez"], ["Garcia Lopez, Maria"])
    assert not same_authors(["Klaus Maier-Hein"], ["Lena Maier-Hein"])
    assert not same_authors(["Xiaomeng Li", "Hao Chen"], ["Hao Chen", "Xiaomeng Li"])


def test_similar_venues_and_equal_first_pages_are_the_same() -> None:
    miccai = "Medical Image Computing and Computer Assisted Intervention"
    iccv = "IEEE/CVF International Conference on Computer Vision (ICCV)"
    assert same_venue([f"{miccai} (MICCAI)"], ["LNCS", f"{miccai} – MICCAI 2024"])
    assert same_venue([iccv], [f"2023 {iccv}"])
    assert not same_venue(["Nature"], ["Nature Medicine"])
    assert not same_venue(["NeuroImage"], ["NeuroImage: Clinical"])
    assert same_pages("2663", "2663–2674")
    assert not same_pages("2663-2674", "266-2674")
