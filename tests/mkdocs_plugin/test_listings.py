"""Lists of papers in handwritten pages, and the pages that mention a paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from helpers import FIXTURES
from helpers.site_of import Site
from paper_atlas import Library, load
from paper_atlas.analysis.listing import parse_listing

Build = Callable[..., Site]
ATLAS = FIXTURES / "atlas"
EVERY = ["attention-u-net", "h-denseunet", "unet-plus-plus", "u-net", "deeporgan"]
HINT = "write key=value, with double quotes around a value with spaces"
ONE_OF = "use one of: organs, modalities, methods, datasets, year, has, sort, limit, view"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ATLAS / "entries", ATLAS)


def page(project: Path, text: str, name: str = "own.md") -> None:
    path = project / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class TestChoosing:
    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            ("", EVERY),
            ("organs=liver", ["h-denseunet", "unet-plus-plus"]),
            ("organs=LIVER organs=Pancreas",
             ["attention-u-net", "h-denseunet", "unet-plus-plus", "deeporgan"]),
            ("organs=liver,pancreas modalities=microscopy", ["unet-plus-plus"]),
            ('organs="Liver, Pancreas"',
             ["attention-u-net", "h-denseunet", "unet-plus-plus", "deeporgan"]),
            ('organs="Multi-organ segmentation"', ["attention-u-net", "unet-plus-plus", "u-net"]),
            ('methods="Attention U-Net","deep supervision"',
             ["attention-u-net", "unet-plus-plus"]),
            ("organs!=liver", ["attention-u-net", "u-net", "deeporgan"]),
            ("organs!=liver,pancreas", ["u-net"]),
            ("organs!=liver organs!=pancreas", ["u-net"]),
            ("organs=liver organs!=multi-organ", ["h-denseunet"]),
            ("organs=heart", []),
            ("year=2015", ["u-net"]),
            ("year>=2016", ["attention-u-net", "h-denseunet", "unet-plus-plus"]),
            ("year<=2017", ["u-net"]),
            ("year>=2015 year<=2015", ["u-net"]),
            ("has=code", ["attention-u-net", "h-denseunet", "unet-plus-plus"]),
            ("has=doi,results", ["h-denseunet", "unet-plus-plus", "u-net", "deeporgan"]),
            ("has=results", ["deeporgan"]),
            ("has=code has!=doi", ["attention-u-net"]),
            ("sort=-year", EVERY),
            ("sort=year",
             ["u-net", "attention-u-net", "h-denseunet", "unet-plus-plus", "deeporgan"]),
            ("sort=title",
             ["attention-u-net", "deeporgan", "h-denseunet", "u-net", "unet-plus-plus"]),
            ("sort=author",
             ["h-denseunet", "attention-u-net", "u-net", "deeporgan", "unet-plus-plus"]),
            ("limit=2", ["attention-u-net", "h-denseunet"]),
            ("sort=title limit=1 organs=liver", ["h-denseunet"]),
        ],
    )  # fmt: skip
    def test_each_option(self, words: str, ids: list[str], library: Library) -> None:
        listing, problems = parse_listing(f"<!-- papers: {words} -->", library.vocabulary)
        assert problems == []
        assert [entry.id for entry in listing.select_papers(library)] == ids

    def test_a_term_includes_its_narrower_ones(self, small_atlas: Path) -> None:
        words = small_atlas / "entries" / "vocabulary.yml"
        broader = "{title: Abdomen}, {title: CT, parents: [Abdomen]}, MRI, Microscopy"
        words.write_text(words.read_text().replace("[CT, MRI, Microscopy]", f"[{broader}]"))
        changed = load(small_atlas / "entries", small_atlas)
        listing, _ = parse_listing("<!-- papers: modalities=abdomen -->", changed.vocabulary)
        assert [entry.id for entry in listing.select_papers(changed)] == EVERY[:3]

    def test_an_author_is_selected_by_family_name(self, small_atlas: Path) -> None:
        path = small_atlas / "entries" / "multi-organ" / "u-net.yml"
        path.write_text(path.read_text().replace("Olaf Ronneberger", "Özgün Çiçek"))
        nobody = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        kept = [it for it in nobody.read_text().splitlines() if not it.startswith("authors")]
        nobody.write_text("\n".join(kept))
        changed = load(small_atlas / "entries", small_atlas)
        listing, _ = parse_listing("<!-- papers: sort=author -->", changed.vocabulary)
        assert [entry.id for entry in listing.select_papers(changed)] == [
            *("u-net", "attention-u-net", "deeporgan", "unet-plus-plus", "h-denseunet"),
        ]


class TestMistakes:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("organ=liver",
             "unknown-facet: 'organ' is neither a facet nor an option (did you mean 'organs'?)"),
            ("foo=liver", f"unknown-facet: 'foo' is neither a facet nor an option ({ONE_OF})"),
            ("organs=Livre",
             "unknown-term: organs: 'Livre' is not in the vocabulary (did you mean 'Liver'?)"),
            ("organs!=liver,xyz", "unknown-term: organs: 'xyz' is not in the vocabulary "
             "(use one of: Multi-organ, Liver, Pancreas, Heart)"),
            ("methods=V-Net",
             "unknown-term: methods: 'V-Net' is not in the vocabulary (did you mean 'U-Net'?)"),
            ("organs=", "empty-value: organs: has no value (write one)"),
            ('organs=","', "empty-value: organs: has no value (write one)"),
            ("limit=", "empty-value: limit: has no value (write one)"),
            ("year=new", "wrong-value: year: expected a year such as 2020, found 'new'"),
            ("year>=20", "wrong-value: year: expected a year such as 2020, found '20'"),
            ("limit=0", "wrong-value: limit: expected a number from 1, found '0'"),
            ("limit=-1", "wrong-value: limit: expected a number from 1, found '-1'"),
            ("has=code,pdf", "wrong-value: has: expected code, results, free or doi, found 'pdf'"),
            ("sort=titel",
             "wrong-value: sort: expected year, -year, title or author, found 'titel' "
             "(did you mean 'title'?)"),
            ("view=tabel",
             "wrong-value: view: expected cards, table, list or bibliography, found 'tabel' "
             "(did you mean 'table'?)"),
            ("limit=3 limit=4", "doubled-key: 'limit=' is given twice (remove one of the two)"),
            ("organs>=liver",
             "malformed-option: 'organs' does not accept '>=' (write organs= or organs!=)"),
            ("year!=2020",
             "malformed-option: 'year' does not accept '!=' (write year= or year>= or year<=)"),
            ("view>=list", "malformed-option: 'view' does not accept '>=' (write view=)"),
            ("year>2020", f"malformed-option: 'year>2020' is not an option ({HINT})"),
            ("organs=liver tumour", f"malformed-option: 'tumour' is not an option ({HINT})"),
            ('organs="liver limit=3',
             "malformed-option: 'organs=\"liver limit=3' has a quotation mark that is not closed "
             '(write key="a value")'),
        ],
    )  # fmt: skip
    def test_each_mistake(self, words: str, said: str, library: Library) -> None:
        found = parse_listing(f"<!-- papers: {words}-->", library.vocabulary)[1]
        assert [f"{it.code}: {it.full_message}" for it in found] == [said]

    def test_all_problems_are_logged_with_line_and_column(
        self, small_atlas: Path, build: Build
    ) -> None:
        page(small_atlas, """\
