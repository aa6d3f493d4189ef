"""When two descriptions are one paper."""

import re
from typing import Any

import pytest
from helpers.small import entry
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paper_atlas.model.entry import MAX_TITLES
from paper_atlas.model.identity import (
    Fingerprint,
    Match,
    adds_nothing,
    compare,
    fingerprint_of_entry,
    fingerprint_of_fields,
    is_page,
    url_key,
)
from paper_atlas.model.validation import MAX_TEXT_LENGTH
from paper_atlas.text.names import Group

TITLE = "Segmentation of the liver in CT volumes by deep networks"
DOI, OTHER_DOI = {"doi": "10.1000/1"}, {"doi": "10.1000/2"}
ADA, ALAN = "Ada Lovelace", "Alan Turing"


def paper(title: str = TITLE, author: str = ADA, **facts: Any) -> Fingerprint:
    """A fingerprint; `links` are empty by default."""
    return Fingerprint((title,), **{"links": {}, "author": author, **facts})


def match(one: Fingerprint, other: Fingerprint) -> Match:
    """The result of a comparison, which does not depend on the order."""
    found = compare(one, other)
    assert compare(other, one) is found
    return found


@pytest.mark.parametrize(
    ("links", "others"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "https://doi.org/10.1000/abc"}),
        ({"doi": "10.1002/(SI)1<1::AID>3.0"}, {"doi": "10.1002/%28SI%291%3C1::AID%3E3.0"}),
        ({"doi": "10.1000/abc"}, {"url": "https://dx-doi-org.proxy.example.edu/10.1000/abc"}),
        ({"arxiv": "1709.07330"}, {"url": "https://arxiv.org/pdf/1709.07330v2.pdf"}),
        ({"arxiv": "1709.07330v1"}, {"doi": "10.48550/arXiv.1709.07330"}),
        ({"arxiv": "math.GT/0309136"}, {"arxiv": "math/0309136v2"}),
        ({"pmid": "123"}, {"url": "https://pubmed.ncbi.nlm.nih.gov/123/"}),
        ({"pmcid": "PMC12"}, {"pdf": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/pdf/a.pdf"}),
    ],
)  # fmt: skip
def test_an_identifier_in_any_spelling_is_enough(
    links: dict[str, str], others: dict[str, str]
) -> None:
    one = paper("A short name", links=links, year=2017)
    assert match(one, paper("A longer and later title", links=others, year=2018)) is Match.SAME


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (paper("Sailing wooden boats by night", ALAN, links=DOI), Match.MISLABELLED),
        (paper("Sailing wooden boats by night", ADA, links=DOI), Match.SAME),
        (paper(TITLE, ALAN, links=DOI), Match.SAME),
        (paper("Sailing wooden boats by night", "", links=DOI), Match.SAME),
        (paper("Sailing wooden boats by night", "", links=DOI, year=1990), Match.MISLABELLED),
        (paper("Sailing wooden boats by night", ADA, links=DOI, year=1990), Match.MISLABELLED),
        (paper("Sailing wooden boats by night", ADA, links=DOI, pages="9-12"), Match.MISLABELLED),
        (paper("Sailing boats", "", links={**DOI, "arxiv": "2401.00002"}), Match.MISLABELLED),
        (paper(f"{TITLE}: a survey of methods and data", ALAN, links=DOI), Match.SAME),
        (paper("By deep networks: segmentation of livers in CT", ALAN, links=DOI), Match.SAME),
    ],
)
def test_a_common_identifier_needs_titles_that_can_be_of_one_paper(
    other: Fingerprint, found: Match
) -> None:
    links = {**DOI, "arxiv": "2401.00001"}
    assert match(paper(links=links, year=2018, pages="1-8"), other) is found


def test_parts_of_a_series_with_one_identifier_are_two_papers() -> None:
    one, other = (paper(f"{TITLE}, part {part}", links=DOI) for part in ("I", "II"))
    assert match(one, other) is Match.SAME
    one, other = (paper(f"{TITLE}, part {part}", links=DOI, pages=part) for part in ("I", "II"))
    assert match(one, other) is Match.MISLABELLED


