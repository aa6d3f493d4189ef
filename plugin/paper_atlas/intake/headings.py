"""Headings of a list: as terms of papers, as a proposed vocabulary, and as a proposed word map."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paper_atlas.importers.draft import Draft, DraftList, Heading
from paper_atlas.importers.markdown.venues import is_venue_or_year
from paper_atlas.model.vocabulary import Facet, Section, Term, Vocabulary
from paper_atlas.problem import Problem, Severity
from paper_atlas.source.yaml_writer import yaml_scalar
from paper_atlas.text.lines import pluralize
from paper_atlas.text.slug import can_be_address, slug
from paper_atlas.text.spelling import nearest, spelling_key

_OTHER_SECTION = "Other terms"


def topic_heading(headings: Sequence[Heading]) -> Heading:
    """Return the innermost heading that is neither a year nor a venue, otherwise the innermost."""
    topics = [heading for heading in headings if not is_venue_or_year(heading.title)]
    return (topics or headings)[-1]


def terms_of_headings(headings: Sequence[Heading], vocabulary: Vocabulary) -> dict[str, Term]:
    """Return the term of the innermost heading of each facet.

    A heading that is a term of the main facet counts only for the main facet.
    """
    terms: dict[str, Term] = {}
    for heading in reversed(headings):
        facets = {name: facet.find_term(heading.title) for name, facet in vocabulary.facets.items()}
        found = {name: term for name, term in facets.items() if term}
        if vocabulary.main_facet in found:
            found = {vocabulary.main_facet: found[vocabulary.main_facet]}
        terms = {**found, **terms}
    return terms


def propose_vocabulary(draft_list: DraftList, name: str, vocabulary: Vocabulary) -> Vocabulary:
    """Return a vocabulary whose facet `name` has the headings of a list as sections and terms.

    Terms of `vocabulary`, which existing entries use, come after them. Without headings the facet
    is open. The other facets are those of `vocabulary`, or none if it does not contain `name`.
    """
    default = vocabulary.facets
    sections, loose = _outline(draft_list)
    is_open = not (sections or loose)
    facet = Facet(title=name.capitalize(), pages=True, open=is_open, sections=sections, terms=loose)
    used = default[name].terms if name in default else ()
    remaining = tuple(term for term in used if not facet.find_term(term.title))
    if sections and remaining:
        other_section = Section(title=_OTHER_SECTION, terms=remaining)
        facet = Facet(title=facet.title, pages=True, sections=(*sections, other_section))
    else:
        facet = facet.with_terms(remaining)
    others = {
        key: Facet(title=other.title, open=other.open, pages=other.pages)
        for key, other in default.items()
    }
    return Vocabulary(facets={**others, name: facet} if name in default else {name: facet})


def _outline(draft_list: DraftList) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Return sections with their terms, or terms without sections, in the order of the list.

    A heading with papers is a term. The heading above it is a section, unless it is a term or the
    title of the list. An empty heading is a term or a section by its level. If there are sections,
    every term is in one, because `check` warns about the others.
    """
    above = _headings_above(draft_list.headings)
    topics = {topic_heading(draft.headings) for draft in draft_list.drafts if draft.headings}
    sections = {above[h][-1] for h in topics if above[h]} - topics - _list_title(above)
    levels = {topic.level for topic in topics}
    terms = topics | {
        h
        for h in draft_list.headings
        if h.level in levels
        and (h in draft_list.empty_headings or sections.intersection(above[h][-1:]))
        and not is_venue_or_year(h.title)
    }
    levels_of_sections = {section.level for section in sections}
    sections |= {h for h in draft_list.empty_headings if h.level in levels_of_sections} - terms
    return _grouped(terms, {h for h in sections if can_be_address(h.title)}, above)


def _grouped(
    terms: set[Heading], sections: set[Heading], above: Mapping[Heading, tuple[Heading, ...]]
) -> tuple[tuple[Section, ...], tuple[Term, ...]]:
    """Return the sections with their terms, and the terms if there are no sections."""
    first = list(_without_repetitions(terms))
    if not sections:
        return (), tuple(Term.model_validate(heading.title) for heading in first)
    grouped: dict[str, tuple[Heading, list[Term]]] = {}
    for heading in sorted(sections, key=_line):
        grouped.setdefault(slug(heading.title), (heading, []))
    title = _list_title(above)
    outer = {h: [*sorted(set(above[h]) - title, key=_line), h] for h in above}
    for heading in first:
        candidates = [h for h in reversed(above[heading]) if h in sections] or outer[heading]
        section = next(filter(_can_be_term, candidates))
        terms_of_section = grouped.setdefault(slug(section.title), (section, []))[1]
        terms_of_section.append(Term.model_validate(heading.title))
    ordered = sorted(grouped.values(), key=lambda group: group[0].line)
    return tuple(Section(title=h.title, terms=tuple(found)) for h, found in ordered), ()


def _without_repetitions(headings: Iterable[Heading]) -> Iterator[Heading]:
    """Yield the headings that can be terms, the first of those with the same id or spelling."""
    seen: set[str] = set()
    for heading in sorted(filter(_can_be_term, headings), key=_line):
        names = {slug(heading.title), spelling_key(heading.title)}
        if not names & seen:
            yield heading
        seen |= names


