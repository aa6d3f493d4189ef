"""A project in which every field that takes text has hostile strings."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from paper_atlas.model.validation import MAX_TEXT_LENGTH, describe_invisible
from paper_atlas.text.names import is_one_name

from helpers.hostile import SECRET, hostile_strings

_CONFIG = """\
site_name: Hostile
theme: {name: material, font: false, features: [navigation.instant, navigation.tabs]}
plugins: [search, paper-atlas, macros]
markdown_extensions:
  - attr_list
  - md_in_html
  - footnotes
  - abbr
  - admonition
  - tables
  - pymdownx.snippets: {base_path: [.]}
  - pymdownx.superfences
  - pymdownx.arithmatex: {generic: true}
validation: {links: {unrecognized_links: ignore, not_found: ignore, anchors: ignore}}
"""
_PAGE = "# A page\n\n{links}\n\n<!-- papers: view={view} -->\n"
_VIEWS = ("cards", "table", "list", "bibliography")
_FACETS = ("organs", "modalities", "methods", "targets", "datasets")
_URLS = ("url", "pdf", "code", "data", "project", "scholar")
_MAX_KEY = 900  # characters; 1024 in YAML
_PLAIN = "Plain"  # a term for imported papers
_BROKEN = 10  # one entry in so many has strings that are not cleaned


class HostileAtlas:
    """Writes a project with `count` hostile strings for each field.

    `strings` are the strings of each field, as the files have them.
    """

    def __init__(self, folder: Path, seed: int, count: int) -> None:
        self.folder, self.count = folder, count
        self.random = Random(seed)
        self.strings: dict[str, list[str]] = {}
        self._more_facets: list[str] = []
        self._seed = seed

    def write(self) -> None:
        """Write the project."""
        for name in ("entries", "docs", "lists"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "mkdocs.yml").write_text(_CONFIG)
        (self.folder / "secret.txt").write_text(f"{SECRET}\n")
        names = [f"paper-{number}" for number in range(0, self.count, 7)]
        for view in _VIEWS:
            text = _PAGE.format(view=view, links=" ".join(f"[[{name}]]" for name in names))
            (self.folder / "docs" / f"{view}.md").write_text(text)
        self._write_json("entries/vocabulary.yml", self._vocabulary())
        for number, entry in enumerate(self._entries()):
            self._write_json(f"entries/paper-{number}.yml", entry)
        for name, text in self._lists().items():
            (self.folder / "lists" / name).write_text(text, encoding="utf-8", newline="")

    def _write_json(self, path: str, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False)
        (self.folder / path).write_bytes(text.encode("utf-8", "surrogatepass"))

    def _texts(self, field: str, count: int = 0, *, clean: bool = True) -> list[str]:
        """Return hostile strings for a field, by default one for each entry."""
        texts = [*islice(hostile_strings(f"{self._seed} {field}"), count or self.count)]
        texts = [_visible(text) for text in texts] if clean else texts
        self.strings[field] = texts
        return texts

    def _vocabulary(self) -> Any:
        headings = self._headings("facet", len(_FACETS))
        more = [f"facet-{number}" for number in range(len(_FACETS), len(headings))]
        facets: dict[str, Any] = {
            name: {**texts, "pages": number in (0, 4), "open": number > 0}
            for number, (name, texts) in enumerate(zip((*_FACETS, *more), headings, strict=True))
        }
        self._more_facets = more
        terms = self._terms()
        half = len(terms) // 2
        sections = self._headings("section", 2)
        facets["organs"]["sections"] = [
            {**texts, "id": f"section-{number}", "terms": terms[number : half : len(sections)]}
            for number, texts in enumerate(sections)
        ]
        facets["organs"]["terms"] = [*terms[half:], _PLAIN]
        return {"facets": facets, "metrics": self._metrics()}

    def _headings(self, kind: str, least: int) -> list[dict[str, str]]:
        """Return titles and descriptions, each of several strings, for facets or sections."""
        titles = [*_packed(self._texts(f"{kind} title"), self.count // least)]
        descriptions = _spread(self._texts(f"{kind} description"), len(titles))
        return [
            {"title": title, "description": " ".join(texts)}
            for title, texts in zip(titles, descriptions, strict=True)
        ]

    def _terms(self) -> list[dict[str, Any]]:
        keys = ("title", "description", "aliases", "links", "url")
        fields = zip(*(self._texts(f"term {key}") for key in keys), strict=True)
        return [
            {
                "title": title,
                "id": f"term-{number}",
                "description": description,
                "aliases": [alias],
                "links": {_label(label): _url(url)},
                "parents": [f"term-{number // 2}"] if number % 3 and number > 1 else [],
            }
            for number, (title, description, alias, label, url) in enumerate(fields)
        ]

    def _metrics(self) -> list[dict[str, Any]]:
        titles, aliases = self._texts("metric title"), self._texts("metric alias")
        pairs = zip(titles, aliases, strict=True)
        return [{"title": title, "aliases": [alias]} for title, alias in pairs]

    def _entries(self) -> Iterator[dict[str, Any]]:
        one = ("title", "venue", "volume", "issue", "pages", "alternative_titles", "notes", "group")
        more = (
            "person",
            "citation_key",
            "doi",
            "label",
            "labelled",
            *_URLS,
            "retracted",
            "erratum",
        )
        facets = ("modalities", "methods", "targets", "datasets")
        result = ("dataset", "split", "target", "metric", "stated")
        fields = (*one, *more, *facets, *result, "allow", "reason", "unverified")
        texts = {field: self._texts(field, clean=False) for field in fields}
        for number in range(self.count):
            values = {field: found[number] for field, found in texts.items()}
            if number % _BROKEN:
                values = {field: _visible(text) for field, text in values.items()}
            yield self._entry(number, values, is_broken=not number % _BROKEN)

    def _entry(self, number: int, values: dict[str, str], *, is_broken: bool) -> dict[str, Any]:
        as_url = (lambda text: text) if is_broken and number % 4 else _url
        links = {kind: as_url(values[kind]) for kind in _URLS}
        links |= {
            "doi": f"10.1000/{_doi(values['doi'])}",
            _label(values["label"]): as_url(values["labelled"]),
        }
        metric = self.strings["metric title"][number] if number % 2 else values["metric"]
        result = {key: values[key] for key in ("dataset", "split", "target", "stated")}
        entry = {
            **{key: values[key] for key in ("title", "venue", "volume", "issue", "pages")},
            "alternative_titles": [values["alternative_titles"]],
            "authors": [_person(values["person"], number), {"group": _group(values["group"])}],
            "year": 1990 + number % 40,
            "citation_key": f"k{number}{_key(values['citation_key'])}",
            "links": links,
            "organs": [f"term-{number}"],
            **{facet: [f"{_term(values[facet])} {number}"] for facet in _FACETS[1:]},
            **{facet: [_PLAIN] for facet in self._more_facets[number :: self.count]},
            "notes": values["notes"],
            "added": f"2024-02-{1 + number % 28:02}",
            "results": [{**result, "metric": metric, "value": f"0.{number}"}],
            "extends": [f"paper-{number // 2}"]
            if number % _BROKEN and number // 2 % _BROKEN
            else [],
        }
        if number % 20 == 11:
            entry |= {"retracted": _url(values["retracted"]), "erratum": _url(values["erratum"])}
        if is_broken:
            entry |= {
                "allow": {values["allow"]: values["reason"]},
                "unverified": [values["unverified"]],
            }
        return {key: value for key, value in entry.items() if value}

    def _lists(self) -> dict[str, str]:
        """Return lists for an import by file name, which escape nothing that they need not."""
        keys = ("title", "author", "venue", "note", "url", "keyword", "key")
        fields = zip(*(self._texts(f"import {key}") for key in keys), strict=True)
        records = [dict(zip(keys, texts, strict=True)) for texts in fields]
        for number, record in enumerate(records):
            record |= {"keyword": f"{_PLAIN}; {record['keyword']}", "doi": f"10.1000/list-{number}"}
            if number % 2:
                record["url"] = _url(record["url"])
        parts = [records[number::5] for number in range(5)]
        return {
            "a.bib": "\n".join(map(_bibtex, parts[0])),
            "b.ris": "\r\n".join(map(_ris, parts[1])),
            "c.csl.json": json.dumps([*map(_csl, parts[2])]),
            "d.csv": _csv(parts[3]),
            "e.md": f"# A list\n\n## {_PLAIN}\n\n" + "\n".join(map(_markdown, parts[4])),
        }


def _packed(texts: list[str], most: int) -> Iterator[str]:
    """Join up to `most` texts, and no more than one field may have."""
    some: list[str] = []
    for text in texts:
        if some and (len(some) == most or len(" ".join([*some, text])) > MAX_TEXT_LENGTH):
            yield " ".join(some)
            some = []
        some.append(text)
    yield " ".join(some)


def _spread(texts: list[str], count: int) -> Iterator[list[str]]:
    return (texts[number::count] for number in range(count))


def _visible(text: str) -> str:
    """Return a text without the characters that an entry refuses."""
    text = re.sub("[\ud800-\udfff\ufffe]", "", text)
    return "".join(sign for sign in text if not describe_invisible(sign)).strip() or "x"


def _word(text: str) -> str:
    return re.sub(r"\s", "", text)


def _url(text: str) -> str:
    return f"https://example.org/{_word(text)}"


def _label(text: str) -> str:
    """Return a text as a key: YAML limits its length, and it is one line."""
    text = " ".join(text.split())
    return text if len(json.dumps(text)) < _MAX_KEY else f"{text[:99]}{text[-99:]}"


def _doi(text: str) -> str:
    return re.sub(r"[\s\"]", "", text)[-150:].rstrip("'\\.,;*`])}>&")


def _term(text: str) -> str:
    """Return a text as one term, whose name is short enough for a folder."""
    return re.sub(r"[;,]", "", text)[-150:]


def _key(text: str) -> str:
    return re.sub(r"[\s{}(),=#%\"~\\]+", "", text)


def _group(text: str) -> str:
    return re.sub(r"(?i);|\bet al\b", "", text) or "x"


def _person(text: str, number: int) -> str:
    return text if is_one_name(text) else f"Ada Novak{number}"


def _balanced(text: str) -> str:
    return re.sub(r"[{}\\]", "", text)


def _bibtex(record: Mapping[str, str]) -> str:
    names = {"venue": "journal", "keyword": "keywords"}
    values = {names.get(key, key): _balanced(text) for key, text in record.items() if key != "key"}
    fields = ", ".join(f"{key} = {{{text}}}" for key, text in values.items())
    return f"@article{{{_key(record['key'])}, {fields}, year = {{2020}}}}"


def _ris(record: Mapping[str, str]) -> str:
    tags = {
        "title": "TI",
        "author": "AU",
        "venue": "JO",
        "note": "N1",
        "url": "UR",
        "keyword": "KW",
        "doi": "DO",
    }
    lines = [f"{tag}  - {' '.join(record[key].split())}" for key, tag in tags.items()]
    lines.append(f"KW  - {_PLAIN}")
    return "\r\n".join(["TY  - JOUR", *lines, "PY  - 2020", "ER  - ", ""])


def _csl(record: Mapping[str, str]) -> Any:
    return {
        "type": "article-journal",
        "id": record["key"],
        "title": record["title"],
        "author": [{"literal": record["author"]}],
        "container-title": record["venue"],
        "note": record["note"],
        "URL": record["url"],
        "keyword": record["keyword"],
        "DOI": record["doi"],
        "issued": {"date-parts": [[2020]]},
    }


def _csv(records: list[dict[str, str]]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, ["title", "author", "venue", "notes", "url", "keywords", "doi"])
    writer.writeheader()
    for record in records:
        row = {**record, "notes": record["note"], "keywords": record["keyword"]}
        writer.writerow(
            {key: row[key].encode("utf-8", "replace").decode() for key in writer.fieldnames}
        )
    return output.getvalue()


def _markdown(record: Mapping[str, str]) -> str:
    line = "- [{title}]({url}), {author}. *{venue}*, 2020. [[doi]](https://doi.org/{doi}) {note}"
    return line.format(**{key: " ".join(text.split()) for key, text in record.items()})
