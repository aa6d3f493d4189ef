"""Slugs, ids, keys and suggestions."""

import pytest
from paper_atlas.text.slug import can_be_address, first_free, free_label, propose_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U-Net++", "u-net-plus-plus"),
        ("U-Net", "u-net"),
        ("Gliederung für Größen", "gliederung-fur-grossen"),
        ("肝臓 CT", "肝臓-ct"),
        ("  2.5D  ", "2-5d"),
        ("—", ""),
        ("Łukasz Ørsted Sæþór Đurđa Yıldız", "lukasz-orsted-saethor-durda-yildiz"),
        ("Œuvre de Strauß", "oeuvre-de-strauss"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("H-DenseUNet: hybrid densely connected UNet", "h-denseunet"),
        ("Bayesian QuickNAT: model uncertainty", "bayesian-quicknat"),
        ("Unet++: A nested u-net", "unet-plus-plus"),
        ("Deep-learning convolutional neural network: Inner and outer bladder wall",
         "deep-learning-convolutional-neural-network-inner"),
        ("A fixed-point model for pancreas segmentation in abdominal CT scans",
         "fixed-point-model-pancreas-segmentation-abdominal"),
        ("肝臓の分割", "paper"),
        ("RETRACTED: A trial of hearts", "trial-hearts"),
        ("[Retracted] H-DenseUNet: hybrid", "h-denseunet"),
        ("RETRACTED ARTICLE: A trial of lungs", "trial-lungs"),
        ("WITHDRAWN: Folding paper", "folding-paper"),
        ("Retracted papers in surgery", "retracted-papers-surgery"),
        ("Cats &amp;amp; dogs with &lt;i&gt;E. coli&lt;/i&gt;", "cats-dogs-e-coli"),
        (r"The <sub>2</sub> \emph{great} $T_2$ maps", "2-great-t-2-maps"),
        ("CON: a network", "con-paper"),
        ("Lpt1", "lpt1-paper"),
        ("Index", "index-paper"),
        ("Page", "page-paper"),
        ("Console games", "console-games"),
    ],
)  # fmt: skip
def test_propose_id(title: str, expected: str) -> None:
    assert propose_id(title, ()) == expected


@pytest.mark.parametrize(
    ("title", "surname", "year", "expected"),
    [
        ("H-DenseUNet: hybrid", "Li", 2018, "h-denseunet"),
        ("The pancreas in CT", "Roth", 2015, "roth-2015-pancreas"),
        ("Pancreas", "Gödel", 2015, "godel-2015-pancreas"),
        ("The pancreas in CT", "Roth", None, "pancreas-ct"),
        ("The pancreas in CT", "", 2015, "pancreas-ct"),
        ("The pancreas in CT", "李", 2015, "pancreas-ct"),
        ("肝臓の分割", "Roth", 2015, "paper"),
        ("RETRACTED: A trial of hearts", "Doe", 2019, "doe-2019-trial"),
        ("Folding paper", "Łuksza", 2019, "luksza-2019-folding"),
        ("Folding paper", "Wang 0001", 2019, "wang-2019-folding"),
        ("Folding paper", "0001", 2019, "folding-paper"),
    ],
)
def test_propose_id_with_surname_and_year(
    title: str, surname: str, year: int | None, expected: str
) -> None:
    assert propose_id(title, (), surname, year) == expected


def test_a_taken_id_gets_a_number() -> None:
    assert propose_id("U-Net: again", {"u-net", "u-net-2"}) == "u-net-3"


def test_first_free() -> None:
    assert first_free("url", {"pdf"}) == "url"
    assert first_free("url", {"url", "url 2", "url 4"}) == "url 3"
    assert first_free("u-net", {"u-net"}, "-") == "u-net-2"


def test_free_label_returns_a_label_twice_for_the_same_link_only() -> None:
    links = {"url": "a", "url 2": "b"}
    assert [free_label("url", value, links) for value in "abc"] == ["url", "url 2", "url 3"]


@pytest.mark.parametrize(
    "title",
    ["x" * 300, f"{'x' * 300}: a method", "long " * 100, "a-" * 400, "con" * 90, "x" * 199 + ": y"],
)
def test_a_proposed_id_is_short(title: str) -> None:
    proposed = [propose_id(title, set()), propose_id(title, {propose_id(title, set())}, "Li", 2020)]
    assert all(0 < len(name) <= 110 for name in proposed)
    assert not any(name.endswith("-") for name in proposed)
    assert propose_id("Liver", set(), "x" * 500, 2020)[:3] == "xxx"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        *(("x" * 200, True), ("x" * 201, False), ("肝" * 66, True), ("肝" * 67, False)),
        *(("Con", False), ("Nul", False), ("COM 1", True), ("Com1", False), ("Page", False)),
        *(("Index", False), ("Console", True), ("…", False), ("..", False), ("é" * 200, True)),
    ],
)
def test_titles_that_can_be_addresses(title: str, expected: bool) -> None:
    assert can_be_address(title) is expected


def test_a_free_name_among_thousands_is_found_in_few_steps() -> None:
    class Taken:
        asked = 0

        def __contains__(self, name: object) -> bool:
            self.asked += 1
            return name == "a" or int(str(name).removeprefix("a-")) <= 50_000

    taken = Taken()
    assert first_free("a", taken, "-") == "a-50001"
    assert taken.asked < 200
