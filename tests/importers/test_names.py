"""Division of the fields of other programs into the names of authors."""

from collections.abc import Iterable

import pytest
from helpers.drafts import read_text
from paper_atlas.importers.names import latex_authors, record_authors, with_groups
from paper_atlas.importers.record import FieldValue
from paper_atlas.text.names import AuthorName, Group

HINT = "write 'Last, First and Last, First'"
ODD = "in 'author' is not a name"


def names_of(values: Iterable[FieldValue]) -> tuple[list[AuthorName], list[str]]:
    """Return the authors, and a message for each part that is no author."""
    found = list(values)
    return (
        [value.value for value in found if value.key],
        [f"'{value.name}' {value.reason}" for value in found if not value.key],
    )


LATEX: dict[str, list[AuthorName]] = {
    # groups
    "{World Health Organization} and {Society of Automotive Engineers} and {Company Name, LLC}": [
        Group("World Health Organization"),
        Group("Society of Automotive Engineers"),
        Group("Company Name, LLC"),
    ],
    "{{European Space Agency}}": [Group("European Space Agency")],
    r"{Universit\'e de Paris} and {R\&D Unit}": [Group("Université de Paris"), "R&D Unit"],
    "{Foo and Bar Team} and Ann Lee and {Madonna}": ["Foo and Bar Team", "Ann Lee", "Madonna"],
    r"Marks \& Spencer": ["Marks & Spencer"],
    # accents after the separator, and inside words
    r"Example, Ann and \"Oner, Mustafa": ["Ann Example", "Mustafa Öner"],
    r"Ann Lee and \O{}stergard, Bo and \v{S}ip, Jan": ["Ann Lee", "Bo Østergard", "Jan Šip"],
    r"Lee, Ann and {\O}stergard, Bo and {\"O}ner, M.": ["Ann Lee", "Bo Østergard", "M. Öner"],
    r"\'Etienne \c{C}elik and \L ukasz Kowalski": ["Étienne Çelik", "Łukasz Kowalski"],
    r"{\AA}sa \r{A}berg and \`{A}lex Roca": ["Åsa Åberg", "Àlex Roca"],
    # separators
    "Smith, J. and Brown, L. and\n  and Gray, M.": ["J. Smith", "L. Brown", "M. Gray"],
    "and Ann Lee AND Bo Wu and": ["Ann Lee", "Bo Wu"],
    r"Smith, J. \& Jones, K.": ["J. Smith", "K. Jones"],
    r"Smith, J., Brown, L., \& Gray, M.": ["J. Smith", "L. Brown", "M. Gray"],
    "Ann Lee & Bo Wu": ["Ann Lee", "Bo Wu"],
    "Smith, J.; Jones, K.": ["J. Smith", "K. Jones"],
    "M&uuml;ller, Jos&eacute;; Wu, Bo": ["José Müller", "Bo Wu"],
    "Xi Li, Hao Chen, Bo Wu": ["Xi Li", "Hao Chen", "Bo Wu"],
    # parts
    "Jarse, M.J.J. de and M.J.J. de Grauw": ["Jarse, M.J.J. de", "M.J.J. de Grauw"],
    "{Garcia Lopez}, Maria and Ana {Ramos Lima}": ["Garcia Lopez, Maria", "Ramos Lima, Ana"],
    "Costa, Jr., P. T. and McCrae, III, R. R.": ["P. T. Costa Jr.", "R. R. McCrae III"],
    "King Jr., M. L. and Roe, Ann, Sr.": ["M. L. King Jr.", "Ann Roe Sr."],
    "Smith, Jr., {} and Plato": ["Smith Jr.", "Plato"],
    "山田, 太郎 and 王, 小云 and 김, 민수": ["山田, 太郎", "王, 小云", "김, 민수"],
    # named parts
    "Lokhorst, Gert-Jan and family=Hoven, given=Jeroen, prefix=van den, useprefix=true": [
        "Gert-Jan Lokhorst",
        "Jeroen van den Hoven",
    ],
    "given=Ana, family=Ramos Lima, given-i=A": ["Ramos Lima, Ana"],
    "family = Doe, given = {John Q.}, suffix = Jr.": ["John Q. Doe Jr."],
    "family={World Bank}": [Group("World Bank")],
    # numbers of homonyms
    "Wei Wang 0001 and Bo Li 0007": ["Wei Wang", "Bo Li"],
    # surnames before initials
    "Doe J. and Roe R.M. and Lee, Ann": ["J. Doe", "R.M. Roe", "Ann Lee"],
    "Doe J and Roe RM": ["J. Doe", "R. M. Roe"],
    "Wei LI and Bo XU": ["Wei LI", "Bo XU"],
    "Malcolm X": ["Malcolm X"],
    "": [],
}


@pytest.mark.parametrize("latex", LATEX)
def test_names_in_latex(latex: str) -> None:
    assert names_of(latex_authors("author", 1, latex)) == (LATEX[latex], [])


