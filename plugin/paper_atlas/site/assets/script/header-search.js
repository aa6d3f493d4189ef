/* Papers in the search of the header, above the results of the theme. The dialog is that of Material
   for MkDocs. Its keys work with these results too, because they have the same markup. */

import { createElement } from "./elements.js";
import { matchPapers, rankByName } from "./matcher.js";
import { ALL_PAPERS, PAPER_LIST, say, WORDS } from "./site.js";
import { nameKey } from "./text.js";

const QUERY = '[data-md-component="search-query"]';
const RESULT = '[data-md-component="search-result"]';
const MOST = 8; // papers
const BEST = 1e6; // the score of a paper whose name starts with the text
const GOOD = 1; // the score of other papers: a page of the theme's index may be better

/**
 * Add papers to the search of the header.
 * @param {HTMLInputElement} query its field, which has the focus
 * @param {import("./catalogue.js").Catalogue} catalogue
 */
export function start(query, catalogue) {
  loadPapers(catalogue, query);
  const isQuery = ({ target }) => target.matches?.(QUERY);
  document.addEventListener("focusin", (event) => {
    if (isQuery(event)) loadPapers(catalogue, event.target);
  });
  document.addEventListener("input", (event) => {
    if (isQuery(event)) showPapers(catalogue, event.target);
  });
  document.addEventListener("reset", ({ target }) => {
    if (target.querySelector?.(QUERY)) setTimeout(() => showPapers(catalogue, target.querySelector(QUERY)));
  });
}

/** Load all papers. Without a connection, the theme's own results stay. */
async function loadPapers(catalogue, query) {
  try {
    await catalogue.open(PAPER_LIST);
    while (!catalogue.isComplete) {
      await catalogue.loadPart();
      if (query.value) showPapers(catalogue, query);
    }
    if (query.value) showPapers(catalogue, query); // typed before this module was here
  } catch {
    // The next focus tries again.
  }
}

function showPapers(catalogue, query) {
  const result = document.querySelector(RESULT);
  if (!result || !catalogue.facets) return;
  const text = query.value.trim();
  const list = result.querySelector(".pa-found") ?? createList(result);
  const state = { text, from: "", to: "", ids: new Set(), is: {}, not: {} };
  const papers = text ? rankByName(matchPapers(catalogue.papers, catalogue.facets, state, catalogue.index.find(text)).papers, text) : [];
  const items = papers.slice(0, MOST).map((paper) => createPaper(paper, catalogue.paperAddress(paper.id), text));
  if (papers.length > MOST) items.push(createAll(papers.length, text));
  list.replaceChildren(...items);
  list.hidden = items.length === 0;
}

function createList(result) {
  const list = createElement("ol", { class: "md-search-result__list pa-found", role: "presentation" });
  const place = result.querySelector(".md-search-result__meta");
  if (place) place.after(list);
  else result.prepend(list);
  return list;
}

function createPaper(paper, address, text) {
  const { authors = [], venue = "" } = paper.record;
  const names = authors.length > 1 ? `${authors[0]} et al.` : authors.join("");
  const by = [names, venue, paper.year || ""].filter(Boolean).join(" · ");
  const isNamed = paper.keys.some((key) => key.startsWith(nameKey(text)));
  return createItem(address, isNamed ? BEST : GOOD, createElement("h1", {}, paper.title), createElement("p", {}, by));
}

function createAll(count, text) {
  const words = say(WORDS.see_all, { count });
  return createItem(`${ALL_PAPERS}?text=${encodeURIComponent(text)}`, 0, createElement("div", { class: "pa-all" }, createElement("p", {}, words)));
}

function createItem(address, score, ...content) {
  const article = createElement("article", { class: "md-search-result__article md-typeset", "data-md-score": score }, ...content);
  const link = createElement("a", { class: "md-search-result__link", href: address, tabindex: -1 }, article);
  return createElement("li", { class: "md-search-result__item" }, link);
}
