/* A list whose cards are all on the page. */

import { Paper } from "./paper.js";
import { DEFAULT_ORDER, SORT_ORDERS } from "./sort-orders.js";

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./filter-state.js").FilterState} FilterState */

/** The papers whose cards are on the page. */
export class StaticList {
  /** @param {Record<string, Facet>} facets */
  constructor(facets) {
    const cards = [...document.querySelectorAll(".paper-cards > .paper")];
    this.items = cards.map((card, order) => ({
      card,
      group: card.parentElement,
      coins: card.querySelector(".Z3988"),
      paper: new Paper(order, readRecord(card), readTerms(card, facets)),
    }));
    this.papers = this.items.map(({ paper }) => paper);
    this.groups = [...new Set(cards.map((card) => card.parentElement))];
    this.sort = DEFAULT_ORDER;
  }

  /**
   * Show the cards of papers in a sort order. The heading of a year is hidden if no card below it
   * is visible, or if the order is not by year.
   * @param {Set<Paper>} passing
   * @param {FilterState} state
   */
  show(passing, { sort }) {
    for (const { paper, card, coins } of this.items) {
      const isHidden = !passing.has(paper);
      if (card.hidden === isHidden) continue;
      card.hidden = isHidden;
      coins?.classList.toggle("Z3988", !isHidden); // Zotero finds cards by this class
    }
    const isByYear = sort === DEFAULT_ORDER;
    if (sort !== this.sort) this.arrange(SORT_ORDERS[sort], isByYear);
    this.sort = sort;
    for (const group of this.groups) {
      const heading = group.previousElementSibling;
      if (!heading?.id?.startsWith("year_")) continue;
      heading.hidden = !isByYear || !group.querySelector(":scope > .paper:not([hidden])");
    }
  }

  arrange(compare, isByYear) {
    for (const { card, group } of [...this.items].sort((one, other) => compare(one.paper, other.paper))) {
      (isByYear ? group : this.groups[0]).append(card);
    }
  }

  /** Do nothing before printing: all cards are on the page. */
  startPrinting() {}

  /** Do nothing after printing. */
  endPrinting() {}
}

function readRecord(card) {
  const readText = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
  return {
    id: card.id,
    title: readText(".paper-title a"),
    also: [readText(".paper-relation q")],
    authors: readText(".paper-authors").split(", "),
    venue: readText("cite"),
    year: Number(card.dataset.year ?? 0),
    added: card.dataset.added ?? "",
  };
}

/** Return the numbers of the terms of a card. Its `data-` attributes include all broader terms. */
function readTerms(card, facets) {
  return Object.entries(facets).map(([name, { numbers }]) => {
    const ids = (card.getAttribute(`data-${name}`) ?? "").split(" ");
    return ids.filter((id) => numbers.has(id)).map((id) => numbers.get(id));
  });
}
