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
