"""Names and ids from import to check and export: nothing is turned round or lost."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from paper_atlas.cli import main


class Atlas:
    """A folder with a list that is imported, and the entries that come of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def take(self, name: str, text: str) -> list[str]:
        """Import a list and return the messages."""
        (self.folder / name).write_text(text, encoding="utf-8")
        main(["import", name, "--in", "Things", "--facet", "topics"])
        return self._capsys.readouterr().err.splitlines()

    def entries(self) -> dict[str, dict[str, Any]]:
        """The values of the entry files by id."""
        paths = (self.folder / "entries" / "things").glob("*.yml")
        return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}

    def authors(self) -> dict[str, Any]:
        """The authors of the entries by id."""
        return {name: values.get("authors") for name, values in self.entries().items()}

    def export(self, name: str) -> str:
        """Export the entries."""
        main(["export", name])
        return self._capsys.readouterr().out

    def check(self) -> list[str]:
        """The messages of a check, except for notes."""
        main(["check"])
        lines = self._capsys.readouterr().out.splitlines()
        return [line for line in lines if ": error" in line or ": malformed" in line]


@pytest.fixture
def atlas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Atlas:
    monkeypatch.chdir(tmp_path)
    return Atlas(tmp_path, capsys)


def article(key: str, title: str, author: str, more: str = "") -> str:
    return (
        f"@article{{{key}, title={{{title}}}, year=2020, doi={{10.1000/{key}}}, "
        f"author={{{author}}}{more}}}\n"
    )


def test_organisations_stay_whole(atlas: Atlas) -> None:
    names = (
        "{World Health Organization} and {Society of Automotive Engineers} and {Company Name, LLC}"
    )
    atlas.take("list.bib", article("x", "A body as author", names))
    groups = ["World Health Organization", "Society of Automotive Engineers", "Company Name, LLC"]
    assert atlas.authors() == {"x": [{"group": group} for group in groups]}
    assert f"author = {{{names}}}" in atlas.export("bibtex")
    assert "AU  - World Health Organization,\n" in atlas.export("ris").replace("\r", "")
    assert '{"literal": "Company Name, LLC"}' in atlas.export("csl")
    assert atlas.check() == []


def test_names_with_the_surname_before_the_initials(atlas: Atlas) -> None:
    atlas.take(
        "list.ris",
        "TY  - JOUR\nT1  - Names as Ovid and Embase write them\nA1  - Doe J.\nA1  - Roe R.M.\n"
        "Y1  - 2020//\nDO  - 10.1000/ovid1\nER  - \n",
    )
    assert atlas.authors() == {"doe-2020-names": ["J. Doe", "R.M. Roe"]}
    assert "author = {Doe, J. and Roe, R.M.}" in atlas.export("bibtex")


def test_an_odd_name_costs_no_other_name(atlas: Atlas) -> None:
    messages = atlas.take(
        "list.ris",
        "TY  - JOUR\nTI  - Four authors in one line\n"
        "AU  - Sanchez-Cordon, Pedro J.; Montoya, Maria\nDO  - 10.1000/sc\nER  - \n"
        "TY  - JOUR\nTI  - Initials without a surname\nAU  - Doe, Jane\nAU  - H. R.\n"
        "DO  - 10.1000/wq\nER  - \n",
    )
    assert {"Jane Doe", "Maria Montoya", "Pedro J. Sanchez-Cordon"} == {
        name for names in atlas.authors().values() for name in names
    }
    assert any(
        "malformed-author: authors: 'H. R.' is not the name of one person, so it is not imported"
        in message
        for message in messages
    )


def test_suffixes_and_family_names_of_several_words(atlas: Atlas) -> None:
    names = "Costa, Jr., P. T. and McCrae, III, R. R. and {Ramos Lima}, Ana and 山田, 太郎"
    text = article("apa-test.9.46:8", "Suffixes in the middle", names)
    atlas.take("list.bib", text)
    assert atlas.authors() == {
        "costa-2020-suffixes": [
            *("P. T. Costa Jr.", "R. R. McCrae III", "Ramos Lima, Ana", "山田, 太郎"),
        ]
    }
    author = "Costa, Jr., P. T. and McCrae, III, R. R. and Ramos Lima, Ana and 山田, 太郎"
    assert f"author = {{{author}}}" in atlas.export("bibtex")


