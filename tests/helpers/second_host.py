"""A host that writes the website of a library into a folder, with nothing but Python-Markdown."""

from functools import cache
from pathlib import Path

from markdown import markdown
from paper_atlas.site.atlas import Atlas
from paper_atlas.site.page_template import PageTemplate, TemplateValues
from paper_atlas.site.pages.nav import nav_paths
from paper_atlas.site.placeholders import ADDRESS, CONTENT, DESCRIPTION, SOURCE, TITLE

_FRAME = f"""\
<!doctype html>
<html><head><meta charset="utf-8"><title>{TITLE}</title>
<meta name="description" content="{DESCRIPTION}"><link rel="canonical" href="{ADDRESS}">
</head><body><nav>%s</nav>{CONTENT}<footer data-edit="{SOURCE}"></footer></body></html>
"""


def write_site(atlas: Atlas, folder: Path) -> None:
    """Write the pages and files of an atlas into a folder."""
    addresses = atlas.site.addresses
    paths = ["index.md", *nav_paths(atlas.navigation)]

    @cache
    def template(base: str) -> PageTemplate:
        links = (f'<a href="{base}{addresses.page_url(path) or "./"}">{path}</a>' for path in paths)
        return PageTemplate(_FRAME % " ".join(links))

    def write(path: str, text: str) -> None:
        file = folder / addresses.page_file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    for page in atlas.pages:
        base, address = addresses.base_of(page.path), addresses.canonical_url(page.path)
        source = atlas.markdown(page).split("---\n", 2)[2]
        content, page, _ = atlas.finish(page, markdown(source, extensions=["attr_list"]), base)
        head = atlas.head_lines(page, template(base).head_of(page.description), base)
        values = TemplateValues(page.title, page.description, address, "", head, content)
        write(page.path, template(base).fill(values))
    for planned in atlas.planned_pages():
        frame = template(addresses.base_of(planned.path))
        write(planned.path, atlas.page_from_template(planned.make(), frame))
    for file in atlas.files():
        file.write(folder)
