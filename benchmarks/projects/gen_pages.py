"""What somebody writes who has YAML, a template and mkdocs-gen-files."""

from collections import defaultdict
from pathlib import Path

import jinja2
import mkdocs_gen_files
import yaml

environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader("."), trim_blocks=True, lstrip_blocks=True
)
template = environment.get_template("cards.md.jinja")

organs = defaultdict(list)
for path in sorted(Path("entries").glob("*/*.yml")):
    paper = yaml.safe_load(path.read_text(encoding="utf-8"))
    organs[path.parent.name].append((path.stem, paper))

for organ, papers in organs.items():
    papers.sort(key=lambda item: (-item[1]["year"], item[1]["title"]))
    with mkdocs_gen_files.open(f"organs/{organ}.md", "w") as file:
        file.write(template.render(organ=papers[0][1]["organs"][0], papers=papers))
