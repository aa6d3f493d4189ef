"""How an import plans its changes."""

from pathlib import Path
from typing import NoReturn

import pytest
from helpers.small import draft, draft_list, library
from paper_atlas import Draft, DraftList, Severity, load
from paper_atlas.intake.plan import ImportPlan, in_order_of_references
from paper_atlas.intake.run import ImportOptions, ImportResult, import_lists
from paper_atlas.source.atomic import write_new

LINKS = {"doi": "10.1000/9"}


def planned(folder: Path, *drafts: Draft, papers: dict[str, str] | None = None) -> ImportPlan:
    """The plan of an import into an atlas of some papers."""
    atlas = library(folder, papers or {})
    plan = ImportPlan(atlas, atlas.vocabulary, folder / "entries", folder)
    plan.add_lists([draft_list(*drafts)], ())
    return plan


def written(plan: ImportPlan) -> dict[str, str]:
    """The new text of each file by its name."""
    return {Path(change.path).stem: change.after for change in plan.changes()}


def paper(title: str, **fields: object) -> Draft:
    """A draft of a paper with a link of its own."""
    links = {"url": f"https://e.org/{title.replace(' ', '-')}"}
    return draft(title, "Liver", **{"links": links, **fields})


def test_a_paper_gets_its_requested_id_if_it_is_available(tmp_path: Path) -> None:
    drafts = [paper("Alpha", id="one"), paper("Beta", id="one"), paper("Gamma", id="existing")]
    assert [*written(planned(tmp_path, *drafts, papers={"existing": ""}))] == [
        "one",
        "beta",
        "gamma",
    ]


def test_an_existing_paper_keeps_its_id(tmp_path: Path) -> None:
    again = paper("Alpha of livers", id="other", year="2018")
    plan = planned(tmp_path, again, papers={"existing": "title: Alpha of livers"})
    assert [*written(plan)] == ["existing"]


def test_a_relation_by_title_refers_to_the_first_paper_with_it(tmp_path: Path) -> None:
    drafts = [
        paper("Same", id="first", links={"doi": "10.1000/7"}),
        paper("Same", id="second", links={"doi": "10.1000/8"}),
        paper("Last", extends=["Same"]),
    ]
    assert "extends: [first]" in written(planned(tmp_path, *drafts))["last"]


def test_a_relation_refers_to_an_id_before_a_title(tmp_path: Path) -> None:
    papers = {"alpha": "title: Foo", "beta": "title: Alpha"}
    plan = planned(tmp_path, paper("Gamma", extends=["alpha"]), papers=papers)
    assert "extends: [alpha]" in written(plan)["gamma"]


@pytest.mark.parametrize(("is_open", "is_refused"), [("true", False), ("false", True)])
def test_a_term_option_is_in_the_vocabulary_unless_the_facet_is_open(
    tmp_path: Path, is_open: str, is_refused: bool
) -> None:
    words = f"facets: {{organs: {{title: O, pages: true, open: {is_open}, terms: [Liver]}}}}"
    atlas = library(tmp_path, {}, words)
    plan = ImportPlan(atlas, atlas.vocabulary, tmp_path / "entries", tmp_path)
    assert plan.unknown_term(["liver"]) is None
    assert bool(plan.unknown_term(["liver", "Odd"])) == is_refused


def test_the_hint_suggests_an_alias_for_a_misspelt_term_option(tmp_path: Path) -> None:
    words = "facets: {organs: {title: O, pages: true, terms: [{title: Liver, aliases: [Hepar]}]}}"
    atlas = library(tmp_path, {}, words)
    problem = ImportPlan(atlas, atlas.vocabulary, tmp_path / "entries", tmp_path).unknown_term(
        ["Hepat"]
    )
    assert problem
    assert problem.hint == "did you mean 'Hepar'?"


def test_the_folder_of_a_file_is_its_first_main_term(tmp_path: Path) -> None:
    plan = planned(tmp_path, draft("Alpha", organs=["Lung", "Liver"], links=LINKS))
    (change,) = plan.changes()
    assert Path(change.path).parent.name == "lung"


