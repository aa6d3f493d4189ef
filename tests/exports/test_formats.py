"""Papers as BibTeX, RIS, CSL-JSON, CSV, JSON, Markdown and keys, read again by other means."""

import csv
import io
import json
import re

import bibtexparser
import pytest
from bs4 import BeautifulSoup
from helpers import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import markdown
from markdown_it import MarkdownIt
from paper_atlas.exports import EXPORTS, export
from paper_atlas.folder.load import load
from paper_atlas.importers.bibtex_record import read_bibtex_entry
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.model.publication import confirmed_links, publication_type
from paper_atlas.model.validation import describe_invisible
from paper_atlas.text.names import split_name

# fmt: off
FILES = {
    "h-denseunet": r"""
title: "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes"
authors: [Xiaomeng Li, Hao Chen]
year: 2018
venue: IEEE Transactions on Medical Imaging
volume: 37
issue: 12
pages: 2663-2674
links:
  doi: 10.1109/TMI.2018.2845918
  arxiv: 1709.07330
  pmid: 29994201
  code: https://github.com/xmengli/H-DenseUNet
organs: [Liver]
modalities: [CT]
methods: [U-Net]
notes: Not exported.
""",
    "odd": r"""
title: "50% of {U_net} & co: a <T2*> \\ ~ ^ $ # \"test\"\n\nin 3D"
authors: [Jeroen A. W. M. van der Laak, The Liver Consortium, John Smith Jr.]
year: 2017
venue: A Workshop & More (MICCAI)
pages: 26 – 29
links:
  doi: 10.1000/a_b
  arxiv: "1706.00001"
  url: https://example.org/a_(b)?c={d}&e=f
retracted: 10.1000/182
organs: [Liver]
modalities: [CT]
unverified: [arxiv, year]
""",
    "preprint": r"""
title: "+ A preprint — of بحث 🙂"
links:
  arxiv: 1804.03999
  code: https://github.com/a/b
  scholar: https://scholar.google.com/scholar?q=a
organs: [Liver]
unverified: [code]
""",
}

