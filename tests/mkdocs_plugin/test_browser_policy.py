"""The site under its Content-Security-Policy, as meta elements and as the header of the docs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from helpers import ROOT
from helpers.lists import choose, count_of, search
from helpers.site_of import Site
from paper_atlas.mkdocs_plugin.content_policy import POLICY
from playwright.sync_api import Browser, Page, Route, expect

PAGES = (
    *("", "papers/", "papers/page/2/", "papers/u-net/", "organs/", "organs/liver/", "charts/"),
    *("sections/abnormalities-segmentation/", "datasets/lits-2017/", "lineage/", "help-wanted/"),
    *("use/", "contribute/", "import/", "problems/", "reference/api/", "404.html"),
)
DOCS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
(HEADER,) = set(re.findall(r"^ *Content-Security-Policy: (.*)$", DOCS, re.MULTILINE))


@pytest.fixture
def address(this_site: Site, server: tuple[object, str]) -> str:
    """The address of this project's own site."""
    assert this_site.folder == server[0]
    return server[1]


@contextmanager
def strict_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a host that sends the header. Nothing is refused, and no script fails."""
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda it: refused.append(it.text) if it.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))

    def send(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": HEADER}
        route.fulfill(response=response, headers=headers)

    page.route(f"{address}**", send)
    yield page
    context.close()
    assert refused == []


def test_all_pages_run_under_their_policy(address: str, browser: Browser) -> None:
    with strict_page(browser, address) as page:
        for path in PAGES:
            page.goto(address + path)
            expect(page.locator("h1").first).to_be_visible()


def test_the_list_runs_under_the_policy_also_without_a_reload(
    address: str, browser: Browser
) -> None:
    with strict_page(browser, address) as page:
        page.goto(address)
        page.evaluate("window.stayed = true")
        page.locator(".pa-cards a", has_text="Liver").first.click()
        page.wait_for_url("**/organs/liver/")
        search(page).fill("U-Net")
        expect(count_of(page)).to_contain_text(" of 14 papers")
        search(page).fill("")
        choose(page, "modalities", "mri")
        expect(count_of(page)).to_contain_text(" of 14 papers")
        page.locator(".paper:visible .pick input").first.check()
        page.locator(".paper:visible h3 a").first.click()
        page.wait_for_url("**/papers/**")
        page.locator(".md-header label[for^=__palette]:visible").first.click()
        assert page.evaluate("window.stayed")


def test_a_script_that_gets_into_a_page_does_not_run(address: str, browser: Browser) -> None:
    """The policy is not only present: it stops a script, an event and a request."""
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(str(request.failure)))
    page.on("response", lambda it: refused.append(it.url) if "other.test" in it.url else None)

    def inject(route: Route) -> None:
        response = route.fetch()
        evil = (
            "<script>window.ran = 1</script><svg onload='window.ran = 2'></svg>"
            "<img src='https://other.test/a.png' onerror='window.ran = 3'>"
            "<script src='https://other.test/a.js'></script>"
            "<iframe src='https://other.test/'></iframe><style>body { opacity: 0 }</style>"
            "<base href='https://other.test/'><form action='https://other.test/'></form>"
        )
        route.fulfill(response=response, body=response.text().replace("</h1>", f"</h1>{evil}", 1))

    page.route(f"{address}papers/u-net/", inject)
    page.goto(f"{address}papers/u-net/", wait_until="networkidle")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).opacity") == "1"
    page.evaluate("document.querySelector('form[action*=other]').submit()")
    page.wait_for_timeout(300)
    assert page.url == f"{address}papers/u-net/"
    assert set(refused) == {"csp"}
    context.close()


def test_every_page_has_the_policy_and_no_style_or_event_of_its_own(this_site: Site) -> None:
    for path in PAGES:
        parsed = this_site.page(path)
        (policy,) = parsed.select("meta[http-equiv=Content-Security-Policy]")
        parts = BeautifulSoup(str(policy), "html.parser").meta["content"].split("; ")
        plain = [re.sub(r" 'sha256-[^']+'", "", part) for part in parts]
        assert "; ".join(plain) == POLICY, path
        own = parsed.select(".pa, .pa *")
        assert not parsed.select(".pa :is(script, style)"), path
        names = {name for tag in own for name in tag.attrs}
        assert [name for name in names if name.startswith("on") or name == "style"] == [], path


def test_the_header_of_the_docs_is_the_policy_with_what_only_a_header_can_say() -> None:
    inline = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert f"{inline}; frame-ancestors 'none'" == HEADER
