"""The page of a paper: metadata, citations, related papers and former ids."""

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import ROOT
from helpers.site_of import Site
from paper_atlas import Entry, load
from paper_atlas.exports.citations import apa, ieee, vancouver
from paper_atlas.problem import errors

Build = Callable[..., Site]


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return dict(load(ROOT / "entries", ROOT).entries_by_id)


def test_the_page_has_all_fields_of_the_entry(this_site: Site) -> None:
    page = this_site.page("papers/h-denseunet/")
    words = " ".join(page.select_one("article").get_text(" ").split())
    for part in (
        "Xiaomeng Li , Hao Chen , Xiaojuan Qi , Qi Dou , Chi-Wing Fu , Pheng-Ann Heng",
        "IEEE Transactions on Medical Imaging 37(12), 2663–2674",
        "Liver tumour",
        "LiTS 2017 test Dice 0.961",
        "Extends 2015 U-Net Ronneberger et al. · Medical Image Computing",
        "Related 20",
        "The entry is in entries/liver/h-denseunet.yml",
    ):
        assert part in words
    assert not page.select(".Z3988")  # it would outrank the tags
    related = [tag.text for tag in page.select("#related .why")]
    assert any("Same data set: " in why for why in related)


def test_unverified_facts_are_named_on_the_page(this_site: Site) -> None:
    text = this_site.page("papers/lf-segnet/").select_one("#record p").text
    said = "authors, venue, volume, issue, pages, dimension"
    assert f"Not yet checked against the paper: {said}." in text


def test_citation_styles(entries: dict[str, Entry]) -> None:
    entry = entries["h-denseunet"]
    assert apa(entry) == (
        "Li, X., Chen, H., Qi, X., Dou, Q., Fu, C.-W., & Heng, P.-A. (2018). H-DenseUNet: Hybrid "
        "Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes. IEEE "
        "Transactions on Medical Imaging, 37(12), 2663–2674. https://doi.org/10.1109/TMI.2018.2845918"
    )
    assert ieee(entry) == (
        "X. Li, H. Chen, X. Qi, Q. Dou, C.-W. Fu, and P.-A. Heng, “H-DenseUNet: Hybrid Densely "
        "Connected UNet for Liver and Tumor Segmentation From CT Volumes,” IEEE Transactions on "
        "Medical Imaging, vol. 37, no. 12, pp. 2663–2674, 2018, doi: 10.1109/TMI.2018.2845918."
    )
    assert vancouver(entry) == (
        "Li X, Chen H, Qi X, Dou Q, Fu CW, Heng PA. H-DenseUNet: Hybrid Densely Connected UNet for "
        "Liver and Tumor Segmentation From CT Volumes. IEEE Transactions on Medical Imaging. "
        "2018;37(12):2663-2674. doi:10.1109/TMI.2018.2845918"
    )


def test_every_entry_can_be_cited(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for style in (apa, ieee, vancouver):
            text = style(entry)
            assert entry.title.rstrip("?.") in text
            assert not any(odd in text for odd in ("None", "  ", ",,", ", .", "()"))


def test_a_former_id_redirects_to_the_paper(small_atlas: Path, build: Build) -> None:
    path = small_atlas / "entries" / "liver" / "h-denseunet.yml"
    path.write_text(path.read_text() + "formerly: [hdense]\n")
    page = build(small_atlas, strict=True).page("papers/hdense/")
    assert page.select_one("a")["href"] == "../../papers/h-denseunet/"
    assert (
        page.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../../papers/h-denseunet/"
    )


def test_a_link_to_a_former_id_has_a_hint(small_atlas: Path) -> None:
    path = small_atlas / "entries" / "multi-organ" / "u-net.yml"
    path.write_text(path.read_text() + "formerly: [unet, h-denseunet]\n")
    other = small_atlas / "entries" / "liver" / "h-denseunet.yml"
    other.write_text(other.read_text().replace("extends: [u-net]", "extends: [unet]"))
    told = [str(it) for it in errors(load(small_atlas / "entries", small_atlas).problems)]
    assert told == [
        "entries/liver/h-denseunet.yml:17:11: unknown-paper: extends: 'unet' does not name an "
        "entry (write 'u-net', its new id)",
        "entries/multi-organ/u-net.yml:14:18: doubled-name: formerly: 'h-denseunet' is also an id "
        "of entries/liver/h-denseunet.yml (remove it)",
    ]


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        (None, "malformed-figure: figure: 'map.svg' cannot be read as SVG (put"),
        ("<svg", "map.svg:1:1: malformed-figure: the figure is not well-formed XML: unclosed"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<script/></svg>',
         "map.svg:2:1: unsafe-figure: the element 'script' cannot be in a figure (save it"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
         "unknown-region: facets.organs.terms.region: the figure has no part with the id 'liver'"),
    ],
)  # fmt: skip
def test_an_unusable_figure_is_reported(svg: str | None, said: str, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(
        "figure: map.svg\nfacets:\n  organs:\n    title: Organs\n    pages: true\n"
        "    terms: [{title: Liver, region: liver}]\n"
    )
    if svg:
        (tmp_path / "map.svg").write_text(svg)
    told = [str(it) for it in load(tmp_path, tmp_path).problems if it.code != "unused-term"]
    assert len(told) == 1
    assert said in told[0]


def test_the_figure_has_a_link_for_each_region(this_site: Site) -> None:
    home = this_site.page("index.html")
    figure = home.select_one(".pa-figure svg")
    regions = {group["data-region"] for group in figure.select(".region")}
    labels = {
        label["data-region"]: [one.text for one in label.select("a")]
        for label in home.select(".pa-figure li")
    }
    assert home.select_one(".pa-figure li[data-region=liver] a")["href"] == "organs/liver/"
    assert labels["liver"] == ["Liver\xa014", "Tumour 7"]
    assert (len(regions), len(labels)) == (14, 14)
    assert not figure.select("script, style, [style]")
    assert all(tag["id"].startswith("figure_") for tag in figure.select("[id]"))
