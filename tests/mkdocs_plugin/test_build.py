"""Real builds of the small atlas and of this atlas, read as visitors read them."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import ROOT
from helpers.commands import seed_items
from helpers.projects import THEMES
from helpers.site_of import Site
from paper_atlas import load
from paper_atlas.text.titles import title_key

Build = Callable[..., Site]
EVERY = "sections/anatomical-structures/"  # a page with the cards of all papers of the small atlas


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_config(project: Path, **options: object) -> None:
    path = project / "mkdocs.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | options))


def hook(project: Path, made: str) -> str:
    """Return a file of hooks that changes the text of finished pages."""
    lines = (
        "import re",
        "def on_post_page(output, page, **_):",
        "    text = output",
        "    is_charts = page.url == 'charts/'",
        f"    return {made}",
    )
    (project / "hook.py").write_text("\n".join(lines))
    return "hook.py"


class TestThisAtlas:
    def test_every_paper_of_the_list_has_its_link(self, this_site: Site) -> None:
        """By its address, which the entry contains as a link or as an identifier."""
        organs = {"Multi-organ segmentation": "multi-organ"}
        papers: dict[str, tuple[set[str], str]] = {}
        items = seed_items()
        cards = {
            heading: this_site.cards(f"organs/{organs.get(heading, heading.lower())}/").keys()
            for heading in dict.fromkeys(heading for heading, _, _ in items)
        }
        for heading, title, url in items:
            for name in cards[heading] - papers.keys():
                page = this_site.page(f"papers/{name}/").select_one("article")
                links = {str(link["href"]) for link in page.select(".acts a, .pa-facts a")}
                papers[name] = links, title_key(page.text)
            named = [text for links, text in papers.values() if url in links]
            assert len(named) == 1, title
            assert title_key(title) in named[0]

    def test_every_paper_is_on_the_page_of_each_of_its_organs(self, this_site: Site) -> None:
        library = load(ROOT / "entries")
        ids = [entry.id for entry in library.entries]
        assert [*this_site.cards("papers/"), *this_site.cards("papers/page/2/")] == ids
        part = json.loads(this_site.files["papers/list-1.json"])
        assert [record["id"] for record in part["papers"]] == ids
        for term in library.vocabulary.facets["organs"].all_terms:
            expected = [entry.id for entry in library.papers_within("organs", term)]
            assert [*this_site.cards(f"organs/{term.id}/")] == expected, term.title

    @pytest.mark.parametrize(("mount", "directory_urls"), [("/atlas/", True), ("/", False)])
    def test_no_link_is_dead(
        self, whole_atlas: Path, build: Build, directory_urls: bool, mount: str
    ) -> None:
        site = build(
            whole_atlas,
            strict=True,
            use_directory_urls=directory_urls,
            site_url=f"http://site.test{mount}",
        )
        assert list(site.dead_links(mount)) == []
        assert list(site.doubled_ids()) == []

    def test_sections_are_in_the_order_of_the_vocabulary_and_organs_by_papers(
        self, this_site: Site
    ) -> None:
        index = this_site.page("organs/")
        headings = [tag.text for tag in index.select("article h2")]
        library = load(ROOT / "entries")
        sections = library.file_vocabulary.facets["organs"].sections
        assert headings == [section.short_title for section in sections]
        for section, group in zip(sections, index.select("article section"), strict=True):
            titles = [tag.text for tag in group.select(".pa-cards b")]
            assert sorted(titles) == sorted(term.title for term in section.terms)
            counts = [int(tag.text) for tag in group.select(".pa-cards .n")]
            assert counts == sorted(counts, reverse=True)

    def test_an_organ_without_papers_explains_how_to_add_one(
        self, small_atlas: Path, build: Build
    ) -> None:
        text = build(small_atlas).page("organs/heart/").select_one("article").get_text()
        assert "No paper on Heart yet." in text
        assert "entries/heart/my-paper.yml" in text
        assert "organs: [Heart]" in text

    def test_two_builds_give_the_same_bytes(
        self, whole_atlas: Path, build: Build, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        first = build(whole_atlas)
        assert build(whole_atlas).files == first.files


class TestPages:
    def test_a_card_names_all_organs_and_the_page_hides_its_own(
        self, small_atlas: Path, build: Build
    ) -> None:
        site = build(small_atlas)
        for page in ("multi-organ", "liver"):
            tags = site.cards(f"organs/{page}/")["unet-plus-plus"].select("a.pa-tag")
            organs = [tag["data-term"] for tag in tags if tag["data-term"].startswith("organs/")]
            assert organs == ["organs/multi-organ", "organs/liver"]
            hidden = site.page(f"organs/{page}/").select("a.pa-tag[hidden]")
            assert {tag["data-term"] for tag in hidden} == {f"organs/{page}"}
        assert not site.page("papers/").select("a.pa-tag[hidden]")

    def test_the_newest_come_first_and_then_by_title(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas)
        assert list(site.cards(EVERY)) == [
            *("attention-u-net", "h-denseunet", "unet-plus-plus", "u-net", "deeporgan"),
        ]
        headings = [tag.get_text(" ", strip=True) for tag in site.page(EVERY).select("h2.pa-year")]
        assert headings == ["2018 3 papers", "2015 1 paper", "Year not known 1 paper"]

    def test_relations_are_shown_in_both_directions(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas)
        cards = {name: " ".join(card.text.split()) for name, card in site.cards(EVERY).items()}
        assert "Extends U-Net" in cards["h-denseunet"]
        assert "Extended by 3" in cards["u-net"]
        pages = {
            name: [
                tag.get_text(" ", strip=True)
                for tag in site.page(f"papers/{name}/").select("#relations li")
            ]
            for name in ("h-denseunet", "u-net")
        }
        assert pages["h-denseunet"] == [
            "2015 U-Net Ronneberger et al. · Medical Image Computing and Computer-Assisted "
            "Intervention (MICCAI) Convolutional Networks for Biomedical Image Segmentation"
        ]
        assert len(pages["u-net"]) == 3

    def test_a_card_shows_the_main_fields_of_the_entry(
        self, small_atlas: Path, build: Build
    ) -> None:
        cards = build(small_atlas).cards(EVERY)
        words = " ".join(cards["u-net"].get_text(" ").split())
        for part in (
            "Olaf Ronneberger, Philipp Fischer, Thomas Brox Medical Image Computing",
            "(MICCAI) 2015",
            "Organs Multi-organ Modalities Microscopy Methods U-Net DOI arXiv",
        ):
            assert part in words
        assert cards["h-denseunet"]["data-year"] == "2018"

    def test_the_page_of_a_paper_shows_all_fields_of_the_entry(
        self, small_atlas: Path, build: Build
    ) -> None:
        site = build(small_atlas)
        names = ("u-net", "h-denseunet", "deeporgan", "attention-u-net")
        pages = {name: site.page(f"papers/{name}/").select_one("article") for name in names}
        words = {name: " ".join(page.get_text(" ").split()) for name, page in pages.items()}
        assert "(MICCAI) 9351, 234–241" in words["u-net"]
        assert "Not yet checked against the paper: volume, pages." in words["u-net"]
        assert "37(12), 2663–2674" in words["h-denseunet"]
        assert "NIH Pancreas-CT 82 patients, 4-fold Dice 0.718" in words["deeporgan"]
        assert "Added 2024-02-29." in words["attention-u-net"]
        link = next(it for it in pages["deeporgan"].select("a") if it.text == "My label")
        assert link["href"] == "https://example.org/?a=1&b=2"

    def test_tags_link_to_the_papers_of_their_term(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas)
        tags = site.cards(EVERY)["h-denseunet"].select("a.pa-tag")
        assert {tag.text: tag["href"] for tag in tags} == {
            "Liver": "../../organs/liver/",
            "CT": "../../modalities/ct/",
            "U-Net": "../../methods/u-net/",
            "DenseNet": "../../methods/densenet/",
            "LiTS 2017": "../../datasets/lits-2017/",
            "3DIRCADb": "../../datasets/3dircadb/",
        }
        methods = site.page("methods/").select("article tbody tr")
        assert [tag["id"] for tag in methods] == [
            *("u-net", "attention-u-net", "deep-supervision", "densenet", "unet-plus-plus"),
        ]
        assert len(site.cards("methods/u-net/")) == 3
        assert list(site.cards("datasets/lits-2017/")) == ["h-denseunet"]

    def test_a_section_has_its_page_with_counts(self, small_atlas: Path, build: Build) -> None:
        page = build(small_atlas).page("sections/anatomical-structures/").select_one("article")
        assert "Organs & what lies in them." in page.text
        assert len(page.select("article.paper")) == 5
        assert [tag.get_text(" ", strip=True) for tag in page.select(".pa-head .pa-chip")] == [
            *("Multi-organ 3", "Liver 2", "Pancreas 2", "Heart 0"),
        ]

    def test_an_unused_facet_has_no_page(self, small_atlas: Path, build: Build) -> None:
        for path in (small_atlas / "entries").rglob("*.yml"):
            if path.name != "vocabulary.yml":
                kept = [line for line in path.read_text().splitlines() if "methods:" not in line]
                path.write_text("\n".join(kept))
        assert not (build(small_atlas).folder / "methods").exists()

    def test_edit_links_point_to_the_file(self, small_atlas: Path, build: Build) -> None:
        edit = "https://github.com/example/atlas/{}/main/entries/liver/h-denseunet.yml"
        words = "Suggest a correction"

        def link() -> Any:
            return build(small_atlas).page("papers/h-denseunet/").find("a", string=words)

        assert link()["href"] == edit.format("edit")
        change_config(small_atlas, edit_uri=None, edit_uri_template="blob/main/docs/{path}")
        assert link()["href"] == edit.format("blob")
        change_config(small_atlas, repo_url=None, edit_uri_template=None)
        assert not link()


class TestFeatures:
    def test_each_unverified_fact_is_in_one_sentence(self, this_site: Site) -> None:
        unsure = [entry for entry in load(ROOT / "entries").entries if entry.unverified]
        for entry in unsure[::3]:
            words = this_site.page(f"papers/{entry.id}/").select_one("#record p").text
            named = words.partition("the paper: ")[2].partition(".")[0].split(", ")
            assert len(named) == len(entry.unverified), entry.id

    def test_an_unverified_identifier_is_not_a_link(self, small_atlas: Path, build: Build) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        path.write_text(path.read_text() + "unverified: [doi]\n")
        site = build(small_atlas)
        page = site.page("papers/h-denseunet/").select_one("article")
        assert "DOI 10.1109/TMI.2018.2845918" in page.select_one(".pa-facts").text
        for part in (page, site.cards(EVERY)["h-denseunet"]):
            assert not [link for link in part.select("a") if "doi.org" in link["href"]]
        edit = page.select_one("#record p a")
        assert edit["href"].endswith("/edit/main/entries/liver/h-denseunet.yml")

    def test_the_page_of_a_data_set_has_its_facts_and_results(self, this_site: Site) -> None:
        page = this_site.page("datasets/brats-2018/").select_one("article")
        (heading,) = page.select(".pa-results h3")
        assert heading.get_text(" ", strip=True) == "Official test set Dice"
        heads = [cell.text for cell in page.select(".pa-table thead th")]
        assert sorted(heads[1:-1]) == ["Enhancing tumour", "Tumour core", "Whole tumour"]
        rows = [row.select_one("th a").text for row in page.select(".pa-table tbody tr")]
        assert sorted(rows) == ["Isensee 2019", "Myronenko 2019"]
        assert "2 papers: not ranked." in page.text
        assert "Brain tumour" in page.select_one(".pa-sheet").text
        assert page.select_one(".pa-head a[href^='https://']").text == "Home page"

    def test_unverified_results_are_not_compared(self, small_atlas: Path, build: Build) -> None:
        for name, lines in (("h-denseunet", ""), ("unet-plus-plus", "unverified: [results]\n")):
            path = next((small_atlas / "entries").rglob(f"{name}.yml"))
            figure = "{dataset: CT-150, split: test, metric: Dice, value: 0.9}"
            path.write_text(f"{path.read_text()}results: [{figure}]\n{lines}")
        words = small_atlas / "entries" / "vocabulary.yml"
        words.write_text(f"{words.read_text()}metrics: [{{title: Dice}}]\n")
        page = build(small_atlas).page("datasets/ct-150/")
        rows = [row.get_text(" ", strip=True) for row in page.select(".pa-results tbody tr")]
        assert ["not yet checked" in row for row in rows] == [False, True]
        assert "1 of 2 papers reports a comparable value" in page.text

    def test_an_organ_shows_its_data_sets(self, this_site: Site) -> None:
        def chips(path: str) -> list[str]:
            links = this_site.page(path).select(".pa-head .pa-chip[href*='/datasets/']")
            return [link.find(string=True).strip() for link in links]

        assert "Kvasir-SEG" in chips("organs/colorectal-polyp/")
        liver = chips("organs/liver/")
        assert liver[0].startswith("LiTS")
        assert "HVSMR 2016" not in liver  # of the heart, though a paper on the liver uses it
        assert "Private" not in liver

    def test_help_wanted_counts_tasks_and_links_to_the_file(
        self, small_atlas: Path, build: Build
    ) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        path.write_text(
            path.read_text() + "results: [{dataset: CT-150, metric: Dice, value: 0.9}]\n"
        )
        page = build(small_atlas).page("help-wanted/").select_one("article")
        counts = {tag["id"]: tag.find(string=True) for tag in page.select("h2")}
        assert counts == {
            "without_doi": "Papers without a DOI (1)",
            "without_year": "Papers without a year (1)",
            "results_without_split": "Results without a split (1)",
            "datasets_without_results": "Data sets without results (3)",
            "quiet": "Topics with no paper from the last three years (1)",
            "unverified_facts": "Facts to verify (1)",
        }
        rows = {row.th.a["href"]: row.select_one(".num").text for row in page.select("tbody tr")}
        assert rows == {f"#{name}": title[-2] for name, title in counts.items()}
        line = page.select_one("section:has(#unverified_facts) li")
        words = line.get_text(" ", strip=True)
        assert words.endswith("Biomedical Image Segmentation volume, pages Edit")
        assert line.select_one(".pa-btn")["href"].endswith("/entries/multi-organ/u-net.yml")

    def test_help_wanted_reports_that_there_are_no_tasks(
        self, tmp_path: Path, build: Build
    ) -> None:
        (tmp_path / "docs").mkdir()
        (tmp_path / "entries").mkdir()
        (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [search, paper-atlas]\n")
        (tmp_path / "entries" / "a.yml").write_text(
            "title: A\nauthors: [Ada Lovelace]\nyear: 2020\ntopics: [Liver]\n"
            "links: {doi: 10.1000/1}\n"
        )
        site = build(tmp_path)
        assert "There are no open tasks." in site.page("help-wanted/").text
        assert not (site.folder / "lineage").exists()

    def test_the_lineage_is_drawn_and_listed(self, this_site: Site) -> None:
        page = this_site.page("lineage/").select_one("article")
        entries = load(ROOT / "entries").entries
        related = {entry.id for entry in entries if entry.extends}
        related |= {name for entry in entries for name in entry.extends}
        drawn = {link["xlink:href"].split("/")[-2] for link in page.select("svg a")}
        small = {
            item["id"].removeprefix("line_") for item in page.select(".pa-tree")[1].select("[id]")
        }
        assert not drawn & small
        assert drawn | small == related
        listed = {item["id"].removeprefix("line_") for item in page.select(".pa-tree [id]")}
        assert listed == related
        nested = page.select_one("#line_nnu-net")
        assert nested.find_parent("li")["id"] == "line_3d-u-net"
        reference = page.select_one(".pa-tree a[href='#line_nnu-net']").find_parent("li")
        assert reference.find_parent("li")["id"] == "line_u-net"
        assert reference.get_text(" ", strip=True) == "nnU-Net listed under 3D U-Net"

    def test_a_retraction_and_an_erratum_are_shown(self, small_atlas: Path, build: Build) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        notices = "retracted: https://doi.org/10.1000/9\nerratum: https://example.org/e\n"
        path.write_text(path.read_text() + notices)
        with (small_atlas / "docs" / "reading.md").open("a") as file:
            file.write("\n<!-- papers: view=list -->\n")
        site = build(small_atlas)
        page = site.page("papers/h-denseunet/")
        assert [(tag.strong.text, tag.a["href"]) for tag in page.select(".pa-note")] == [
            ("Retracted.", "https://doi.org/10.1000/9"),
            ("Corrected.", "https://example.org/e"),
        ]
        (mark,) = site.cards(EVERY)["h-denseunet"].select(".pa-mark")
        assert (mark.text, mark["href"]) == ("Retracted", "https://doi.org/10.1000/9")
        row = site.page("reading/").select_one("li:has(a[href$='/h-denseunet/'])")
        assert "(retracted)" in row.text

    def test_a_preprint_and_the_published_paper_are_one_card(
        self, small_atlas: Path, build: Build
    ) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        path.write_text(path.read_text() + "alternative_titles: [A preprint's other name]\n")
        site = build(small_atlas, theme={"name": "mkdocs"})
        links = {link.text for link in site.cards(EVERY)["h-denseunet"].select(".links a")}
        assert {"DOI", "arXiv"} <= links
        assert (
            site.page("papers/h-denseunet/").select_one("#versions li:last-child").text.strip()
            == "Also titled A preprint's other name"
        )
        found = [it for it in site.records if "A preprint's other name" in it["text"]]
        assert [it["location"] for it in found] == ["papers/h-denseunet/"]

    def test_terms_show_their_broader_and_narrower_terms(self, this_site: Site) -> None:
        tumour = this_site.page("organs/brain-tumour/").select(".pa-crumbs a")
        assert [link["href"] for link in tumour] == ["../../organs/", "../../organs/brain/"]
        brain = this_site.page("organs/brain/").select(".pa-head .pa-chip")
        assert "../../organs/brain-tumour/" in [link["href"] for link in brain]
        (row,) = this_site.page("papers/").select("[data-facet=organs] [data-value=brain-tumour]")
        assert row["data-depth"] == "1"

    def test_each_collection_has_its_files(self, this_site: Site) -> None:
        links = this_site.page("organs/liver/").select(".download a")
        assert [link["href"] for link in links] == [
            "../../organs/liver/papers.bib", "../../organs/liver/papers.ris",
        ]  # fmt: skip
        everything = this_site.page("papers/").select(".download a")
        assert {"../papers.csv", "../papers.csl.json"} <= {link["href"] for link in everything}
        count = len(load(ROOT / "entries").entries)
        assert this_site.files["papers.bib"].count(b"\n@") == count - 1
        liver = len(this_site.cards("organs/liver/"))
        assert this_site.files["organs/liver/papers.ris"].count(b"\r\nER  -") == liver
        assert len(json.loads(this_site.files["papers.csl.json"])) == count


class TestHandwrittenPages:
    def test_a_page_at_the_path_of_the_atlas_gets_the_papers_after_its_text(
        self, small_atlas: Path, build: Build
    ) -> None:
        (small_atlas / "docs" / "organs").mkdir()
        (small_atlas / "docs" / "organs" / "liver.md").write_text("# The liver\n\nMy own words.\n")
        site = build(small_atlas, strict=True)
        article = site.page("organs/liver/").select_one("article")
        assert [tag.find(string=True) for tag in article.select("h1")] == ["The liver"]
        assert article.text.index("My own words.") < article.text.index("H-DenseUNet")
        assert "Written by hand" in site.page("index.html").text
        assert len(site.page("index.html").select(".pa-cards")) == 1

    def test_ids_in_brackets_become_links(self, small_atlas: Path, build: Build) -> None:
        article = build(small_atlas).page("index.html").select_one("article")
        links = {tag.text: tag["href"] for tag in article.select("article > p a")}
        assert links == {
            "U-Net: Convolutional Networks for Biomedical Image Segmentation":
                "papers/u-net/",
            "the hybrid one": "papers/h-denseunet/",
            "[paper]": "https://example.org/",
        }  # fmt: skip
        assert article.select_one("code").text == "[[u-net]]"

    def test_a_link_to_an_unknown_paper_is_reported_with_its_line(
        self, small_atlas: Path, build: Build
    ) -> None:
        page = small_atlas / "docs" / "reading.md"
        change(page, "1. [[attention-u-net]]", "1. [[attention-unet]]\n1. and [[x|<b>]]")
        site = build(small_atlas, warnings=2)
        assert site.warnings == [
            "paper-atlas: docs/reading.md:7:4: unknown-paper: '[[attention-unet]]' does not name "
            "an entry (did you mean 'attention-u-net'?)",
            "paper-atlas: docs/reading.md:8:8: unknown-paper: '[[x|<b>]]' does not name an entry",
        ]
        items = [tag.text for tag in site.page("reading/").select("article li")]
        assert items[:2] == ["[[attention-unet]]", "and [[x|<b>]]"]

    def test_mkdocs_reports_a_dead_link_to_a_card(self, small_atlas: Path, build: Build) -> None:
        """On a page in the navigation; MkDocs does not know the anchors of other pages."""
        change(small_atlas / "docs" / "reading.md", "organs/liver.md#", "papers/index.md#")
        build(small_atlas)
        change(small_atlas / "docs" / "reading.md", "#h-denseunet", "#h-densenet")
        site = build(small_atlas, warnings=1)
        assert "does not contain an anchor '#h-densenet'" in site.warnings[0]

    def test_a_written_navigation_is_kept(self, small_atlas: Path, build: Build) -> None:
        nav = [{"Start": "index.md"}, {"Read": "reading.md"}, {"All": "papers/index.md"}]
        change_config(small_atlas, nav=nav, theme={"name": "mkdocs"})
        links = build(small_atlas, strict=True).page("index.html").select(".navbar-nav a[href]")
        names = [tag.text.strip() for tag in links]
        assert [name for name in names if name in ("Start", "Read", "All", "Papers", "Charts")] == [
            *("Start", "Papers", "Charts", "Read", "All"),
        ]

    def test_ids_in_tables_and_snippets(self, small_atlas: Path, build: Build) -> None:
        (small_atlas / "docs" / "cut.txt").write_text("[[nope]] in a snippet\n")
        (small_atlas / "docs" / "table.md").write_text(
            "# T\n\n| a | b |\n|---|---|\n| [[u-net\\|words]] | two |\n| [[u-net|cut]] | two |\n\n"
            '--8<-- "docs/cut.txt"\n'
        )
        change_config(small_atlas, markdown_extensions=["tables", "pymdownx.snippets"])
        site = build(small_atlas, warnings=2)
        assert site.warnings == [
            "paper-atlas: docs/table.md:1:1: unknown-paper: '[[nope]]' does not name an entry",
            "paper-atlas: docs/table.md:6:3: unknown-paper: '[[u-net' is split at the border of a "
            "cell (in a table, write \\| instead of |)",
        ]
        link = site.page("table/").select_one("article td a")
        assert (link.text, link["href"]) == ("words", "../papers/u-net/")

    @pytest.mark.parametrize("kind", ["exclude_docs", "draft_docs"])
    def test_an_excluded_page_hides_no_page_of_the_atlas(
        self, small_atlas: Path, build: Build, kind: str
    ) -> None:
        (small_atlas / "docs" / "organs").mkdir()
        (small_atlas / "docs" / "organs" / "pancreas.md").write_text("# Mine\n")
        site = build(small_atlas, strict=True, **{kind: "organs/pancreas.md"})
        assert "attention-u-net" in site.cards("organs/pancreas/")

    def test_a_static_file_at_the_path_of_a_page_is_reported(
        self, small_atlas: Path, build: Build
    ) -> None:
        for name in ("organs/heart/index.html", "assets/paper-atlas.css"):
            (small_atlas / "docs" / name).parent.mkdir(parents=True)
            (small_atlas / "docs" / name).write_text("mine")
        site = build(small_atlas, warnings=1)
        assert "organs/heart/index.html replaces the page Heart of the atlas" in site.warnings[0]
        assert site.files["assets/paper-atlas.css"] == b"mine"


class TestHosts:
    @pytest.mark.parametrize("theme", THEMES)
    def test_texts_of_entries_are_escaped(
        self, small_atlas: Path, build: Build, theme: str
    ) -> None:
        """Titles and terms that look like HTML, Markdown or front matter."""
        evil = "<img src=x onerror=alert(1)>"
        nasty = f'"{evil} *a* `b` [c](d) | {{{{e}}}} \\"f\\" ~~g~~ ++h++ :i: $j$"'
        entry = f"title: {nasty}\nauthors: [{nasty}]\nvenue: {nasty}\norgans: [Liver]\n"
        entry += f"methods: [{nasty}]\ndatasets: [{nasty}]\nlinks: {{doi: 10.1000/182}}\n"
        (small_atlas / "entries" / "evil.yml").write_text(entry)
        words = small_atlas / "entries" / "vocabulary.yml"
        change(words, "- Abnormalities", f"- {{title: {nasty}, description: {nasty}}}")
        extensions = ["pymdownx.tilde", "pymdownx.smartsymbols", "attr_list", "def_list"]
        site = build(small_atlas, theme={"name": theme}, markdown_extensions=extensions)
        assert list(site.dead_links("/atlas/")) == []
        for name in site.files:
            if name.endswith(".html"):
                page = site.page(name)
                assert not page.select("img[src=x]"), name
                assert not [tag for tag in page.select("meta") if tag.get("onerror")], name
        methods = site.page("methods/").get_text()
        assert f'{evil} *a* `b` [c](d) | {{{{e}}}} "f" ~~g~~ ++h++ :i: $j$' in methods

    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("directory_urls", [True, False])
    def test_the_pages_are_the_same_in_every_theme(
        self, small_atlas: Path, build: Build, theme: str, directory_urls: bool
    ) -> None:
        options = {"strict": True, "use_directory_urls": directory_urls}
        expected = build(small_atlas, **options, theme={"name": "material"})
        site = build(small_atlas, **options, theme={"name": theme})
        assert list(site.dead_links("/atlas/")) == []
        for name in expected.files:
            if name.endswith(".html") and name != "404.html":
                ours = [str(tag) for tag in expected.page(name).select(".pa")]
                assert [str(tag) for tag in site.page(name).select(".pa")] == ours

    def test_properdocs_builds_the_same(self, small_atlas: Path, build: Build) -> None:
        change_config(small_atlas, theme={"name": "material"})
        expected = build(small_atlas)
        folder = small_atlas.parent / "properdocs"
        command = ["-m", "properdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
        subprocess.run([sys.executable, *command], cwd=small_atlas, check=True)
        site = Site(folder)
        pages = [name for name in expected.files if name.endswith(".html") and name != "404.html"]
        assert pages == [
            name for name in site.files if name.endswith(".html") and name != "404.html"
        ]
        for name in pages:
            assert str(site.page(name).select_one("article")) == str(
                expected.page(name).select_one("article")
            )

    def test_the_site_works_with_other_plugins_and_extensions(
        self, small_atlas: Path, build: Build
    ) -> None:
        """Tags and metadata read every page. pymdownx changes how Markdown is parsed."""
        change_config(
            small_atlas,
            theme={"name": "material"},
            plugins=["tags", "meta", "paper-atlas", "search"],
            markdown_extensions=["attr_list", "md_in_html", "pymdownx.betterem", "pymdownx.tilde",
                                 "pymdownx.superfences", {"toc": {"permalink": True}}],
        )  # fmt: skip
        site = build(small_atlas, strict=True)
        assert list(site.dead_links("/atlas/")) == []
        assert len(site.cards(EVERY)) == 5

    def test_the_site_works_with_minifiers_of_finished_pages(
        self, small_atlas: Path, build: Build
    ) -> None:
        expected = build(small_atlas)
        without_quotes = hook(small_atlas, r"""re.sub(r'="([\w-]+)"', r"=\1", text)""")
        site = build(small_atlas, hooks=[without_quotes])
        for name in ("organs/liver/", "papers/h-denseunet/", "methods/", "index.html"):
            ours = [str(tag) for tag in expected.page(name).select(".pa")]
            assert [str(tag) for tag in site.page(name).select(".pa")] == ours, name

    def test_a_theme_without_the_content_of_pages_is_reported(
        self, small_atlas: Path, build: Build
    ) -> None:
        theme = small_atlas / "theme"
        theme.mkdir()
        (theme / "main.html").write_text("<html><head></head><body>{{ page.title }}</body></html>")
        site = build(small_atlas, theme={"name": "mkdocs", "custom_dir": str(theme)}, warnings=None)
        lost = [line for line in site.warnings if "the theme has no place for the content" in line]
        assert len(lost) == 1

    def test_an_emptied_page_is_left_out(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas, hooks=[hook(small_atlas, "'' if is_charts else text")])
        assert "charts/index.html" not in site.files
        assert "organs/liver/index.html" in site.files

    def test_three_lines_and_a_folder_are_enough(self, tmp_path: Path, build: Build) -> None:
        project = tmp_path / "mine"
        (project / "docs").mkdir(parents=True)
        (project / "entries").mkdir()
        (project / "mkdocs.yml").write_text("site_name: Mine\nplugins: [search, paper-atlas]\n")
        (project / "entries" / "my-paper.yml").write_text(
            "title: My paper\ntopics: [Spleen]\nlinks: {doi: 10.1000/182}\n"
        )
        site = build(project, strict=True)
        assert list(site.cards("topics/spleen/")) == ["my-paper"]
        assert site.page("index.html").select_one(".pa-cards a")["href"] == "topics/spleen/"
        assert list(site.dead_links()) == []

    def test_an_atlas_of_another_field_has_its_own_vocabulary(
        self, tmp_path: Path, build: Build
    ) -> None:
        project = tmp_path / "mine"
        (project / "docs").mkdir(parents=True)
        (project / "entries").mkdir()
        (project / "mkdocs.yml").write_text("site_name: Robots\nplugins: [search, paper-atlas]\n")
        (project / "entries" / "vocabulary.yml").write_text(
            "facets:\n  topics: {title: Topics, pages: true, terms: [Grasping, Walking]}\n"
        )
        (project / "entries" / "p.yml").write_text(
            "title: A *starred* <b>title</b>\ntopics: [Grasping]\nlinks: {doi: 10.1000/182}\n"
            "allow: {markup: it is in the title}\n"
        )
        site = build(project, strict=True)
        assert (
            sorted(path.name for path in site.folder.iterdir() if path.is_dir())
            == [
                *("css", "fonts", "img", "js", "papers", "search", "topics", "webfonts"),
            ]
            or (site.folder / "topics" / "walking").is_dir()
        )
        title = site.cards("topics/grasping/")["p"].select_one("h3 a").text
        assert title == "A *starred* <b>title</b>"

    def test_an_empty_atlas_explains_how_to_begin(self, tmp_path: Path, build: Build) -> None:
        project = tmp_path / "mine"
        (project / "docs").mkdir(parents=True)
        (project / "entries").mkdir()
        (project / "mkdocs.yml").write_text("site_name: Mine\nplugins: [search, paper-atlas]\n")
        site = build(project, strict=True)
        assert "To add the first one, create the file" in site.page("index.html").text


class TestSearch:
    @pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
    def test_each_paper_is_one_search_result_that_links_to_its_page(
        self, small_atlas: Path, build: Build, theme: str
    ) -> None:
        site = build(small_atlas, theme={"name": theme})
        for name, card in site.cards(EVERY).items():
            title = card.select_one("h3 a").text
            hits = [record["location"] for record in site.records if record["title"] == title]
            assert hits == [f"papers/{name}/"]
            assert title in site.page(hits[0]).select_one("h1").text

    @pytest.mark.parametrize("theme", THEMES)
    def test_pages_and_terms_are_one_search_result_each(
        self, small_atlas: Path, build: Build, theme: str
    ) -> None:
        found = [record["location"] for record in build(small_atlas, theme={"name": theme}).records]
        for path in ("papers/", "charts/", "organs/", "organs/liver/", "methods/u-net/"):
            assert found.count(path) == 1, path
        papers = [path for path in found if path.startswith("papers/") and path != "papers/"]
        assert bool(papers) == (theme != "material")  # whose search the script extends
        assert not [path for path in found if path.startswith(("papers/#", "papers/page"))]

    def test_records_are_html_for_material_and_text_for_mkdocs(
        self, small_atlas: Path, build: Build
    ) -> None:
        words = small_atlas / "entries" / "vocabulary.yml"
        change(words, "- Liver", '- {title: "<i>Liver & more", id: liver, aliases: [Liver]}')
        titles = {
            theme: next(
                record["title"]
                for record in build(small_atlas, theme={"name": theme}).records
                if record["location"] == "organs/liver/"
            )
            for theme in ("material", "mkdocs")
        }
        assert "&lt;i&gt;Liver &amp;" in titles["material"]
        assert "<i>Liver &" in titles["mkdocs"]

    def test_the_site_is_whole_if_the_index_takes_no_records(
        self, small_atlas: Path, build: Build, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A search plugin may store its index elsewhere."""
        from paper_atlas.mkdocs_plugin import search

        init = search.SearchIndex.__init__
        monkeypatch.setattr(search.SearchIndex, "__init__", lambda self, _: init(self, None))
        site = build(small_atlas, strict=True)
        assert len(site.cards(EVERY)) == 5