@pytest.mark.parametrize(
    ("key", "title", "author", "entry_id"),
    [
        ("Con", "CON: a file", "Doe, J.", "con-paper"),
        ("aux", "Another of these names", "Doe, J.", "doe-2020-another"),
        ("A1", "RETRACTED: A trial of hearts", "Doe, J.", "doe-2020-trial"),
        ("A2", "[Withdrawn] A trial of lungs", "Doe, J.", "doe-2020-trial"),
        ("A3", "On folds", "Wei Wang 0001", "wang-2020-folds"),
        ("A4", "On folds", r"{\L}uksza, M.", "luksza-2020-folds"),
        ("A5", "On folds", r"Bj{\o}rn {\AA}s Gr{\o}nn", "gronn-2020-folds"),
        ("A6", "On folds", "King, Jr., M. L.", "king-2020-folds"),
        ("A7", "On folds", "{World Folding Society}", "world-folding-society-2020-folds"),
    ],
)
def test_ids_come_from_the_family_name(
    atlas: Atlas, key: str, title: str, author: str, entry_id: str
) -> None:
    atlas.take("list.bib", article(key, title, author))
    assert list(atlas.entries()) == [entry_id]
    assert atlas.check() == []


def keys_of(atlas: Atlas) -> dict[str, str | None]:
    return {name: values.get("citation_key") for name, values in atlas.entries().items()}


def test_a_key_that_cannot_be_an_id_is_kept_for_exports(atlas: Atlas) -> None:
    text = (
        article("He2016", "A key with a capital", "He, K.")
        + article("Doe:2019xyz", "A key with a colon", "Doe, J.")
        + article("Jarse.2023", "A key with a period", "Jarse, H.")
        + article("DBLP:conf/cvpr/HeZ", "A key of DBLP", "Roe, A.")
        + article("plain-key", "A key that is an id", "Li, B.")
    )
    messages = atlas.take("list.bib", text)
    assert keys_of(atlas) == {
        "he-2020-key": "He2016",
        "doe-2020-key": "Doe:2019xyz",
        "jarse-2020-key": "Jarse.2023",
        "roe-2020-key": "DBLP:conf/cvpr/HeZ",
        "plain-key": None,
    }
    assert not any("key" in message for message in messages if "not-taken" in message)
    assert atlas.check() == []
    keys = ["DBLP:conf/cvpr/HeZ", "Doe:2019xyz", "He2016", "Jarse.2023", "plain-key"]
    assert sorted(atlas.export("keys").split()) == keys
    for name, mark in (("bibtex", "{{{},"), ("ris", "ID  - {}\r"), ("csl", '"id": "{}",')):
        exported = atlas.export(name)
        assert all(mark.replace("{{", "{").format(key) in exported for key in ()), name
        assert all(key in exported for key in keys), name
    before = atlas.entries()
    assert "0 papers" in " ".join(atlas.take("again.bib", atlas.export("bibtex")))
    assert atlas.entries() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", "TY  - JOUR\nTI  - On folds\nID  - 17\nDO  - 10.1000/a\nER  - \n"),
        ("a.csl.json", '[{"id": "http://zotero.org/users/1/items/AB2", "title": "On folds"}]'),
        ("a.csl.json", '[{"id": "5421/QWERT234", "title": "On folds"}]'),
        ("a.csv", "Key,Title,DOI\nQWERT234,On folds,10.1000/a\n"),
        ("a.bib", "@misc{a b, title={On folds}, doi={10.1000/a}}"),
    ],
)
def test_a_counter_is_no_key(atlas: Atlas, name: str, text: str) -> None:
    atlas.take(name, text)
    assert [*keys_of(atlas).values()] == [None]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "title,citation_key,doi\nOn folds,He2016,10.1000/a\n"),
        ("a.ris", "TY  - JOUR\nTI  - On folds\nN1  - Citation Key: He2016\nER  - \n"),
        ("a.csl.json", '[{"id": "He2016", "title": "On folds"}]'),
        ("a.json", '{"version": 1, "papers": [{"title": "On folds", "citation_key": "He2016"}]}'),
    ],
)  # fmt: skip
def test_a_citation_key_in_other_formats(atlas: Atlas, name: str, text: str) -> None:
    atlas.take(name, text)
    assert [*keys_of(atlas).values()] == ["He2016"]


def test_a_key_of_another_paper_is_not_imported(atlas: Atlas) -> None:
    atlas.take("one.bib", article("He2016", "On folds", "He, K."))
    messages = atlas.take("two.bib", article("he2016", "On boats", "Roe, A.").replace("/he", "/b"))
    messages += atlas.take(
        "three.bib", article("HE2016", "On ships", "Doe, A.").replace("/HE", "/c")
    )
    again = article("He2016", "On folds", "He, K.").replace("{He2016,", "{He:2016,")
    messages += atlas.take("four.bib", again)
    assert keys_of(atlas) == {
        "he-2020-folds": "He2016",
        "roe-2020-boats": None,
        "doe-2020-ships": None,
    }
    told = ["'HE2016' is not imported: it", "the paper has the key 'He2016'"]
    assert all(any(text in message for message in messages) for text in told)
    assert atlas.check() == []
