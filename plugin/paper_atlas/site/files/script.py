"""The script of a site: its ES modules and its data."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from paper_atlas.exports import EXPORTS
from paper_atlas.site.files.downloads import SUFFIXES
from paper_atlas.translation import Forms, Translator

SCRIPTS = "assets/paper-atlas"
"""The folder of the modules in a site."""
START_MODULE = f"{SCRIPTS}/start.js"
"""The module that a page loads."""
FROM_FILE, FILE_SEARCH = f"{SCRIPTS}/from-file.js", f"{SCRIPTS}/iframe-worker.js"
"""The scripts of pages that may be opened as files. Browsers load no modules for these."""
_MODULES = Path(__file__).parent.parent / "assets" / "script"
_FOR_FILES = Path(__file__).parent.parent / "assets" / "file"
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"(?:^|[ \t]+)// .*|^[ \t]+", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")


def _words(translate: Translator) -> dict[str, Any]:
    """Return the texts of the script, which fills their placeholders.

    A text that depends on a number has a form for each plural category.
    """

    def say(message: str) -> str | Forms:
        return translate.messages.get(message, message)

    return {
        **_words_of_list(say),
        **_words_of_notes(say),
        **_words_of_selection(say),
        "keyboard": say("Keyboard"),
        "keys": {
            "/": say("Search this list"),
            "Enter": say("Turn the words of the search into filters"),
            "Esc": say("Close a menu, or clear the search"),
            "?": say("Show these keys"),
        },
        **_words_of_comparison(say),
        "see_all": say("See all {count} papers"),
        "close": say("Close"),
    }


def _words_of_list(say: Callable[[str], str | Forms]) -> dict[str, str | Forms]:
    return {
        "papers": say("{count} papers"),
        "count": say("{some} of {all} papers"),
        "undated": say("Year not known"),
        "show_papers": say("Show {papers}"),
        "show_more": say("Show {count} more"),
        "show_more_papers": say("Show {count} more papers"),
        "download_papers": say("Download {papers}"),
        "nothing_to_download": say("Nothing to download"),
        "download_failed": say("The file cannot be loaded."),
        "exclude": say("Exclude"),
        "exclude_term": say("Exclude {term}"),
        "remove": say("Remove {term}"),
        "not": say("Not"),
        "text": say("Text"),
        "quoted": say("“{text}”"),
        "shared": say("Shared list"),
        "year": say("Year"),
        "from_year": say("from {year}"),
        "to_year": say("to {year}"),
        "clear_all": say("Clear all"),
        "link_copied": say("Link to this list copied"),
    }


def _words_of_notes(say: Callable[[str], str | Forms]) -> dict[str, str | Forms]:
    return {
        "loading": say("Loading papers: {some} of {all}"),
        "offline": say("You are offline. The list shows {papers}, and filters search only these."),
        "try_again": say("Try again"),
        "no_exact": say("No exact match for “{text}”."),
        "similar": say("Similar names:"),
        "nothing_called": say("Nothing here is called “{text}”"),
        "check_spelling": say("Check the spelling, or add the paper if it is missing."),
        "add_text": say("Add “{text}”"),
        "nothing_matches": say("No papers match all {count} filters"),
        "remove_one": say("Remove one to see more:"),
        "without": say("Without {term}: {papers}"),
        "including": say("Including {term}: {papers}"),
    }


def _words_of_selection(say: Callable[[str], str | Forms]) -> dict[str, str | Forms]:
    return {
        "select": say("Add to selection"),
        "selected": say("Selected"),
        "select_paper": say("Select {title}"),
        "selection": say("Selected papers"),
        "selected_count": say("{count} selected"),
        "copy_bibtex": say("Copy BibTeX"),
        "bibtex_copied": say("BibTeX of {count} papers copied"),
        "share": say("Share"),
        "selection_link_copied": say("Link to the selected papers copied"),
        "clear": say("Clear"),
        "selection_cleared": say("Selection cleared"),
        "compare": say("Compare"),
        "compare_limit": say("Compare takes 2 to 6 papers"),
        "copy_failed": say("Copying was blocked by the browser. Select the text and copy it."),
    }


def _words_of_comparison(say: Callable[[str], str | Forms]) -> dict[str, str | Forms]:
    return {
        "compare_papers": say("Compare {count} papers"),
        "differences": say("Show differences only"),
        "copy_link": say("Copy link"),
        "add_paper": say("Add a paper"),
        "remove_paper": say("Remove"),
        "find_paper": say("Title, author, method, data set, DOI"),
        "left_out": say("Not in the atlas: {papers}"),
        "cannot_load": say("You are offline, so the papers cannot be loaded."),
        "retracted": say("Retracted"),
        "facts": say("Key facts"),
        "paper": say("Paper"),
        "links": say("Links"),
        "extends": say("Extends"),
        "in_short": say("In short"),
        "venue": say("Venue"),
        "results_on": say("Results on {dataset}"),
        "not_reported": say("not reported"),
    }


def _formats() -> dict[str, dict[str, Any]]:
    """Return how to select papers of the files of all papers, by the name of their format."""
    return {
        name: {
            "title": export.title,
            "suffix": export.suffix,
            "file": f"papers{SUFFIXES[name]}",
            "syntax": export.syntax,
        }
        for name, export in EXPORTS.items()
    }


def _without_comments(text: str) -> str:
    """Return a module without comments, indentation and empty lines, a third of its bytes."""
    return _EMPTY.sub("\n", _LINE.sub("", _BLOCK.sub("", text)))


def script_files(addresses: Mapping[str, str], translate: Translator) -> dict[str, str]:
    """Return the ES modules of a site by path: those of the package, and `site-data.js`.

    `site-data.js` is JSON as a module: it loads in parallel with the others, and a browser caches
    it once for the whole site. `addresses` are those of `site.js` by name, relative to the root of
    the site.
    """
    data = {
        "language": translate.language,
        "words": _words(translate),
        **addresses,
        "formats": _formats(),
    }
    text = json.dumps(data, ensure_ascii=False)
    modules = {
        path.name: _without_comments(path.read_text(encoding="utf-8"))
        for path in _MODULES.glob("*.js")
    }
    files = {**modules, "site-data.js": f"export default {text};\n"}
    return {f"{SCRIPTS}/{name}": files[name] for name in sorted(files)}


def file_scripts(translate: Translator) -> dict[str, str]:
    """Return the scripts of pages that may be opened as files, by path."""
    words = translate(
        "Browsers load no data for pages that are opened as files. To filter and search this "
        "list, open it on a web server."
    )
    start, search = (
        _without_comments((_FOR_FILES / path.rpartition("/")[2]).read_text(encoding="utf-8"))
        for path in (FROM_FILE, FILE_SEARCH)
    )
    first = f"globalThis.paperAtlasFromFile = {json.dumps(words, ensure_ascii=False)};\n"
    return {FROM_FILE: first + start, FILE_SEARCH: search}
