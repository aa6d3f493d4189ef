"""The words of the formats that are fuzzed, by the name of the target; see `targets.py`."""

_YAML = (
    "\n", "\n  ", "\n- ", ": ", ":\n", "- ", "[", "]", "{", "}", '"', "'", "|\n  ",
    ">-\n  ", "&a", "*a", "!!str ", "? ", "%", "#", " #", "\t", "\\u0000", "---\n",
    "...\n", "<<: ", "~", "null",
)  # fmt: skip
_LINKS = (
    "https://doi.org/10.1000/1", "https://arxiv.org/abs/1505.04597",
    "http://e.org/a.pdf", "javascript:alert(1)", "data:text/html,", "10.1000/1",
    "1505.04597", "PMC123", "//",
)  # fmt: skip
_NAMES = (
    " and ", "and others", " et al.", ", ", "; ", " & ", "Jr.", "von der ", "Li X", "李",
)  # fmt: skip

WORDS: dict[str, tuple[str, ...]] = {
    "entry": (
        *_YAML, *_LINKS,
        "title: ", "authors: ", "year: ", "venue: ", "volume: ", "links:\n  doi: ",
        "arxiv: ", "topics: [Liver]", "methods: [", "datasets: ", "extends: [",
        "formerly: [", "allow:", "results:", "dataset: ", "metric: ", "value: ",
        "notes: |\n  ", "added: 2020-01-02", "unverified: [", "group: ", "citation_key: ",
        "retracted: ", "alternative_titles: [", "[[a|b]]", "not_same_as: [", "erratum: ",
        "pages: 1-2", "issue: ",
    ),
    "vocabulary": (
        *_YAML,
        "facets:", "topics:", "terms:", "sections:", "title: ", "id: ", "about: ",
        "parents: [", "aliases: [", "links: ", "description: ", "region: ",
        "figure: body.svg", "open: true", "pages: true", "datasets:", "methods:",
    ),
    "figure": (
        *_LINKS,
        "<svg", 'xmlns="http://www.w3.org/2000/svg"', "</svg>", "<g", 'id="heart"', "</g>",
        "<script>", "</script>", ' onload="', "<style>", "<image ", "<use ",
        'href="#heart"', 'xlink:href="', "<foreignObject>", "<animate ", "<set ", "<title>",
        "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE svg [", '<!ENTITY a "b">', "&a;",
        "&#0;", "<?xml ", "?>", 'viewBox="0 0 10 10"', 'viewBox="', 'width="', "nan",
        "1e999", 'style="', "url(", "/>",
    ),
    "markdown": (
        *_LINKS, *_NAMES,
        "# ", "## ", "\n- ", "\n  - ", "\n1. ", "| ", " |\n", "|---|", "[", "](", ")", "**",
        "`", "<li>", "<table>", "<tr>", "<td>", "</td>", "<a href=", "<details>",
        "<summary>", "<br>", "<div>", "<!--", "-->", "![", "[a]: ", "> ", "```\n", "\n\n",
        "*", "_", "&amp;", "<p>", "CVPR 2021", "MICCAI", "2020", "arXiv", "[code]", "[pdf]",
        "Authors: ", "---\n", "\\",
    ),
    "bibtex": (
        *_LINKS, *_NAMES,
        "@article{", "@string{", "@comment{", "@preamble{", "@misc{a,", "@proceedings{",
        "\n}", "title = {", "author = {", "year = ", "journal = ", "booktitle = ",
        "doi = {", "},\n", "eprint = {", "archivePrefix = ", "crossref = {", "note = {",
        "keywords = {", "url = {", "{", "}", '"', "#", " # ", ",", "=", "\\", "\\'e",
        "\\url{", "\\href{", "$", "$^2$", "~", "\\ifmmode", "\\else", "\\fi",
        "\\textasciitilde", "--", "family=", "\\verb|", "\\begin{",
    ),
    "ris": (
        *_LINKS, *_NAMES,
        "TY  - ", "ER  - ", "TI  - ", "T1  - ", "AU  - ", "A1  - ", "PY  - ", "DO  - ",
        "UR  - ", "KW  - ", "\nT2  - ", "\nJO  - ", "\nVL  - ", "\nSP  - ", "\nEP  - ",
        "\nN1  - ", "\nAN  - ", "\nDB  - ", "\nID  - ", "\nL1  - ", "TY - ", "JOUR", "\r\n",
        "\ufeff", "<i>", "</i>", "&lt;", "&#x0;",
    ),
}  # fmt: skip
