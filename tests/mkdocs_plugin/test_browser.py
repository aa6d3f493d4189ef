"""The site in a real browser: search, filter, anchors, light and dark, wide and narrow."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from helpers.site_of import Site
from playwright.sync_api import Browser, Page, Route, expect


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide", "narrow"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page, wide and light or narrow and dark, on which no script fails."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda it: wrong.append(it.text) if it.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def test_a_search_result_links_to_the_paper(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("H-DenseUNet")
    hits = page.locator(".md-search-result__item a[href*='/papers/h-denseunet/']")
    expect(hits).to_have_count(1)
    expect(hits).to_contain_text("Hybrid Densely Connected")
    hits.click()
    expect(page.locator("h1#page_title")).to_contain_text("H-DenseUNet")
    page.wait_for_url("**/papers/h-denseunet/*")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    address: str, browser: Browser, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        *("", "organs/", "organs/liver/", "organs/heart/", "papers/", "help-wanted/"),
        *("lineage/", "datasets/", "datasets/lits-2017/", "methods/"),
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_a_tile_opens_its_organ_without_a_reload(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.locator(".paper-tiles a", has_text="Bladder").click()
    expect(page.locator("article.paper").first).to_be_visible()
    assert page.url.endswith("/organs/bladder/")
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tip_of_an_unverified_fact_opens_by_mouse_and_keyboard(
    address: str, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address + "organs/lung/#lf-segnet")
    mark = page.locator("#lf-segnet .paper-authors .paper-mark")
    tip = mark.locator(".paper-tip")

    def shown() -> bool:
        box = tip.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        return box["width"] > 100

    assert not shown()
    mark.hover()
    assert shown()
    assert tip.inner_text().startswith("Not verified: authors.")
    page.mouse.move(0, 0)
    page.locator("#lf-segnet .headerlink").focus()
    assert not shown()
    page.keyboard.press("Tab")
    assert shown()
    page.keyboard.press("Enter")
    page.wait_for_url("**/help-wanted/#unverified_facts")
    page.close()


def test_the_lineage_needs_no_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "lineage/")
    page.locator("svg a", has_text="nnU-Net").first.click()
    assert page.url.endswith("/papers/nnu-net/")
    context.close()


def test_the_search_finds_a_paper_by_its_other_title(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("is a data diversity problem, not a methodology problem")
    hit = page.locator(
        ".md-search-result__item a[href*='/automatic-lung-segmentation-routine-imaging/']"
    )
    expect(hit).to_have_count(1)


def shown(page: Page) -> list[str]:
    """Return the ids of the visible cards, in order."""
    cards: list[str] = page.locator(".paper:visible").evaluate_all("all => all.map(it => it.id)")
    return cards


def test_facets_narrow_each_other_and_values_widen(address: str, page: Page) -> None:
    page.goto(address + "organs/bladder/")
    count = page.locator(".paper-filter output")
    expect(count).to_have_text("7 of 7 papers")
    page.locator("[data-facet=modalities] summary").click()
    page.get_by_label("MRI 4").check()
    expect(count).to_have_text("4 of 7 papers")
    page.get_by_label("CT urography 3").check()
    expect(count).to_have_text("7 of 7 papers")
    page.get_by_label("CT urography 3").uncheck()
    page.locator("h1").click()
    expect(page.get_by_label("MRI 4")).to_be_hidden()
    page.locator("[data-facet=has] summary").click()
    page.get_by_label("code 1").check()
    expect(count).to_have_text("1 of 7 papers")
    assert shown(page) == ["multiregion-segmentation-bladder-cancer-structures"]
    assert "modalities=mri" in page.url
    assert "has=code" in page.url


def test_the_address_contains_the_state_of_the_filter(address: str, page: Page) -> None:
    """It can be shared, and back and forward change it."""
    page.goto(address + "papers/?methods=unet-plus-plus&methods=v-net&-modalities=ct&sort=title")
    assert shown(page) == ["yu-2019-uncertainty-aware", "v-net"]
    page.get_by_role("button", name="Remove V-Net").click()
    expect(page.locator(".paper-filter output")).to_contain_text("0 of 176 papers")
    page.go_back()
    expect(page.locator(".paper-filter output")).to_have_text("2 of 176 papers")
    page.go_forward()
    expect(page.locator(".paper-filter output")).to_contain_text("0 of 176 papers")


@pytest.mark.parametrize("words", ["unet++", "U-Net++", "unet plus plus", "nested zhou"])
def test_the_text_filter_ignores_spelling_variants(address: str, page: Page, words: str) -> None:
    page.goto(address + "papers/")
    page.get_by_label("Title, author, venue").fill(words)
    expect(page.locator("#unet-plus-plus")).to_be_visible()
    assert len(shown(page)) <= 2
    expect(page.locator("#unet-3-plus")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Title, author, venue")).to_have_value(words)
    expect(page.locator("#unet-plus-plus")).to_be_visible()


@pytest.mark.parametrize("words", ["ronneberegr", "ronneberge convolutional", "Ronnebergger"])
def test_the_text_filter_tolerates_a_typo(address: str, page: Page, words: str) -> None:
    page.goto(address + "papers/")
    page.get_by_label("Title, author, venue").fill(words)
    expect(page.locator("#u-net")).to_be_visible()
    assert len(shown(page)) < 5


@pytest.mark.parametrize("words", ["v-net", "V Net: fully convolutional", "vnet"])
def test_the_best_match_comes_first(address: str, page: Page, words: str) -> None:
    page.goto(address + "papers/")
    page.get_by_label("Title, author, venue").fill(words)
    expect(page.locator(".paper").first).to_have_id("v-net")


def test_cards_are_created_for_the_visible_part(address: str, page: Page) -> None:
    page.goto(address + "papers/")
    expect(page.locator(".paper").first).to_be_visible()
    made = page.locator(".paper").count()
    assert made < 100
    page.wait_for_function("""() => {  // the page grows as cards are made
        window.scrollTo(0, document.body.scrollHeight);
        return document.querySelector(".paper-block:last-child .paper");
    }""")
    expect(page.locator(".paper-block").first.locator(".paper")).to_have_count(0)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".paper").count() == 176


@pytest.mark.parametrize("answer", ["", "not JSON", '{"version": 99, "papers": []}'])
def test_without_its_file_the_list_is_plain_and_complete(
    address: str, browser: Browser, answer: str
) -> None:
    page = browser.new_page()
    page.route("**/list.json", lambda it: it.fulfill(body=answer) if answer else it.abort())
    page.goto(address + "papers/")
    expect(page.locator(".paper-list li:visible")).to_have_count(176)
    page.goto(address)
    page.locator(".paper-counts a", has_text="176").click()
    expect(page.locator(".paper-list li:visible")).to_have_count(176)
    page.close()


def test_a_selection_is_kept_and_shown(address: str, page: Page) -> None:
    """From a list, a card of all papers, and the page of a paper, by mouse and by keyboard."""
    page.goto(address + "organs/liver/")
    page.locator("#h-denseunet .paper-select").click()
    basket = page.get_by_role("complementary", name="Selected papers")
    expect(basket).to_contain_text("1 selected")
    page.goto(address + "papers/v-net/")
    page.get_by_role("button", name="Select V-Net").focus()
    page.keyboard.press("Enter")
    expect(basket).to_contain_text("2 selected")
    basket.get_by_role("link").click()
    page.wait_for_url("**/papers/?has=selected")
    expect(page.locator(".paper-filter output")).to_have_text("2 of 176 papers")
    assert shown(page) == ["h-denseunet", "v-net"]
    with page.expect_download() as found:
        page.get_by_role("link", name="Keys").click()
    assert found.value.path().read_text() == "h-denseunet\nv-net\n"
    page.locator("#v-net .paper-select").click()
    expect(basket).to_contain_text("1 selected")
    expect(page.locator("#v-net .paper-select")).to_be_focused()
    page.reload()
    assert shown(page) == ["h-denseunet"]
    basket.get_by_role("button", name="Clear selection").click()
    expect(basket).to_have_count(0)
    page.locator("[data-facet=has] summary").click()
    expect(page.get_by_label("Selected 0")).to_be_visible()


def test_back_returns_to_the_position_of_the_opened_paper(address: str, page: Page) -> None:
    page.goto(address + "papers/?-modalities=ct")
    page.get_by_label("Sort by").select_option("year")
    page.wait_for_function("""() => {
        window.scrollTo(0, document.body.scrollHeight);
        return document.getElementById("myops-net");
    }""")
    page.locator("#myops-net .paper-title a").first.click()
    page.wait_for_url("**/papers/myops-net/")
    page.go_back()
    expect(page.locator("#myops-net")).to_be_in_viewport()


def test_a_filter_without_matches_is_reported(address: str, page: Page) -> None:
    page.goto(address + "papers/?from=2020&to=2018")
    expect(page.locator(".paper-filter output")).to_have_text(
        "0 of 176 papers. No papers match. Remove a filter."
    )


def test_a_menu_closes_when_the_keyboard_leaves_it(address: str, page: Page) -> None:
    page.goto(address + "organs/bladder/")
    page.locator("[data-facet=dimensionality] summary").focus()
    page.keyboard.press("Enter")
    menu = page.locator("[data-facet=dimensionality] ul")
    expect(menu).to_be_visible()
    for _ in range(5):  # two boxes, two buttons, and on
        page.keyboard.press("Tab")
    expect(menu).to_be_hidden()


def test_the_selection_works_without_storage(address: str, page: Page) -> None:
    page.add_init_script("""for (const name of ['getItem', 'setItem']) {
        const own = Storage.prototype[name];  // Material itself needs its own keys
        Storage.prototype[name] = function (key, ...rest) {
            if (key.startsWith('paper-atlas')) throw new DOMException('no');
            return own.call(this, key, ...rest);
        };
    }""")
    page.goto(address + "papers/v-net/")
    page.locator(".paper-select").click()
    expect(page.locator(".paper-basket")).to_contain_text("1 selected")


def test_all_windows_share_the_selection(address: str, page: Page) -> None:
    page.goto(address + "organs/liver/")
    page.evaluate("localStorage.setItem('paper-atlas /', '{broken')")
    page.reload()
    other = page.context.new_page()
    other.goto(address + "papers/")
    other.get_by_label("Title, author, venue").fill("H-DenseUNet")
    other.locator("#h-denseunet .paper-select").click()
    expect(page.locator("#h-denseunet .paper-select")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("complementary", name="Selected papers")).to_contain_text("1 selected")
    other.close()


def test_the_filter_works_by_keyboard(address: str, page: Page) -> None:
    page.goto(address + "organs/heart/")
    page.get_by_label("Title, author, venue").focus()
    page.keyboard.type("isensee time-series")
    expect(page.locator(".paper-filter output")).to_have_text("1 of 18 papers")
    page.keyboard.press("Escape")
    expect(page.locator(".paper-filter output")).to_have_text("18 of 18 papers")
    summary = page.locator("[data-facet=dimensionality] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Without 2D", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    assert "dimensionality=2d" in page.url


def test_years_and_sorting(address: str, page: Page) -> None:
    page.goto(address + "organs/lung/")
    page.get_by_label("From year").select_option("2020")
    assert {card.get_attribute("data-year") for card in page.locator(".paper:visible").all()} == {
        "2020",
        "2021",
    }
    expect(page.locator("h2#year_2018")).to_be_hidden()
    page.get_by_label("Sort by").select_option("title")
    titles = [
        str(it.text_content())
        for it in page.locator(".paper:visible .paper-title a:first-child").all()
    ]
    assert titles == sorted(titles, key=str.casefold)
    expect(page.locator("h2#year_2020")).to_be_hidden()
    page.get_by_label("Sort by").select_option("-year")
    expect(page.locator("h2#year_2020")).to_be_visible()


def test_zotero_finds_the_visible_papers(address: str, page: Page) -> None:
    page.goto(address + "organs/liver/")
    page.evaluate("document.addEventListener('ZoteroItemUpdated', () => { window.told = true; })")
    page.get_by_label("Title, author, venue").fill("H-DenseUNet")
    expect(page.locator(".Z3988")).to_have_count(1)
    assert "10.1109%2FTMI.2018.2845918" in str(page.locator(".Z3988").get_attribute("title"))
    assert page.evaluate("window.told")


def test_zotero_finds_the_created_cards_of_all_papers(address: str, page: Page) -> None:
    page.goto(address + "papers/?methods=unet-plus-plus")
    count = page.locator(".paper-filter output")
    expect(count).to_contain_text("of 176 papers")
    titles = page.locator(".Z3988").evaluate_all("all => all.map(it => it.title)")
    assert len(titles) == int(str(count.text_content()).split()[0])
    found = next(parse_qs(it) for it in titles if "DLMIA" in it)
    assert "rft.atitle" not in found  # Zotero would lose the "++" of it, and looks it up
    assert found["rft_id"] == ["info:doi/10.1007/978-3-030-00889-5_1"]
    assert found["rft.au"][0] == "Zongwei Zhou"


def test_the_filter_works_after_instant_navigation(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.locator(".paper-tiles a", has_text="Bladder").click()
    expect(page.locator(".paper-filter output")).to_have_text("7 of 7 papers")
    page.get_by_label("Title, author, venue").fill("MRI")
    expect(page.locator(".paper-filter output")).to_have_text("4 of 7 papers")
    assert page.evaluate("window.stayed")


def test_every_paper_is_listed_without_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "organs/bladder/?modalities=mri")
    expect(page.locator(".paper:visible")).to_have_count(7)
    page.goto(address + "papers/")
    expect(page.locator(".paper-list li:visible")).to_have_count(176)
    page.goto(address + "papers/u-net/")
    expect(page.locator("#cite")).to_be_visible()
    context.close()


def test_a_citation_can_be_copied(address: str, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "papers/h-denseunet/")
    page.locator(".paper-copy").first.click()
    expect(page.locator(".paper-copy").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Li, X., Chen, H., Qi, X.")
    context.close()


def test_the_figure_links_to_its_organs(address: str, page: Page) -> None:
    page.goto(address)
    link = page.locator(".paper-figure a[aria-label^='Liver 13']")
    link.locator("g").hover()
    expect(link.locator("text")).to_have_css("opacity", "1")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/organs/liver/")


def test_the_site_needs_no_inline_script_or_style(address: str, browser: Browser) -> None:
    """Under a strict policy. Exceptions that Material needs are listed separately."""
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda it: refused.append(it.text) if it.type == "error" else None)
    material = "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
    policy = f"default-src 'self'; {material}; img-src 'self' data:"

    def strict(route: Route) -> None:
        response = route.fetch()
        parsed = BeautifulSoup(response.text(), "html.parser")
        refused.extend(map(str, parsed.select(".paper-atlas [style], .paper-atlas script")))
        for tag in parsed.select(".paper-atlas *"):
            refused.extend(name for name in tag.attrs if name.startswith("on"))
        headers = {**response.headers, "content-security-policy": policy}
        route.fulfill(response=response, headers=headers)

    paths = ("", "organs/liver/", "papers/", "papers/u-net/", "lineage/", "charts/", "help-wanted/")
    for path in paths:
        page.route(address + path, strict)
        page.goto(address + path)
    assert refused == []
    context.close()


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("BibTeX", "@"),
        ("BibLaTeX", "journaltitle"),
        ("RIS", "TY  -"),
        ("CSL-JSON", '"title"'),
        ("CSV", "10."),
        ("Keys", "-"),
    ],
)
def test_the_filtered_papers_can_be_saved(address: str, page: Page, name: str, count: str) -> None:
    page.goto(address + "organs/liver/?datasets=lits-2017&from=2020&has=doi&text=modified")
    expect(page.locator(".paper-filter output")).to_have_text("1 of 13 papers")
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert "modified-u-net-mu-net" in text
    assert "h-denseunet" not in text
    assert count in text


def test_the_papers_of_a_section_are_filtered_and_saved(address: str, page: Page) -> None:
    page.goto(
        address + "sections/abnormalities-segmentation/?organs=skin-lesion&has=code&from=2020"
    )
    expect(page.locator(".paper-filter output")).to_have_text(re.compile("^[1-9] of "))
    names = shown(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Keys", exact=True).click()
    text = Path(started.value.path()).read_text(encoding="utf-8")
    assert text.split() == names


def test_without_a_filter_the_whole_file_is_saved(address: str, page: Page) -> None:
    page.goto(address + "organs/liver/")
    with page.expect_download() as started:
        page.get_by_role("link", name="BibTeX", exact=True).click()
    assert Path(started.value.path()).read_text(encoding="utf-8").count("@") >= 13
