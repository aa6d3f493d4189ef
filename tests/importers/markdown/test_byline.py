"""Authors in the text next to a title."""

import pytest
from paper_atlas.importers.markdown.byline import parse_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Olaf Ronneberger, Philipp Fischer and Thomas Brox.", 3),
        ("Zonghan Wu*, Shirui Pan†, Guodong Long1", 3),
        ("Jeroen A. W. M. van der Laak, Bram van Ginneken", 2),
        ("Battaglia, Peter W and Hamrick, Jessica B", 2),
        ("作者：刘建伟，刘媛，罗雄麟", 3),
        ("Authors: Hu Cao; Yueyue Wang; Joy Chen", 3),
        ("Ozan Oktay et al.", 0),
        ("Fan, et al", 0),
        ("Object Detection and Instance Segmentation", 0),
        ("the first, the second", 0),
        ("Olaf Ronneberger", 0),
    ],
)
def test_number_of_author_names(text: str, names: int) -> None:
    assert len(parse_authors(text)) == names
