"""How the paper of an entry or a draft is found."""

import pytest
from helpers.small import entry
from paper_atlas.intake import paper_index
from paper_atlas.intake.paper_index import PaperIndex, propose_entry_id
from paper_atlas.model.identity import Fingerprint

TITLE = "Segmentation of the liver in CT volumes by deep networks"


def test_matches_by_identifier_precede_matches_by_title() -> None:
    papers = [
        entry(f"title: {TITLE}\nlinks: {{url: https://a.org/1}}", "by-title"),
        entry("title: Its preprint of another name\nlinks: {doi: 10.1000/1}", "by-identifier"),
    ]
    assert (
        PaperIndex(papers).find_id(Fingerprint((TITLE,), {"doi": "10.1000/1"})) == "by-identifier"
    )


def test_a_match_by_title_contradicts_no_fingerprint_of_the_paper() -> None:
    index = PaperIndex([entry(f"title: {TITLE}\nlinks: {{doi: 10.1000/1}}", "one")])
    index.reserve("one", Fingerprint((TITLE,), {"arxiv": "1709.07330"}, "Ada Lovelace"))
    assert index.find_id(Fingerprint((TITLE,), {"doi": "10.1000/1"})) == "one"
    assert index.find_id(Fingerprint((TITLE,), {"doi": "10.1000/2"})) is None
    assert index.find_id(Fingerprint((TITLE,), {"arxiv": "1709.99999"})) is None
    assert index.find_id(Fingerprint((TITLE,), {}, "Alan Turing")) is None


def test_alternative_titles_match() -> None:
    index = PaperIndex([entry(f"alternative_titles: [{TITLE}]", "one")])
    assert index.find_id(Fingerprint((TITLE.upper(),), {})) == "one"


def test_find_by_identifier_returns_the_first_entry() -> None:
    both = [entry("links: {doi: 10.1000/1}", name) for name in ("one", "two")]
    index = PaperIndex(both)
    for links in ({"doi": "10.1000/1"}, {"url": "https://doi.org/10.1000/1"}):
        found = index.find_by_identifier(links)
        assert found
        assert found.id == "one"
    assert index.find_owner("url", "https://a.org/") is None


def test_a_similar_paper_is_found_by_author_or_title() -> None:
    index = PaperIndex([entry(f"title: {TITLE}\nauthors: [Ada Lovelace]", "one")])
    near = TITLE.replace("volumes", "volume")
    for paper in (Fingerprint((near,), {}, "A. Lovelace"), Fingerprint((TITLE,), {}, "")):
        found = index.find_similar(paper)
        assert found
        assert found.id == "one"
    assert index.find_similar(Fingerprint((near,), {}, "Alan Turing")) is None


def test_a_reserved_id_is_taken() -> None:
    index = PaperIndex([], {"old"})
    index.reserve("new", Fingerprint((TITLE,), {}))
    assert index.taken_ids == {"old", "new"}
    assert index.find_id(Fingerprint((TITLE,), {})) == "new"
    assert index.get_entry("new") is None


def test_an_id_is_proposed_from_author_and_year() -> None:
    paper = Fingerprint(("Livers in images",), {}, "Ada Lovelace", 2018)
    assert propose_entry_id(paper, set()) == "lovelace-2018-livers"
    assert propose_entry_id(paper, {"lovelace-2018-livers"}) == "lovelace-2018-livers-2"


def test_few_of_many_papers_with_one_title_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    index = PaperIndex([])
    papers = [
        Fingerprint((TITLE,), {"url": f"https://e.org/{number}"}, "Ada Lovelace", 1000 + number)
        for number in range(300)
    ]
    for number, paper in enumerate(papers):
        index.reserve(str(number), paper)
    compared: list[Fingerprint] = []
    monkeypatch.setattr(paper_index, "compare", lambda *papers: compared.append(papers[1]))
    index.find_id(papers[-1])
    assert 0 < len(compared) < 100
    assert papers[-1] in compared


def test_the_same_description_is_kept_once() -> None:
    index = PaperIndex([])
    for _ in range(100):
        index.reserve("one", Fingerprint((TITLE,), {}))
    assert index.find_id(Fingerprint((TITLE,), {})) == "one"
    assert len(index._fingerprints["one"]) == 1
