"""Values of BibTeX fields: delimiters, `@string` names, and concatenation with `#`."""

import pytest
from paper_atlas.importers.bibtex_syntax import BibtexRecord, split_records

STRINGS = """@string{cs = {Computer Science}}
@string{LNCS = "Lecture Notes in " # cs}
@string{half = lost # { and found}}
"""


def parse_records(fields: str) -> list[BibtexRecord]:
    found, broken = split_records(f"{STRINGS}@misc{{a, {fields}}}\n@misc{{a, note = cs}}")
    assert broken == []
    return found


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("{A {B} C}", "A {B} C"),
        ('"A {B} C"', "A {B} C"),
        ("2018", "2018"),
        ("cs", "Computer Science"),
        ("CS", "Computer Science"),
        ("lncs", "Lecture Notes in Computer Science"),
        ("LNCS # { } # 2018", "Lecture Notes in Computer Science 2018"),
        ("{A} # {B}", "AB"),
        ('"A" # "B"', "AB"),
        ('jan # "~2"', "jan~2"),
        ("{A # B}", "A # B"),
        ('"A # B"', "A # B"),
        ('{"} # "#" # {"}', '"#"'),
        (r"{A \# B} # {C}", r"A \# BC"),
        (r"{\{} # cs", r"\{Computer Science"),
        ('"K. G{\\"o}del" # cs', 'K. G{\\"o}delComputer Science'),
    ],
)
def test_the_text_of_a_value(raw: str, text: str) -> None:
    value = parse_records(f"title = {raw}")[0].values["title"]
    assert (value.text, value.is_defined) == (text, True)


@pytest.mark.parametrize("raw", ["vol", "vol # { 2}", "cs # vol", "half"])
def test_a_value_with_an_unknown_string_is_not_defined(raw: str) -> None:
    assert not parse_records(f"title = {raw}")[0].values["title"].is_defined


def test_duplicate_fields_and_keys_are_resolved_like_others() -> None:
    first, second = parse_records("\n title = cs,\n TITLE = {B}")
    assert (first.values["title"].text, first.duplicates) == ("Computer Science", (("title", 6),))
    assert (second.key, second.values["note"].text) == ("a", "Computer Science")


def test_doubling_strings_stay_short() -> None:
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    text = f'@string{{s0 = "ab"}}\n{doubling}@misc{{a, note = s3, journal = s60}}'
    (record,), _ = split_records(text)
    assert record.values["note"].text == "ab" * 8
    assert (record.values["journal"].is_defined, record.values["journal"].is_too_long) == (
        False,
        True,
    )


def test_strings_that_are_used_too_often_are_left_out() -> None:
    string = f'@string{{s = "{"x" * 3999}"}}\n'
    used = f"@misc{{a, note = {' # '.join(['s'] * 7000)}}}\n"
    (first, second, third), _ = split_records(string + used * 2 + "@misc{a, note = s}")
    assert [record.values["note"].is_too_long for record in (first, second, third)] == [
        *(False, True, True)
    ]
