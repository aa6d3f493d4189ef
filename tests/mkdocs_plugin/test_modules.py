"""The script as modules: on any theme and below any folder, and with the cards of other pages."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.projects import THEMES
from helpers.site_of import Site
from playwright.sync_api import Browser, Page, Route, expect

Build = Callable[..., Site]
MOUNT = "/some/atlas/"

# The cards of a page by id, as text in which each element is one line. What belongs to the page
# is left out: the level of headings, the other organs, which tell where the card is not.
CARDS = """() => {
  const page = location.href.split("#")[0];
  const lines = (element, depth) => {
    const tag = element.localName.replace(/^h[1-6]$/, "heading");
    const attributes = [...element.attributes].map(({ name, value }) => {
      const { href, hash } = new URL(value, element.baseURI);
      const isHere = href === page + hash;  // Material completes such addresses
      return `${name}=${name.endsWith("href") ? (isHere ? hash : href) : value}`;
    });
    const inner = [...element.childNodes].flatMap((node) => {
      if (node.nodeType === Node.ELEMENT_NODE) return lines(node, depth + 1);
      const text = node.textContent.replace(/\\s+/g, " ");
      return text === " " ? [] : [`${"  ".repeat(depth + 1)}"${text}"`];
    });
    return [`${"  ".repeat(depth)}${tag} ${attributes.sort().join(" ")}`, ...inner];
  };
  return Object.fromEntries([...document.querySelectorAll("article.paper")].map((card) => {
    const copy = document.importNode(card, true);
    document.body.append(copy);
    const organs = copy.querySelector(".paper-record > span:first-child:not(:has(time))");
    organs?.remove();
    if (!copy.querySelector(".paper-record > *")) copy.querySelector(".paper-record")?.remove();
    const text = lines(copy, 0).join("\\n");
    copy.remove();
    return [card.id, text];
  }));
}"""


@pytest.fixture
def address(this_site: Site, server: tuple[Path, str]) -> str:
    """Where this project's own site is served."""
    assert this_site.folder == server[0]
    return server[1]


def all_cards(page: Page, address: str) -> dict[str, str]:
    """Every card of the page of all papers, complete."""
    page.goto(f"{address}papers/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".paper-list .paper:not(.paper-brief)")).to_have_count(176)
    found: dict[str, str] = page.evaluate(CARDS)
    return found


def test_a_card_is_the_same_on_every_page(address: str, this_site: Site, browser: Browser) -> None:
    """Element by element, but for its heading's level and the organs that a page does not say."""
    page = browser.new_page()
    made = all_cards(page, address)
    compared = set[str]()
    for folder in sorted(this_site.folder.glob("organs/*/index.html")):
        page.goto(f"{address}organs/{folder.parent.name}/")
        for name, card in page.evaluate(CARDS).items():
            assert made[name].splitlines() == card.splitlines(), name
            compared.add(name)
    assert compared == set(made)
    page.close()


def test_a_card_is_brief_until_its_file_is_there(address: str, browser: Browser) -> None:
    """And stays so where the file cannot be had: it leads to the page of the paper."""
    page = browser.new_page()
    page.route("**/cards-*.json", lambda route: route.abort())
    page.goto(f"{address}papers/?text=v-net&sort=title")
    card = page.locator("#v-net")
    expect(card).to_have_class("paper paper-brief")
    expect(card.locator(".paper-authors")).to_have_text("Fausto Milletari et al.")
    expect(card.locator(".paper-year")).to_have_text("2016")
    link = card.get_by_role("link")
    link.focus()
    page.unroute("**/cards-*.json")
    page.get_by_label("Sort by").select_option("year")
    expect(card.locator(".paper-links")).to_be_visible()
    card.locator(".paper-title a").first.click()
    page.wait_for_url("**/papers/v-net/")
    page.close()


def test_the_focus_stays_when_a_card_is_completed(address: str, browser: Browser) -> None:
    page = browser.new_page()
    waiting: list[Route] = []
    page.route("**/cards-*.json", lambda route: waiting.append(route))
    page.goto(f"{address}papers/?text=v-net", wait_until="domcontentloaded")
    page.locator("#v-net a").focus()
    page.wait_for_timeout(300)
    for route in waiting:
        route.continue_()
    expect(page.locator("#v-net .paper-links")).to_be_visible()
    expect(page.locator("#v-net .paper-title a").first).to_be_focused()
    page.close()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address below a folder at which it is served."""
    root = tmp_path / "mounted"
    folder = root / MOUNT.strip("/")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{served.server_port}{MOUNT}"
        served.shutdown()


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("theme", THEMES)
def test_the_script_works_below_a_folder(
    small_atlas: Path,
    build: Build,
    browser: Browser,
    mounted: tuple[Path, str],
    theme: str,
    directory_urls: bool,
) -> None:
    folder, address = mounted
    site = build(small_atlas, theme={"name": theme}, use_directory_urls=directory_urls)
    folder.parent.mkdir(parents=True)
    site.folder.rename(folder)
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.route("https://**", lambda route: route.abort())  # the code colours of MkDocs' own themes
    end = "/" if directory_urls else ".html"
    page.goto(f"{address}papers/u-net{end}")
    page.locator(".paper-select").click()
    page.get_by_role("link", name="Show 1 selected").press("Enter")
    page.wait_for_url("**?has=selected")
    expect(page.locator(".paper-filter output")).to_have_text("1 of 5 papers")
    expect(page.locator("#u-net .paper-links")).to_be_visible()
    page.locator("#u-net .paper-title a").first.click()
    page.wait_for_url(f"**/papers/u-net{end}")
    assert [it for it in wrong if "hljs" not in it] == []
    page.close()
