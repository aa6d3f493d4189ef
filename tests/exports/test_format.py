"""The facts of an entry that formats write."""

import pytest
from paper_atlas import Entry
from paper_atlas.model.publication import publication_type


@pytest.mark.parametrize(
    ("venue", "issue", "kind"),
    [
        *((None, None, "other"), ("arXiv", None, "other"), ("bioRxiv preprint", None, "other")),
        ("Medical Image Analysis", None, "journal"),
        ("IEEE Journal of Biomedical and Health Informatics (JBHI)", None, "journal"),
        ("Proceedings of the IEEE", "5", "journal"),
        ("Sensors (Basel)", None, "journal"),
        ("Proceedings of SPIE", None, "meeting"),
        ("Medical Imaging with Deep Learning (MIDL)", None, "meeting"),
        ("Brainlesion: Glioma (BrainLes 2018)", None, "meeting"),
        ("Computer Vision - ECCV 2022 Workshops", None, "meeting"),
    ],
)
def test_type_of_publication(
    papers: list[Entry], venue: str | None, issue: str | None, kind: str
) -> None:
    entry = papers[0].model_copy(update={"venue": venue, "issue": issue})
    assert publication_type(entry) == kind