---
title: My own
---

# My own

Text <!-- a comment --> and
<!-- papers: organs=liver organ=liver -->

!!! note

    <!-- papers: organs=Livre
         year>2020
         view=list -->

<!-- papers: organ=liver -->

`<!-- papers: organ=liver -->`

```html
<!-- papers: organ=liver -->
```
""")  # fmt: skip
        site = build(small_atlas, warnings=4, markdown_extensions=["admonition"])
        facet = "'organ' is neither a facet nor an option (did you mean 'organs'?)"
        told = [
            f"docs/own.md:8:27: unknown-facet: {facet}",
            "docs/own.md:12:18: unknown-term: organs: 'Livre' is not in the vocabulary "
            "(did you mean 'Liver'?)",
            f"docs/own.md:13:10: malformed-option: 'year>2020' is not an option ({HINT})",
            f"docs/own.md:16:14: unknown-facet: {facet}",
        ]
        assert site.warnings == [f"paper-atlas: {line}" for line in told]
        boxes = site.page("own/").select(".pa-note--bad")
        assert [[it.text for it in box.select("code")] for box in boxes] == [
            *(told[:1], told[1:3], told[3:]),
        ]

    def test_a_problem_in_a_snippet_is_reported_at_the_start_of_the_page(
        self, small_atlas: Path, build: Build
    ) -> None:
        (small_atlas / "part.txt").write_text("text\n\n<!-- papers:\norgan=liver -->\n")
        page(small_atlas, '# Own\n\n--8<-- "part.txt"\n')
        site = build(small_atlas, warnings=1, markdown_extensions=["pymdownx.snippets"])
        assert "docs/own.md:1:14: unknown-facet: 'organ'" in site.warnings[0]

    def test_only_errors_of_a_broken_vocabulary_are_reported(
        self, small_atlas: Path, build: Build
    ) -> None:
        (small_atlas / "entries" / "vocabulary.yml").write_text("facets: [")
        page(small_atlas, "<!-- papers: organs=nothing -->")
        site = build(small_atlas, warnings=None)
        assert not [line for line in site.warnings if "own.md" in line]
        said = site.page("own/").select_one(".pa-note--bad code").text
        assert said.startswith("entries/vocabulary.yml:")


class TestPages:
    def test_code_stays_text(self, small_atlas: Path, build: Build) -> None:
        directive = "<!-- papers: organs=nothing -->"
        page(small_atlas, f"""\