class TestProblems:
    def test_the_problem_of_a_broken_entry_is_shown_in_its_place(
        self, small_atlas: Path, build: Build
    ) -> None:
        path = "entries/multi-organ/unet-plus-plus.yml"
        change(small_atlas / path, "[CT,", "[CTT,")
        site = build(small_atlas, warnings=1)
        told = (
            f"{path}:10:14: unknown-term: modalities: 'CTT' is not in the "
            "vocabulary (did you mean 'CT'?)"
        )
        assert site.warnings == [f"paper-atlas: {told}"]
        assert "unet-plus-plus" not in site.cards("organs/liver/")
        for page in ("organs/liver/", "organs/multi-organ/", "papers/", "index.html"):
            assert site.page(page).select_one(".pa-note--bad code").text == told
        assert not site.page("organs/pancreas/").select(".pa-note--bad")

    def test_the_problem_of_a_file_without_terms_is_on_the_home_page(
        self, small_atlas: Path, build: Build
    ) -> None:
        (small_atlas / "entries" / "odd.yml").write_text("title: [")
        site = build(small_atlas, warnings=1)
        assert "entries/odd.yml" in site.page("index.html").select_one(".pa-note--bad").text

    def test_all_problems_are_logged_and_a_strict_build_fails(self, small_atlas: Path) -> None:
        entries = small_atlas / "entries"
        change(
            entries / "pancreas" / "attention-u-net.yml", "organs: [Pancreas", "organs: [Pancrea"
        )
        change(entries / "pancreas" / "deeporgan.yml", 'title: "', 'name: "')
        (entries / "odd.yml").write_text("title: [")
        shutil.copy(entries / "multi-organ" / "u-net.yml", entries / "pancreas")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        done = subprocess.run(command, cwd=small_atlas, capture_output=True, text=True)
        codes = re.findall(r"WARNING -  paper-atlas: \S+: ([a-z-]+): ", done.stderr)
        assert codes == ["yaml-syntax", "unknown-term", "missing-key", "unknown-key", "doubled-id"]
        assert "Aborted with 5 warnings in strict mode!" in done.stdout
        assert done.returncode == 1
        assert "Traceback" not in done.stderr

    def test_a_missing_folder_is_an_error_of_the_configuration(self, small_atlas: Path) -> None:
        shutil.rmtree(small_atlas / "entries")
        command = [sys.executable, "-m", "mkdocs", "build"]
        done = subprocess.run(command, cwd=small_atlas, capture_output=True, text=True)
        assert done.returncode == 1
        assert "isn't an existing directory" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_index_of_the_search_is_json(small_atlas: Path, build: Build) -> None:
    assert json.loads(build(small_atlas).files["search/search_index.json"])["docs"]


