"""Names of authors, and labels with them."""

import re
from random import Random

import pytest
from paper_atlas.text.names import (
    AuthorName,
    Group,
    author_key,
    display_names,
    et_al,
    join_name,
    short_name,
    split_name,
)


@pytest.mark.parametrize(
    ("author", "given", "particle", "surname", "suffix"),
    [
        ("Xiaomeng Li", "Xiaomeng", "", "Li", ""),
        ("Li, Xiaomeng", "Xiaomeng", "", "Li", ""),
        ("  Xiaomeng \n Li ", "Xiaomeng", "", "Li", ""),
        ("Holger R. Roth", "Holger R.", "", "Roth", ""),
        ("The Anh Baran", "The Anh", "", "Baran", ""),
        ("Øystein J.-P. O'Neil-Ås", "Øystein J.-P.", "", "O'Neil-Ås", ""),
        ("Xiao~Ming Li", "Xiao Ming", "", "Li", ""),
        (r"{\'E}mile Zola", r"{\'E}mile", "", "Zola", ""),
        # particles
        ("Jeroen van der Laak", "Jeroen", "van der", "Laak", ""),
        ("van der Laak, Jeroen", "Jeroen", "van der", "Laak", ""),
        ("'t Hooft, Gerard", "Gerard", "'t", "Hooft", ""),
        ("Maria da Silva Santos", "Maria", "da", "Silva Santos", ""),
        ("de Senneville", "de", "", "Senneville", ""),
        ("danah boyd", "danah", "", "boyd", ""),
        ("danah michele boyd", "danah", "michele", "boyd", ""),
        ("van der {Laak, x}", "van", "der", "{Laak, x}", ""),
        ("von {A, B} Foo Jr.", "von", "", "{A, B} Foo", "Jr."),
        ("de la {Cruz,} Lima", "de", "la", "{Cruz,} Lima", ""),
        ("x {% for a in (7,) %} 10 y", "x", "{% for a in (7,) %} 10", "y", ""),
        # several words before the comma
        ("Ramos Lima, Ana", "Ana", "", "Ramos Lima", ""),
        ("Van Ginneken, Bram", "Bram", "", "Van Ginneken", ""),
        # suffixes
        ("John Smith, Jr.", "John", "", "Smith", "Jr."),
        ("John Smith Jr.", "John", "", "Smith", "Jr."),
        ("Smith, Jr., John", "John", "", "Smith", "Jr."),
        ("Smith, John, Jr.", "John", "", "Smith", "Jr."),
        ("Smith, J., III", "J.", "", "Smith", "III"),
        ("Jan van Smith IV", "Jan", "van", "Smith", "IV"),
        ("Smith Jr., John", "John", "", "Smith", "Jr."),
        ("van Smith III, Jan", "Jan", "van", "Smith", "III"),
        ("J. Smith 3rd", "J.", "", "Smith", "3rd"),
        ("Costa, Jr., P. T.", "P. T.", "", "Costa", "Jr."),
        # one part
        ("Plato", "", "", "Plato", ""),
        ("李", "", "", "李", ""),
        ("{World Health Organization}", "", "", "World Health Organization", ""),
        ("{Company Name, LLC}", "", "", "Company Name, LLC", ""),
        ("{Li}, {Xiao}", "{Xiao}", "", "{Li}", ""),
        ("", "", "", "", ""),
        # scripts without case, which have no particles
        ("علي محمد", "علي", "", "محمد", ""),
        ("محمد بن سلمان", "محمد بن", "", "سلمان", ""),
        ("Ali محمد بن سلمان", "Ali محمد بن", "", "سلمان", ""),
        ("李, 小明", "小明", "", "李", ""),
        ("欧阳 李, 小明", "小明", "", "欧阳 李", ""),
        # Han, Kana and Hangul: the family name comes first
        ("김 민수", "민수", "", "김", ""),
        ("山田, 太郎", "太郎", "", "山田", ""),
        ("やまだ たろう", "たろう", "", "やまだ", ""),
        ("山田 Taro", "山田", "", "Taro", ""),
        # groups
        ("The Liver Consortium", "", "", "The Liver Consortium", ""),
        ("Smith, Jones and Sons", "", "", "Smith, Jones and Sons", ""),
        ("Marks & Spencer", "", "", "Marks & Spencer", ""),
        # names that BibTeX cannot split
        ("Xiaomeng {Li", "", "", "Xiaomeng {Li", ""),
        ("Xiao}meng Li", "", "", "Xiao}meng Li", ""),
        ("Li, Xiaomeng,", "", "", "Li, Xiaomeng,", ""),
        ("A, B, C, D", "", "", "A, B, C, D", ""),
        (", X", "", "", ", X", ""),
        ("Ada Novak\\", "", "", "Ada Novak\\", ""),
        ("Novak, Ada\\", "", "", "Novak, Ada\\", ""),
        ("<x>//\\\\\\", "", "", "<x>//\\\\\\", ""),
        ("Ada\\\\", "", "", "Ada\\\\", ""),
        ("\\ Novak", "\\", "", "Novak", ""),
    ],
)
def test_split_name(author: str, given: str, particle: str, surname: str, suffix: str) -> None:
    name = split_name(author)
    assert (name.given, name.particle, name.surname, name.suffix) == (
        given,
        particle,
        surname,
        suffix,
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_sign_of_a_name_is_lost_or_added(seed: int) -> None:
    random = Random(seed)
    signs = ("\\", "\\\\", "{", "}", ",", " ", "Ada", "von", "A.", "Jr.", "-", "x", "$", "{,}")
    for _ in range(50):
        text = "".join(random.choices(signs, k=random.randint(1, 8)))
        name = split_name(f"Y{text}")
        assert sorted(re.sub("[ ,]", "", name.plain)) == sorted(re.sub("[ ,]", "", f"Y{text}"))
        assert name.given or not name.particle


@pytest.mark.parametrize(
    ("author", "text", "plain"),
    [
        ("van der Laak, Jeroen", "Jeroen van der Laak", "Jeroen van der Laak"),
        ("Smith, Jr., John", "John Smith Jr.", "John Smith Jr."),
        ("The Liver Consortium", "The Liver Consortium", "The Liver Consortium"),
        (Group("Ramos Lima"), "{Ramos Lima}", "Ramos Lima"),
        ("Ramos Lima, Ana", "Ramos Lima, Ana", "Ana Ramos Lima"),
        ("van den Berg Smith, Jan", "Jan van den Berg Smith", "Jan van den Berg Smith"),
        ("山田, 太郎", "山田, 太郎", "山田太郎"),
        ("김 민수", "김, 민수", "김민수"),
    ],
)
def test_names_as_text(author: AuthorName, text: str, plain: str) -> None:
    name = split_name(author)
    assert (name.text, name.plain) == (text, plain)
    assert split_name(name.text) == name


@pytest.mark.parametrize(
    ("author", "key"),
    [
        *[(name, "li x") for name in ("Li, Xiaomeng", "X. Li", "Xiaomeng Li")],
        *[(name, "laak j") for name in ("Jeroen van der Laak", "van der Laak, J.")],
        *[(name, "smith j") for name in ("John Smith Jr.", "Smith, J.")],
        ("Plato", "plato "),
        ("The Liver Consortium", "the-liver-consortium "),
    ],
)
def test_author_key(author: str, key: str) -> None:
    assert author_key(author) == key


@pytest.mark.parametrize(
    ("parts", "author"),
    [
        (("Xiaomeng", "", "Li", ""), "Xiaomeng Li"),
        (("Jeroen", "van der", "Laak", ""), "Jeroen van der Laak"),
        (("Jeroen", "", "van der Laak", ""), "Jeroen van der Laak"),
        (("M.J.J.", "de", "Grauw", ""), "M.J.J. de Grauw"),
        (("Ana", "", "Ramos Lima", ""), "Ramos Lima, Ana"),
        (("Bram", "", "Van Ginneken", ""), "Van Ginneken, Bram"),
        (("Jan", "van den", "Berg Smith", ""), "Jan van den Berg Smith"),
        (("P. T.", "", "Costa", "Jr."), "P. T. Costa Jr."),
        (("Ana", "", "Ramos Lima", "Jr."), "Ramos Lima, Jr., Ana"),
        (("Ann", "", "Doe", "MD"), "Doe, MD, Ann"),
        (("H.", "", "R.", ""), "H. R."),
        (("Kenneth M", "", "Merz Jr", ""), "Kenneth M Merz Jr"),
        (("Thomas E", "", "Cheatham 3rd", ""), "Thomas E Cheatham 3rd"),
        (("太郎", "", "山田", ""), "山田, 太郎"),
        (("민수", "", "김", ""), "김, 민수"),
        (("", "", "Plato", ""), "Plato"),
        (("Plato", "", "", ""), "Plato"),
        (("", "", "Smith", "Jr."), "Smith Jr."),
        (("", "", "The Liver Consortium", ""), "The Liver Consortium"),
        (("", "", "World Health Organization", ""), Group("World Health Organization")),
        (("", "", "Company Name, LLC", ""), Group("Company Name, LLC")),
        (("", "", "北京 大学", ""), Group("北京 大学")),
        (("", "", "Li Labs and Wu Labs", ""), Group("Li Labs and Wu Labs")),
        (("", "", "A.", ""), Group("A.")),
        (("Ann", "", "Doe, Roe", ""), "Doe Roe, Ann"),
    ],
)
def test_join_name(parts: tuple[str, str, str, str], author: AuthorName) -> None:
    assert join_name(*parts) == author
    assert split_name(author).author == author


def test_group_and_equal_text_are_different_names() -> None:
    for _ in range(2):
        assert split_name("Ana Ramos").surname == "Ramos"
        assert split_name(Group("Ana Ramos")).surname == "Ana Ramos"
    assert split_name(Group("Ana Ramos")).text == "{Ana Ramos}"
    assert display_names(["Lima, Ana", Group("Ana Ramos")]) == ["Ana Lima", "Ana Ramos"]


def test_et_al() -> None:
    assert et_al([]) == ""
    assert et_al(["Ada Lovelace"]) == "Ada Lovelace"
    assert et_al(["Ada Lovelace", "Alan Turing"]) == "Ada Lovelace et al."
    assert et_al(["山田, 太郎", Group("A Society")]) == "山田太郎 et al."


@pytest.mark.parametrize(
    ("title", "authors", "year", "expected"),
    [
        ("H-DenseUNet: hybrid", ["Xiaomeng Li"], 2018, "H-DenseUNet"),
        ("On the subject of livers: a review", ["Xiaomeng Li"], 2018, "Li 2018"),
        ("Livers", ["Jeroen van der Laak", "Xiaomeng Li"], 2018, "van der Laak 2018"),
        ("Livers", ["The Liver Consortium"], None, "The Liver Consortium"),
        ("Livers", [], 2018, "Livers"),
        ("Livers", [Group("World Health Organization")], 2018, "World Health Organization 2018"),
    ],
)
def test_short_name(title: str, authors: list[AuthorName], year: int | None, expected: str) -> None:
    assert short_name(title, authors, year) == expected
