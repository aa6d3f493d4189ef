"""Problems with the answers of services are reported at the line of the identifier."""

import re
from pathlib import Path

import paper_atlas
from helpers import ROOT
from helpers.enriching import (
    H_DENSEUNET,
    RunEnrich,
    work_reply,
    write_entry,
)
from helpers.services import Services

PACKAGE = Path(paper_atlas.__file__).parent


def test_record_of_another_identifier_is_reported(services: Services, enrich: RunEnrich) -> None:
    write_entry(H_DENSEUNET)
    services.overrides["works"] = [work_reply(services, "h-denseunet", DOI="10.1109/tmi.2018.1")]
    code, output, messages = enrich("--service", "crossref")
    assert (code, output) == (1, "")
    assert messages[1] == (
        "entries/liver/h-denseunet.yml:4:8: other-identifier: links.doi: for "
        "'10.1109/TMI.2018.2845918', Crossref returned '10.1109/tmi.2018.1' "
        "(check which one belongs to the paper)"
    )


def test_retraction_and_correction_are_proposed(services: Services, enrich: RunEnrich) -> None:
    notices = [
        {"DOI": "10.1109/tmi.2019.1", "type": "correction"},
        {"DOI": "10.1109/tmi.2019.2", "type": "expression_of_concern"},
        {"DOI": "10.1109/tmi.2020.1", "type": "retraction"},
    ]
    title = f"RETRACTED: {services.find_entry('arxiv', '1709.07330').title}"  # type: ignore[union-attr]
    changes = {"updated-by": notices, "title": [title]}
    file = write_entry(H_DENSEUNET)
    services.overrides["works"] = [work_reply(services, "h-denseunet", **changes)] * 2
    code, _, messages = enrich("--service", "crossref", "--accept")
    position = "entries/liver/h-denseunet.yml:4:8:"
    assert (code, messages[1:3]) == (1, [
        f"{position} remark: links.doi: Crossref: there is a notice of the kind "
        "'expression_of_concern', 10.1109/tmi.2019.2",
        f"{position} retraction: links.doi: the paper is retracted according to Crossref "
        "(accept the proposed 'retracted:', after checking its notice)",
    ])  # fmt: skip
    text = file.read_text(encoding="utf-8")
    assert "retracted: 10.1109/tmi.2020.1\nerratum: 10.1109/tmi.2019.1\n" in text
    code, output, _ = enrich("--service", "crossref")
    assert (code, output) == (0, "")
    file.write_text(text.replace("erratum: 10.1109/tmi.2019.1", "erratum: 10.1109/tmi.2019.9"))
    code, output, messages = enrich("--service", "crossref")
    assert (code, output) == (1, "")
    assert messages[-2].endswith(
        ": contradiction: erratum: a service has '10.1109/tmi.2019.1', this file has "
        "'10.1109/tmi.2019.9' (keep the correct value)"
    )


def test_docs_explain_every_code() -> None:
    sources = "".join(path.read_text() for path in (PACKAGE / "enrich").rglob("*.py"))
    codes = set(
        re.findall(r'_at\(document, "([a-z-]+)"|code(?:, hint, origin)? = "([a-z-]+)"', sources)
    )
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8").split("## From enrich")[1]
    assert sorted({one or other for one, other in codes} | {"no-answer"}) == sorted(
        re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    )