def test_titles_of_one_field_are_not_the_same() -> None:
    one = paper("Parallel folding of paper cranes by many hands", ADA, links=DOI)
    other = paper("PFold: parallel folding of paper hats with time", ALAN, links=DOI)
    assert match(one, other) is Match.MISLABELLED


TRUE_PAIRS = [
    (TITLE, TITLE.upper()),
    (TITLE, f"{TITLE}."),
    (TITLE, f"{TITLE} (MICCAI 2018)"),
    (TITLE, f"{TITLE} [CVPR Workshops, 2020]"),
    (TITLE, f"RETRACTED ARTICLE: {TITLE}"),
    ("Überblick über Verfahren der Bildgebung", "Uberblick uber Verfahren der Bildgebung"),
    ("Multi-scale 3D networks for brains", "Multiscale 3-D Networks for Brains"),
    ("The cost of {D}eep {L}earning in MRI", "The cost of deep learning in MRI"),
    (r"An $\alpha$-divergence for images", "An α-divergence for images"),
    ("Cats &amp; dogs in <i>images</i>", "Cats & dogs in images"),
    ("U-Net++: nested networks — a study", "U-Net++ nested networks: a study"),
]


@pytest.mark.parametrize(("title", "other"), TRUE_PAIRS)
def test_spellings_of_one_title_are_one_paper(title: str, other: str) -> None:
    assert match(paper(title, year=2018), paper(other, "A. Lovelace", year=2019)) is Match.SAME


@pytest.mark.parametrize(
    ("facts", "others", "found"),
    [
        ({}, {"author": ""}, Match.SAME),
        ({}, {"author": "Lovelace, A."}, Match.SAME),
        ({}, {"author": "Lovelace Ada"}, Match.SAME),
        ({}, {"author": "Grace Lovelace"}, Match.DIFFERENT),
        ({}, {"author": ALAN}, Match.DIFFERENT),
        ({"year": 2018}, {"year": 2019}, Match.SAME),
        ({"year": 2018}, {"year": 2020}, Match.SIMILAR),
        ({"year": 2018}, {"year": 2021}, Match.DIFFERENT),
        ({"year": 2018, "links": {"arxiv": "1801.00001"}}, {"year": 2021, "venue": "A"},
         Match.SAME),
        ({"year": 2018, "venue": "arXiv preprint"}, {"year": 2021, "venue": "A", "volume": "3"},
         Match.SAME),
        ({"links": DOI}, {"links": OTHER_DOI}, Match.SIMILAR),
        ({"links": DOI}, {"links": {"arxiv": "1801.00001"}}, Match.SAME),
        ({"links": {"arxiv": "1801.00001"}}, {"links": {"arxiv": "1801.00002"}}, Match.SIMILAR),
        ({"volume": "3"}, {"volume": "4"}, Match.SIMILAR),
        ({"pages": "1-8"}, {"pages": "1–9"}, Match.SAME),
        ({"pages": "1-8"}, {"pages": "9-12"}, Match.SIMILAR),
        ({"links": {"url": "https://a.org/1"}}, {"links": {"url": "https://www.a.org/2"}},
         Match.SIMILAR),
        ({"links": {"url": "https://a.org/1"}}, {"links": {"url": "http://www.a.org/1/"}},
         Match.SAME),
        ({"links": {"url": "https://a.org/1"}}, {"links": {"url": "https://b.org/1"}}, Match.SAME),
        ({"links": {"url": "https://a.org/1"}}, {"links": {"url": "https://a.org/"}}, Match.SAME),
        ({"links": {"url": "https://a.org/x/1"}}, {"links": {"url": "https://a.org/y/1"}},
         Match.SIMILAR),
        ({"links": {"pdf": "https://a.org/x?id=1"}}, {"links": {"pdf": "https://a.org/x?id=2"}},
         Match.SIMILAR),
        ({"links": {"url": "https://link.springer.com/article/10.1007/s1"}},
         {"links": {"url": "https://link.springer.com/journal/5"}}, Match.SAME),
        ({"links": {"url": "https://a.org/1"}}, {"links": {"pdf": "https://a.org/2"}}, Match.SAME),
    ],
)  # fmt: skip
def test_with_equal_titles_nothing_may_contradict(
    facts: dict[str, Any], others: dict[str, Any], found: Match
) -> None:
    assert match(paper(**facts), paper(**others)) is found


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Supervised learning of paper shapes", "Unsupervised learning of paper shapes"),
        (f"{TITLE}: part I", f"{TITLE}: part II"),
        (f"{TITLE}, a first study", f"{TITLE}, a third study"),
        (f"The challenge of 2017: {TITLE}", f"The challenge of 2018: {TITLE}"),
        (f"{TITLE} of type A", f"{TITLE} of type B"),
        (f"Version 1.2 of {TITLE}", f"Version 12 of {TITLE}"),
        (f"T2 maps for {TITLE}", f"T2* maps for {TITLE}"),
        ("Deep learning for crane detection", "Deep learning for hat detection"),
    ],
)
def test_nearly_equal_titles_are_never_one_paper(title: str, other: str) -> None:
    assert match(paper(title, year=2018), paper(other, year=2018)) in (
        Match.SIMILAR,
        Match.DIFFERENT,
    )


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (paper("A new title of the liver", ADA, year=2018), Match.DIFFERENT),
        (paper(TITLE.replace("volumes", "volume"), ADA, year=2020), Match.SIMILAR),
        (paper(TITLE.replace("volumes", "volume"), ADA, year=2021), Match.DIFFERENT),
        (paper(TITLE.replace("volumes", "volume"), ALAN, year=2018), Match.DIFFERENT),
        (paper(TITLE.replace("volumes", "volume"), "", year=2018), Match.DIFFERENT),
    ],
)
def test_similar_papers_have_nearly_equal_titles_by_one_author(
    other: Fingerprint, found: Match
) -> None:
    assert match(paper(year=2018), other) is found


