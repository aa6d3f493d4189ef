"""DOIs are searched by title and author, and each result has a score."""

import shutil

import pytest
from helpers.enriching import (
    ENRICH_FIXTURES,
    H_DENSEUNET,
    RunEnrich,
    crossref_work_of,
    search_reply,
    write_entry,
)
from helpers.services import Reply, Services
from paper_atlas import Entry


def test_doi_with_a_high_score_is_proposed_as_unverified(
    papers: dict[str, Entry], enrich: RunEnrich
) -> None:
    """The titles differ in one hyphen."""
    text = H_DENSEUNET.replace(
        "doi: 10.1109/TMI.2018.2845918  # the journal", "url: https://example.org"
    )
    file = write_entry(text.replace("Connected UNet", "Connected U-Net"))
    unet = f'title: "{papers["u-net"].title}"\nauthors: [Olaf Ronneberger]\n'
    write_entry(
        f"{unet}links: {{url: 'https://example.org/2'}}\norgans: [Brain]\n", "entries/u-net.yml"
    )
    code, output, messages = enrich("--find-doi")
    assert (code, messages) == (
        0,
        (ENRICH_FIXTURES / "find-doi.txt").read_text(encoding="utf-8").splitlines(),
    )
    assert [line for line in output.splitlines() if line.startswith("+  doi")] == [
        "+  doi: 10.1109/tmi.2018.2845918", "+  doi: 10.1007/978-3-319-24574-4_28",
    ]  # fmt: skip
    assert enrich("--find-doi", "--accept")[0] == 0
    assert "unverified: [doi]" in file.read_text(encoding="utf-8")
    assert enrich("--find-doi")[1:] == ("", ["2 papers, no additions; no problems"])


def test_doubtful_doi_is_reported_and_not_proposed(services: Services, enrich: RunEnrich) -> None:
    """Two DOIs have the same score, the authors differ, or another entry has the DOI."""
    text = H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918  # the journal", "url: https://a.org")
    write_entry(text)
    works = [
        crossref_work_of(services, "h-denseunet", DOI=doi) for doi in ("10.1000/1", "10.1000/2")
    ]
    services.overrides["works"] = [search_reply(*works)]
    code, output, messages = enrich("--find-doi")
    assert (code, output, messages[-1]) == (0, "", "1 paper, no additions; 2 notes")
    write_entry(text + "authors: [Olaf Ronneberger, Philipp Fischer]\n")
    shutil.rmtree("cache")
    _, output, messages = enrich("--find-doi")
    assert (output, "score 80:" in messages[0]) == ("", True)
    write_entry(text)
    write_entry(H_DENSEUNET.replace("H-", "The "), "entries/other.yml")
    _, output, messages = enrich("--find-doi")
    assert output == ""
    assert any(line.endswith(" (already in entries/other.yml)") for line in messages)


def test_failed_search_is_reported(services: Services, enrich: RunEnrich) -> None:
    write_entry(H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918", "url: https://example.org"))
    services.overrides["works"] = [Reply(200, b"{}")] * 4
    code, output, messages = enrich("--find-doi")
    assert (code, output) == (1, "")
    assert messages[-2].endswith(
        ": invalid response: expected a list of results, found none (try again later)"
    )


WITHOUT_LINKS = (
    'title: "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT '
    'Volumes"\nauthors: [Xiaomeng Li, Hao Chen]\nyear: 2018\norgans: [Liver]\n'
)


def test_doi_of_a_paper_without_links_is_proposed(services: Services, enrich: RunEnrich) -> None:
    write_entry(WITHOUT_LINKS)
    services.overrides["works"] = [search_reply(crossref_work_of(services, "h-denseunet"))]
    code, output, _ = enrich("--find-doi")
    assert (code, "+links:\n+  doi: 10.1109/tmi.2018.2845918\n" in output) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        ("Tumor Segmentation", "Tumour Segmentation II"),
        ("year: 2018", "year: 2014"),
        ("Hybrid Densely", "Hybrid Loosely"),
        ("Xiaomeng Li, Hao Chen", "Hao Chen, Xiaomeng Li"),
    ],
    ids=["number", "year", "word", "first author"],
)
def test_doi_of_another_paper_is_only_reported(
    change: tuple[str, str], services: Services, enrich: RunEnrich
) -> None:
    write_entry(WITHOUT_LINKS.replace(*change))
    services.overrides["works"] = [search_reply(crossref_work_of(services, "h-denseunet"))]
    code, output, messages = enrich("--find-doi")
    assert (code, output) == (0, "")
    assert "possible DOI 10.1109/tmi.2018.2845918" in messages[0]