GOLDEN = {
    "bibtex": r"""
@article{h-denseunet,
  title = {{H-DenseUNet}: Hybrid Densely Connected {UNet} for Liver and Tumor Segmentation From {CT} Volumes},
  author = {Li, Xiaomeng and Chen, Hao},
  year = {2018},
  journal = {IEEE Transactions on Medical Imaging},
  volume = {37},
  number = {12},
  pages = {2663--2674},
  doi = {10.1109/TMI.2018.2845918},
  eprint = {1709.07330},
  archiveprefix = {arXiv},
  pmid = {29994201},
  keywords = {Liver, CT, U-Net},
  note = {Code: https://github.com/xmengli/H-DenseUNet}
}

@inproceedings{odd,
  title = {50\% of \{U\_net\} \& co: a <{T2}*> \textbackslash{} \textasciitilde{} \textasciicircum{} \$ \# "test" in {3D}},
  author = {van der Laak, Jeroen A. W. M. and {The Liver Consortium} and Smith Jr., John},
  year = {2017},
  booktitle = {A Workshop \& More (MICCAI)},
  pages = {26--29},
  doi = {10.1000/a_b},
  url = {https://example.org/a_(b)?c=%7Bd%7D&e=f},
  keywords = {Liver, CT},
  note = {Retracted: https://doi.org/10.1000/182}
}

@misc{preprint,
  title = {+ A preprint — of بحث 🙂},
  eprint = {1804.03999},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/1804.03999},
  keywords = {Liver}
}
""",  # noqa: E501
    "biblatex": r"""
@article{h-denseunet,
  title = {{H-DenseUNet}: Hybrid Densely Connected {UNet} for Liver and Tumor Segmentation From {CT} Volumes},
  author = {Li, Xiaomeng and Chen, Hao},
  date = {2018},
  journaltitle = {IEEE Transactions on Medical Imaging},
  volume = {37},
  number = {12},
  pages = {2663--2674},
  doi = {10.1109/TMI.2018.2845918},
  eprint = {1709.07330},
  eprinttype = {arxiv},
  keywords = {Liver, CT, U-Net},
  note = {PMID: 29994201; Code: https://github.com/xmengli/H-DenseUNet}
}

@inproceedings{odd,
  title = {50\% of \{U\_net\} \& co: a <{T2}*> \textbackslash{} \textasciitilde{} \textasciicircum{} \$ \# "test" in {3D}},
  author = {van der Laak, Jeroen A. W. M. and {The Liver Consortium} and Smith Jr., John},
  date = {2017},
  booktitle = {A Workshop \& More (MICCAI)},
  pages = {26--29},
  doi = {10.1000/a_b},
  url = {https://example.org/a_(b)?c=%7Bd%7D&e=f},
  keywords = {Liver, CT},
  note = {Retracted: https://doi.org/10.1000/182}
}

@misc{preprint,
  title = {+ A preprint — of بحث 🙂},
  eprint = {1804.03999},
  eprinttype = {arxiv},
  url = {https://arxiv.org/abs/1804.03999},
  keywords = {Liver}
}
""",  # noqa: E501
    "ris": r"""
TY  - JOUR
ID  - h-denseunet
TI  - H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes
AU  - Li, Xiaomeng
AU  - Chen, Hao
PY  - 2018
T2  - IEEE Transactions on Medical Imaging
VL  - 37
IS  - 12
SP  - 2663
EP  - 2674
DO  - 10.1109/TMI.2018.2845918
AN  - 29994201
UR  - https://arxiv.org/abs/1709.07330
KW  - Liver
KW  - CT
KW  - U-Net
N1  - Code: https://github.com/xmengli/H-DenseUNet
ER  - 

TY  - CONF
ID  - odd
TI  - 50% of {U_net} & co: a <T2*> \ ~ ^ $ # "test" in 3D
AU  - van der Laak, Jeroen A. W. M.
AU  - The Liver Consortium
AU  - Smith Jr., John
PY  - 2017
T2  - A Workshop & More (MICCAI)
SP  - 26
EP  - 29
DO  - 10.1000/a_b
UR  - https://example.org/a_(b)?c={d}&e=f
KW  - Liver
KW  - CT
N1  - Retracted: https://doi.org/10.1000/182
ER  - 

TY  - GEN
ID  - preprint
TI  - + A preprint — of بحث 🙂
UR  - https://arxiv.org/abs/1804.03999
KW  - Liver
ER  - 
""",  # noqa: W291
    "csl": r"""
[
{"id": "h-denseunet", "type": "article-journal", "title": "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes", "author": [{"family": "Li", "given": "Xiaomeng"}, {"family": "Chen", "given": "Hao"}], "issued": {"date-parts": [[2018]]}, "container-title": "IEEE Transactions on Medical Imaging", "volume": "37", "issue": "12", "page": "2663-2674", "DOI": "10.1109/TMI.2018.2845918", "PMID": "29994201", "keyword": "Liver, CT, U-Net", "note": "arXiv:1709.07330\nCode: https://github.com/xmengli/H-DenseUNet"},
{"id": "odd", "type": "paper-conference", "title": "50% of {U_net} & co: a <T2*> \\ ~ ^ $ # \"test\" in 3D", "author": [{"family": "Laak", "given": "Jeroen A. W. M.", "non-dropping-particle": "van der"}, {"literal": "The Liver Consortium"}, {"family": "Smith", "given": "John", "suffix": "Jr."}], "issued": {"date-parts": [[2017]]}, "container-title": "A Workshop & More (MICCAI)", "page": "26-29", "DOI": "10.1000/a_b", "URL": "https://example.org/a_(b)?c={d}&e=f", "keyword": "Liver, CT", "note": "Retracted: https://doi.org/10.1000/182"},
{"id": "preprint", "type": "article", "title": "+ A preprint — of بحث 🙂", "number": "arXiv:1804.03999", "URL": "https://arxiv.org/abs/1804.03999", "keyword": "Liver"}
]
""",  # noqa: E501
    "csv": r"""
id,title,authors,year,venue,volume,issue,pages,doi,arxiv,pmid,pmcid,url,code,keywords,retracted
h-denseunet,H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes,Xiaomeng Li; Hao Chen,2018,IEEE Transactions on Medical Imaging,37,12,2663-2674,10.1109/TMI.2018.2845918,1709.07330,29994201,,,https://github.com/xmengli/H-DenseUNet,Liver; CT; U-Net,
odd,"50% of {U_net} & co: a <T2*> \ ~ ^ $ # ""test"" in 3D",Jeroen A. W. M. van der Laak; The Liver Consortium; John Smith Jr.,2017,A Workshop & More (MICCAI),,,26-29,10.1000/a_b,,,,https://example.org/a_(b)?c={d}&e=f,,Liver; CT,https://doi.org/10.1000/182
preprint,'+ A preprint — of بحث 🙂,,,,,,,,1804.03999,,,https://arxiv.org/abs/1804.03999,,Liver,
""",  # noqa: E501
    "json": r"""
{"version": 1, "papers": [
{"id": "h-denseunet", "title": "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes", "authors": ["Xiaomeng Li", "Hao Chen"], "year": 2018, "venue": "IEEE Transactions on Medical Imaging", "volume": "37", "issue": "12", "pages": "2663-2674", "links": {"doi": "10.1109/TMI.2018.2845918", "arxiv": "1709.07330", "pmid": "29994201", "code": "https://github.com/xmengli/H-DenseUNet"}, "organs": ["Liver"], "modalities": ["CT"], "methods": ["U-Net"], "notes": "Not exported."},
{"id": "odd", "title": "50% of {U_net} & co: a <T2*> \\ ~ ^ $ # \"test\"\n\nin 3D", "authors": ["Jeroen A. W. M. van der Laak", "The Liver Consortium", "John Smith Jr."], "year": 2017, "venue": "A Workshop & More (MICCAI)", "pages": "26 – 29", "links": {"doi": "10.1000/a_b", "arxiv": "1706.00001", "url": "https://example.org/a_(b)?c={d}&e=f"}, "retracted": "10.1000/182", "organs": ["Liver"], "modalities": ["CT"], "unverified": ["arxiv", "year"]},
{"id": "preprint", "title": "+ A preprint — of بحث 🙂", "links": {"arxiv": "1804.03999", "code": "https://github.com/a/b", "scholar": "https://scholar.google.com/scholar?q=a"}, "organs": ["Liver"], "unverified": ["code"]}
]}
""",  # noqa: E501
    "markdown": r"""
- **[H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes](https://doi.org/10.1109/TMI.2018.2845918)** Xiaomeng Li, Hao Chen. *IEEE Transactions on Medical Imaging* 37(12), 2663-2674, 2018. [DOI](https://doi.org/10.1109/TMI.2018.2845918) [arXiv](https://arxiv.org/abs/1709.07330) [PubMed](https://pubmed.ncbi.nlm.nih.gov/29994201/) [Code](https://github.com/xmengli/H-DenseUNet)
- **[50% of \{U\_net\} &amp; co: a &lt;T2\*&gt; \\ &#126; ^ &#36; # "test" in 3D](https://doi.org/10.1000/a_b)** **[Retracted](https://doi.org/10.1000/182).** Jeroen A. W. M. van der Laak, The Liver Consortium, John Smith Jr. *A Workshop &amp; More (MICCAI)*, 26-29, 2017. [DOI](https://doi.org/10.1000/a_b) [Link](https://example.org/a_%28b%29?c={d}&e=f)
- **[+ A preprint — of بحث 🙂](https://arxiv.org/abs/1804.03999)** [arXiv](https://arxiv.org/abs/1804.03999) [Google Scholar](https://scholar.google.com/scholar?q=a)
""",  # noqa: E501
    "keys": r"""
h-denseunet
odd
preprint
""",
}
# fmt: on

