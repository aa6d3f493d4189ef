"""The papers that are related to a paper."""

import pytest
from helpers import ROOT
from paper_atlas.analysis.related import RelatedPapers
from paper_atlas.folder.load import load
from paper_atlas.model.entry import Entry


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