@pytest.mark.parametrize(
    "title", ["Editorial", "Guest Editorial", "Preface", "Introduction", "Erratum",
              "Erratum to: A trial of hearts", "Reply to Roe et al.", "Treasurer's report",
              "DeepLab"]
)  # fmt: skip
def test_a_generic_title_needs_more(title: str) -> None:
    assert match(paper(title), paper(title, "")) is Match.DIFFERENT
    assert match(paper(title, links=DOI), paper(title, links=DOI)) is Match.SAME
    page = {"url": "https://a.org/1"}
    assert match(paper(title, links=page), paper(title, "", links=page)) is Match.SAME
    assert match(paper(title, links=page), paper(title, "")) is Match.DIFFERENT
    facts = {"year": 2018, "venue": "A", "pages": "1"}
    assert match(paper(title, **facts), paper(title, **facts)) is Match.SAME
    assert match(paper(title, year=2018), paper(title, year=2020)) is Match.DIFFERENT
    assert match(paper(title, year=2018), paper(title)) is Match.SIMILAR


def test_a_paper_is_the_same_as_itself_without_any_fact() -> None:
    assert match(paper("Hats", ""), paper("Hats", "")) is Match.SAME


def test_a_second_title_that_is_not_generic_does_not_make_two_papers_one() -> None:
    """In both orders: a preprint of another editorial may have both titles."""
    generic = paper("Editorial")
    titles = ("Editorial", "Segmentation of the liver in 2020")
    named = Fingerprint(titles, links={}, author=ADA, venue="A journal")
    assert match(generic, named) is match(named, generic) is Match.SIMILAR


@pytest.mark.parametrize(
    "title", ["심장 분할을 위한 심층 학습", "心脏磁共振图像分割", "Сегментация сердца на снимках"]
)
def test_titles_in_other_scripts_are_not_generic(title: str) -> None:
    assert match(paper(title), paper(title)) is Match.SAME


def test_alternative_titles_count() -> None:
    one = Fingerprint(("A published title", TITLE), {})
    assert match(one, paper(TITLE, "")) is Match.SAME