# Our own JSON says all, and what of it is not confirmed.
FOR_OTHERS = tuple(name for name in EXPORTS if name != "json")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "entries", ROOT)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    folder = tmp_path_factory.mktemp("entries")
    for name, text in FILES.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    library = load(folder, folder)
    assert library.problems == ()
    return [library.entries_by_id[name] for name in FILES]


@pytest.mark.parametrize("name", EXPORTS)
def test_golden(papers: list[Entry], name: str) -> None:
    line_end = "\r\n" if name in ("ris", "csv") else "\n"
    assert export(name, papers) == GOLDEN[name].removeprefix("\n").replace("\n", line_end)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_is_made_of_single_records_in_the_order_given(
    papers: list[Entry], name: str
) -> None:
    chosen = [papers[2], papers[0]]
    text = export(name, chosen)
    places = [text.index(EXPORTS[name].record_of_entry(paper)) for paper in chosen]
    assert places == sorted(places)
    assert text.endswith("\n")


def test_the_empty_atlas() -> None:
    empty = {name: export(name, []) for name in EXPORTS}
    assert json.loads(empty.pop("csl")) == []
    assert json.loads(empty.pop("json")) == {"version": 1, "papers": []}
    assert list(csv.DictReader(io.StringIO(empty.pop("csv")))) == []
    assert set(empty.values()) == {""}