def test_titles_of_several_drafts_are_compared_without_case_and_punctuation(tmp_path: Path) -> None:
    drafts = [paper(title, links=LINKS) for title in ("Alpha", "alpha.", "Beta", "BETA")]
    assert "alternative_titles: [Beta]\n" in written(planned(tmp_path, *drafts))["alpha"]


def test_titles_of_a_single_draft_are_not_changed(tmp_path: Path) -> None:
    plan = planned(tmp_path, paper("Alpha", alternative_titles=["alpha."]))
    assert "alternative_titles: [alpha.]\n" in written(plan)["alpha"]


def test_a_file_that_changes_is_not_listed_as_unchanged(tmp_path: Path) -> None:
    papers = {"one": "title: Alpha", "two": "title: Beta of livers"}
    same = draft("Alpha", links={"doi": "10.1000/one"})
    plan = planned(tmp_path, same, paper("Beta of livers", year="2018"), papers=papers)
    assert [Path(path).stem for path in plan.unchanged] == ["one"]
    assert [*written(plan)] == ["two"]


def test_references_to_a_paper_without_an_entry_are_removed(tmp_path: Path) -> None:
    notes = "See [[lost]], [[lost|that]] and [[alpha]]."
    lost = draft("Lost", "Odd heading", id="lost", links={"doi": "10.1000/8"})
    odd = paper("Alpha", extends=["Lost"], unverified=["extends"], notes=notes)
    plan = planned(tmp_path, lost, odd)
    text = written(plan)["alpha"]
    assert 'notes: "See lost, that and [[alpha]]."\n' in text
    assert "extends" not in text
    assert [problem.code for problem in plan.problems] == ["unknown-term", "not-taken"]


def test_existing_references_of_a_file_are_kept(tmp_path: Path) -> None:
    papers = {"one": "title: Alpha of livers\nnotes: Write `[[lost]]`."}
    plan = planned(tmp_path, paper("Alpha of livers", year="2018"), papers=papers)
    assert "`[[lost]]`" in written(plan)["one"]
    assert plan.problems == []


def test_a_paper_is_written_after_papers_that_it_refers_to(tmp_path: Path) -> None:
    drafts = [
        paper("Alpha", extends=["Beta"]),
        paper("Beta", notes="See [[gamma]]."),
        paper("Gamma"),
    ]
    plan = planned(tmp_path, *drafts)
    assert [Path(step.path).stem for step in plan.write_steps()] == ["gamma", "beta", "alpha"]
    assert [*written(plan)] == ["alpha", "beta", "gamma"]


def test_one_of_two_papers_that_refer_to_each_other_is_written_twice(tmp_path: Path) -> None:
    drafts = [paper("Alpha", extends=["Beta"]), paper("Beta", notes="See [[alpha]].")]
    first, second, last = planned(tmp_path, *drafts).write_steps()
    assert [Path(step.path).stem for step in (first, second, last)] == ["alpha", "beta", "alpha"]
    assert "extends" not in first.after
    assert "extends: [beta]" in last.after
    assert last.before == first.after


def imported(folder: Path, *lists: DraftList, **keywords: object) -> ImportResult:
    return import_lists(lists, folder / "entries", folder, **keywords)  # type: ignore[arg-type]


def test_the_vocabulary_comes_from_the_first_list_with_headings(tmp_path: Path) -> None:
    bare = draft_list(draft("Alpha", topics=["Lung"], links=LINKS))
    result = imported(tmp_path, bare, draft_list(paper("Beta")), draft_list(draft("Gamma", "Odd")))
    facet = load(tmp_path / "entries", tmp_path).file_vocabulary.facets["topics"]
    assert [term.title for term in facet.all_terms] == ["Liver"]
    assert "Odd: Odd" in result.proposal


