"""Lists that are not whole in the page, in a real browser: an atlas of 2,000 generated papers."""

import re
from collections.abc import Iterator

import pytest
from helpers.lists import choose, count_of, download, header_papers, search, shown
from helpers.projects import quiet
from helpers.site_of import build_site
from playwright.sync_api import Page, Route, expect

from benchmarks.browsing import served_site
from benchmarks.papers import Paper, make_papers
from benchmarks.projects import PROJECTS

COUNT = 2000
LAST_PART = re.compile("/papers/list-2[.]json")
CARD_PAGES = "**/papers/page/**"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the atlas, which is built once."""
    project = tmp_path_factory.mktemp("large") / "project"
    PROJECTS["paper-atlas"](project, COUNT)
    with pytest.MonkeyPatch.context() as patch:
        quiet(patch)
        patch.chdir(project)
        site = build_site(project, project / "site", {})
    assert site.warnings == []
    with served_site(site.folder) as server:
        yield server.url


@pytest.fixture(scope="session")
def papers() -> list[Paper]:
    """All papers, the oldest first."""
    return list(make_papers(COUNT))


def first_part(page: Page, address: str, papers: list[Paper]) -> list[Paper]:
    """Return the papers of the first part of the list of all papers."""
    part = page.request.get(address + "papers/list-1.json").json()
    ids = {record["id"] for record in part["papers"]}
    assert 0 < len(ids) < COUNT
    return [paper for paper in papers if paper.id in ids]


def having(papers: list[Paper], **terms: str) -> list[Paper]:
    """Return the papers with a term of each of these facets."""
    return [
        paper
        for paper in papers
        if all(id_ in {it.id for it in paper.terms[facet]} for facet, id_ in terms.items())
    ]


def show_all(page: Page) -> list[str]:
    """Ask for more papers until there are no more, and return the ids of all."""
    more = page.locator(".pa-rest button")
    while more.is_visible():
        before = page.locator(".paper").count()
        more.press("Enter")
        expect(page.locator(".paper")).not_to_have_count(before)
    return shown(page)


def test_a_term_is_continued_filtered_counted_and_saved(
    address: str, page: Page, papers: list[Paper]
) -> None:
    bladder = having(papers, organs="bladder")
    chosen = having(bladder, dimensionality="2d")
    with_code = [paper for paper in chosen if "code" in paper.links]
    total = len(bladder)
    assert total > 100
    page.goto(address + "organs/bladder/")
    expect(page.locator(".paper")).to_have_count(100)
    expect(count_of(page)).to_have_text(f"{total} papers")
    assert sorted(show_all(page)) == sorted(paper.id for paper in bladder)
    years = page.locator("h2.pa-year").evaluate_all("all => all.map(it => it.id)")
    assert years == sorted(set(years), reverse=True)
    assert len(download(page, "Keys").split()) == total
    choose(page, "dimensionality", "2d")
    expect(count_of(page)).to_have_text(f"{len(chosen)} of {total} papers")
    code = page.locator("[data-facet=has] label:has([value=code]) b")
    expect(code).to_have_text(str(len(with_code)))
    choose(page, "has", "code")
    expect(count_of(page)).to_have_text(f"{len(with_code)} of {total} papers")
    expected = sorted(paper.id for paper in with_code)
    assert sorted(download(page, "Keys").split()) == expected
    assert sorted(show_all(page)) == expected


def test_an_order_needs_all_papers(address: str, page: Page, papers: list[Paper]) -> None:
    page.goto(address + "papers/?sort=year&has=code")
    oldest = next(paper for paper in papers if "code" in paper.links)
    count = sum("code" in paper.links for paper in papers)
    expect(count_of(page)).to_have_text(f"{count} of 2000 papers")
    expect(page.locator("h2.pa-year").first).to_have_id(f"year_{oldest.year}")
    years = page.locator(".paper .by b").all_text_contents()
    assert years == sorted(years)


def test_back_returns_to_a_paper_that_is_far_down(
    address: str, page: Page, papers: list[Paper]
) -> None:
    page.goto(address + "papers/?dimensionality=3d")
    every = having(papers, dimensionality="3d")
    expect(count_of(page)).to_have_text(f"{len(every)} of 2000 papers")
    id_ = show_all(page)[250]
    page.locator(f"#{id_} h3 a").click()
    page.wait_for_url(f"**/papers/{id_}/")
    page.go_back()
    expect(page.locator(f"#{id_}")).to_be_in_viewport()
    assert len(shown(page)) == 300


def test_full_cards_do_not_move_the_paper_in_view(
    address: str, page: Page, papers: list[Paper]
) -> None:
    """Full cards are taller than the brief ones that they replace, also above the window."""
    held: list[Route] = []
    page.route(CARD_PAGES, lambda route: held.append(route))
    page.goto(address + "papers/?dimensionality=3d")
    every = having(papers, dimensionality="3d")
    expect(count_of(page)).to_have_text(f"{len(every)} of 2000 papers")
    id_ = show_all(page)[250]
    card = page.locator(f"#{id_}")
    card.evaluate("card => card.scrollIntoView({ block: 'center' })")
    before = card.bounding_box()
    assert before
    brief = page.locator(f"#{id_}.brief")
    expect(brief).to_have_count(1)
    while brief.count():
        for route in held:
            route.continue_()
        held.clear()
        page.wait_for_timeout(50)
    after = card.bounding_box()
    assert after
    assert after["height"] > before["height"]
    assert abs(after["y"] - before["y"]) < 2


def test_a_shared_list_has_papers_of_all_parts(
    address: str, page: Page, papers: list[Paper]
) -> None:
    """Each becomes a full card, which Zotero finds."""
    ids = [papers[place].id for place in (0, 500, 1000, -1)]
    page.goto(f"{address}papers/?ids={','.join(ids)}")
    expect(count_of(page)).to_have_text("4 of 2000 papers")
    assert sorted(shown(page)) == sorted(ids)
    expect(page.locator(".brief")).to_have_count(0)
    expect(page.locator(".Z3988")).to_have_count(4)
    assert sorted(download(page, "Keys").split()) == sorted(ids)


def test_zotero_finds_the_cards_that_a_filter_brings(
    address: str, page: Page, papers: list[Paper]
) -> None:
    found = [paper for paper in having(papers, organs="bladder") if paper.year < 2016]
    assert found
    page.goto(address + "papers/?organs=bladder&to=2015")
    expect(count_of(page)).to_have_text(f"{len(found)} of 2000 papers")
    page.keyboard.press("End")
    expect(page.locator(".brief")).to_have_count(0)
    expect(page.locator(".Z3988")).to_have_count(len(found))


@pytest.mark.parametrize("words", ["bladder transformer", "10.1000/2019"])
def test_header_and_list_find_the_same_papers(address: str, page: Page, words: str) -> None:
    page.goto(address + "papers/")
    search(page).fill(words)
    expect(page.locator(".pa-rest button")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(count_of(page)).to_have_text(re.compile("^[1-9][0-9]+ of 2000 papers"))
    count = count_of(page).inner_text().split()[0]
    titles = page.locator(".paper h3").all_text_contents()
    page.goto(address)
    page.keyboard.press("s")
    page.keyboard.type(words)
    every = page.locator(".pa-found a", has_text="See all")
    expect(every).to_have_text(f"See all {count} papers")
    assert header_papers(page).locator("h1").all_text_contents() == titles[:8]
    every.click()
    expect(count_of(page)).to_have_text(f"{count} of 2000 papers")


def test_a_list_is_usable_while_papers_arrive(
    address: str, page: Page, papers: list[Paper]
) -> None:
    held: list[Route] = []
    page.route(LAST_PART, lambda route: held.append(route))
    page.goto(address + "papers/?dimensionality=3d")
    expect(page.locator(".pa-progress")).to_have_text("Loading papers: 1000 of 2000")
    newest = having(first_part(page, address, papers), dimensionality="3d")
    expect(count_of(page)).to_have_text(f"{len(newest)} of 2000 papers")
    choose(page, "organs", "liver-tumour")
    some = having(newest, organs="liver-tumour")
    expect(count_of(page)).to_have_text(f"{len(some)} of 2000 papers")
    assert set(shown(page)) <= {paper.id for paper in some}
    held[0].continue_()
    every = having(papers, dimensionality="3d", organs="liver-tumour")
    expect(count_of(page)).to_have_text(f"{len(every)} of 2000 papers")
    expect(page.locator(".pa-progress")).to_be_empty()
    assert len(held) == 1


def test_a_part_that_fails_is_requested_again(
    address: str, page: Page, papers: list[Paper]
) -> None:
    every = having(papers, dimensionality="3d", organs="bladder")
    part = first_part(page, address, papers)
    newest = having(part, dimensionality="3d", organs="bladder")
    page.route(LAST_PART, lambda route: route.fulfill(body="no JSON"))
    page.goto(address + "organs/bladder/")
    choose(page, "dimensionality", "3d")
    note = page.locator(".pa-note")
    expect(note).to_contain_text(f"The list shows {len(newest)} papers")
    assert sorted(shown(page)) == sorted(paper.id for paper in newest)
    page.unroute(LAST_PART)
    note.get_by_role("button", name="Try again").click()
    expect(count_of(page)).to_have_text(re.compile(f"^{len(every)} of "))
    expect(note).to_have_count(0)
    assert sorted(shown(page)) == sorted(paper.id for paper in every)
