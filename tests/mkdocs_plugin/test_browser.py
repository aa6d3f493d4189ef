"""The site in a real browser: search, filters, selection, downloads, wide and narrow."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from helpers.lists import choose, count_of, download, header_papers, open_page, search, shown
from helpers.site_of import Site
from playwright.sync_api import Browser, Page, Route, expect


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide", "narrow"])
def each_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page, wide and light or narrow and dark."""
    with open_page(browser, *request.param) as page:
        yield page


def _answer(body: str, route: Route) -> None:
    if body:
        route.fulfill(body=body)
    else:
        route.abort()


def clipboard(page: Page) -> str:
    """Return the text of the clipboard, after a message that something is in it."""
    expect(page.locator(".pa-toast")).to_contain_text("copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_search_result_links_to_the_paper(address: str, each_page: Page) -> None:
    page = each_page
    page.goto(address)
    page.keyboard.press("s")  # as the theme, because / is the search of the page
    page.keyboard.type("H-DenseUNet")
    expect(header_papers(page).first).to_contain_text("Hybrid Densely Connected")
    header_papers(page).first.click()
    expect(page.locator("h1#page_title")).to_contain_text("H-DenseUNet")
    expect(page).to_have_url(address + "papers/h-denseunet/")


def test_the_search_finds_other_titles_and_leads_to_all_papers(address: str, page: Page) -> None:
    page.goto(address)
    page.keyboard.press("s")  # as the theme, because / is the search of the page
    page.keyboard.type("is a data diversity problem, not a methodology problem")
    expect(header_papers(page)).to_have_count(1)
    link = header_papers(page).get_attribute("href")
    assert str(link).endswith("/papers/automatic-lung-segmentation-routine-imaging/")
    page.locator("[data-md-component=search-query]").fill("unet")
    every = page.locator(".pa-found a", has_text="See all")
    count = re.sub(r"\D", "", every.inner_text())
    every.click()
    expect(count_of(page)).to_have_text(f"{count} of 176 papers")


def test_nothing_is_wider_than_the_window(address: str, each_page: Page) -> None:
    page = each_page
    for path in (
        *("", "organs/", "organs/liver/", "papers/", "papers/page/2/", "papers/u-net/"),
        *("help-wanted/", "lineage/", "datasets/lits-2017/", "charts/"),
    ):
        page.goto(address + path)
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, path


def test_a_card_opens_its_organ_without_a_reload(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.locator(".pa-cards a", has_text="Bladder").click()
    expect(page.locator(".paper .pick").first).to_be_visible()
    page.wait_for_url("**/organs/bladder/")
    search(page).fill("MRI")
    expect(count_of(page)).to_have_text("4 of 7 papers")
    page.locator(".paper:visible h3 a").first.click()
    expect(page.locator(".paper-select")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_facets_narrow_each_other_and_values_widen(address: str, each_page: Page) -> None:
    page = each_page
    page.goto(address + "organs/bladder/")
    expect(count_of(page)).to_have_text("7 papers")
    opener = page.locator(".pa-open-facets")
    if opener.is_visible():
        opener.click()
    choose(page, "modalities", "mri")
    expect(count_of(page)).to_have_text("4 of 7 papers")
    choose(page, "modalities", "ct-urography")
    expect(count_of(page)).to_have_text("7 of 7 papers")
    choose(page, "modalities", "ct-urography", isin=False)
    choose(page, "has", "code")
    expect(count_of(page)).to_have_text("1 of 7 papers")
    number = page.locator("[data-facet=methods] label:has([value=u-net]) b")
    expect(number).to_have_text("1")
    close = page.locator(".pa-facets .sheet-only")
    if close.is_visible():
        expect(close).to_have_text("Show 1 paper")
        close.click()
    assert shown(page) == ["multiregion-segmentation-bladder-cancer-structures"]
    expect(page).to_have_url(address + "organs/bladder/?modalities=mri&has=code")


def test_a_tag_filters_and_a_term_can_be_excluded(address: str, page: Page) -> None:
    page.goto(address + "organs/bladder/")
    expect(page.locator(".pa-tags").get_by_text("Bladder", exact=True).first).to_be_hidden()
    page.locator("#accurate-segmentation-bladder-wall-tumor [data-term='modalities/mri']").click()
    expect(count_of(page)).to_have_text("4 of 7 papers")
    page.locator("[data-facet=dimensionality] summary").click()
    page.get_by_role("button", name="Exclude 2D", exact=True).click()
    expect(page).to_have_url(address + "organs/bladder/?modalities=mri&-dimensionality=2d")
    page.get_by_role("button", name="Remove Not 2D").press("Enter")
    expect(count_of(page)).to_have_text("4 of 7 papers")


def test_the_address_contains_the_state_of_the_filter(address: str, page: Page) -> None:
    """It can be shared, also in its old form, and back and forward change it."""
    page.goto(address + "papers/?methods=unet-plus-plus&methods=v-net&-modalities=ct&sort=title")
    expect(count_of(page)).to_have_text("2 of 176 papers")
    assert shown(page) == ["yu-2019-uncertainty-aware", "v-net"]
    page.get_by_role("button", name="Remove Methods V-Net").press("Enter")
    expect(count_of(page)).to_have_text("0 of 176 papers")
    expect(page).to_have_url(address + "papers/?-modalities=ct&methods=unet-plus-plus&sort=title")
    page.go_back()
    expect(count_of(page)).to_have_text("2 of 176 papers")
    page.go_forward()
    expect(count_of(page)).to_have_text("0 of 176 papers")
    page.get_by_role("button", name="Clear all").first.click()
    expect(count_of(page)).to_have_text("176 papers")
    expect(page).to_have_url(address + "papers/?sort=title")


def test_the_text_filter_ignores_spelling_variants(address: str, page: Page) -> None:
    page.goto(address + "papers/")
    for words in ("unet++", "U-Net++", "unet plus plus", "nested zhou", "978-3-030-00889-5_1"):
        search(page).fill("")
        expect(count_of(page)).to_have_text("176 papers")
        search(page).fill(words)
        expect(page.locator("#unet-plus-plus")).to_be_visible()
        expect(count_of(page)).to_have_text(re.compile("^[12] of 176 papers"))
        expect(page.locator("#unet-3-plus")).to_have_count(0)
    page.wait_for_url(re.compile("text=978"))
    page.reload()
    expect(search(page)).to_have_value("978-3-030-00889-5_1")
    expect(page.locator("#unet-plus-plus")).to_be_visible()


def test_a_filter_without_matches_leads_on(address: str, page: Page) -> None:
    page.goto(address + "papers/?organs=bladder&methods=unetr&from=2020&to=2018")
    expect(page.locator(".pa-empty")).to_contain_text("No papers match all 3 filters")
    expect(page.locator(".pa-active")).to_contain_text("2018–2020")
    page.locator(".pa-empty").get_by_role("button", name="Without UNETR").click()
    expect(count_of(page)).to_have_text(re.compile("^[1-9] of 176 papers"))
    search(page).fill("qqqqqqqqqq")
    expect(page.locator(".pa-empty")).to_be_visible()
    page.locator(".pa-empty").get_by_role("button", name="Clear all").click()
    expect(page.locator(".pa-empty")).to_have_count(0)
    expect(count_of(page)).to_have_text("176 papers")
    expect(search(page)).to_have_value("")


def test_more_papers_are_shown_on_request(address: str, page: Page) -> None:
    """The cards of the second page of the list get what Python wrote for it."""
    page.goto(address + "papers/")
    expect(page.locator(".paper")).to_have_count(100)
    # By keyboard: cards get their height as they come into view, and move what is below them. On a
    # busy machine the button then leaves a mouse pointer between press and release.
    page.get_by_role("button", name="Show 76 more papers").press("Enter")
    expect(page.locator(".paper")).to_have_count(176)
    expect(page.locator(".paper h3 a:focus")).to_have_count(1)
    page.keyboard.press("End")
    expect(page.locator(".brief")).to_have_count(0)
    expect(page.locator(".Z3988")).to_have_count(176)
    links = page.locator(".paper a[data-term], .paper h3 a")
    paths = set(links.evaluate_all("all => all.map(it => new URL(it.href).pathname.split('/')[1])"))
    assert paths <= {
        "papers",
        "organs",
        "modalities",
        "methods",
        "targets",
        "datasets",
        "dimensionality",
    }
    years = page.locator("h2.pa-year").evaluate_all("all => all.map(it => it.id)")
    assert len(years) == len(set(years))


@pytest.mark.parametrize(
    ("path", "paper"), [("papers/", "u-net"), ("papers/?-modalities=ct&sort=year", "myops-net")]
)
def test_back_returns_to_the_position_of_the_opened_paper(
    address: str, page: Page, path: str, paper: str
) -> None:
    page.goto(address + path)
    expect(page.locator(".paper").first).to_be_visible()
    more = page.locator(".pa-rest button")
    if more.is_visible():
        more.click()
    page.locator(f"#{paper} h3 a").click()
    page.wait_for_url(f"**/papers/{paper}/")
    page.go_back()
    expect(page.locator(f"#{paper}")).to_be_in_viewport()


def test_the_list_stays_whole_without_its_data(address: str, browser: Browser) -> None:
    context = browser.new_context()
    for answer in ("", "not JSON", '{"version": 99, "papers": []}'):
        page = context.new_page()
        page.route("**/list.json", partial(_answer, answer))
        page.goto(address + "papers/")
        search(page).fill("v-net")
        expect(page.locator(".pa-note")).to_contain_text("The list shows 100 papers")
        expect(page.locator(".paper")).to_have_count(100)
        page.unroute("**/list.json")
        page.get_by_role("button", name="Try again").click()
        expect(count_of(page)).to_have_text(re.compile("^[1-9][0-9]? of 176 papers"))
        expect(page.locator(".paper").first).to_have_id("v-net")
        expect(page.locator(".pa-note")).to_have_count(0)
        page.close()
    context.close()


def test_a_selection_is_kept_and_shared(address: str, each_page: Page) -> None:
    """From a list and the page of a paper, by mouse and by keyboard."""
    page = each_page
    page.goto(address + "organs/liver/")
    page.get_by_label("Select H-DenseUNet").check()
    tray = page.get_by_role("region", name="Selected papers")
    expect(tray).to_contain_text("1 selected")
    page.goto(address + "papers/v-net/")
    page.get_by_role("button", name="Add to selection").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Selected")).to_be_focused()
    expect(tray).to_contain_text("2 selected")
    tray.get_by_role("button", name="Copy BibTeX").click()
    copied = clipboard(page)
    assert copied.count("@") == 2
    assert "V-Net" in copied
    page.reload()
    tray.get_by_role("button", name="Share").click()
    link = clipboard(page)
    assert link == f"{address}papers/?ids=h-denseunet,v-net"
    page.goto(link)
    expect(count_of(page)).to_have_text("2 of 176 papers")
    assert shown(page) == ["h-denseunet", "v-net"]
    page.get_by_label("Select V-Net").uncheck()
    expect(tray).to_contain_text("1 selected")
    page.reload()
    expect(count_of(page)).to_have_text("2 of 176 papers")
    tray.get_by_role("button", name="Clear").click()
    expect(tray).to_have_count(0)
    expect(page.locator(".pick :checked")).to_have_count(0)


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
    expect(page.locator(".pa-tray")).to_contain_text("1 selected")


def test_all_windows_share_the_selection(address: str, page: Page) -> None:
    page.goto(address + "organs/liver/")
    page.evaluate("localStorage.setItem('paper-atlas /', '{broken')")
    page.reload()
    other = page.context.new_page()
    other.goto(address + "papers/?text=H-DenseUNet")
    other.get_by_label("Select H-DenseUNet").check()
    expect(page.get_by_label("Select H-DenseUNet")).to_be_checked()
    expect(page.locator(".pa-tray")).to_contain_text("1 selected")
    other.close()


def test_the_list_works_by_keyboard(address: str, page: Page) -> None:
    page.goto(address + "organs/heart/")
    expect(page.locator(".paper .pick").first).to_be_visible()
    page.keyboard.press("/")
    expect(search(page)).to_be_focused()
    page.keyboard.type("isensee time-series")
    expect(count_of(page)).to_have_text("1 of 18 papers")
    page.keyboard.press("Escape")
    expect(count_of(page)).to_have_text("18 papers")
    page.keyboard.type("cine MRI with code")
    page.keyboard.press("Enter")
    expect(search(page)).to_have_value("")
    expect(page).to_have_url(address + "organs/heart/?modalities=cine-mri&has=code")
    summary = page.locator("[data-facet=dimensionality] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**&dimensionality=*&has=code")
    expect(page.locator("[data-facet=dimensionality] input:checked")).to_be_focused()
    menu = page.locator(".download")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator(".panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator(".panel")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_have_count(0)


def test_years_and_sorting(address: str, page: Page) -> None:
    page.goto(address + "organs/lung/")
    page.get_by_label("From year").select_option("2020")
    expect(page.locator("h2#year_2018")).to_have_count(0)
    years = page.locator(".paper").evaluate_all("all => all.map(it => it.dataset.year)")
    assert set(years) == {"2020", "2021", "2022"}
    page.get_by_label("Sort by").select_option("title")
    expect(page.locator("h2.pa-year")).to_have_count(0)
    titles = page.locator(".paper h3").all_text_contents()
    assert titles == sorted(titles, key=str.casefold)
    page.get_by_label("Sort by").select_option("-year")
    expect(page.locator("h2#year_2020")).to_be_visible()


def test_the_view_is_kept_but_the_address_decides(address: str, page: Page) -> None:
    page.goto(address + "organs/lung/")
    page.get_by_role("button", name="Compact").click()
    expect(page).to_have_url(address + "organs/lung/?view=compact")
    page.goto(address + "organs/liver/")
    expect(page.locator(".pa-list")).to_have_attribute("data-view", "compact")
    expect(page.locator(".paper .pa-tags:visible")).to_have_count(0)
    page.goto(address + "organs/liver/?view=cards")
    expect(page.locator(".pa-list")).to_have_attribute("data-view", "cards")


def test_zotero_finds_the_visible_papers(address: str, page: Page) -> None:
    """Those that the page has, and those that the script gets."""
    page.goto(address + "papers/")
    page.evaluate("document.addEventListener('ZoteroItemUpdated', () => { window.told = true; })")
    search(page).fill("unet plus plus nested")
    found = page.locator(".Z3988")
    expect(found).to_have_count(1)
    fields = parse_qs(str(found.get_attribute("title")))
    assert "rft.atitle" not in fields  # Zotero would lose the "++" of it, and looks it up
    assert fields["rft_id"] == ["info:doi/10.1007/978-3-030-00889-5_1"]
    assert fields["rft.au"][0] == "Zongwei Zhou"
    assert page.evaluate("window.told")


def test_a_citation_of_each_style_can_be_copied(address: str, page: Page) -> None:
    page.goto(address + "papers/h-denseunet/")
    copy = page.locator(".pa-cite button", has_text="Copy")
    copy.click()
    expect(page.locator(".pa-toast")).to_have_text("APA citation copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Li, X., Chen, H., Qi, X.")
    page.get_by_role("tab", name="APA").press("ArrowLeft")  # the last one
    expect(page.get_by_role("tab", name="RIS")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tabpanel", name="BibTeX")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="APA")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".pa-cite section:visible")).to_have_count(5)
    page.emulate_media(media="screen")
    copy.click()
    expect(page.locator(".pa-toast")).to_have_text("BibTeX citation copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@article{")


def test_the_figure_links_to_its_organs(address: str, page: Page) -> None:
    page.goto(address)
    label = page.locator(".pa-figure li", has_text="Liver")
    label.locator("a").first.focus()
    expect(page.locator(".pa-figure .region.on")).to_have_attribute("data-region", "liver")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organs/liver/")
    page.go_back()
    page.locator(".pa-figure .region[data-region=bladder]").click()
    page.wait_for_url("**/organs/bladder/")


def test_the_filtered_papers_can_be_saved_in_every_format(address: str, page: Page) -> None:
    page.goto(address + "organs/liver/?datasets=lits-2017&from=2020&has=doi&text=modified")
    expect(count_of(page)).to_have_text("1 of 14 papers")
    for name, part in {
        "BibTeX": "@",
        "BibLaTeX": "journaltitle",
        "RIS": "TY  -",
        "CSL-JSON": '"title"',
        "CSV": "10.",
        "Keys": "-",
    }.items():
        text = download(page, name)
        assert "modified-u-net-mu-net" in text, name
        assert "h-denseunet" not in text, name
        assert part in text, name


def test_every_list_saves_its_papers(address: str, page: Page) -> None:
    page.goto(address + "sections/abnormalities-segmentation/?has=code&from=2020")
    expect(count_of(page)).to_have_text(re.compile("^[1-9][0-9]* of "))
    assert download(page, "Keys").split() == shown(page)
    page.goto(address + "organs/liver/")
    assert download(page, "BibTeX").count("\n@") == 13  # the first is at the start
    assert len(download(page, "Keys").split()) == 14
    page.goto(address + "papers/")
    assert len(download(page, "Keys").split()) == 176


def test_a_table_can_be_sorted_and_filtered(address: str, page: Page) -> None:
    page.goto(address + "datasets/")
    names = page.locator(".pa-table tbody tr:visible th a")
    head = page.get_by_role("columnheader", name="Name")
    count = page.locator(".pa-filters output")
    everything = count.inner_text()
    first, total = names.first.inner_text(), names.count()
    assert everything == f"{total} data sets"
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(names.first).to_have_text("3DIRCADb")
    page.get_by_role("columnheader", name="Papers").get_by_role("button").click()
    expect(head).not_to_have_attribute("aria-sort", "ascending")
    expect(names.first).to_have_text(first)
    page.keyboard.press("/")
    page.keyboard.type("kits 19")
    expect(names).to_have_text(["KiTS19"])
    expect(count).to_have_text(f"1 of {total}")
    page.get_by_label("Filter by name").fill("kidney")
    page.get_by_label("Modalities", exact=True).select_option("Ultrasound")
    expect(names).to_have_count(0)
    page.get_by_role("button", name="Clear all").click()
    expect(count).to_have_text(everything)
    expect(names).to_have_count(total)


def test_a_paper_of_the_lineage_lights_its_relatives(address: str, page: Page) -> None:
    page.goto(address + "lineage/")
    drawing = page.locator(".pa-lineage")
    page.locator(".node[data-id=attention-u-net]").hover()
    expect(drawing).to_have_class(re.compile(r"\blit\b"))
    lit = page.locator(".node.on").evaluate_all("all => all.map((node) => node.dataset.id)")
    assert {"u-net", "attention-u-net", "schlemper-2019-attention"} <= set(lit)
    assert "nnu-net" not in lit
    page.mouse.move(1, 1)
    expect(drawing).not_to_have_class(re.compile(r"\blit\b"))
    page.locator(".node[data-id=nnu-net]").focus()
    expect(page.locator(".node.on[data-id='3d-u-net']")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(drawing).to_be_hidden()
    expect(page.locator("#line_nnu-net a").first).to_be_visible()