def test_a_requested_facet_is_created_without_headings(tmp_path: Path) -> None:
    bare = draft_list(draft("Alpha", crops=["Wheat"], links=LINKS))
    imported(tmp_path, bare, options=ImportOptions(facet="crops"))
    assert [*load(tmp_path / "entries", tmp_path).file_vocabulary.facets] == ["crops"]


def test_a_file_that_another_process_creates_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(tmp_path, {})

    def late(path: Path, text: str) -> bool:
        if path.stem == "alpha":
            path.parent.mkdir()
            path.write_text("theirs")
        return write_new(path, text)

    monkeypatch.setattr("paper_atlas.folder.diff.write_new", late)
    drafts = [paper("Alpha", extends=["Beta"]), paper("Beta", notes="See [[alpha]].")]
    result = imported(tmp_path, draft_list(*drafts))
    assert [Path(path).stem for path in result.new_files] == ["beta"]
    assert [Path(path).stem for path in result.skipped] == ["alpha"]
    assert (tmp_path / "entries/liver/alpha.yml").read_text() == "theirs"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = imported(tmp_path, draft_list(paper("Alpha")), dry_run=True)
    assert len(result.new_files) == 2
    assert not (tmp_path / "entries").exists()


def test_errors_of_the_vocabulary_stop_an_import(tmp_path: Path) -> None:
    library(tmp_path, {}, "facets: [1]")
    assert imported(tmp_path, draft_list(paper("Alpha"))).changes == ()


BROKEN = "title: Alpha of livers\nyear: [1]\nlinks: {doi: 10.1000/9}"


@pytest.mark.parametrize(
    "item",
    [
        draft("Alpha of livers", "Liver"),
        draft("Another title", "Liver", links=LINKS),
        draft("Another title", "Liver", links={"url": "https://doi.org/10.1000/9"}),
    ],
    ids=["title", "identifier", "url"],
)
@pytest.mark.parametrize("text", [BROKEN, f"{BROKEN}\n?: ["], ids=["value", "yaml"])
def test_only_the_paper_of_a_broken_file_is_left_out(
    tmp_path: Path, item: Draft, text: str
) -> None:
    library(tmp_path, {})
    (tmp_path / "entries" / "one.yml").write_text(text.replace("{doi", "\n  doi").replace("}", ""))
    result = imported(tmp_path, draft_list(item, paper("Beta of livers")))
    assert [Path(path).stem for path in result.new_files] == ["beta-livers"]
    assert [problem.code for problem in result.problems] == ["broken-entry"]
    assert "entries/one.yml has errors" in result.problems[0].message


def test_the_identifier_of_another_paper_is_not_imported(tmp_path: Path) -> None:
    links = {**LINKS, "pdf": "https://e.org/hats.pdf"}
    drafts = [
        draft("Folding cranes", "Liver", authors=["Ada Lovelace"], links=LINKS),
        draft("Sailing wooden boats", "Liver", authors=["Alan Turing"], links=links),
    ]
    plan = planned(tmp_path, *drafts)
    texts = written(plan)
    assert "doi: 10.1000/9" in texts["folding-cranes"]
    assert "10.1000/9" not in texts["sailing-wooden-boats"]
    assert "hats.pdf" in texts["sailing-wooden-boats"]
    (problem,) = plan.problems
    assert (problem.code, problem.severity) == ("doubled-identifier", Severity.WARNING)
    assert "entries/liver/folding-cranes.yml" in problem.message
    for change in plan.write_steps():
        write_new(tmp_path / change.path, change.after)
    again = ImportPlan(load(tmp_path / "entries", tmp_path), plan._vocabulary, tmp_path, tmp_path)
    again.add_lists([draft_list(*drafts)], ())
    assert [*again.changes()] == []


def test_a_similar_paper_is_written_and_reported(tmp_path: Path) -> None:
    drafts = [
        paper(f"{word} learning of the shapes of livers", authors=["Ada Lovelace"])
        for word in ("Supervised", "Unsupervised")
    ]
    plan = planned(tmp_path, *drafts)
    assert len(written(plan)) == 2
    (problem,) = plan.problems
    assert (problem.code, problem.line) == ("similar-title", 1)
    assert "not_same_as: [supervised-learning-shapes-livers]" in problem.hint