def _can_be_term(heading: Heading) -> bool:
    return can_be_address(heading.title)


def _line(heading: Heading) -> int:
    return heading.line


def _list_title(above: Mapping[Heading, tuple[Heading, ...]]) -> set[Heading]:
    """Return the heading above all others, which is the title of the list, if there is one."""
    return {h for h in above if all(h in above[other] or other is h for other in above)}


def _headings_above(headings: Iterable[Heading]) -> dict[Heading, tuple[Heading, ...]]:
    """Return the headings above each heading, the outermost first."""
    above: dict[Heading, tuple[Heading, ...]] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [other for other in stack if other.level < heading.level]
        above[heading] = tuple(stack)
        stack.append(heading)
    return above


_HEAD = """\
# Headings of {path} that are not terms of {facet}. After each is the term that its papers
# get: the most similar one, or a new one with the title of the heading. Correct the terms, move a
# line below another facet if it belongs there, or write [] to leave out the papers of a heading.
"""
_NEW = """\
# These terms are not in the vocabulary yet. Copy those that you keep into {vocabulary}:
"""
_OTHER_FACETS = """\
# A heading below another facet is a term of that facet. Its papers need a term of {facet} too:
# repeat the line below {facet}, with such a term.
"""
_FOOT = """\
# Then import again with this file as --words.
"""

_MIN_SIMILARITY = 0.8  # of a heading and the term that it probably means
_MAX_SEARCHED = 500  # headings for which a similar term is searched, each among all terms


def propose_word_map(
    draft_lists: Sequence[DraftList], vocabulary: Vocabulary, vocabulary_path: str
) -> str:
    """Return a word map (YAML) for the headings of papers that cannot be imported.

    A heading that is a term of other facets is below those facets. Returns an empty string if
    there are no such headings. `vocabulary_path` is only for a comment.
    """
    counts, paths = _lost_papers(draft_lists, vocabulary)
    if not counts:
        return ""
    main = vocabulary.main_facet
    names = [term.title for term in vocabulary.facets[main].all_terms]
    lines: dict[str, list[str]] = {main: []}
    new: list[str] = []
    for number, (title, count) in enumerate(counts.items()):
        known = other_facets(title, vocabulary)
        is_searched = not known and number < _MAX_SEARCHED
        similar = nearest(title, names, _MIN_SIMILARITY) if is_searched else ""
        new += [] if known or similar else [f"#       - {yaml_scalar(title)}\n"]
        for facet, term in (known or {main: similar or title}).items():
            line = f"    {yaml_scalar(title)}: {yaml_scalar(term)}  # {pluralize(count, 'paper')}\n"
            lines.setdefault(facet, []).append(line)
    head = [_HEAD.format(path=", ".join(paths), facet=main)]
    head += [_NEW.format(vocabulary=vocabulary_path), *new] if new else []
    head += [_OTHER_FACETS.format(facet=main)] if len(lines) > 1 else []
    blocks = ["".join([f"  {facet}:\n", *found]) for facet, found in lines.items() if found]
    return "".join([*head, _FOOT, "terms:\n", *blocks])


def other_facets(heading: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the titles of the terms with the name `heading` by facet, without the main facet."""
    found = {name: facet.find_term(heading) for name, facet in vocabulary.facets.items()}
    return {
        name: term.title for name, term in found.items() if term and name != vocabulary.main_facet
    }


def _lost_papers(
    draft_lists: Sequence[DraftList], vocabulary: Vocabulary
) -> tuple[dict[str, int], list[str]]:
    """Return the number of papers without a main term by their heading, and the paths of lists."""
    counts: dict[str, int] = defaultdict(int)
    paths: dict[str, None] = {}
    is_open = vocabulary.facets[vocabulary.main_facet].open
    for draft_list in () if is_open else draft_lists:
        for heading, drafts in _topics(draft_list, vocabulary).items():
            if not _outer_term(drafts, vocabulary):
                counts[heading.title] += len(drafts)
                paths[draft_list.path] = None
    return counts, list(paths)


def unknown_headings(draft_list: DraftList, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Report unknown headings whose papers get the term of a heading above."""
    for heading, drafts in _topics(draft_list, vocabulary).items():
        is_known = terms_of_headings([heading], vocabulary)
        if not is_known and (term := _outer_term(drafts, vocabulary)):
            papers = pluralize(len(drafts), "paper gets", "papers get")
            message = f"'{heading.title}' is not in the vocabulary; {papers} the term '{term}'"
            place = (draft_list.path, heading.line, 1)
            yield Problem(*place, "heading-not-taken", "", message, severity=Severity.NOTE)


def _topics(draft_list: DraftList, vocabulary: Vocabulary) -> Mapping[Heading, Sequence[Draft]]:
    """Return the topic headings of the papers without a stated main term, with these papers."""
    found: dict[Heading, list[Draft]] = defaultdict(list)
    for draft in draft_list.drafts:
        if draft.headings and vocabulary.main_facet not in draft.fields:
            found[topic_heading(draft.headings)].append(draft)
    return found


def _outer_term(drafts: Sequence[Draft], vocabulary: Vocabulary) -> str:
    """Return the main term of the headings of papers, otherwise an empty string."""
    term = terms_of_headings(drafts[0].headings, vocabulary).get(vocabulary.main_facet)
    return term.title if term else ""