RECORDS: dict[str, list[AuthorName]] = {
    "Doe J.|Roe R.M.": ["J. Doe", "R.M. Roe"],
    "Doe J|van der Berg JA": ["J. Doe", "J. A. van der Berg"],
    "Ng J.-P.|DOE J.": ["J.-P. Ng", "J. DOE"],
    "Doe, Jane|Wei LI": ["Jane Doe", "Wei LI"],
    "Sanchez-Cordon, Pedro J.; Montoya, Maria": ["Pedro J. Sanchez-Cordon", "Maria Montoya"],
    'Doe, Jane|"World Health Organization"': ["Jane Doe", Group("World Health Organization")],
    "“Royal Society”": [Group("Royal Society")],
    "World Health Organization,|Company Name,, LLC": [
        Group("World Health Organization"),
        Group("Company Name, LLC"),
    ],
    "Doe,|Roe, J.,": ["Doe", "J. Roe"],
    "Smith, John, Jr.|Smith, III, John|Doe, Ann, MD": [
        *("John Smith Jr.", "John Smith III", "Doe, MD, Ann"),
    ],
    "John Smith and Karen Jones|Doe, A. and Roe, B.": [
        *("John Smith", "Karen Jones", "A. Doe", "B. Roe"),
    ],
    "Doe, J.; Roe,, Ann": ["J. Doe", "Ann Roe"],
    "City Museum & Art Gallery|Central Library & Town Archive": [
        Group("City Museum & Art Gallery"),
        Group("Central Library & Town Archive"),
    ],
    "Rural Museums and Galleries Association": [Group("Rural Museums and Galleries Association")],
    "The Liver and Kidney Consortium": ["The Liver and Kidney Consortium"],
    "Smith, J., Jones, K.": ["J. Smith", "K. Jones"],
}


@pytest.mark.parametrize("texts", RECORDS)
def test_names_in_records(texts: str) -> None:
    assert names_of(record_authors("AU", 1, texts.split("|"))) == (RECORDS[texts], [])


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Doe J", ["J. Doe"]),
        ("Smith J Jr, van der Laak JA, Roe AB 3rd.", ["J. Smith Jr", "J. A. van der Laak",
                                                      "A. B. Roe 3rd"]),
        ("Doe J, Roe R, World Health Office.", ["J. Doe", "R. Roe", Group("World Health Office")]),
        ("O'Neil-Doe J-P", ["J.-P. O'Neil-Doe"]),
    ],
)  # fmt: skip
def test_names_with_the_surname_first(text: str, authors: list[AuthorName]) -> None:
    values = record_authors("Authors", 1, [text], surname_first=True)
    assert names_of(values) == (authors, [])


@pytest.mark.parametrize(
    ("latex", "authors", "messages"),
    [
        ("Smith, J. and et al.", ["J. Smith"], [f"'et al.' {ODD}"]),
        ("Smith, J. et~al.", ["J. Smith"], [f"'et al.' {ODD}"]),
        ("others and Smith, J.", ["J. Smith"], [f"'and others' {ODD}"]),
        ("Smith, J. and Roe, A., and others", ["J. Smith", "A. Roe"], [f"'and others' {ODD}"]),
        ("A, B, C, D and Lee, Ann", ["Ann Lee"], [f"'A, B, C, D' is not one name ({HINT})"]),
    ],
)
def test_one_odd_name_does_not_cost_the_others(
    latex: str, authors: list[AuthorName], messages: list[str]
) -> None:
    assert names_of(latex_authors("author", 1, latex)) == (authors, messages)


def test_groups_of_mappings() -> None:
    fields = {"authors": ["A", {"group": "B"}, {"group": ["C"]}, {"name": "D"}], "year": "2018"}
    groups = ["A", Group("B"), {"group": ["C"]}, {"name": "D"}]
    assert with_groups(fields) == {"authors": groups, "year": "2018"}
    assert with_groups({"authors": "A"}) == {"authors": "A"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csl", '[{"author": [{"literal": "World Health Organization"}, {"family": "Laak", "given":'
                ' "J.", "dropping-particle": "van", "non-dropping-particle": "der"}, "Wu, Bo",'
                ' {"family": "Ramos Lima", "given": "Ana"}]}]'),
        ("ris", "TY  - JOUR\nAU  - World Health Organization,\nA1  - van der Laak, J.\n"
                "AU  - Wu, Bo\nAU  - Ramos Lima, Ana\nER  - \n"),
        ("bibtex", "@misc{a, author={{World Health Organization} and van der Laak, J. and Bo Wu and"
                   " Ana {Ramos Lima}}}"),
        ("csv", "id,title,authors\na,A,\"{World Health Organization}; J. van der Laak; Bo Wu;"
                " Ramos Lima, Ana\"\n"),
        ("json", '{"version": 1, "papers": [{"authors": [{"group": "World Health Organization"},'
                 ' "J. van der Laak", "Bo Wu", "Ramos Lima, Ana"]}]}'),
        ("facts", "- authors: [{group: World Health Organization}, J. van der Laak, Bo Wu,"
                  " 'Ramos Lima, Ana']\n"),
    ],
)  # fmt: skip
def test_every_format_keeps_the_structure_of_names(name: str, text: str) -> None:
    (draft,) = read_text(name, text).drafts
    group = Group("World Health Organization")
    assert draft.fields["authors"] == [group, "J. van der Laak", "Bo Wu", "Ramos Lima, Ana"]


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("Doe, Jane and " * 300 + "Roe, Bob", 301),
        ("Doe, Jane and " + "A" * 3000, 1),
        ("Doe, Jane and " + "{" * 900 + "A B" + "}" * 900, 1),
        ("Doe, Jane" + " " * 100_000 + "and Roe, Bob", 2),
        ("Doe, Jane and " + "Aa " * 900 + "x", 1),
        ("Doe, Jane and Roe, Bob and et al", 2),
        ("Doe, Jane and " * 60_000, 0),
    ],
    ids=["many", "long", "braces", "blanks", "words", "et al", "too many"],
)
def test_authors_of_any_length_are_read_or_reported(latex: str, names: int) -> None:
    values = list(latex_authors("author", 1, latex))
    found = [value.value for value in values if value.key == "authors"]
    assert len(found) == names
    assert names > 1 or len(values) > names
    assert max(len(value.message) for value in values) < 400
