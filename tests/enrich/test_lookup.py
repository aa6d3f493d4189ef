"""Papers are looked up in services until nothing new is found or the service fails."""

import json
import shutil
from pathlib import Path

from helpers import ROOT
from helpers.enriching import (
    ENRICH_FIXTURES,
    H_DENSEUNET,
    RunEnrich,
    write_entry,
)
from helpers.services import Reply, Services
from paper_atlas import Entry, load


def test_identifier_of_another_paper_is_not_added(services: Services, enrich: RunEnrich) -> None:
    """arXiv returns a DOI of another paper, an invalid DOI, and an unknown DOI."""
    text = H_DENSEUNET.replace(
        "doi: 10.1109/TMI.2018.2845918  # the journal", 'arxiv: "1709.07330"'
    )
    write_entry(text)
    arxiv = (ENRICH_FIXTURES / "arxiv.xml").read_text(encoding="utf-8")
    for doi, code in (("10.1038/s41592-020-01008-z", "other-title"), ("10.1/x", ""),
                      ("10.1109/TMI.2018.28459", "unknown-identifier")):  # fmt: skip
        body = arxiv.replace("10.1109/TMI.2018.2845918", doi).encode()
        services.overrides["arxiv"] = [Reply(200, body)]
        shutil.rmtree("cache", ignore_errors=True)
        _, output, messages = enrich()
        assert "doi" not in output
        assert "+year: 2017" in output
        assert [line for line in messages if f": {code}: links.doi: " in line] or not code


def test_each_failure_is_reported_and_other_services_continue(
    services: Services, enrich: RunEnrich, waits: list[float]
) -> None:
    write_entry(
        H_DENSEUNET.replace(
            "10.1109/TMI.2018.2845918",
            '10.1109/TMI.2018.2845918\n  arxiv: "1709.07330"\n  pmid: 29994201',
        )
    )
    page = Reply(200, b"<html><body>Down for maintenance</body></html>")
    services.overrides = {
        "/crossref": [Reply(503)] * 4,
        "/pubmed": [Reply(429, headers={"Retry-After": "600"})],
        "/arxiv": [page, page, Reply(200, b"<feed", is_cut=True), page],
    }
    code, output, messages = enrich()
    assert code == 1
    lines = [line for line in messages if line.startswith("entries")]
    assert lines == (ENRICH_FIXTURES / "failures.txt").read_text(encoding="utf-8").splitlines()
    assert "+volume: 37" in output  # of OpenAlex
    assert sum(waits) > 14


def test_service_is_skipped_after_two_failures_in_a_row(
    papers: dict[str, Entry], services: Services, enrich: RunEnrich
) -> None:
    shutil.copytree(ROOT / "entries", "entries", dirs_exist_ok=True)
    services.overrides["/crossref"] = [Reply(500)] * 1000
    code, _, messages = enrich("--service", "crossref")
    dois = sum(1 for entry in papers.values() if entry.links.doi)
    assert (code, len(services.requests)) == (1, 8)
    assert messages[1] == (
        f"Crossref is skipped after 2 failures in a row: {dois - 2} papers not looked up"
    )
    assert messages[-1] == "176 papers, no additions; 2 warnings"
    code, _, messages = enrich("--find-doi")
    assert (code, len(services.requests)) == (1, 16)
    assert messages[0] == (
        f"Crossref is skipped after 2 failures in a row: {176 - dois - 2} papers not looked up"
    )


def test_openalex_batch_is_mapped_back_to_each_paper(
    papers: dict[str, Entry], services: Services, enrich: RunEnrich
) -> None:
    """The entries have their DOIs in capital letters, one DOI is unknown, and one is unusual."""
    dois = {entry.id: entry.links.doi for entry in papers.values() if entry.links.doi}
    for name, doi in dois.items():
        title = json.dumps(papers[name].title)
        write_entry(f"title: {title}\nlinks: {{doi: {doi.upper()}}}\norgans: [Liver]\n",
                    f"entries/{name}.yml")  # fmt: skip
    for name, doi in (("unknown", "10.1000/unknown"), ("unusual", "10.1000/a|b")):
        write_entry(f"title: A\nlinks: {{doi: '{doi}'}}\norgans: [Liver]\n", f"entries/{name}.yml")
    code, output, messages = enrich("--service", "openalex", "--accept")
    assert (code, output) == (1, "")
    assert [line for line in messages if "unknown-identifier" not in line][-1].startswith(
        f"{len(dois) + 2} papers, additions to {len(dois)}"
    )
    assert len([line for line in messages if "unknown-identifier" in line]) == 2
    assert len(services.requests) == len(dois) // 100 + 2
    for entry in load(Path("entries")).entries:
        if entry.id in dois:
            assert entry.year == (papers[entry.id].year or 2001) - 1
            assert entry.authors == papers[entry.id].authors


def test_limit_of_the_day_of_arxiv_is_reported_for_each_paper(
    papers: dict[str, Entry], services: Services, enrich: RunEnrich
) -> None:
    """The papers need three requests. Only the first one is sent, also in a second run."""
    entries = [entry for entry in papers.values() if entry.links.doi][:120]
    for number, entry in enumerate(entries):
        text = f"title: A\nlinks: {{arxiv: '2101.{number:05}', doi: {entry.links.doi}}}\n"
        write_entry(f"{text}organs: [Liver]\n", f"entries/p{number}.yml")
    services.overrides = {"/arxiv": [Reply(429)]}
    for _ in range(2):
        code, _, messages = enrich("--service", "crossref", "arxiv")
        limited = [line for line in messages if "no-answer" in line]
        assert (code, len(limited)) == (1, len(entries))
        assert limited[0] == (
            "entries/p0.yml:2:16: no-answer: links.arxiv: no answer from arXiv about '2101.00000': "
            "it allows no more requests today (status 429) (try again later)"
        )
        assert not [line for line in messages if "skipped" in line]
    assert len([path for path in services.requests if path.startswith("/arxiv")]) == 1
    assert len([path for path in services.requests if path.startswith("/crossref")]) >= 100
