"""The papers that are related to a paper."""

from pathlib import Path

import pytest
from helpers import ROOT
from helpers.small import OPEN_VOCABULARY
from paper_atlas import Entry, Library, load
from paper_atlas.analysis.related import RelatedPaper, RelatedPapers


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return dict(load(ROOT / "entries", ROOT).entries_by_id)


def test_related_papers_share_rare_terms() -> None:
    library = load(ROOT / "entries", ROOT)
    neighbours = RelatedPapers(library)
    polyps = neighbours.for_entry(library.entries_by_id["pranet"])
    assert {it.entry.id for it in polyps[:2]} == {"hardnet-mseg", "polyp-pvt"}
    titles = {shared.subject.title for shared in polyps[0].reasons}
    assert titles <= {"CVC-ColonDB", "CVC-300", "ETIS", "Reverse attention", "Residual network"}
    named = {it.entry.id for it in neighbours.for_entry(library.entries_by_id["nnu-net"])}
    assert not named & {"u-net", "3d-u-net", "mednext"}  # relations name these already


def atlas(folder: Path, **papers: str) -> Library:
    """A library of papers by id, each given as the lines of its terms and relations."""
    (folder / "vocabulary.yml").write_text(OPEN_VOCABULARY, encoding="utf-8")
    for number, (name, lines) in enumerate(papers.items()):
        text = f"title: {name}\nlinks: {{doi: 10.1000/{number}}}\n{lines}\n"
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    library = load(folder, folder)
    assert library.broken_entries == ()
    return library


def related(library: Library, name: str) -> list[RelatedPaper]:
    return RelatedPapers(library).for_entry(library.entries_by_id[name])


def ids(found: list[RelatedPaper]) -> list[str]:
    return [paper.entry.id for paper in found]


def reasons(found: RelatedPaper) -> list[tuple[str, str]]:
    return [(reason.facet, reason.subject.title) for reason in found.reasons]


def test_a_term_that_fewer_papers_share_counts_more(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a="organs: [Liver]\ndatasets: [LiTS]",
        b="organs: [Liver]",
        c="organs: [Liver]",
        d="organs: [Heart]\ndatasets: [LiTS]",
    )
    assert ids(related(library, "a")) == ["d", "b", "c"]


def test_the_weights_of_shared_terms_add_up(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a="organs: [Liver]\nmodalities: [CT]\nmethods: [U-Net]",
        b="organs: [Heart]\nmethods: [U-Net]",
        c="organs: [Liver]\nmodalities: [CT]",
        d="organs: [Lung]\nmodalities: [CT]",
    )
    assert ids(related(library, "a")) == ["c", "b", "d"]


@pytest.mark.parametrize(("count", "is_related"), [(60, True), (61, False)])
def test_a_term_of_more_than_sixty_papers_does_not_count(
    count: int, is_related: bool, tmp_path: Path
) -> None:
    papers = {f"p{number}": f"organs: [O{number}]\nmethods: [U-Net]" for number in range(count)}
    assert bool(related(atlas(tmp_path, **papers), "p0")) is is_related


def test_at_most_five_papers_are_related_and_ties_are_sorted_by_id(tmp_path: Path) -> None:
    names = ("c", "g", "b", "f", "a", "e", "d")
    library = atlas(tmp_path, **dict.fromkeys(names, "organs: [Liver]"))
    assert ids(related(library, "c")) == ["a", "b", "d", "e", "f"]


def test_papers_in_a_relation_are_not_listed_as_related(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a="organs: [Liver]",
        b="organs: [Liver]\nextends: [a]",
        c="organs: [Liver]",
    )
    assert ids(related(library, "a")) == ["c"]
    assert ids(related(library, "b")) == ["c"]


def test_papers_that_extend_the_same_paper_are_related(tmp_path: Path) -> None:
    library = atlas(
        tmp_path,
        a="organs: [Liver]",
        b="organs: [Heart]\nextends: [a]",
        c="organs: [Lung]\nextends: [a]",
    )
    (found,) = related(library, "b")
    assert (found.entry.id, reasons(found)) == ("c", [("extends", "a")])


def test_the_two_strongest_reasons_are_sorted_by_strength_without_the_main_facet(
    tmp_path: Path,
) -> None:
    terms = "organs: [Liver]\nmodalities: [CT]\ndatasets: [LiTS]"
    library = atlas(
        tmp_path,
        a=f"methods: [U-Net]\n{terms}",
        b=f"methods: [U-Net]\n{terms}",
        c="organs: [Liver]\nmodalities: [CT]\nmethods: [Net]",
        d="organs: [Liver]\nmethods: [Net]",
    )
    first, second, *_ = related(library, "a")
    assert reasons(first) == [("methods", "U-Net"), ("datasets", "LiTS")]
    assert reasons(second) == [("modalities", "CT")]


def test_a_title_that_two_facets_share_is_listed_once_with_the_stronger_facet(
    tmp_path: Path,
) -> None:
    library = atlas(
        tmp_path,
        a="organs: [Liver]\nmethods: [Atlas]\ntargets: [Atlas]",
        b="organs: [Heart]\nmethods: [Atlas]\ntargets: [Atlas]",
        c="organs: [Lung]\nmethods: [Atlas]",
    )
    assert reasons(related(library, "a")[0]) == [("targets", "Atlas")]
