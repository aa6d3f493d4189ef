"""Real builds of the small atlas and of this atlas, read as visitors read them."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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
        "    is_liver = page.url == 'organs/liver/'",
        f"    return {made}",
    )
    (project / "hook.py").write_text("\n".join(lines))
    return "hook.py"


class TestThisAtlas:
    def test_every_paper_of_the_list_has_its_link(self, this_site: Site) -> None:
        """By its address, which the entry contains as a link or as an identifier."""
        organs = {"Multi-organ segmentation": "multi-organ"}
        for heading, title, url in seed_items():
            cards = this_site.cards(f"organs/{organs.get(heading, heading.lower())}/").values()
            links = [[link["href"] for link in card.select(".paper-links a")] for card in cards]
            named = [card for card, urls in zip(cards, links, strict=True) if url in urls]
            assert len(named) == 1, title
            assert title_key(title) in title_key(named[0].text)

    def test_every_paper_is_on_the_page_of_each_of_its_organs(self, this_site: Site) -> None:
        entries = load(ROOT / "entries").entries
        ids = [entry.id for entry in entries]
        rows = this_site.page("papers/").select(".paper-list noscript .paper-rows a")
        assert [row["href"] for row in rows] == [f"../papers/{name}/" for name in ids]
        assert [it["id"] for it in json.loads(this_site.files["papers/list.json"])["papers"]] == ids
        folders = [folder for folder in (this_site.folder / "organs").iterdir() if folder.is_dir()]
        on_organs = [set(this_site.cards(f"organs/{folder.name}/")) for folder in folders]
        named = [len(entry.terms["organs"]) for entry in entries]
        assert sum(map(len, on_organs)) == sum(named)
        assert all(on_organs)

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

    def test_sections_and_organs_are_in_the_order_of_the_vocabulary(self, this_site: Site) -> None:
        home = this_site.page("index.html")
        headings = [tag.find(string=True) for tag in home.select("article h2")]
        tiles = [tag.find(string=True).strip() for tag in home.select(".paper-tiles a")]
        sections = load(ROOT / "entries").file_vocabulary.facets["organs"].sections
        assert headings == [section.title for section in sections]
        assert tiles == [term.title for section in sections for term in section.terms]
        assert headings[0] == "Review"
        assert tiles[:4] == ["Reviews and surveys", "Multi-organ", "Vertebrae", "Lung"]

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
    def test_a_card_names_the_other_organs_of_the_paper(
        self, small_atlas: Path, build: Build
    ) -> None:
        site = build(small_atlas)
        for page, others in (("multi-organ", ["Liver"]), ("liver", ["Multi-organ"])):
            record = site.cards(f"organs/{page}/")["unet-plus-plus"].select_one(".paper-record")
            links = [tag.text for tag in record.select("span a")]
            assert ("Also in" in record.text, links) == (True, others)
        everywhere = site.cards(EVERY)["unet-plus-plus"].select_one(".paper-record span")
        assert everywhere.get_text(" ", strip=True) == "In Multi-organ , Liver"

    def test_the_newest_come_first_and_then_by_title(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas)
        assert list(site.cards(EVERY)) == [
            *("attention-u-net", "h-denseunet", "unet-plus-plus", "u-net", "deeporgan"),
        ]
        headings = [
            tag.find(string=True) for tag in site.page(EVERY).select("h2:not(.paper-title)")
        ]
        assert headings == ["2018", "2015", "Year not known"]

    def test_relations_are_shown_in_both_directions(self, small_atlas: Path, build: Build) -> None:
        cards = build(small_atlas).cards(EVERY)
        relations = {
            name: [tag.get_text(" ", strip=True) for tag in card.select(".paper-relation")]
            for name, card in cards.items()
        }
        assert relations["h-denseunet"] == [
            "Extends U-Net: Convolutional Networks for Biomedical Image Segmentation"
        ]
        assert [line[:23] for line in relations["u-net"]] == ["Extended by Attention U"]
        assert relations["u-net"][0].count(" ; ") == 2

    def test_a_card_shows_all_fields_of_the_entry(self, small_atlas: Path, build: Build) -> None:
        cards = build(small_atlas).cards(EVERY)
        words = " ".join(cards["u-net"].get_text(" ").split())
        for part in (
            "Olaf Ronneberger, Philipp Fischer, Thomas Brox",
            "2015 DOI arXiv",
            "Microscopy U-Net",
            "(MICCAI) 9351 ? Not verified: volume.",
            "234-241 ? Not verified: pages.",
        ):
            assert part in words
        assert "37(12), 2663-2674" in cards["h-denseunet"].text
        assert (
            "NIH Pancreas-CT (82 patients, 4-fold), pancreas: Dice 0.718" in cards["deeporgan"].text
        )
        assert cards["attention-u-net"].select_one("time").text == "2024-02-29"
        link = next(it for it in cards["deeporgan"].select("a") if it.text == "My label")
        assert link["href"] == "https://example.org/?a=1&b=2"
        assert cards["h-denseunet"]["data-datasets"] == "lits-2017 3dircadb"
        assert cards["h-denseunet"]["data-year"] == "2018"

    def test_notes_are_safe_markdown(self, small_atlas: Path, build: Build) -> None:
        notes = build(small_atlas).cards(EVERY)["unet-plus-plus"].select_one(".paper-notes")
        assert notes.select_one("em").text == "dense"
        assert [link.get("href") for link in notes.select("a")] == [
            "../../papers/u-net/", "../../papers/u-net/", None,
        ]  # fmt: skip
        assert not notes.select("script, img")
        assert "alert" not in str(notes)

    def test_tags_link_to_the_papers_of_their_term(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas)
        chips = site.cards(EVERY)["h-denseunet"].select(".paper-terms a")
        assert {chip.text: chip["href"] for chip in chips} == {
            "CT": "../../modalities/#ct",
            "U-Net": "../../methods/#u-net",
            "DenseNet": "../../methods/#densenet",
            "LiTS 2017": "../../datasets/lits-2017/",
            "3DIRCADb": "../../datasets/3dircadb/",
        }
        methods = site.page("methods/")
        assert [tag["id"] for tag in methods.select("article h2")] == [
            *("attention-u-net", "deep-supervision", "densenet", "u-net", "unet-plus-plus"),
        ]
        assert len(methods.select("article h2#u-net + ul li")) == 3
        assert list(site.cards("datasets/lits-2017/")) == ["h-denseunet"]

    def test_a_section_has_its_page_with_counts(self, small_atlas: Path, build: Build) -> None:
        page = build(small_atlas).page("sections/anatomical-structures/").select_one("article")
        assert "5 papers in Anatomical Structures." in page.text
        assert "Organs & what lies in them." in page.text
        assert len(page.select("article.paper")) == 5
        tiles = page.select(".paper-tiles a")
        for drawing in page.select(".paper-tiles svg"):
            assert drawing.extract()["aria-hidden"] == "true"
        assert [" ".join(tag.text.split()) for tag in tiles] == [
            *("Multi-organ 3 papers", "Liver 2 papers", "Pancreas 2 papers", "Heart 0 papers"),
        ]

    def test_an_unused_facet_has_no_page(self, small_atlas: Path, build: Build) -> None:
        for path in (small_atlas / "entries").rglob("*.yml"):
            if path.name != "vocabulary.yml":
                kept = [line for line in path.read_text().splitlines() if "methods:" not in line]
                path.write_text("\n".join(kept))
        assert not (build(small_atlas).folder / "methods").exists()

    def test_edit_links_point_to_the_file(self, small_atlas: Path, build: Build) -> None:
        edit = "https://github.com/example/atlas/{}/main/entries/liver/h-denseunet.yml"
        card = build(small_atlas).cards("organs/liver/")["h-denseunet"]
        assert card.find("a", string="Edit")["href"] == edit.format("edit")
        change_config(small_atlas, edit_uri=None, edit_uri_template="blob/main/docs/{path}")
        card = build(small_atlas).cards("organs/liver/")["h-denseunet"]
        assert card.find("a", string="Edit")["href"] == edit.format("blob")
        change_config(small_atlas, repo_url=None, edit_uri_template=None)
        assert not build(small_atlas).cards("organs/liver/")["h-denseunet"].find("a", string="Edit")


class TestFeatures:
    def test_each_unverified_fact_has_a_mark(self, this_site: Site) -> None:
        cards = this_site.cards("sections/anatomical-structures-segmentation/")
        cards |= this_site.cards("sections/abnormalities-segmentation/")
        cards |= this_site.cards("sections/review/")
        for entry in load(ROOT / "entries").entries:
            marks = cards[entry.id].select("a.paper-mark")
            assert len(marks) == len(entry.unverified), entry.id
            assert {mark["href"] for mark in marks} <= {"../../help-wanted/#unverified_facts"}
        card = cards["lf-segnet"]
        assert "Not verified: authors." in card.select_one(".paper-authors").text
        assert "Not verified: venue." in card.select_one("cite").text

    def test_an_unverified_identifier_is_not_a_link(self, small_atlas: Path, build: Build) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        path.write_text(path.read_text() + "unverified: [doi]\n")
        card = build(small_atlas).cards(EVERY)["h-denseunet"]
        assert card.select_one(".paper-unlinked").text == "10.1109/TMI.2018.2845918"
        assert not [link for link in card.select("a") if "doi.org" in link["href"]]
        mark = card.select_one(".paper-links .paper-mark")
        assert mark["href"].endswith("/edit/main/entries/liver/h-denseunet.yml")
        path.write_text(path.read_text().replace("unverified: [doi]", "unverified: [links]"))
        page = build(small_atlas).page("papers/h-denseunet/")
        assert "This paper has no verified link." in page.text

    def test_the_page_of_a_data_set_has_tables(self, this_site: Site) -> None:
        page = this_site.page("datasets/brats-2018/").select_one("article")
        headings = [tag.find(string=True) for tag in page.select("h3") if "results" in tag["id"]]
        assert headings == [
            f"{target}, Dice (test)"
            for target in ("Enhancing tumour", "Tumour core", "Whole tumour")
        ]
        first = page.select_one("table").select("tbody tr")
        rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in first]
        title = "3D MRI Brain Tumor Segmentation Using Autoencoder Regularization"
        assert [row[:4] for row in rows] == [
            ["1", "0.779", "No New-Net", "2019"],
            ["2", "0.766", title, "2019"],
        ]
        assert "Brain tumour" in page.select_one(".paper-about").text
        assert page.select_one(".paper-about a[href^='https://']").text == "Home page"

    def test_unverified_results_have_no_rank(self, small_atlas: Path, build: Build) -> None:
        for name, lines in (("h-denseunet", ""), ("unet-plus-plus", "unverified: [results]\n")):
            path = next((small_atlas / "entries").rglob(f"{name}.yml"))
            figure = "{dataset: CT-150, split: test, metric: Dice, value: 0.9}"
            path.write_text(f"{path.read_text()}results: [{figure}]\n{lines}")
        words = small_atlas / "entries" / "vocabulary.yml"
        words.write_text(f"{words.read_text()}metrics: [{{title: Dice}}]\n")
        page = build(small_atlas).page("datasets/ct-150/")
        rows = [[cell.text for cell in row.select("td")] for row in page.select("tbody tr")]
        assert [row[0] for row in rows] == ["1", "–"]
        assert "Not verified: results" in rows[1][1]

    def test_an_organ_shows_its_data_sets_with_the_best_result(self, this_site: Site) -> None:
        rows = {
            row.select_one("a").text: row.get_text(" ", strip=True)
            for row in this_site.page("organs/colorectal-polyp/").select("tbody tr")
        }
        assert "0.917 Dice, Polyp (PraNet split): Polyp-PVT" in rows["Kvasir-SEG"]
        assert rows["CVC-300"].endswith("no comparable result")
        liver = [
            row.select_one("a").text for row in this_site.page("organs/liver/").select("tbody tr")
        ]
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
        line = page.select_one("#unverified_facts ~ ul li")
        words = line.get_text(" ", strip=True)
        assert words.endswith("Biomedical Image Segmentation volume, pages Edit")
        assert line.select_one(".paper-edit")["href"].endswith("/entries/multi-organ/u-net.yml")

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
        drawn = [link["xlink:href"].split("/")[-2] for link in page.select("svg a")]
        assert sorted(drawn) == sorted(related)
        tree = page.select_one(".paper-tree")
        listed = [item.select_one("a")["href"].split("/")[-2] for item in tree.select("li")]
        assert listed == drawn
        nested = tree.select_one("li a[href$='/nnu-net/']").parent
        assert nested.find_parent("li").select_one("a")["href"].endswith("/3d-u-net/")
        assert "also extends U-Net: Convolutional Networks" in " ".join(nested.text.split())

    def test_a_retraction_and_an_erratum_are_shown(self, small_atlas: Path, build: Build) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        notices = "retracted: https://doi.org/10.1000/9\nerratum: https://example.org/e\n"
        path.write_text(path.read_text() + notices)
        site = build(small_atlas)
        card = site.cards(EVERY)["h-denseunet"]
        assert [(tag.strong.text, tag.a["href"]) for tag in card.select(".paper-notice")] == [
            ("Retracted.", "https://doi.org/10.1000/9"),
            ("Corrected.", "https://example.org/e"),
        ]
        row = site.page("modalities/").select_one("li:has(a[href$='/h-denseunet/'])")
        assert "(retracted)" in row.text

    def test_a_preprint_and_the_published_paper_are_one_card(
        self, small_atlas: Path, build: Build
    ) -> None:
        path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
        path.write_text(path.read_text() + "alternative_titles: [A preprint's other name]\n")
        site = build(small_atlas)
        card = site.cards(EVERY)["h-denseunet"]
        links = {link.text for link in card.select(".paper-links a")}
        assert {"DOI", "arXiv"} <= links
        assert card.select_one("q").text == "A preprint's other name"
        found = [it for it in site.records if "A preprint's other name" in it["text"]]
        assert [it["location"] for it in found] == ["papers/h-denseunet/"]

    def test_terms_show_their_broader_terms(self, this_site: Site) -> None:
        modalities = this_site.page("modalities/").select_one("article")
        assert modalities.select_one("#mri").name == "h2"
        assert modalities.select_one("#cine-mri").name == "h3"
        tumour = this_site.page("organs/brain-tumour/").select_one(".paper-about")
        assert [link["href"] for link in tumour.select("a")] == ["../../organs/brain/"]
        brain = this_site.page("organs/brain/").select(".paper-tiles a")
        assert "../../organs/brain-tumour/" in [link["href"] for link in brain]
        nav = this_site.page("index.html").select(".md-nav--primary a")
        assert not [link for link in nav if link.get("href", "").startswith("datasets/a")]

    def test_each_collection_has_its_files(self, this_site: Site) -> None:
        links = this_site.page("organs/liver/").select(".paper-downloads a")
        assert [link["href"] for link in links][:2] == [
            "../../organs/liver/papers.bib", "../../organs/liver/papers.biblatex.bib",
        ]  # fmt: skip
        assert this_site.files["papers.bib"].count(b"\n@") == 175
        assert this_site.files["organs/liver/papers.ris"].count(b"\r\nER  -") == 13
        assert len(json.loads(this_site.files["datasets/acdc/papers.csl.json"])) == 11


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
        assert len(site.page("index.html").select(".paper-tiles")) == 1

    def test_ids_in_brackets_become_links(self, small_atlas: Path, build: Build) -> None:
        article = build(small_atlas).page("index.html").select_one("article")
        links = {tag.text: tag["href"] for tag in article.select("p a")}
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
        change(small_atlas / "docs" / "reading.md", "#h-denseunet", "#h-densenet")
        site = build(small_atlas, warnings=1)
        assert "does not contain an anchor '#h-densenet'" in site.warnings[0]

    def test_a_written_navigation_is_kept(self, small_atlas: Path, build: Build) -> None:
        nav = [{"Start": "index.md"}, {"Read": "reading.md"}, {"My liver": "organs/liver.md"}]
        change_config(small_atlas, nav=nav, theme={"name": "mkdocs"})
        links = build(small_atlas, strict=True).page("index.html").select(".navbar-nav a[href]")
        names = [tag.text.strip() for tag in links]
        assert [
            name for name in names if name in ("Start", "Read", "My liver", "Heart", "Liver")
        ] == [
            *("Start", "Heart", "Read", "My liver"),
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
                ours = [str(tag) for tag in expected.page(name).select(".paper-atlas")]
                assert [str(tag) for tag in site.page(name).select(".paper-atlas")] == ours

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
            ours = [str(tag) for tag in expected.page(name).select(".paper-atlas")]
            assert [str(tag) for tag in site.page(name).select(".paper-atlas")] == ours, name

    def test_a_page_that_loses_its_placeholders_is_reported(
        self, small_atlas: Path, build: Build
    ) -> None:
        lost = hook(small_atlas, """text.replace('data-fragment="', "") if is_liver else text""")
        site = build(small_atlas, hooks=[lost], warnings=1)
        assert re.search(
            r"organs/liver.md: the theme lost the placeholders of \d+ lists of papers",
            site.warnings[0],
        )

    def test_an_emptied_page_is_left_out(self, small_atlas: Path, build: Build) -> None:
        site = build(small_atlas, hooks=[hook(small_atlas, "'' if is_liver else text")])
        assert "organs/liver/index.html" not in site.files

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
        assert site.page("index.html").select_one(".paper-tiles a")["href"] == "topics/spleen/"
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
        title = site.cards("topics/grasping/")["p"].select_one(".paper-title a").text
        assert title == "A *starred* <b>title</b>"

    def test_an_empty_atlas_explains_how_to_begin(self, tmp_path: Path, build: Build) -> None:
        project = tmp_path / "mine"
        (project / "docs").mkdir(parents=True)
        (project / "entries").mkdir()
        (project / "mkdocs.yml").write_text("site_name: Mine\nplugins: [search, paper-atlas]\n")
        site = build(project, strict=True)
        assert "To add the first one, create the file" in site.page("index.html").text


class TestSearch:
    @pytest.mark.parametrize("theme", THEMES)
    def test_each_paper_is_one_search_result_that_links_to_its_page(
        self, small_atlas: Path, build: Build, theme: str
    ) -> None:
        site = build(small_atlas, theme={"name": theme})
        for entry in site.cards(EVERY):
            title = site.cards(EVERY)[entry].select_one(".paper-title a").text
            hits = [record["location"] for record in site.records if record["title"] == title]
            assert len(hits) == 1
            assert hits == [f"papers/{entry}/"]
            assert title in site.page(hits[0]).select_one("h1").text

    def test_records_are_html_for_material_and_text_for_mkdocs(
        self, small_atlas: Path, build: Build
    ) -> None:
        change(small_atlas / "entries" / "liver" / "h-denseunet.yml", "Hybrid", "<i>Hybrid &")
        titles = {
            theme: next(
                record["title"]
                for record in build(small_atlas, theme={"name": theme}).records
                if record["location"] == "papers/h-denseunet/"
            )
            for theme in ("material", "mkdocs")
        }
        assert "&lt;i&gt;Hybrid &amp;" in titles["material"]
        assert "<i>Hybrid &" in titles["mkdocs"]

    def test_cards_are_parsed_if_the_index_takes_no_records(
        self, small_atlas: Path, build: Build, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The fallback for a search plugin that stores its index elsewhere."""
        from paper_atlas.mkdocs_plugin import search

        init = search.SearchIndex.__init__
        monkeypatch.setattr(
            search.SearchIndex, "__init__", lambda self, found, _: init(self, found, None)
        )
        site = build(small_atlas, strict=True)
        assert any("H-DenseUNet" in record["text"] for record in site.records)
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
            assert site.page(page).select_one(".paper-problems code").text == told
        assert not site.page("organs/pancreas/").select(".paper-problems")

    def test_the_problem_of_a_file_without_terms_is_on_the_home_page(
        self, small_atlas: Path, build: Build
    ) -> None:
        (small_atlas / "entries" / "odd.yml").write_text("title: [")
        site = build(small_atlas, warnings=1)
        assert "entries/odd.yml" in site.page("index.html").select_one(".paper-problems").text

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
        ("organs/liver/", ".paper-title a"),
        ("organs/liver/", "article cite"),
        ("papers/u-net/", ".paper-relation a"),
        ("papers/", "li a"),
        ("lineage/", "li a"),
        ("reading/", "td a"),
        ("help-wanted/", "li a"),
        ("index.html", "li a"),
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
        assert self.TITLE in site.page("organs/liver/").select_one(".paper-title").text
