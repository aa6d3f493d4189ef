"""What services on the web know comes into entries, and what they do wrong is told."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paper_atlas
import pytest
from helpers import FIXTURES, ROOT
from helpers.services import Reply, Services, crossref_work, serving
from paper_atlas.cli import main
from paper_atlas.folder.entry_file import dump_entry
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry
from paper_atlas.problem import errors

PACKAGE = Path(paper_atlas.__file__).parent
HERE = FIXTURES / "enrich"
KNOWN_BY_SERVICES = ("authors", "year", "venue", "volume", "issue", "pages")

Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture(scope="module")
def papers() -> dict[str, Entry]:
    """The entries of this atlas by id."""
    return {entry.id: entry for entry in load(ROOT / "entries").entries}


@pytest.fixture
def services(papers: dict[str, Entry]) -> Iterator[Services]:
    with serving(list(papers.values())) as found:
        yield found


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the command would have waited; nothing waits."""
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


@pytest.fixture
def enrich(
    tmp_path: Path,
    services: Services,
    waits: list[float],  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run the command in the temporary folder: its exit code, what it prints, what it reports."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PAPER_ATLAS_EMAIL", "curator@example.org")
    monkeypatch.delenv("OPENALEX_API_KEY", raising=False)

    def run(*words: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        places = ("--base", services.address, "--cache", str(tmp_path / "cache"))
        code = main(["enrich", *words, *places])
        captured = capsys.readouterr()
        return code, captured.out, captured.err.splitlines()

    return run


def entry_file(text: str, name: str = "entries/liver/h-denseunet.yml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


H_DENSEUNET = """\
# read in the journal club
title: "H-DenseUNet: Hybrid Densely Connected UNet for Liver and Tumor Segmentation From CT Volumes"
links:
  doi: 10.1109/TMI.2018.2845918  # the journal
organs: [Liver]
"""


def bared(entry: Entry) -> Entry:
    """An entry without all that its identifiers lead to."""
    values = {name: Entry.model_fields[name].default for name in KNOWN_BY_SERVICES}
    lost = {*KNOWN_BY_SERVICES, "arxiv", "pmid"}
    if entry.links.doi:
        links = entry.links.model_copy(update={"arxiv": None, "pmid": None})
    else:
        values |= {name: getattr(entry, name) for name in ("venue", "volume", "issue", "pages")}
        links, lost = entry.links, {"authors", "year"}
    doubts = tuple(key for key in entry.unverified if key not in lost)
    return entry.model_copy(update={**values, "links": links, "unverified": doubts})


def test_all_that_the_entries_lack_comes_back(
    tmp_path: Path, papers: dict[str, Entry], enrich: Run
) -> None:
    """The 176 real entries, bared, are what they were again; a second run finds nothing."""
    shutil.copytree(ROOT / "entries", tmp_path / "entries")
    library = load(tmp_path / "entries", tmp_path)
    for entry in library.entries:
        text = dump_entry(bared(entry), list(library.vocabulary.facets))
        (tmp_path / entry.path).write_text(text, encoding="utf-8")
    code, printed, told = enrich("--accept")
    assert (code, printed) == (0, "")
    found = load(tmp_path / "entries", tmp_path)
    assert errors(found.problems) == []
    for entry in found.entries:
        was = papers[entry.id]
        if was.links.doi or was.links.arxiv:
            doubts = tuple(key for key in was.unverified if key in entry.unverified)
            expected = was.model_copy(update={"unverified": doubts, "path": entry.path})
            assert entry.model_dump() == expected.model_dump()
    assert told[-1] == "176 papers, additions to 172; no problems"
    code, printed, told = enrich()
    assert (code, printed, told[-1]) == (0, "", "176 papers, nothing new; no problems")


def fences(language: str) -> dict[str, str]:
    """The examples of the docs page in a language, by their titles."""
    page = (ROOT / "docs" / "enrich.md").read_text(encoding="utf-8")
    pattern = re.compile(
        rf'^```{language}(?: title="([^"]+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE
    )
    return dict(pattern.findall(page))


def test_the_example_of_the_docs(enrich: Run) -> None:
    """Every word of it: the files, the diff, and what is told; then it is accepted."""
    for name, text in fences("yaml").items():
        entry_file(text, name)
    code, printed, told = enrich()
    assert (code, printed) == (1, fences("diff")[""])
    assert told == fences("text")[""].splitlines()
    before = {name: Path(name).read_text() for name in fences("yaml")}
    assert before == fences("yaml")
    code, printed, told = enrich("h-denseunet", "--accept")
    assert (code, printed, told[-2:]) == (
        0, "", ["added to entries/liver/h-denseunet.yml", "1 paper, additions to 1; no problems"],
    )  # fmt: skip
    assert {name for name in before if Path(name).read_text() != before[name]} == {
        "entries/liver/h-denseunet.yml"
    }


def test_the_diff_can_be_applied(enrich: Run, tmp_path: Path) -> None:
    file = entry_file(H_DENSEUNET)
    _, printed, _ = enrich()
    (tmp_path / "a.diff").write_text(printed, encoding="utf-8")
    subprocess.run(["git", "apply", "-p0", "a.diff"], cwd=tmp_path, check=True)
    applied = file.read_bytes()
    file.write_text(H_DENSEUNET)
    enrich("--accept")
    assert file.read_bytes() == applied
    assert load(tmp_path / "entries").problems == ()


def work_of(services: Services, entry_id: str, **changes: Any) -> dict[str, Any]:
    """What Crossref knows of an entry, with changes."""
    entry = next(it for it in services.entries if it.id == entry_id)
    return {**crossref_work(entry), **changes}


def work(services: Services, entry_id: str, **changes: Any) -> Reply:
    message = work_of(services, entry_id, **changes)
    return Reply(200, json.dumps({"status": "ok", "message": message}).encode())


def found(*works: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps({"status": "ok", "message": {"items": works}}).encode())


def test_what_services_say_otherwise_is_told_and_not_taken(enrich: Run) -> None:
    """The venue in another order and the pages without the last one are no contradiction."""
    entry_file(
        H_DENSEUNET.replace("links:", "venue: Transactions on Medical Imaging, IEEE\nlinks:")
        + "authors: [X. Li, Hao Chen, Xiaojuan Qi, Qi Dou, Chi-Wing Fu]\npages: 2663\nyear: 2017\n"
    )
    _, printed, told = enrich()
    place = "entries/liver/h-denseunet.yml"
    assert [line for line in told if line.startswith(place)] == [
        f"{place}:7:10: contradiction: authors: Crossref has 6 authors, this file has 5 "
        "(keep the correct value)",
        f"{place}:9:7: contradiction: year: Crossref has '2018', this file has '2017' "
        "(keep the correct value)",
    ]
    added = [line for line in printed.splitlines() if line.startswith("+")]
    assert "+volume: 37" in added
    assert not [line for line in added if "authors" in line and "Pheng" in line]


def test_where_services_disagree_neither_is_taken(services: Services, enrich: Run) -> None:
    """PubMed knows another volume, an author's other name, and the preprint another year."""
    entry_file(
        H_DENSEUNET.replace(
            "10.1109/TMI.2018.2845918", "10.1109/TMI.2018.2845918\n  pmid: 29994201"
        )
    )
    author = [{"given": "Xiaomeng", "family": "Lee"}]
    services.instead["works"] = [work(services, "h-denseunet", volume="38", author=author * 6)]
    code, printed, told = enrich("--service", "crossref", "pubmed", "arxiv")
    assert code == 1
    assert [line.partition(": ")[2] for line in told if "disagree" in line] == [
        "services-disagree: authors: PubMed has 'Xiaomeng Li', Crossref has 'Xiaomeng Lee' "
        "(write the correct value, because none is proposed)",
        "services-disagree: volume: PubMed has '37', Crossref has '38' "
        "(write the correct value, because none is proposed)",
    ]
    assert "+year: 2018" in printed
    assert "volume" not in printed
    assert "authors" not in printed


def test_the_fullest_names_are_taken(services: Services, enrich: Run) -> None:
    """Crossref has initials, PubMed has names, OpenAlex does not count beside the two."""
    entry = services.find("pmid", "29994201")
    assert entry is not None
    entry_file(H_DENSEUNET)
    initials = [{"given": name[0], "family": name.split()[-1]} for name in entry.authors]
    services.instead["works"] = [work(services, "h-denseunet", author=initials)]
    assert f"+authors: [{', '.join(entry.authors)}]" in enrich()[1].splitlines()


def test_an_identifier_is_not_taken_whose_paper_is_another(services: Services, enrich: Run) -> None:
    """arXiv names a DOI that leads to another paper, and one that leads nowhere."""
    text = H_DENSEUNET.replace(
        "doi: 10.1109/TMI.2018.2845918  # the journal", 'arxiv: "1709.07330"'
    )
    entry_file(text)
    arxiv = (HERE / "arxiv.xml").read_text(encoding="utf-8")
    for doi, code in (("10.1038/s41592-020-01008-z", "other-title"), ("10.1/x", ""),
                      ("10.1109/TMI.2018.28459", "unknown-identifier")):  # fmt: skip
        body = arxiv.replace("10.1109/TMI.2018.2845918", doi).encode()
        services.instead["arxiv"] = [Reply(200, body)]
        shutil.rmtree("cache", ignore_errors=True)
        _, printed, told = enrich()
        assert "doi" not in printed
        assert "+year: 2017" in printed
        assert [line for line in told if f": {code}: links.doi: " in line] or not code


def test_an_identifier_is_not_taken_that_another_entry_has(enrich: Run) -> None:
    entry_file(H_DENSEUNET)
    other = 'title: Another\nlinks: {arxiv: "1709.07330"}\norgans: [Liver]\n'
    entry_file(other, "entries/liver/another.yml")
    code, printed, told = enrich("h-denseunet")
    assert (code, "arxiv" in printed, "pmid" in printed) == (1, False, True)
    assert told[-2] == (
        "entries/liver/h-denseunet.yml:4:3: doubled-identifier: links: '1709.07330' (arXiv) "
        "already belongs to entries/liver/another.yml (keep one of the two files, or write "
        "not_same_as: [another] for two papers)"
    )


def test_two_entries_do_not_get_the_same_identifier(enrich: Run) -> None:
    """Nor is one taken on which services disagree."""
    entry_file(H_DENSEUNET)
    entry_file(
        H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918", "pmid: 29994201"), "entries/b.yml"
    )
    code, printed, told = enrich()
    assert code == 1
    assert printed.count("+  arxiv: ") == 1
    assert len([line for line in told if "doubled-identifier" in line]) == 3


def test_services_that_disagree_on_an_identifier(services: Services, enrich: Run) -> None:
    entry_file(H_DENSEUNET)
    relation = {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1709.07331"}]}
    services.instead["works"] = [work(services, "h-denseunet", relation=relation)]
    code, printed, told = enrich("--service", "crossref", "openalex")
    assert (code, "arxiv" in printed, "+  pmid: 29994201" in printed) == (1, False, True)
    assert told[2] == (
        "entries/liver/h-denseunet.yml:4:3: services-disagree: links.arxiv: OpenAlex has "
        "'1709.07330', another service has '1709.07331' "
        "(write the correct value, because none is proposed)"
    )


def test_an_answer_about_another_identifier(services: Services, enrich: Run) -> None:
    entry_file(H_DENSEUNET)
    services.instead["works"] = [work(services, "h-denseunet", DOI="10.1109/tmi.2018.1")]
    code, printed, told = enrich("--service", "crossref")
    assert (code, printed) == (1, "")
    assert told[1] == (
        "entries/liver/h-denseunet.yml:4:8: other-identifier: links.doi: for "
        "'10.1109/TMI.2018.2845918', Crossref returned '10.1109/tmi.2018.1' "
        "(check which one belongs to the paper)"
    )


def test_a_retraction_and_a_correction(services: Services, enrich: Run) -> None:
    notices = [
        {"DOI": "10.1109/tmi.2019.1", "type": "correction"},
        {"DOI": "10.1109/tmi.2019.2", "type": "expression_of_concern"},
        {"DOI": "10.1109/tmi.2020.1", "type": "retraction"},
    ]
    title = f"RETRACTED: {services.find('arxiv', '1709.07330').title}"  # type: ignore[union-attr]
    changes = {"updated-by": notices, "title": [title]}
    file = entry_file(H_DENSEUNET)
    services.instead["works"] = [work(services, "h-denseunet", **changes)] * 2
    code, _, told = enrich("--service", "crossref", "--accept")
    place = "entries/liver/h-denseunet.yml:4:8:"
    assert (code, told[1:3]) == (1, [
        f"{place} remark: links.doi: Crossref: there is a notice of the kind "
        "'expression_of_concern', 10.1109/tmi.2019.2",
        f"{place} retraction: links.doi: the paper is retracted according to Crossref "
        "(accept the proposed 'retracted:', after checking its notice)",
    ])  # fmt: skip
    text = file.read_text(encoding="utf-8")
    assert "retracted: 10.1109/tmi.2020.1\nerratum: 10.1109/tmi.2019.1\n" in text
    code, printed, _ = enrich("--service", "crossref")
    assert (code, printed) == (0, "")
    file.write_text(text.replace("erratum: 10.1109/tmi.2019.1", "erratum: 10.1109/tmi.2019.9"))
    code, printed, told = enrich("--service", "crossref")
    assert (code, printed) == (1, "")
    assert told[-2].endswith(
        ": contradiction: erratum: a service has '10.1109/tmi.2019.1', this file has "
        "'10.1109/tmi.2019.9' (keep the correct value)"
    )


def test_what_no_entry_can_hold(services: Services, enrich: Run) -> None:
    """The rest of the answer is taken."""
    entry_file(H_DENSEUNET)
    odd = {"author": [{"family": "and others et al."}], "volume": "3\u200e7",
           "published-print": None, "published": {"date-parts": [["2018"]]}}  # fmt: skip
    services.instead["works"] = [work(services, "h-denseunet", **odd)]
    code, printed, told = enrich("--service", "crossref")
    assert code == 0
    assert [line.split(": ", 1)[1] for line in told if "not-taken" in line] == [
        "not-taken: authors: 'and others et al.' is not the name of one person",
        "not-taken: volume: holds the invisible character U+200E",
    ]
    assert [line for line in printed.splitlines() if line.startswith("+")][1:] == [
        "+year: 2018", "+venue: IEEE Transactions on Medical Imaging", "+issue: 12",
        "+pages: 2663-2674",
    ]  # fmt: skip


def test_each_way_to_fail_has_its_line_and_the_others_go_on(
    services: Services, enrich: Run, waits: list[float]
) -> None:
    entry_file(
        H_DENSEUNET.replace(
            "10.1109/TMI.2018.2845918",
            '10.1109/TMI.2018.2845918\n  arxiv: "1709.07330"\n  pmid: 29994201',
        )
    )
    page = Reply(200, b"<html><body>Down for maintenance</body></html>")
    services.instead = {
        "/crossref": [Reply(503)] * 4,
        "/pubmed": [Reply(429, headers={"Retry-After": "600"})],
        "/arxiv": [page, page, Reply(200, b"<feed", is_cut=True), page],
    }
    code, printed, told = enrich()
    assert code == 1
    lines = [line for line in told if line.startswith("entries")]
    assert lines == (HERE / "failures.txt").read_text(encoding="utf-8").splitlines()
    assert "+volume: 37" in printed  # of OpenAlex
    assert sum(waits) > 14


def test_a_service_that_goes_on_failing_is_left_in_peace(
    papers: dict[str, Entry], services: Services, enrich: Run
) -> None:
    shutil.copytree(ROOT / "entries", "entries")
    services.instead["/crossref"] = [Reply(500)] * 1000
    code, _, told = enrich("--service", "crossref")
    dois = sum(1 for entry in papers.values() if entry.links.doi)
    assert (code, len(services.asked)) == (1, 8)
    assert told[1] == (
        f"Crossref is skipped after 2 failures in a row: {dois - 2} papers not looked up"
    )
    assert told[-1] == "176 papers, nothing new; 2 warnings"
    code, _, told = enrich("--find-doi")
    assert (code, len(services.asked)) == (1, 16)
    assert told[0] == (
        f"Crossref is skipped after 2 failures in a row: {176 - dois - 2} papers not looked up"
    )


def test_an_interrupt_leaves_whole_files(
    enrich: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    """It comes while the command waits; what was answered before need not be asked again."""

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    file = entry_file(H_DENSEUNET)
    services.instead["/arxiv"] = [Reply(503)]
    with monkeypatch.context() as patch:
        patch.setattr("time.sleep", interrupt)
        code, printed, told = enrich("--accept")
    assert (code, printed) == (2, "")
    assert told[-1] == "error: interrupted: every file is whole, and the answers so far are kept"
    assert file.read_text(encoding="utf-8") == H_DENSEUNET
    assert not list(tmp_path.rglob("*.tmp"))
    services.asked.clear()
    assert enrich("--accept")[0] == 0
    assert not [it for it in services.asked if it.startswith("/crossref")]


def test_a_file_that_somebody_changes_meanwhile_is_left_alone(
    enrich: Run, monkeypatch: pytest.MonkeyPatch, services: Services
) -> None:
    file = entry_file(H_DENSEUNET)
    monkeypatch.setattr("time.sleep", lambda _: file.write_text(H_DENSEUNET + "year: 2018\n"))
    services.instead["/crossref"] = [Reply(503)]
    code, _, told = enrich("--accept")
    assert code == 1
    assert told[-2] == (
        "entries/liver/h-denseunet.yml: changed meanwhile, so it is left alone; run it again"
    )
    assert file.read_text(encoding="utf-8") == H_DENSEUNET + "year: 2018\n"


def test_dois_are_found_with_a_score(papers: dict[str, Entry], enrich: Run) -> None:
    """Titles that are nearly this one are told; the one that is, is proposed, in doubt."""
    text = H_DENSEUNET.replace(
        "doi: 10.1109/TMI.2018.2845918  # the journal", "url: https://example.org"
    )
    file = entry_file(text.replace("Connected UNet", "Connected U-Net"))
    unet = f'title: "{papers["u-net"].title}"\nauthors: [Olaf Ronneberger]\n'
    entry_file(
        f"{unet}links: {{url: 'https://example.org/2'}}\norgans: [Brain]\n", "entries/u-net.yml"
    )
    code, printed, told = enrich("--find-doi")
    assert (code, told) == (0, (HERE / "find-doi.txt").read_text(encoding="utf-8").splitlines())
    assert [line for line in printed.splitlines() if line.startswith("+  doi")] == [
        "+  doi: 10.1109/tmi.2018.2845918", "+  doi: 10.1007/978-3-319-24574-4_28",
    ]  # fmt: skip
    assert enrich("--find-doi", "--accept")[0] == 0
    assert "unverified: [doi]" in file.read_text(encoding="utf-8")
    assert enrich("--find-doi")[1:] == ("", ["2 papers, nothing new; no problems"])


def test_a_doi_is_not_proposed_in_doubt(services: Services, enrich: Run) -> None:
    """Two are as likely; another entry has it; other authors wrote it."""
    text = H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918  # the journal", "url: https://a.org")
    entry_file(text)
    works = [work_of(services, "h-denseunet", DOI=doi) for doi in ("10.1000/1", "10.1000/2")]
    services.instead["works"] = [found(*works)]
    code, printed, told = enrich("--find-doi")
    assert (code, printed, told[-1]) == (0, "", "1 paper, nothing new; 2 notes")
    entry_file(text + "authors: [Olaf Ronneberger, Philipp Fischer]\n")
    shutil.rmtree("cache")
    _, printed, told = enrich("--find-doi")
    assert (printed, "score 80:" in told[0]) == ("", True)
    entry_file(text)
    entry_file(H_DENSEUNET.replace("H-", "The "), "entries/other.yml")
    _, printed, told = enrich("--find-doi")
    assert printed == ""
    assert any(line.endswith(" (already in entries/other.yml)") for line in told)


def test_a_search_that_fails(services: Services, enrich: Run) -> None:
    entry_file(H_DENSEUNET.replace("doi: 10.1109/TMI.2018.2845918", "url: https://example.org"))
    services.instead["works"] = [Reply(200, b"{}")] * 4
    code, printed, told = enrich("--find-doi")
    assert (code, printed) == (1, "")
    assert told[-2].endswith(
        ": invalid response: expected a list of results, found none (try again later)"
    )


def test_words_that_the_command_does_not_take(enrich: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_file(H_DENSEUNET)
    assert enrich("--email", "nobody") == (
        2, "", ["error: 'nobody' is not an address to be written to"],
    )  # fmt: skip
    assert enrich("h-densenet") == (
        2, "", ["error: 'h-densenet' is no file of an entry in 'entries'"],
    )  # fmt: skip
    monkeypatch.setenv("PAPER_ATLAS_EMAIL", "")
    first = "no --email and no $PAPER_ATLAS_EMAIL: the services may serve you more slowly"
    assert enrich("entries/liver/h-denseunet.yml")[2][0] == first


def test_broken_entries_are_told_and_left_out(enrich: Run) -> None:
    entry_file(H_DENSEUNET)
    entry_file("title: x\n", "entries/liver/broken.yml")
    code, printed, told = enrich()
    assert code == 1
    assert "+volume: 37" in printed
    assert [line for line in told if line.startswith("entries/liver/broken.yml:1:1: missing-key")]


def test_without_httpx_it_says_what_to_install(
    enrich: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_file(H_DENSEUNET)
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "paper_atlas.enrich.client")
    code, _, told = enrich()
    assert (code, told) == (
        2,
        ["error: httpx is missing: pip install 'mkdocs-paper-atlas[enrich]'"],
    )


def test_no_other_command_imports_httpx() -> None:
    code = (
        "import sys; from paper_atlas.cli import main; import paper_atlas.enrich.run\n"
        "main(['check', '--entries', 'tests/fixtures/atlas/entries'])\n"
        "sys.exit('httpx' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_every_code_is_explained() -> None:
    sources = "".join(it.read_text() for it in (PACKAGE / "enrich").rglob("*.py"))
    codes = set(
        re.findall(r'_at\(document, "([a-z-]+)"|code(?:, hint, origin)? = "([a-z-]+)"', sources)
    )
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8").split("## From enrich")[1]
    assert sorted({one or other for one, other in codes} | {"no-answer"}) == sorted(
        re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    )