# Own

Write `{directive}` or

```html
{directive}
```

    {directive}

- in a list

    ```
    {directive}
    ```
""")  # fmt: skip
        for extensions in (["fenced_code"], ["pymdownx.superfences", "pymdownx.highlight"]):
            site = build(small_atlas, markdown_extensions=extensions)
            codes = [tag.text.strip() for tag in site.page("own/").select("article code")]
            assert codes == [directive] * 4
            assert site.page("own/").select_one("article").text.count(directive) == 4

    def test_cards(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, "# Own\n\n[to it](#u-net)\n\n<!-- papers: year=2015 view=cards -->\n")
        site = build(small_atlas, strict=True)
        assert list(site.cards("own/")) == ["u-net"]
        card = site.cards("own/")["u-net"]
        assert card.select_one("h3 a")["href"] == "../papers/u-net/"
        assert not [hit for hit in site.records if "own/#" in hit["location"]]

    def test_a_paper_has_one_card_on_a_page(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, """\
<!-- papers: organs=liver view=cards limit=1 -->
## H2 {#u-net}
<!-- papers: view=cards -->
""", "organs/pancreas.md")  # fmt: skip
        site = build(small_atlas, markdown_extensions=["attr_list"])
        assert [it for it in site.doubled_ids() if "pancreas" in it] == []
        # Those of the pancreas have their cards below the text.
        assert list(site.cards("organs/pancreas/")) == [
            *("h-denseunet", "unet-plus-plus", "attention-u-net", "deeporgan"),
        ]
        rows = site.page("organs/pancreas/").select("h2#u-net ~ div ul.pa-rows a")
        assert [row["href"].split("/")[-2] for row in rows] == [
            *("attention-u-net", "h-denseunet", "u-net", "deeporgan"),
        ]

    def test_a_table(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, "<!-- papers: organs=liver,pancreas sort=title view=table limit=2 -->\n")
        table = build(small_atlas, strict=True).page("own/").select_one(".pa-table")
        assert [head.text for head in table.select("thead th")] == [
            *("Paper", "Authors", "Year", "Organs", "Modalities", "Methods", "Data sets"),
        ]
        rows = [[cell.text for cell in row.select("td")] for row in table.select("tbody tr")]
        assert rows == [
            ["Ozan Oktay et al.", "2018", "Pancreas, Multi-organ", "CT", "Attention U-Net",
             "CT-150, TCIA Pancreas-CT"],
            ["Holger R. Roth et al.", "", "Pancreas", "", "", ""],
        ]  # fmt: skip
        links = [link["href"] for link in table.select("tbody tr:first-child a")]
        assert links[:3] == ["../papers/attention-u-net/", "../organs/pancreas/",
                             "../organs/multi-organ/"]  # fmt: skip

    def test_a_list(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, "Before\n<!--papers:organs=liver-->\nafter\n", "deep/own.md")
        article = build(small_atlas, strict=True).page("deep/own/").select_one("article")
        rows = article.select("ul.pa-rows li")
        assert [row.select_one("a")["href"] for row in rows] == [
            *("../../papers/h-denseunet/", "../../papers/unet-plus-plus/"),
        ]
        assert [text.text for text in article.select("p")] == ["Before", "after"]

    def test_a_bibliography(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, "<!-- papers: has=doi organs!=liver view=bibliography -->\n")
        for options in ({}, {"plugins": ["paper-atlas"]}):
            found = build(small_atlas, **options).page("own/").select("ol.pa-bibliography li")
            assert [item.text for item in found] == [
                "Ronneberger, O., Fischer, P., & Brox, T. (2015). U-Net: Convolutional Networks "
                "for Biomedical Image Segmentation. Medical Image Computing and Computer-Assisted "
                "Intervention (MICCAI), 9351, 234–241. https://doi.org/10.1007/978-3-319-24574-4_28",
                "Roth, H. R., & Lu, L. (n.d.). DeepOrgan: Multi-level Deep Convolutional Networks "
                "for Automated Pancreas Segmentation. "
                "https://doi.org/10.1007/978-3-319-24553-9_68",
            ]
            assert [item.select_one("a")["href"] for item in found] == [
                *("../papers/u-net/", "../papers/deeporgan/"),
            ]

    def test_no_paper(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, "<!-- papers: organs=heart view=table -->\n")
        text = build(small_atlas).page("own/").select_one(".pa p.pa-2").text
        assert text == "No paper in the atlas matches this list yet."

    def test_several_on_a_page_of_the_atlas(self, small_atlas: Path, build: Build) -> None:
        page(small_atlas, """\
# The liver

<!-- papers: year=2015 view=table -->

- <!-- papers: has=results -->
""", "organs/liver.md")  # fmt: skip
        site = build(small_atlas, strict=True)
        assert list(site.cards("organs/liver/")) == ["h-denseunet", "unet-plus-plus"]
        article = site.page("organs/liver/").select_one("article")
        links = article.select(".pa-scroll tbody th a, li ul.pa-rows a")
        assert [link["href"] for link in links] == [
            "../../papers/u-net/",
            "../../papers/deeporgan/",
        ]
        assert "data-fragment" not in str(article)


def test_lists_are_the_same_if_the_search_takes_no_records(small_atlas: Path, build: Build) -> None:
    page(small_atlas, "# Own\n\n<!-- papers: view=cards -->\n")
    config = yaml.safe_load((small_atlas / "mkdocs.yml").read_text())
    (small_atlas / "mkdocs.yml").write_text(yaml.safe_dump(config | {"plugins": ["paper-atlas"]}))
    assert list(build(small_atlas).cards("own/")) == EVERY
