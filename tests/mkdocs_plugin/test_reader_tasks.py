"""What readers come for, in a real browser on this project's own site, with the number of actions.

An action is a click, a text that is typed, or a key.
"""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from helpers.lists import choose, count_of, open_page, search, shown
from helpers.site_of import Site
from paper_atlas import load
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[2]

BLADDER_PAPER = "multiregion-segmentation-bladder-cancer-structures"


class Reader:
    """A reader on a page, whose actions are counted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.actions = page, address, 0

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()

    def choose(self, facet: str, term: str) -> None:
        self.actions += 1
        choose(self.page, facet, term)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.actions += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def search(self, text: str) -> None:
        """Go to the search of the list and type."""
        self.press("/")
        expect(search(self.page)).to_be_focused()
        self.type(text)

    def copied(self) -> str:
        """Return what is in the clipboard, after a message that something is."""
        expect(self.page.locator(".pa-toast")).to_contain_text("copied")
        return str(self.page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


@pytest.fixture
def reader(page: Page, address: str) -> Reader:
    return Reader(page, address)


def test_the_wall_of_the_bladder_in_mri_with_code_and_its_bibtex(reader: Reader) -> None:
    reader.open("")
    reader.press("/")
    reader.type("bladder wall MRI with code")
    reader.press("Enter")
    expect(count_of(reader.page)).to_have_text("1 of 176 papers")
    assert set(parse_qs(urlsplit(reader.page.url).query)) == {"targets", "modalities", "has"}
    assert (shown(reader.page), reader.actions) == ([BLADDER_PAPER], 3)
    reader.click(reader.page.locator(f"#{BLADDER_PAPER} .links a", has_text="Cite"))
    assert reader.copied().startswith("@")
    assert reader.actions == 4


@pytest.mark.parametrize(
    ("words", "count", "paper"),
    [
        ("MedSAM", "1", "ma-2024-segment"),
        ("DeepMedic", "1", "kamnitsas-2017-efficient"),
        ("10.1038/s41592-020-01008-z", "1", "nnu-net"),
        ("https://doi.org/10.1038/s41592-020-01008-z", "1", "nnu-net"),
        ("https://arxiv.org/abs/1904.08128", "1", "nnu-net"),
        ("V-Net", "3", "v-net"),
        ("V Net: fully convolutional", "[0-9]+", "v-net"),
        ("vnet", "[3-9]", "v-net"),
    ],
)
def test_a_name_or_a_doi_finds_its_paper_first(
    reader: Reader, words: str, count: str, paper: str
) -> None:
    reader.open("papers/")
    reader.search(words)
    expect(count_of(reader.page)).to_have_text(re.compile(f"^{count} of 176 papers$"))
    expect(reader.page.locator(".paper").first).to_have_id(paper)
    assert reader.actions == 2


@pytest.mark.parametrize(
    ("words", "paper"),
    [("unt++", "unet-plus-plus"), ("nnU-Nte", "nnu-net"), ("mednexd", "mednext")],
)
def test_a_typo_leads_to_similar_names(reader: Reader, words: str, paper: str) -> None:
    reader.open("papers/")
    reader.search(words)
    note = reader.page.locator(".pa-note")
    expect(note).to_contain_text(f"No exact match for “{words}”.")
    expect(reader.page.locator(".paper").first).to_have_id(paper)
    assert (len(shown(reader.page)) <= 5, reader.actions) == (True, 2)
    search(reader.page).fill("")
    expect(note).to_have_count(0)
    expect(count_of(reader.page)).to_have_text("176 papers")


def test_the_papers_on_a_data_set(reader: Reader) -> None:
    reader.open("papers/")
    reader.search("LiTS")
    reader.press("Enter")
    expect(reader.page.get_by_role("button", name="Remove Data sets LiTS 2017")).to_be_visible()
    expect(count_of(reader.page)).to_have_text("9 of 176 papers")
    expect(reader.page).to_have_url(reader.address + "papers/?datasets=lits-2017")
    assert reader.actions == 3


def test_all_papers_of_an_author(reader: Reader) -> None:
    reader.open("papers/nnu-net/")
    reader.click(reader.page.locator(".authors").get_by_role("link", name="Fabian Isensee"))
    expect(count_of(reader.page)).to_have_text("11 of 176 papers")
    assert reader.actions == 1


def test_the_best_value_of_liver_tumours_on_lits_with_its_source(reader: Reader) -> None:
    reader.open("datasets/")
    reader.click(reader.page.get_by_role("link", name="LiTS 2017"))
    table = reader.page.locator(".pa-results table", has_text="Liver tumour").first
    best = table.locator("tr", has=reader.page.locator("td.best")).first
    expect(best).to_contain_text("H-DenseUNet")
    expect(best.locator(".best").last).to_have_text("0.824")
    expect(best.locator("td").last).not_to_be_empty()
    assert reader.actions == 1


def test_what_extends_a_paper_in_the_order_of_years(reader: Reader) -> None:
    library = load(ROOT / "entries")
    reader.open("papers/?text=U-Net")
    reader.click(reader.page.locator("#u-net h3 a"))
    section = reader.page.locator("section", has=reader.page.locator("h2", has_text="Extended by"))
    reader.click(section.locator("summary"))
    years = [int(text) for text in section.locator("time").all_text_contents()]
    extending = library.related_papers(library.entries_by_id["u-net"], "extended_by")
    assert years == sorted(entry.year or 0 for entry in extending)
    assert (years[-1], reader.actions) == (2024, 2)


def test_a_list_is_shared_with_somebody_else(reader: Reader, browser: Browser) -> None:
    reader.open("organs/bladder/?modalities=mri")
    expect(count_of(reader.page)).to_have_text("4 of 7 papers")
    reader.click(reader.page.get_by_role("button", name="Copy link"))
    with open_page(browser) as other:
        other.goto(reader.copied())
        expect(count_of(other)).to_have_text("4 of 7 papers")
        assert shown(other) == shown(reader.page)
    assert reader.actions == 1


def test_cite_in_apa(reader: Reader) -> None:
    reader.open("papers/nnu-net/")
    reader.click(reader.page.locator(".pa-cite button", has_text="Copy"))
    assert reader.copied().startswith("Isensee, F., Jaeger, P. F., ")
    assert reader.actions == 1


def test_a_paper_is_found_and_opened_by_keyboard_alone(reader: Reader) -> None:
    reader.open("papers/")
    reader.search("bladder MRI with code")
    reader.press("Enter")
    expect(count_of(reader.page)).to_have_text("1 of 176 papers")
    link = reader.page.locator(f"#{BLADDER_PAPER} h3 a")
    for _ in range(40):
        reader.page.keyboard.press("Tab")
        if link.evaluate("it => it === document.activeElement"):
            break
    expect(link).to_be_focused()
    reader.press("Enter")
    reader.page.wait_for_url(f"**/papers/{BLADDER_PAPER}/")
    assert reader.actions == 4


def test_nnu_net_beside_two_others_on_a_data_set(reader: Reader) -> None:
    reader.open("papers/?datasets=acdc")
    for name in ("nnFormer", "nnU-Net: ", "Swin-Unet"):
        reader.click(reader.page.get_by_label(f"Select {name}"))
    reader.click(reader.page.get_by_role("link", name="Compare", exact=True))
    heads = reader.page.locator(".pa-compare thead th a")
    expect(heads).to_have_text(["nnFormer", "nnU-Net", "Swin-Unet"])
    expect(reader.page.locator(".pa-compare tbody", has_text="Results on ACDC")).to_be_visible()
    assert reader.actions == 4


def test_all_is_reached_without_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "organs/bladder/?modalities=mri")
    expect(page.locator(".paper:visible")).to_have_count(7)
    expect(page.locator(".pa-search")).to_be_hidden()
    page.goto(address + "papers/")
    found = shown(page)
    page.locator(".pa-pages").get_by_role("link", name="Next").click()
    page.wait_for_url("**/papers/page/2/")
    found += shown(page)
    assert (len(found), len(set(found))) == (176, 176)
    page.get_by_role("link", name="Filter all 176 papers").click()
    page.wait_for_url("**/papers/")
    page.goto(address + "papers/u-net/")
    expect(page.locator("#cite")).to_be_visible()
    page.goto(address + "lineage/")
    page.locator("svg a", has_text="nnU-Net").first.click()
    page.wait_for_url("**/papers/nnu-net/")
    context.close()
