"""The website of a library, independent of the program that builds it.

The HTML of a page is completed in steps. Until then it contains these placeholders:

- `page.placeholder`: a fragment in the Markdown of a page. `html/renderer` and `html/page_writer`
  replace it in the finished page.
- `addresses.ROOT_PLACEHOLDER`: the relative path from a page to the root of the site, in every
  HTML that is rendered once for several pages. `html/renderer` replaces it.
- `html/card.LEVEL_PLACEHOLDER`: the level of the heading of a card. `html/renderer` replaces it.
- `html/renderer.CardPlace`: a card between the texts of a page. `html/page_writer` renders it.
- `paper_template.NAME_PLACEHOLDER`, `TITLE_PLACEHOLDER`, `DESCRIPTION_PLACEHOLDER` and
  `SOURCE_PLACEHOLDER`: the values of a paper in the page that the theme renders once. The end of
  the head and the fragment of that page are filled at the same time by `PaperTemplate.fill`.
- `paper_template._SEPARATOR`: separates texts that are cached as one text.
- `[[id]]` in Markdown: a link to a paper. `text.paper_links` marks it, and `Renderer.link_papers`
  resolves the mark.
- The comments that request lists of papers in a page (`analysis.listing.DIRECTIVE`).
  `html/listings` replaces them with fragments.
- `data-list` and `data-facets` in templates: the places where the script adds the filter.
- Braces in messages: `translation.Translator` replaces them, and the script those of its own.
"""