WORDS = st.sampled_from(
    ["adaptive", "atlas", "bayesian", "brain", "cardiac", "classification", "contrast",
     "convolutional", "deep", "detection", "dual", "fast", "fusion", "generative", "graph",
     "image", "kidney", "lesion", "liver", "lung", "motion", "multimodal", "network",
     "prior", "registration", "robust", "segmentation", "shape", "sparse", "supervised",
     "tumour", "uncertainty"]
)  # fmt: skip
TITLES = st.lists(WORDS, min_size=4, max_size=12).map(" ".join)
NUMBERS = ("1", "2", "II", "III", "two", "three", "second", "third", "2017", "2018", "A", "B")
ANTONYMS = {
    "supervised": "unsupervised", "deep": "shallow", "fast": "slow", "dual": "single",
    "sparse": "dense", "adaptive": "fixed", "generative": "discriminative",
    "multimodal": "unimodal", "classification": "declassification", "motion": "rest",
}  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A title, and another one that differs in a word, an antonym or a numeral."""
    words = draw(TITLES).split()
    position = draw(st.integers(0, len(words) - 1))
    edit = draw(st.sampled_from(["word", "antonym", "numeral", "added"]))
    changed = list(words)
    if edit == "numeral":
        one, other = draw(st.permutations(NUMBERS))[:2]
        return f"{' '.join(words)}: part {one}", f"{' '.join(words)}: part {other}"
    if edit == "added":
        changed.insert(position, draw(WORDS))
    elif edit == "antonym":
        changed = [ANTONYMS.get(word, word) for word in words]
    else:
        changed[position] = draw(WORDS)
    assume(sorted(changed) != sorted(words) and "".join(changed) != "".join(words))
    return " ".join(words), " ".join(changed)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(titles=edited(), author=st.sampled_from([ADA, ""]), year=st.sampled_from([2018, None]))
def test_no_small_edit_of_a_title_merges_two_papers(
    titles: tuple[str, str], author: str, year: int | None
) -> None:
    one, other = (paper(title, author, year=year) for title in titles)
    value = {"1": "one", "2": "two", "II": "two", "III": "three", "second": "two", "third": "three"}
    last = [re.split(r"\W", title)[-1] for title in titles]
    assume(value.get(last[0], last[0]) != value.get(last[1], last[1]) or " part " not in titles[0])
    assert match(one, other) is not Match.SAME


def test_fields_of_a_wrong_type_are_ignored() -> None:
    fields = {"title": 3, "authors": "no list", "links": ["no", "mapping"], "year": "to appear"}
    assert fingerprint_of_fields(fields) == Fingerprint((), {})
    for author in ({"group": "A Group"}, Group("A Group")):
        group = fingerprint_of_fields({"authors": [{"group": ""}, author, ADA]})
        assert group.author == Group("A Group")


LONGEST = "x" * MAX_TEXT_LENGTH


def test_a_fingerprint_has_the_facts_of_the_fields() -> None:
    links = {"doi": "10.1000/1", "pmid": 123, "url": LONGEST, "pdf": f"{LONGEST}x"}
    fields = {
        "title": TITLE, "alternative_titles": ["T", "", LONGEST, f"{LONGEST}x", 3], "links": links,
        "authors": [ADA, ALAN], "year": 2018, "venue": "V", "volume": 3, "pages": LONGEST,
    }  # fmt: skip
    assert fingerprint_of_fields(fields) == Fingerprint(
        (TITLE, "T", LONGEST), {"doi": "10.1000/1", "pmid": "123", "url": LONGEST}, ADA, 2018,
        "V", "3", LONGEST,
    )  # fmt: skip
    for key in ("venue", "volume", "pages"):
        assert fingerprint_of_fields({key: f"{LONGEST}x"}) == Fingerprint((), {})


def test_a_fingerprint_has_the_facts_of_an_entry() -> None:
    text = (
        "title: One\nalternative_titles: [Two]\nauthors: [{group: G}, Ada]\nyear: 2018\nvenue: V\n"
    )
    found = fingerprint_of_entry(entry(f"{text}volume: 3\npages: 1-8\nlinks: {{pmid: 123}}"))
    facts = Group("G"), 2018, "V", "3", "1-8"
    assert found == Fingerprint(("One", "Two"), {"pmid": "123"}, *facts)
    bare = Fingerprint(("One",), {"doi": "10.1000/paper"})
    assert fingerprint_of_entry(entry("title: One")) == bare


def test_titles_without_letters_are_not_equal() -> None:
    assert match(paper("…"), paper("—")) is Match.DIFFERENT


def test_as_many_titles_count_as_an_entry_can_have() -> None:
    titles = [f"T{number}" for number in range(MAX_TITLES + 1)]
    found = fingerprint_of_fields({"title": TITLE, "alternative_titles": titles}).titles
    assert found == (TITLE, *titles[:-1])


def test_papers_are_looked_up_by_identifiers_titles_and_pages() -> None:
    links = {"doi": "10.1000/B", "arxiv": "2001.00001v2", "pdf": "https://www.e.org/b.pdf",
             "url": "https://e.org/a", "code": "https://e.org/code"}  # fmt: skip
    titles = ("RETRACTED: A <i>title</i> (MICCAI 2018)", "…", "Other title!")
    assert [*Fingerprint(titles, links).lookup_keys()] == [
        ("arxiv", "2001.00001"), ("doi", "10.1000/b"), ("title", "atitle"), ("title", "othertitle"),
        ("url", "e.org/a"), ("url", "e.org/b.pdf"),
    ]  # fmt: skip


FACTS = {"year": 2018, "venue": "A", "volume": "3", "pages": "1-8", "links": DOI}


@pytest.mark.parametrize(
    ("facts", "others", "found"),
    [
        pytest.param(FACTS, FACTS, True, id="same"),
        pytest.param({}, FACTS, True, id="none"),
        pytest.param(FACTS, {**FACTS, "year": 2019}, False, id="other-year"),
        pytest.param(FACTS, {**FACTS, "volume": ""}, False, id="new-volume"),
        pytest.param(FACTS, {**FACTS, "links": {}}, False, id="new-link"),
        pytest.param({**FACTS, "volume": ""}, FACTS, True, id="no-volume"),
        pytest.param(FACTS, {**FACTS, "links": {**DOI, "pmid": "1"}}, True, id="fewer-links"),
        pytest.param({"links": OTHER_DOI}, FACTS, False, id="only-another-link"),
    ],
)
def test_a_description_adds_nothing_if_the_other_one_has_all_its_facts(
    facts: dict[str, Any], others: dict[str, Any], found: bool
) -> None:
    assert adds_nothing(paper("One", **facts), paper("Two", **others)) is found


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (" HTTPS://www.Example.org/A%20b/#top", "example.org/A b"),
        ("http://e.org", "e.org"),
        ("http://e.org//", "e.org"),
        ("https://e.org/XX/", "e.org/XX"),
        ("https://e.org/a?b=%20c#d", "e.org/a?b=%20c"),
        ("https://e.org/a#page=8", "e.org/a#page=8"),
        ("file.pdf", "file.pdf"),
        (" http://[ ", "http://["),
    ],
)
def test_the_key_of_a_url(url: str, key: str) -> None:
    assert url_key(url) == key


@pytest.mark.parametrize(
    ("key", "found"), [("e.org/a", True), ("e.org?id=1", True), ("e.org", False), ("", False)]
)
def test_the_key_of_a_page_has_a_path_or_a_query(key: str, found: bool) -> None:
    assert is_page(key) is found


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://e.org/a.pdf#page=8", "https://e.org/a.pdf#page=9", False),
        ("https://e.org/a.pdf#page=8", "http://www.e.org/a.pdf#page=8", True),
        ("https://e.org/a#top", "https://e.org/a/", True),
        ("https://e.org/?id=1", "https://e.org/?id=2", False),
    ],
)
def test_urls_of_one_page_have_one_key(one: str, other: str, is_same: bool) -> None:
    assert (url_key(one) == url_key(other)) == is_same


@pytest.mark.parametrize("markup", [r"\href", r"\sqrt[", r"\begin{array}", "{" * 3000, "<i"])
def test_broken_markup_in_a_title_is_compared_as_text(markup: str) -> None:
    one, other = (paper(f"Folding paper cranes by hand {markup}") for _ in range(2))
    assert match(one, other) is Match.SAME


@pytest.mark.parametrize("url", ["http://[", "no url", ""])
def test_a_malformed_url_has_a_key(url: str) -> None:
    assert isinstance(url_key(url), str)