def test_a_second_import_adds_nothing_that_the_first_one_left(tmp_path: Path) -> None:
    """The last draft contradicts the preprint, but not the published version between them."""
    drafts = [
        draft("Alpha of livers", "Liver", links={"arxiv": "1901.00001"}, year="2017"),
        draft("Alpha of livers", "Liver", year="2018", pages="7-9"),
        draft("Alpha of livers", "Liver", links=LINKS, year="2018", venue="Boats"),
    ]
    library(tmp_path, {})
    imported(tmp_path, draft_list(*drafts))
    text = (tmp_path / "entries/liver/alpha-livers.yml").read_text()
    assert "year: 2018\nvenue: Boats\npages: 7-9\n" in text
    assert imported(tmp_path, draft_list(*drafts)).changes == ()


def test_an_odd_author_does_not_make_another_paper(tmp_path: Path) -> None:
    library(tmp_path, {})
    odd = paper("Alpha of livers", authors=["Lomax; Workman", "Ada Lovelace"])
    imported(tmp_path, draft_list(odd))
    assert imported(tmp_path, draft_list(odd)).changes == ()


def test_a_contradiction_names_both_places(tmp_path: Path) -> None:
    drafts = [
        draft("Alpha", "Liver", links=LINKS, venue=venue, line=line)
        for line, venue in ((3, "B"), (9, "C"))
    ]
    plan = planned(tmp_path, *drafts)
    (problem,) = plan.problems
    assert (problem.line, problem.code, problem.field) == (9, "contradiction", "venue")
    assert problem.message == "'C' contradicts list.md:3, which comes first"
    assert "venue: B\n" in written(plan)["alpha"]
    assert "notes" not in written(plan)["alpha"]


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({}, 2017),
        ({"venue": "arXiv preprint"}, 2017),
        ({"year": "2018"}, 2018),
        ({"venue": "A Journal"}, None),
        ({"links": {"arxiv": "1709.07330", "doi": "10.1000/1"}}, None),
        ({"links": {"arxiv": "math/9901001"}}, 1999),
    ],
)
def test_a_preprint_without_a_year_gets_that_of_its_identifier(
    tmp_path: Path, fields: dict[str, object], year: int | None
) -> None:
    library(tmp_path, {})
    item = draft("Alpha of livers", "Liver", **{"links": {"arxiv": "1709.07330"}, **fields})
    imported(tmp_path, draft_list(item))
    assert load(tmp_path / "entries", tmp_path).entries[0].year == year
    assert imported(tmp_path, draft_list(item)).changes == ()


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, [("c", set()), ("b", set()), ("a", set())]),
        ({"a": {"b"}, "b": {"a"}}, [("a", {"b"}), ("b", set())]),
        ({"a": {"a", "x"}, "b": set()}, [("a", set()), ("b", set())]),
        (
            {"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}},
            [("a", {"b"}), ("b", set()), ("c", {"d"}), ("d", set())],
        ),
    ],
    ids=["chain", "circle", "itself", "circles"],
)
def test_papers_come_after_those_to_which_they_refer(
    references: dict[str, set[str]], expected: list[tuple[str, set[str]]]
) -> None:
    assert list(in_order_of_references(references)) == expected


def test_long_chains_and_circles_of_references_take_few_steps() -> None:
    class Counted(dict[str, set[str]]):
        asked = 0

        def __contains__(self, key: object) -> bool:
            self.asked += 1
            return super().__contains__(key)

        def keys(self) -> NoReturn:
            raise AssertionError("all papers for each paper")

    for last in ("x", "0"):
        chain = Counted({str(n): {str(n + 1) if n < 999 else last} for n in range(1000)})
        assert len(list(in_order_of_references(chain))) == 1000
        assert chain.asked <= 2000
