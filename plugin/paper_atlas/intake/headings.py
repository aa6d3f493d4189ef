"""The outline of a list: its headings become terms of the main facet, and what stands above them
sections.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paper_atlas.importers.draft import Draft, DraftList, Heading
from paper_atlas.importers.markdown.venues import is_venue_or_year
from paper_atlas.model.vocabulary import Facet, Section, Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.yaml_writer import yaml_scalar
from paper_atlas.text.slug import can_be_address, nearest, pluralize, slug


def topic_heading(headings: Sequence[Heading]) -> Heading:
    """The heading that says what a paper is about: the innermost that is no year and no venue."""
    spoken = [heading for heading in headings if not is_venue_or_year(heading.title)]
    return (spoken or headings)[-1]


def terms_of_headings(headings: Sequence[Heading], vocabulary: Vocabulary) -> dict[str, Term]:
    """The terms by facet that headings name: the innermost of the main facet, and of each other
    one the innermost that the main one does not know."""
    terms: dict[str, Term] = {}
    for heading in reversed(headings):
        facets = {name: facet.find_term(heading.title) for name, facet in vocabulary.facets.items()}
        found = {name: term for name, term in facets.items() if term}
        if vocabulary.main_facet in found:
            found = {vocabulary.main_facet: found[vocabulary.main_facet]}
        terms = {**found, **terms}
    return terms


def propose_vocabulary(reading: DraftList, name: str, vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary with the headings of a list as sections and terms of a facet.

    The words that entries use already come after them. Where the list has no headings, the facet
    is open to words. One that the default vocabulary has not stands alone.
    """
    default = vocabulary.facets
    sections, loose = _outline(reading)
    is_open = not (sections or loose)
    facet = Facet(title=name.capitalize(), pages=True, open=is_open, sections=sections, terms=loose)
    used = default[name].terms if name in default else ()
    facet = facet.with_terms(term for term in used if not facet.find_term(term.title))
    others = {
        key: Facet(title=it.title, open=it.open, pages=it.pages) for key, it in default.items()
    }
    return Vocabulary(facets={**others, name: facet} if name in default else {name: facet})


def _outline(reading: DraftList) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Sections with their terms, and terms without a section, in the order of the list.

    A heading with papers is a term, and the one above it a section, unless it is a term itself or
    the title of the list. Empty headings on the level of either are of that kind too.
    """
    above = _above(reading.headings)
    topics = {topic_heading(draft.headings) for draft in reading.drafts if draft.headings}
    sections = {above[h][-1] for h in topics if above[h]} - topics - _title_of(above)
    terms = topics | {
        h for h in reading.headings if _is_empty_term(h, topics, sections, above, reading)
    }
    sections |= {
        h for h in reading.empty_headings if h.level in {s.level for s in sections}
    } - terms
    grouped: dict[Heading | None, list[Term]] = {section: [] for section in sections}
    ids: set[str] = set()
    for heading in sorted(terms, key=lambda h: h.line):
        name = slug(heading.title)
        if can_be_address(heading.title) and name not in ids:
            section = next((h for h in reversed(above[heading]) if h in sections), None)
            grouped.setdefault(section, []).append(Term.model_validate(heading.title))
            ids.add(name)
    ordered = sorted((h for h in sections if can_be_address(h.title)), key=lambda h: h.line)
    named = tuple(Section(title=h.title, terms=tuple(grouped[h])) for h in ordered)
    return named, tuple(grouped.get(None, ()))


def _is_empty_term(
    heading: Heading,
    topics: set[Heading],
    sections: set[Heading],
    above: Mapping[Heading, tuple[Heading, ...]],
    reading: DraftList,
) -> bool:
    """Whether a heading without papers stands where topics stand."""
    if is_venue_or_year(heading.title) or heading.level not in {topic.level for topic in topics}:
        return False
    return heading in reading.empty_headings or bool(sections.intersection(above[heading][-1:]))


def _title_of(above: Mapping[Heading, tuple[Heading, ...]]) -> set[Heading]:
    """The heading below which all others stand: the title of the list."""
    return {h for h in above if all(h in above[other] or other is h for other in above)}


def _above(headings: Iterable[Heading]) -> dict[Heading, tuple[Heading, ...]]:
    """For each heading those above it, the outermost first."""
    above: dict[Heading, tuple[Heading, ...]] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [other for other in stack if other.level < heading.level]
        above[heading] = tuple(stack)
        stack.append(heading)
    return above


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


def propose_word_map(
    readings: Sequence[DraftList], vocabulary: Vocabulary, vocabulary_path: str
) -> str:
    """A file of words for the headings that keep papers out of the atlas, or nothing."""
    facet = vocabulary.facets[vocabulary.main_facet]
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
    counts = {title: pluralize(papers[title], "paper") for title in papers}
    lines = [
        f"    {yaml_scalar(title)}: {yaml_scalar(term or title)}  # {counts[title]}\n"
        for title, term in terms.items()
    ]
    new = [f"#       - {yaml_scalar(title)}\n" for title, term in terms.items() if not term]
    copied = [_NEW.format(vocabulary=vocabulary_path), *new] if new else []
    head = [_HEAD.format(path=", ".join(paths)), *copied, _FOOT]
    return "".join([*head, f"terms:\n  {vocabulary.main_facet}:\n", *lines])


def unknown_headings(reading: DraftList, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Headings that no facet knows, whose papers get the term of a heading above."""
    for heading, drafts in _unknown(reading, vocabulary).items():
        if home := _home(drafts, vocabulary):
            papers = pluralize(len(drafts), "paper stands", "papers stand")
            message = f"'{heading.title}' is not in the vocabulary; {papers} under '{home}'"
            place = (reading.path, heading.line, 1)
            yield Problem(*place, "heading-not-taken", "", message, severity=Severity.NOTE)


def _unknown(reading: DraftList, vocabulary: Vocabulary) -> Mapping[Heading, Sequence[Draft]]:
    """The headings that say what papers are about and are in no facet, with these papers."""
    found: dict[Heading, list[Draft]] = defaultdict(list)
    for draft in reading.drafts:
        topic = topic_heading(draft.headings) if draft.headings else None
        stated = vocabulary.main_facet in draft.fields
        if topic and not stated and not terms_of_headings([topic], vocabulary):
            found[topic].append(draft)
    return found


def _home(drafts: Sequence[Draft], vocabulary: Vocabulary) -> str:
    """The main term that papers below an unknown heading get all the same, or nothing."""
    term = terms_of_headings(drafts[0].headings, vocabulary).get(vocabulary.main_facet)
    return term.title if term else ""
