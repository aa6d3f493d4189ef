"""Many pages of a site as one page, which a browser opens much faster than each of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

SIZE = 20  # pages in one
_FILE = r'"(?:\.\./)+[\w./-]+"'  # of the theme, or of the atlas
_SCRIPT_FILE = re.compile(rf"<script\b[^>]*\bsrc={_FILE}[^>]*>\s*</script>")
_STYLE_FILE = re.compile(
    rf'<link\b[^>]*\brel="stylesheet"[^>]*\bhref={_FILE}[^>]*>|'
    rf'<link\b[^>]*\bhref={_FILE}[^>]*\brel="stylesheet"[^>]*>'
)


def join_pages(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Write pages that have the same folder above them into one page; yield the names of these.

    Each is whole, with its head. Only the files of its scripts run once, and those of its styles,
    which take most of the time, are left out. `meta[name=pages]` at the end is the number of
    pages, each of which has a `meta[name=viewport]`.
    """
    found = defaultdict(list)
    for name in names:
        found[Path(name).parent.parent].append(name)
    for above, pages in found.items():
        for start in range(0, len(pages), SIZE):
            path = folder / above / f"together-{start}" / "index.html"
            path.parent.mkdir()
            texts = [(folder / name).read_text("utf-8") for name in pages[start : start + SIZE]]
            path.write_text(_joined(texts), "utf-8")
            yield path.relative_to(folder).as_posix()


def _joined(pages: list[str]) -> str:
    first, *more = pages
    rest = [_SCRIPT_FILE.sub("", page) for page in more]
    whole = _STYLE_FILE.sub("", "".join([first, *rest]))
    return f'{whole}<meta name=pages content="{len(pages)}">'
