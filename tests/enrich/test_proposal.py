"""Only missing values on which the services agree are added to an entry."""

from helpers.enriching import (
    H_DENSEUNET,
    RunEnrich,
    work_reply,
    write_entry,
)
from helpers.services import Services


def test_different_values_are_reported_and_not_added(enrich: RunEnrich) -> None:
    """Another order of words in the venue and a missing last page are no contradiction."""
    write_entry(
        H_DENSEUNET.replace("links:", "venue: Transactions on Medical Imaging, IEEE\nlinks:")
        + "authors: [X. Li, Hao Chen, Xiaojuan Qi, Qi Dou, Chi-Wing Fu]\npages: 2663\nyear: 2017\n"
    )
    _, output, messages = enrich()
    path = "entries/liver/h-denseunet.yml"
    assert [line for line in messages if line.startswith(path)] == [
        f"{path}:7:10: contradiction: authors: Crossref has 6 authors, this file has 5 "
        "(keep the correct value)",
        f"{path}:9:7: contradiction: year: Crossref has '2018', this file has '2017' "
        "(keep the correct value)",
    ]
    added = [line for line in output.splitlines() if line.startswith("+")]
    assert "+volume: 37" in added
    assert not [line for line in added if "authors" in line and "Pheng" in line]


def test_no_value_is_added_if_services_disagree(services: Services, enrich: RunEnrich) -> None:
    """PubMed has another volume and another author. The year of the preprint is ignored."""
    write_entry(
        H_DENSEUNET.replace(
            "10.1109/TMI.2018.2845918", "10.1109/TMI.2018.2845918\n  pmid: 29994201"
        )
    )
    author = [{"given": "Xiaomeng", "family": "Lee"}]
    services.overrides["works"] = [
        work_reply(services, "h-denseunet", volume="38", author=author * 6)
    ]
    code, output, messages = enrich("--service", "crossref", "pubmed", "arxiv")
    assert code == 1
    assert [line.partition(": ")[2] for line in messages if "disagree" in line] == [
        "services-disagree: authors: PubMed has 'Xiaomeng Li', Crossref has 'Xiaomeng Lee' "
        "(add the correct value by hand)",
        "services-disagree: volume: PubMed has '37', Crossref has '38' "
        "(add the correct value by hand)",
    ]
    assert "+year: 2018" in output
    assert "volume" not in output
    assert "authors" not in output


def test_fullest_author_names_are_added(services: Services, enrich: RunEnrich) -> None:
    """Crossref has initials and PubMed has full names. OpenAlex has a lower rank."""
    entry = services.find_entry("pmid", "29994201")
    assert entry is not None
    write_entry(H_DENSEUNET)
    initials = [{"given": name[0], "family": name.split()[-1]} for name in entry.authors]
    services.overrides["works"] = [work_reply(services, "h-denseunet", author=initials)]
    assert f"+authors: [{', '.join(entry.authors)}]" in enrich()[1].splitlines()


def test_identifier_of_another_entry_is_not_added(enrich: RunEnrich) -> None:
    write_entry(H_DENSEUNET)
    other = 'title: Another\nlinks: {arxiv: "1709.07330"}\norgans: [Liver]\n'
    write_entry(other, "entries/liver/another.yml")
    code, output, messages = enrich("h-denseunet")
    assert (code, "arxiv" in output, "pmid" in output) == (1, False, True)
    assert messages[-2] == (
        "entries/liver/h-denseunet.yml:4:3: doubled-identifier: links: '1709.07330' (arXiv) "
        "already belongs to entries/liver/another.yml (keep one of the two files, or write "
        "not_same_as: [another] if they are different papers)"
    )


def test_no_identifier_is_added_if_services_disagree(services: Services, enrich: RunEnrich) -> None:
    write_entry(H_DENSEUNET)
    relation = {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1709.07331"}]}
    services.overrides["works"] = [work_reply(services, "h-denseunet", relation=relation)]
    code, output, messages = enrich("--service", "crossref", "openalex")
    assert (code, "arxiv" in output, "+  pmid: 29994201" in output) == (1, False, True)
    assert messages[2] == (
        "entries/liver/h-denseunet.yml:4:3: services-disagree: links.arxiv: OpenAlex has "
        "'1709.07330', another service has '1709.07331' "
        "(add the correct value by hand)"
    )


def test_invalid_values_are_reported_and_not_added(services: Services, enrich: RunEnrich) -> None:
    """The valid values of the same record are added."""
    write_entry(H_DENSEUNET)
    odd = {"author": [{"family": "and others et al."}], "volume": "3\u200e7",
           "published-print": None, "published": {"date-parts": [["2018"]]}}  # fmt: skip
    services.overrides["works"] = [work_reply(services, "h-denseunet", **odd)]
    code, output, messages = enrich("--service", "crossref")
    assert code == 0
    assert [line.split(": ", 1)[1] for line in messages if "not-taken" in line] == [
        "not-taken: authors: 'and others et al.' is not the name of one group",
        "not-taken: volume: contains the invisible character U+200E",
    ]
    assert [line for line in output.splitlines() if line.startswith("+")][1:] == [
        "+year: 2018", "+venue: IEEE Transactions on Medical Imaging", "+issue: 12",
        "+pages: 2663-2674",
    ]  # fmt: skip
