"""Papers side by side, and what leads on from a wrong address, in a real browser."""

from pathlib import Path

import pytest
from helpers.site_of import Site
from playwright.sync_api import Browser, Locator, Page, Route, expect


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


def heads(page: Page) -> Locator:
    return page.locator(".pa-compare thead th a")


def row(page: Page, name: str) -> Locator:
    """The cells of a row."""
    label = page.get_by_role("rowheader", name=name, exact=True)
    return page.locator(".pa-compare tr", has=label).locator("td")


def test_facts_and_results_are_side_by_side(address: str, page: Page) -> None:
    page.goto(address + "compare/?ids=nnformer,swin-unet,nnu-net")
    expect(page.locator("h1")).to_have_text("Compare 3 papers")
    expect(page.locator(".md-tabs__item--active")).to_have_text("Papers")
    expect(heads(page)).to_have_text(["nnFormer", "Swin-Unet", "nnU-Net"])
    expect(row(page, "Year")).to_have_text(["2023", "2023", "2021"])
    expect(row(page, "Extends")).to_have_text(["–", "U-Net", "U-Net · 3D U-Net"])
    values = row(page, "Mean of the three structures")
    expect(values).to_have_text(["0.9206", "0.9000", "not reported"])
    expect(values.locator("b")).to_have_text(["0.9206"])
    tag = row(page, "Modalities").first.locator("a", has_text="CT")
    assert tag.evaluate("it => it.href") == address + "modalities/ct/"
    only = page.get_by_role("button", name="Show differences only")
    only.click()
    expect(only).to_have_attribute("aria-pressed", "true")
    expect(row(page, "Organs").first).to_be_hidden()
    expect(row(page, "Year").first).to_be_visible()


def test_a_paper_that_only_others_extend_extends_none(address: str, page: Page) -> None:
    page.goto(address + "compare/?ids=u-net,nnu-net")
    expect(row(page, "Extends")).to_have_text(["–", "U-Net · 3D U-Net"])


def test_papers_are_added_and_removed_by_keyboard(address: str, page: Page) -> None:
    page.goto(address + "compare/")
    expect(page.locator(".how")).to_contain_text("Select 2 to 6 papers")
    for words in ("nnFormer", "Swin-Unet"):
        page.locator("summary", has_text="Add a paper").press("Enter")
        field = page.locator(".panel input")
        expect(field).to_be_focused()
        page.keyboard.type(words)
        expect(page.locator(".found button").first).to_contain_text(words)
        page.keyboard.press("Enter")
    expect(page).to_have_url(address + "compare/?ids=nnformer,swin-unet")
    expect(heads(page)).to_have_count(2)
    page.get_by_role("button", name="Remove nnFormer").press("Enter")
    expect(page.get_by_role("button", name="Remove Swin-Unet")).to_be_focused()
    expect(page.locator(".pa-note")).to_have_text("Compare takes 2 to 6 papers")
    page.go_back()
    expect(heads(page)).to_have_count(2)


def test_unknown_papers_are_left_out_and_failures_shown(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address + "compare/?ids=no-such-paper,v-net,u-net")
    expect(page.locator(".pa-note")).to_have_text("Not in the atlas: no-such-paper")
    expect(page).to_have_url(address + "compare/?ids=v-net,u-net")
    page.route("**/papers/nnu-net/", lambda route: route.abort())
    page.goto(address + "compare/?ids=v-net,nnu-net")
    expect(page.locator(".pa-note")).to_contain_text("You are offline")
    page.unroute("**/papers/nnu-net/")
    page.get_by_role("button", name="Try again").click()
    expect(heads(page)).to_have_text(["V-Net", "nnU-Net"])
    page.close()


def test_a_retracted_paper_says_so_and_a_former_id_is_followed(address: str, page: Page) -> None:
    def retract(route: Route) -> None:
        body = route.fetch().text().replace('<h1 id="page_title"', '<h1 class="retracted"')
        route.fulfill(body=body, content_type="text/html")

    moved = '<link rel="canonical" href="../u-net/">'
    page.route("**/papers/v-net/", retract)
    page.route("**/papers/old/", lambda route: route.fulfill(body=moved, content_type="text/html"))
    page.goto(address + "compare/?ids=v-net,old,u-net")
    expect(heads(page)).to_have_text(["V-Net", "U-Net"])
    expect(page.locator("thead .retracted")).to_have_text(["Retracted"])
    expect(page).to_have_url(address + "compare/?ids=v-net,u-net")


