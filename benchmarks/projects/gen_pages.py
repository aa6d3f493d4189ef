"""The script of a project with YAML files, a template and mkdocs-gen-files."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import jinja2
import mkdocs_gen_files
import yaml
from markdown.extensions.toc import slugify

FACETS = {
    "modalities": "Modalities",
    "methods": "Methods",
    "targets": "Targets",
    "datasets": "Data sets",
    "dimensionality": "Dimensionality",
}


@cache
def slug(title):
    return slugify(title, "-")


environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader("."), trim_blocks=True, lstrip_blocks=True
)
environment.filters["slug"] = slug
template = environment.get_template("cards.md.jinja")

papers = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(Path("entries").glob("*/*.yml"))
}
organs, terms = defaultdict(list), defaultdict(set)
for name, paper in sorted(papers.items(), key=lambda item: (-item[1]["year"], item[1]["title"])):
    for organ in paper["organs"]:
        organs[organ].append(name)
    for facet in FACETS:
        terms[facet].update(paper[facet])

for organ, ids in organs.items():
    with mkdocs_gen_files.open(f"organs/{slug(organ)}.md", "w") as file:
        file.write(template.render(organ=organ, ids=ids, papers=papers, facets=FACETS))

for facet, title in FACETS.items():
    with mkdocs_gen_files.open(f"{facet}.md", "w") as file:
        file.write(f"# {title}\n\n")
        file.writelines(f"## {term}\n\n" for term in sorted(terms[facet]))