def ris_records(text: str) -> list[dict[str, list[str]]]:
    """Records of RIS as tags with their values; every line is one of a tag."""
    records: list[dict[str, list[str]]] = []
    for line in filter(None, text.split("\r\n")):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append({})
        records[-1].setdefault(match[1], []).append(match[2])
    assert all(record["ER"] == [""] for record in records)
    return records


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_bibtex_of_this_atlas(library: Library) -> None:
    text = export("bibtex", library.entries)
    parsed = bibtexparser.parse_string(text)
    assert parsed.failed_blocks == []
    assert [block.key for block in parsed.entries] == [entry.id for entry in library.entries]


def test_the_own_reader_gets_back_what_bibtex_holds(library: Library) -> None:
    for entry in library.entries:
        fields, _ = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(entry))
        given = {
            "title": " ".join(entry.title.split()),
            "authors": list(entry.authors),
            "year": str(entry.year or ""),
            "venue": entry.venue,
            **{key: getattr(entry, key) for key in ("volume", "issue", "pages")},
        }
        assert {key: value for key, value in given.items() if value} == {
            key: value for key, value in fields.items() if key != "links"
        }
        links = dict(fields.get("links", {}))
        confirmed = confirmed_links(entry)
        for kind in ("doi", "arxiv", "pmid", "url"):
            if kind in confirmed:
                assert links.pop(kind) == confirmed[kind]
        assert set(links.values()) <= set(confirmed.values())


def test_json_of_this_atlas(library: Library) -> None:
    items = json.loads(export("csl", library.entries))
    assert [item["id"] for item in items] == [entry.id for entry in library.entries]
    for item, entry in zip(items, library.entries, strict=True):
        assert item.get("issued", {}).get("date-parts") == ([[entry.year]] if entry.year else None)
        assert len(item.get("author", [])) == len(entry.authors)
        assert all(isinstance(value, str) for key, value in item.items()
                   if key not in ("author", "issued"))  # fmt: skip


def test_csv_and_ris_of_this_atlas(library: Library) -> None:
    rows = csv_rows(export("csv", library.entries))
    records = ris_records(export("ris", library.entries))
    assert [(row["id"], row["title"]) for row in rows] == [
        (entry.id, " ".join(entry.title.split())) for entry in library.entries
    ]
    assert [(record["ID"], record["TI"]) for record in records] == [
        ([row["id"]], [row["title"]]) for row in rows
    ]
    assert [len(record.get("AU", [])) for record in records] == [
        len(entry.authors) for entry in library.entries
    ]


def test_keys_and_the_list_of_this_atlas(library: Library) -> None:
    keys = export("keys", library.entries).splitlines()
    items = export("markdown", library.entries).splitlines()
    assert keys == [entry.id for entry in library.entries]
    assert len(items) == len(keys)
    assert all(item.startswith("- **") for item in items)


def test_an_unconfirmed_identifier_is_in_no_export(library: Library) -> None:
    unsure = [(entry, kind) for entry in library.entries for kind in entry.links.by_kind()
              if kind in entry.unverified]  # fmt: skip
    assert unsure
    for entry, kind in unsure:
        value = entry.links.by_kind()[kind]
        texts = [EXPORTS[name].record_of_entry(entry).casefold() for name in FOR_OTHERS]
        assert not [text for text in texts if value.casefold() in text]


def test_all_links_can_be_unconfirmed(papers: list[Entry]) -> None:
    entry = papers[0].model_copy(update={"unverified": ("links",)})
    for made in (EXPORTS[name] for name in FOR_OTHERS):
        assert not re.search("TMI.2018|1709|29994201|github", made.record_of_entry(entry))


def test_a_retracted_paper_says_so(papers: list[Entry]) -> None:
    for name in ("bibtex", "biblatex", "ris", "csl", "csv", "markdown"):
        assert ("https://doi.org/10.1000/182" in EXPORTS[name].record_of_entry(papers[1])) is True
        assert "etracted" not in EXPORTS[name].record_of_entry(papers[0])