def test_the_tray_compares_two_to_six_papers(address: str, page: Page) -> None:
    page.goto(address + "organs/heart/")
    boxes = page.locator(".pick input")
    boxes.nth(0).check()
    compare = page.locator(".pa-tray").get_by_role("link", name="Compare")
    compare.press("Enter")
    expect(page.locator(".pa-toast")).to_have_text("Compare takes 2 to 6 papers")
    boxes.nth(1).check()
    compare.click()
    expect(heads(page)).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 390])
def test_two_papers_are_in_view_and_the_page_is_not_wider(
    address: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + "compare/?ids=nnformer,swin-unet,transunet,nnu-net,u-net,v-net")
    expect(heads(page)).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    expect(heads(page).nth(1)).to_be_in_viewport(ratio=1)
    page.locator(".pa-scroll").evaluate("it => it.scrollTo(9999, 0)")
    expect(heads(page).last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("rowheader", name="Year")).to_be_in_viewport(ratio=1)


def test_without_script_it_says_how_to_select(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "compare/?ids=u-net,v-net")
    expect(page.locator(".how")).to_contain_text("Select 2 to 6 papers")
    expect(page.locator(".how")).to_contain_text("needs JavaScript")
    context.close()


@pytest.mark.parametrize(
    ("path", "closest"), [("papers/nnunett/", "papers/nnu-net/"), ("organs/hart/", "organs/heart/")]
)
def test_a_wrong_address_leads_to_the_closest_page(
    address: str, this_site: Site, browser: Browser, path: str, closest: str
) -> None:
    body = (this_site.folder / "404.html").read_text(encoding="utf-8")
    page = browser.new_page()
    page.route(
        address + path,
        lambda route: route.fulfill(status=404, body=body, content_type="text/html"),
    )
    page.goto(address + path)
    expect(page.locator("h1")).to_have_text("This page does not exist")
    link = page.locator(".closest a").first
    assert link.evaluate("it => it.href") == address + closest
    link.click()
    page.wait_for_url(address + closest)
    page.close()


def test_the_page_for_wrong_addresses_searches_for_nothing_at_its_own(
    address: str, page: Page
) -> None:
    page.goto(address + "404.html", wait_until="networkidle")
    expect(page.locator(".pa-missing input")).to_have_value("")
    expect(page.locator(".closest")).to_be_hidden()


def test_a_facet_with_a_chosen_value_is_open(address: str, page: Page) -> None:
    page.goto(address + "papers/?-datasets=acdc")
    expect(page.locator(".pa-facet[data-facet=datasets]")).to_have_attribute("open", "")
    expect(page.locator(".pa-facet[data-facet=methods]")).to_have_attribute("open", "")
    expect(page.locator(".pa-facet[data-facet=targets]")).not_to_have_attribute("open", "")


def test_a_name_that_nothing_has_can_be_added(address: str, page: Page) -> None:
    page.goto(address + "papers/?text=qqqqqqqq")
    expect(page.locator(".pa-empty h2")).to_have_text("Nothing here is called “qqqqqqqq”")
    link = page.get_by_role("link", name="Add “qqqqqqqq”")
    assert link.evaluate("it => it.href") == address + "contribute/?title=qqqqqqqq"


def test_what_is_loading_has_the_shape_of_papers(address: str, page: Page) -> None:
    held: list[Route] = []
    page.route("**/papers/list-1.json*", lambda route: held.append(route))
    page.goto(address + "papers/?modalities=mri")
    expect(page.locator(".pa-skeleton").first).to_be_visible()
    expect(page.locator(".pa-progress")).to_have_text("Loading papers: 0 of 176")
    expect(page.locator(".pa-list")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(".paper").first).to_be_visible()
    expect(page.locator(".pa-skeleton").first).to_be_hidden()
