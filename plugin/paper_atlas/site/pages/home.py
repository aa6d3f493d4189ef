"""The home page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nlargest
from itertools import islice, product

from paper_atlas.analysis.filters import features_of_entry
from paper_atlas.analysis.gaps import Gap
from paper_atlas.analysis.leaderboards import DATASETS
from paper_atlas.analysis.lineage import most_extended
from paper_atlas.analysis.term_counts import count_terms
from paper_atlas.model.entry import Entry
from paper_atlas.model.library import Library
from paper_atlas.problem import errors
from paper_atlas.site.addresses import ALL_PAPERS, HOME, SiteInfo, facet_path
from paper_atlas.site.blocks import AtlasNumber, CountedTerm, Home
from paper_atlas.site.html.charts import METHODS
from paper_atlas.site.page import Page
from paper_atlas.site.pages.tiles import Blocks, broadest_cards, no_papers, problem_blocks
from paper_atlas.text.slug import method_name
from paper_atlas.text.titles import capitalized
from paper_atlas.translation import Translator

_NEWEST, _DATASETS, _CARDS, _BUILT, _BARS, _WANTED, _HINTS = 5, 6, 10, 6, 7, 3, 2


def home_page(library: Library, translate: Translator, site: SiteInfo, gaps: Sequence[Gap]) -> Page:
    """Return the home page of an atlas, with the gaps that need help."""
    name = site.name
    words = translate("{count} papers.", count=len(library.entries))
    blocks: Blocks = [*problem_blocks(errors(library.problems))]
    if library.entries:
        blocks.append(_home_block(library, translate, site.add_url, gaps))
    else:
        blocks += [words, no_papers(library, library.vocabulary.main_facet, None)]
    return Page(HOME, name, translate("{name}: {words}", name=name, words=words), tuple(blocks))


def _home_block(library: Library, translate: Translator, add_url: str, gaps: Sequence[Gap]) -> Home:
    entries, main = library.entries, library.vocabulary.main_facet
    is_dated = any(entry.added for entry in entries)
    newest = nlargest(
        _NEWEST, entries, key=lambda entry: (entry.added or date.min, entry.year or 0)
    )
    built = most_extended(library, entries)[:_BUILT]
    datasets = _counted_terms(library, DATASETS) if DATASETS in library.vocabulary.facets else []
    return Home(
        facet=main,
        numbers=tuple(_numbers(library, translate)),
        hint=_hint(library, translate),
        searches=tuple(_searches(library, translate, built, newest)),
        newest=tuple(newest),
        is_dated=is_dated,
        datasets=tuple(datasets[:_DATASETS]),
        dataset_count=len(datasets),
        term_cards=tuple(broadest_cards(library, main, _CARDS)),
        built=tuple(built),
        bars=_bars(library),
        wanted=gaps[:_WANTED],
        add_url=add_url,
    )


def _numbers(library: Library, translate: Translator) -> Iterator[AtlasNumber]:
    """Yield the number of papers, of the terms of facets with pages, and of papers with code.

    The sections of the main facet have terms of several kinds, so each has its own number.
    """
    entries = library.entries
    yield AtlasNumber(len(entries), translate("papers", count=len(entries)), ALL_PAPERS)
    for name, facet in library.vocabulary.facets.items():
        if not facet.pages:
            continue
        sections = facet.sections if name == library.vocabulary.main_facet else ()
        groups = [(one.short_title, one.terms, one.id) for one in sections]
        for title, terms, anchor in groups or [(facet.title, facet.all_terms, "")]:
            used = sum(
                not term.in_house and bool(library.papers_within(name, term)) for term in terms
            )
            if used > 1:
                yield AtlasNumber(
                    used, title.lower(), facet_path(name), f"#{anchor}" if anchor else ""
                )
    if with_code := sum(1 for entry in entries if _has_code(entry)):
        yield AtlasNumber(with_code, translate("with code"), ALL_PAPERS, "?has=code")


def _hint(library: Library, translate: Translator) -> str:
    """Return what the search finds, with the first facets."""
    titles = [facet.title.lower() for facet in library.vocabulary.facets.values()][:_HINTS]
    return capitalized(translate("{facets}, author or DOI", facets=translate(", ").join(titles)))


def _searches(
    library: Library,
    translate: Translator,
    built: Sequence[tuple[Entry, int]],
    newest: Iterable[Entry],
) -> Iterator[str]:
    """Yield examples of searches: terms with a feature, and names of papers."""
    facets = list(library.vocabulary.facets)[:2]
    pairs = Counter(
        pair
        for entry in library.entries
        if _has_code(entry)
        for pair in product(*([t.title for t in entry.terms.get(name, ())] for name in facets))
    )
    for titles, _ in pairs.most_common(1):
        yield " ".join([*titles, translate("Code").lower()])
    names = [method_name(entry.title) for entry, _ in built[:1]]
    yield from filter(None, names)
    with_results = (one.terms.get(DATASETS, ()) for one in library.entries if one.results)
    datasets = Counter(term.title for terms in with_results for term in terms if not term.in_house)
    for title, _ in datasets.most_common(1):
        yield f"{title} {translate('Results').lower()}"
    others = (method_name(entry.title) for entry in newest)
    yield from islice((name for name in others if name and name not in names), 1)


def _has_code(entry: Entry) -> bool:
    return "code" in features_of_entry(entry)


def _counted_terms(library: Library, name: str) -> list[CountedTerm]:
    """Return the terms of a facet that papers have, the most used first."""
    terms = [term for term in library.vocabulary.facets[name].all_terms if not term.in_house]
    counts = count_terms(library, name, terms)
    return [CountedTerm(term, count, count / counts[0][1]) for term, count in counts if count]


def _bars(library: Library) -> tuple[str, tuple[CountedTerm, ...]]:
    """Return the first other facet that readers look for, and its broadest terms."""
    taken = {library.vocabulary.main_facet, METHODS, DATASETS}
    for name, facet in library.vocabulary.facets.items():
        if name not in taken:
            terms = _counted_terms(library, name)
            broadest = [counted for counted in terms if not facet.parent_terms(counted.term)]
            return name, tuple(broadest[:_BARS])
    return "", ()