@pytest.mark.parametrize(
    ("venue", "issue", "kind"),
    [
        *((None, None, "other"), ("arXiv", None, "other"), ("bioRxiv preprint", None, "other")),
        ("Medical Image Analysis", None, "journal"),
        ("IEEE Journal of Biomedical and Health Informatics (JBHI)", None, "journal"),
        ("Proceedings of the IEEE", "5", "journal"),
        ("Sensors (Basel)", None, "journal"),
        ("Proceedings of SPIE", None, "meeting"),
        ("Medical Imaging with Deep Learning (MIDL)", None, "meeting"),
        ("Brainlesion: Glioma (BrainLes 2018)", None, "meeting"),
        ("Computer Vision - ECCV 2022 Workshops", None, "meeting"),
    ],
)
def test_kind(papers: list[Entry], venue: str | None, issue: str | None, kind: str) -> None:
    entry = papers[0].model_copy(update={"venue": venue, "issue": issue})
    assert publication_type(entry) == kind


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Xiaomeng Li", ("Xiaomeng", "", "Li", "")),
        ("Li, Xiaomeng", ("Xiaomeng", "", "Li", "")),
        ("Jeroen van der Laak", ("Jeroen", "van der", "Laak", "")),
        ("van der Laak, Jeroen", ("Jeroen", "van der", "Laak", "")),
        ("danah boyd", ("danah", "", "boyd", "")),
        ("The Anh Baran", ("The Anh", "", "Baran", "")),
        ("John Smith, Jr.", ("John", "", "Smith", "Jr.")),
        ("Plato", ("", "", "Plato", "")),
        ("The Liver Consortium", ("", "", "The Liver Consortium", "")),
        ("علي محمد", ("علي", "", "محمد", "")),
        (", X", ("", "", ", X", "")),
    ],
)
def test_name(author: str, parts: tuple[str, str, str, str]) -> None:
    name = split_name(author)
    assert (name.given, name.particle, name.surname, name.suffix) == parts


PIECES = ("&", "%", "#", "_", "$", "{", "}", "~", "^", "\\", "+", "=", "@", "-", "'", '"', "`",
          "<b>", "&amp;", "[", "](", "*", "|", ",", ";", "!", "?", "\n", " ", "CT", "U-Net", "é",
          "ﬁ", "🙂", "بحث", "图像", " and ", "@misc{x,", "ER  - ", "\\textbf{", "\\&")  # fmt: skip
TITLES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=30),
).filter(lambda text: text.strip() and not describe_invisible(text))
COMMON_MARK = MarkdownIt("commonmark").enable(["strikethrough", "table"])
LIMITS = settings(max_examples=300, deadline=1000, derandomize=True)


def titled(title: str) -> Entry:
    """A paper of that title; the file would be read so."""
    links = {"doi": "10.1000/1"}
    return Entry.model_validate(
        {"id": "a", "path": "a.yml", "title": title, "links": links, "terms": {}}
    )


@LIMITS
@given(title=TITLES)
@example(title="}{ CT} {U-Net")
@example(title="--- ''`` ?` !` ,, << >>")
def test_a_title_survives_bibtex(title: str) -> None:
    fields, problems = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(titled(title)))
    assert problems == []
    assert fields["title"] == " ".join(title.split())


@LIMITS
@given(title=TITLES)
def test_a_title_survives_ris_json_and_csv(title: str) -> None:
    entry, expected = titled(title), " ".join(title.split())
    two = {name: export(name, [entry, entry]) for name in ("ris", "csl", "csv")}
    assert [record["TI"] for record in ris_records(two["ris"])] == [[expected]] * 2
    assert [item["title"] for item in json.loads(two["csl"])] == [expected] * 2
    cells = [row["title"] for row in csv_rows(two["csv"])]
    assert cells in ([expected] * 2, [f"'{expected}"] * 2)
    assert not any(cell.startswith(tuple("=+-@")) for cell in cells)


@LIMITS
@given(title=TITLES)
@example(title="a_b*c*[d](e) <script>alert(1)</script> &lt; {: .x} ~~y~~")
def test_a_title_survives_markdown(title: str) -> None:
    text = export("markdown", [titled(title)])
    assert text.count("\n") == 1
    for made in (COMMON_MARK.render(text), markdown(text, extensions=["extra"])):
        link = BeautifulSoup(made, "html.parser").select_one("li > strong > a")
        assert link
        assert " ".join(link.text.split()) == " ".join(title.split())
        assert link["href"] == "https://doi.org/10.1000/1"


@LIMITS
@given(authors=st.lists(TITLES.map("Ann {} Lee".format), min_size=1, max_size=3))
def test_names_do_not_break_a_record(authors: list[str]) -> None:
    entry = titled("a").model_copy(update={"authors": tuple(authors)})
    fields, _ = read_bibtex_entry(EXPORTS["bibtex"].record_of_entry(entry))
    assert isinstance(fields["authors"], list)
    assert len(fields["authors"]) == len(authors)
    assert [len(record["AU"]) for record in ris_records(export("ris", [entry]))] == [len(authors)]