class TestMaths:
    TITLE, VENUE = r"Bounds in $L^p$ < $t\bar{t}$ for $5", "Groups over ${\\bf Q}$"
    MARKED = r"Bounds in \(L^p\) < \(t\bar{t}\) for $5"
    PLACES = (
        ("papers/h-denseunet/", "h1"),
        ("papers/h-denseunet/", "cite"),
        ("organs/liver/", "article.paper h3 a"),
        ("organs/liver/", "article.paper cite"),
        ("papers/u-net/", ".why"),
        ("papers/", "article.paper h3 a"),
        ("reading/", "th a"),
        ("help-wanted/", "li b"),
        ("index.html", ".pa-lines .why"),
    )

    @pytest.fixture
    def project(self, small_atlas: Path) -> Path:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
        fields |= {"title": self.TITLE, "venue": self.VENUE, "unverified": ["title"]}
        path.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
        with (small_atlas / "docs" / "reading.md").open("a") as file:
            file.write("\n<!-- papers: view=table -->\n")
        return small_atlas

    def test_titles_have_the_html_of_arithmatex(self, project: Path, build: Build) -> None:
        generic = {"pymdownx.arithmatex": {"generic": True}}
        site = build(project, warnings=None, markdown_extensions=[generic])
        for path, selector in self.PLACES:
            spans = site.page(path).select(f"{selector} span.arithmatex")
            found = {span.text for span in spans}
            assert found & {r"\(L^p\)", r"\({\bf Q}\)"}, (path, selector)
        page = site.page("papers/h-denseunet/")
        assert self.MARKED in page.h1.text
        assert self.TITLE in page.title.text
        assert page.select_one('meta[property="og:title"]')["content"] == self.TITLE
        assert not [record for record in site.records if r"\(L^p" in record["title"]]
        for name in ("papers.json", "feed.xml", "papers.bib"):
            assert b"arithmatex" not in site.files[name]

    @pytest.mark.parametrize("extensions", [[], ["pymdownx.arithmatex"]], ids=["none", "scripts"])
    def test_titles_are_plain_without_it(
        self, project: Path, build: Build, extensions: list[str]
    ) -> None:
        site = build(project, warnings=None, markdown_extensions=extensions)
        assert not site.page("papers/h-denseunet/").select("h1 span")
        assert self.TITLE in site.page("organs/liver/").select_one("article.paper h3").text
