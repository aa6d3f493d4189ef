"""What is to be done with headings of a list that the vocabulary does not know."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from paper_atlas.importers.draft import Draft, Heading, Reading
from paper_atlas.intake.headings import terms_under, topic_of
from paper_atlas.model.vocabulary import Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.yaml_writer import scalar
from paper_atlas.text.slug import nearest, number

_HEAD = """\
# Headings of {path} that the vocabulary does not know. Behind each stands the term that
# its papers get: the nearest one, or a new one of the same name. Put right what is wrong, put a
# line below another facet if it belongs there, and write [] to leave the papers of a heading out.
"""
_NEW = """\
# The vocabulary does not have these terms yet. Copy those that stay into {vocabulary}:
"""
_FOOT = """\
# Then import again, with this file behind --words.
"""

_LIKE = 0.8  # how like a term a heading is that probably means it


def proposed_words(
    readings: Sequence[Reading], vocabulary: Vocabulary, vocabulary_path: str
) -> str:
    """A file of words for the headings that keep papers out of the atlas, or nothing."""
    facet = vocabulary.facets[vocabulary.main]
    papers: dict[str, int] = defaultdict(int)
    paths: dict[str, None] = {}
    for reading in readings:
        for heading, drafts in _unknown(reading, vocabulary).items():
            if not _home(drafts, vocabulary) and not facet.open:
                papers[heading.title] += len(drafts)
                paths[reading.path] = None
    if not papers:
        return ""
    names = [term.title for term in facet.all_terms]
    terms = {title: nearest(title, names, _LIKE) for title in papers}
    lines = [
        f"    {scalar(title)}: {scalar(term or title)}  # {number(papers[title], 'paper')}\n"
        for title, term in terms.items()
    ]
    new = [f"#       - {scalar(title)}\n" for title, term in terms.items() if not term]
    copied = [_NEW.format(vocabulary=vocabulary_path), *new] if new else []
    head = [_HEAD.format(path=", ".join(paths)), *copied, _FOOT]
    return "".join([*head, f"terms:\n  {vocabulary.main}:\n", *lines])


def untaken_headings(reading: Reading, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Headings that no facet knows, whose papers get the term of a heading above."""
    for heading, drafts in _unknown(reading, vocabulary).items():
        if home := _home(drafts, vocabulary):
            papers = number(len(drafts), "paper stands", "papers stand")
            message = f"'{heading.title}' is not in the vocabulary; {papers} under '{home}'"
            place = (reading.path, heading.line, 1)
            yield Problem(*place, "heading-not-taken", "", message, severity=Severity.NOTE)


def _unknown(reading: Reading, vocabulary: Vocabulary) -> Mapping[Heading, Sequence[Draft]]:
    """The headings that say what papers are about and are in no facet, with these papers."""
    found: dict[Heading, list[Draft]] = defaultdict(list)
    for draft in reading.drafts:
        topic = topic_of(draft.headings) if draft.headings else None
        stated = vocabulary.main in draft.fields
        if topic and not stated and not terms_under([topic], vocabulary):
            found[topic].append(draft)
    return found


def _home(drafts: Sequence[Draft], vocabulary: Vocabulary) -> str:
    """The main term that papers below an unknown heading get all the same, or nothing."""
    term = terms_under(drafts[0].headings, vocabulary).get(vocabulary.main)
    return term.title if term else ""
