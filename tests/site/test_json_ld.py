"""Papers and data sets as JSON-LD, on built pages and alone."""

import json
import re
from typing import Any

import pytest
from helpers import ROOT
from helpers.metadata import json_ld
from helpers.site_of import Site
from helpers.small import entry
from paper_atlas import Library, Term, load
from paper_atlas.site.addresses import Addresses
from paper_atlas.site.json_ld import (
    MAX_LIST_ITEMS,
    article_json_ld,
    dataset_json_ld,
    item_list_json_ld,
    json_ld_script,
)

HOST = "https://example.org/atlas/"


ODD = "</script><!-- --> ]]> \" ' & <b>\u2028\u2029 {{ x }} `*[a](b)"


@pytest.fixture(scope="module")
def small() -> Library:
    return load(ROOT / "tests" / "fixtures" / "atlas" / "entries")


def test_a_list_names_its_papers_in_order(this_site: Site) -> None:
    page = this_site.page("organs/liver/")
    items = json_ld(page)["ItemList"]
    cards = [card["id"] for card in page.select("article.paper")]
    addresses = [item["@id"].split("/papers/")[1] for item in items["itemListElement"]]
    assert addresses == [f"{name}/" for name in cards]
    assert items["numberOfItems"] == len(cards)


def test_a_long_list_names_its_first_papers(small: Library) -> None:
    many = [small.entries_by_id["u-net"]] * (MAX_LIST_ITEMS + 1)
    items = item_list_json_ld("Many", many, Addresses(root=HOST))
    assert (items["numberOfItems"], len(items["itemListElement"])) == (
        MAX_LIST_ITEMS + 1,
        MAX_LIST_ITEMS,
    )
    assert len(json_ld_script(items)) < 250 * MAX_LIST_ITEMS


def test_a_paper_as_json_ld(this_site: Site) -> None:
    said = json_ld(this_site.page("papers/h-denseunet/"))["ScholarlyArticle"]
    assert said["@id"] == said["url"]
    assert str(said["url"]).endswith("/papers/h-denseunet/")
    assert said["author"][0] == {
        "@type": "Person", "name": "Xiaomeng Li", "givenName": "Xiaomeng", "familyName": "Li",
    }  # fmt: skip
    volume = {"@type": "PublicationVolume", "volumeNumber": "37", "isPartOf": {
        "@type": "Periodical", "name": "IEEE Transactions on Medical Imaging"}}  # fmt: skip
    assert said["isPartOf"] == {
        "@type": "PublicationIssue", "issueNumber": "12", "isPartOf": volume,
    }  # fmt: skip
    assert said["sameAs"][0] == "https://doi.org/10.1109/TMI.2018.2845918"
    assert "correction" not in said


def test_a_data_set_as_json_ld(this_site: Site) -> None:
    found = json_ld(this_site.page("datasets/lits-2017/"))
    assert set(found) == {"Dataset", "ItemList"}
    said = found["Dataset"]
    assert (said["name"], said["alternateName"]) == ("LiTS 2017", ["LiTS"])
    assert str(said["url"]).endswith("/datasets/lits-2017/")
    assert str(said["description"]).startswith("Contrast CT")


def test_json_ld_has_no_unverified_facts(small: Library) -> None:
    entry = small.entries_by_id["h-denseunet"].model_copy(update={"unverified": ("doi",)})
    said = article_json_ld(entry, Addresses())
    assert "TMI.2018.2845918" not in json.dumps(said)
    retracted = entry.model_copy(update={"retracted": "10.1000/182"})
    said = article_json_ld(retracted, Addresses())
    assert (said["creativeWorkStatus"], said["correction"]) == (
        "Retracted", ["https://doi.org/10.1000/182"],
    )  # fmt: skip


def test_no_text_ends_the_json_ld_script(small: Library) -> None:
    odd = {"title": ODD, "authors": (ODD,), "venue": ODD}
    text = json_ld_script(
        article_json_ld(small.entries_by_id["u-net"].model_copy(update=odd), Addresses())
    )
    inner = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&]", inner)
    said = json.loads(inner)
    assert said["headline"] == " ".join(ODD.split())


SITE = Addresses(root="https://e.org/")


def paper_json_ld(text: str) -> Any:
    """The JSON-LD of a paper."""
    return article_json_ld(entry(text), SITE)


def test_an_author_without_a_given_name_is_an_organization() -> None:
    person, group = paper_json_ld("authors: [Ada Lovelace, Liver Study Group]")["author"]
    assert person["@type"] == "Person"
    assert group == {"@type": "Organization", "name": "Liver Study Group"}


def test_identifiers_are_properties_and_same_as_addresses() -> None:
    text = "links: {doi: 10.1000/1, pmid: '1', url: 'https://e.org/1', code: 'https://e.org/2'}"
    found = paper_json_ld(text)
    assert [identifier["propertyID"] for identifier in found["identifier"]] == ["DOI", "PubMed"]
    assert found["sameAs"][0] == "https://doi.org/10.1000/1"
    assert found["sameAs"][-1] == "https://e.org/1"
    assert len(found["sameAs"]) == 3


@pytest.mark.parametrize(
    ("venue", "kind"),
    [("NeuroImage", "Periodical"), ("Conference on Imaging", "CreativeWork"),
     ("arXiv preprint", "CreativeWork")],
)  # fmt: skip
def test_only_a_journal_is_a_periodical(venue: str, kind: str) -> None:
    assert paper_json_ld(f"venue: {venue}")["isPartOf"] == {"@type": kind, "name": venue}


def test_a_paper_is_part_of_an_issue_of_a_volume_of_a_journal() -> None:
    issue = paper_json_ld("venue: NeuroImage\nvolume: 37\nissue: 12")["isPartOf"]
    assert issue["issueNumber"] == "12"
    assert issue["isPartOf"]["volumeNumber"] == "37"
    assert issue["isPartOf"]["isPartOf"]["name"] == "NeuroImage"


def test_a_retracted_paper_has_a_status_and_notices_are_corrections() -> None:
    assert "creativeWorkStatus" not in paper_json_ld("")
    found = paper_json_ld("retracted: 10.1000/7\nerratum: https://e.org/e")
    assert found["creativeWorkStatus"] == "Retracted"
    assert found["correction"] == ["https://doi.org/10.1000/7", "https://e.org/e"]


def test_unknown_values_are_left_out() -> None:
    assert sorted(paper_json_ld("links: {code: 'https://e.org/'}")) == [
        "@id", "@type", "headline", "keywords", "name", "url",
    ]  # fmt: skip


def test_a_list_has_the_number_of_all_papers() -> None:
    found = item_list_json_ld("All", [entry()] * 501, SITE)
    assert (found["numberOfItems"], len(found["itemListElement"])) == (501, 100)


def test_a_data_set_has_its_aliases_and_links() -> None:
    term = Term(title="LiTS 2017", aliases=("LiTS",), links={"home": "https://lits.org/"})
    found = dataset_json_ld(term, "", "https://e.org/datasets/lits-2017/")
    assert found["@id"] == "https://e.org/datasets/lits-2017/#dataset"
    assert (found["alternateName"], found["sameAs"]) == (["LiTS"], ["https://lits.org/"])
    assert "description" not in found
