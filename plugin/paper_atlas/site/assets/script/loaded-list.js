/* The list of all papers. One file contains the records; cards in view come from further files. */

import { createElement, notifyZotero, parseElement, typesetMaths } from "./elements.js";
import { addBroaderTerms } from "./facets.js";
import { rankByTitle } from "./matcher.js";
import { Paper } from "./paper.js";
import { ROOT, WORDS } from "./site.js";
import { SORT_ORDERS } from "./sort-orders.js";
import { foldWord } from "./text.js";

/** @typedef {import("./basket.js").Basket} Basket */
/** @typedef {import("./card-files.js").CardFiles} CardFiles */
/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./filter-state.js").FilterState} FilterState */

const FIRST = 12; // number of cards in the first block, which is filled immediately
const BLOCK = 40; // number of cards in other blocks, which are filled when they come into view
const WHOLE = 100; // up to this number of papers, all blocks are filled and Zotero finds all
const SETTLED = 150; // milliseconds that a block must be in view before its cards are requested
const MARGIN = "800px 0px"; // blocks within this distance of the window count as in view

/** A list whose papers come from a file. */
export class LoadedList {
  /**
   * @param {{papers: import("./paper.js").PaperRecord[], paper: string}} data `paper` is the address
   *   of the page of a paper, from the root of the site, with the placeholder "{id}"
   * @param {Record<string, Facet>} facets
   * @param {Element} place the parent of the blocks
   * @param {CardFiles} cards
   * @param {Basket} basket
   */
  constructor({ papers, paper }, facets, place, cards, basket) {
    this.address = ROOT + paper;
    this.place = place;
    this.cards = cards;
    this.basket = basket;
    const named = Object.entries(facets);
    this.papers = papers.map((record, order) => {
      const terms = named.map(([name, facet]) => addBroaderTerms(facet, record.terms?.[name] ?? []));
      return new Paper(order, record, terms);
    });
    this.sorted = {};
    this.delay = 0;
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.fillOrEmpty(target, isIntersecting);
    }, { rootMargin: MARGIN });
  }

  /** Return all papers in a sort order. The result is cached, because sorting is slow. */
  sortPapers(sort) {
    this.sorted[sort] ??= [...this.papers].sort(SORT_ORDERS[sort]);
    return this.sorted[sort];
  }

  /**
   * Show papers in a sort order. If it is by year, each year has a heading. If there is a text,
   * papers whose title starts with it come first.
   * @param {Set<Paper>} passing
   * @param {FilterState} state
   */
  show(passing, { sort, text }) {
    const sorted = this.sortPapers(sort).filter((paper) => passing.has(paper));
    this.shown = rankByTitle(sorted, text);
    this.hasYears = sort.endsWith("year") && !foldWord(text);
    const blocks = this.createBlocks();
    this.place.replaceChildren(...blocks);
    for (const block of this.isLong ? blocks.slice(0, 1) : blocks) this.fillOrEmpty(block, true);
    this.endPrinting();
    this.delay = SETTLED;
  }

  createBlocks() {
    const blocks = [];
    for (let [start, end] = [0, FIRST]; start < this.shown.length; [start, end] = [end, end + BLOCK]) {
      const block = createElement("div", { class: "paper-block" });
      block.range = [start, Math.min(end, this.shown.length)];
      block.style.setProperty("--paper-count", block.range[1] - start);
      blocks.push(block);
    }
    return blocks;
  }

  /** True if only blocks in view are filled. */
  get isLong() {
    return this.shown.length > WHOLE;
  }

  /** Fill all blocks before printing, which does not wait for files of cards. */
  startPrinting() {
    this.observer.disconnect();
    for (const block of this.place.children) this.fillOrEmpty(block, true);
  }

  /** Observe the blocks: fill those that come into view, and empty all others. */
  endPrinting() {
    this.observer.disconnect();
    for (const block of this.isLong ? this.place.children : []) this.observer.observe(block);
  }

  /**
   * Scroll to the card of a paper.
   * @param {string} id
   * @returns {Promise<void>}
   */
  async reveal(id) {
    const place = this.shown.findIndex((paper) => paper.id === id);
    const block = [...this.place.children].find(({ range: [start, end] }) => start <= place && place < end);
    if (!block) return;
    await this.fillOrEmpty(block, true);
    document.getElementById(id)?.scrollIntoView({ block: "center" });
  }

  /** Fill a block, or empty it unless it has the focus. Resolves when its cards are complete. */
  async fillOrEmpty(block, isInView) {
    const isFilled = block.hasChildNodes();
    if (isInView === isFilled || (isFilled && block.contains(document.activeElement))) return;
    if (isFilled) {
      block.style.minBlockSize = `${block.offsetHeight}px`;
      block.replaceChildren();
      return;
    }
    const papers = this.shown.slice(...block.range);
    block.append(...papers.flatMap((paper, place) => this.createItem(paper, block.range[0] + place)));
    block.style.minBlockSize = "0";
    notifyZotero();
    typesetMaths(block);
    await this.completeCards(block, papers);
  }

  /** Return the card of a paper, after a heading if it is the first card of a year. */
  createItem(paper, place) {
    const card = this.createCard(paper) ?? this.createBriefCard(paper);
    if (!this.hasYears || (place > 0 && this.shown[place - 1].year === paper.year)) return [card];
    return [createElement("h2", {}, String(paper.year || WORDS.undated)), card];
  }

  /** Return the card from its file, or null if the file is not loaded. */
  createCard({ id }) {
    const html = this.cards.get(id);
    if (!html) return null;
    const card = parseElement(html);
    const title = card.querySelector(".paper-title");
    const heading = createElement(this.headingTag, { class: "paper-title" }, ...title.childNodes);
    title.replaceWith(heading);
    this.basket.addButtons(card);
    return card;
  }

  /** Return a card with the data of the list, for use until or unless the file is loaded. */
  createBriefCard({ id, title, year, record: { authors = [] } }) {
    const link = createElement("a", { href: this.address.replace("{id}", id) }, title);
    const names = authors.length > 1 ? `${authors[0]} et al.` : authors.join("");
    const source = createElement("div", { class: "paper-source" });
    if (names) source.append(createElement("div", { class: "paper-authors" }, names));
    if (year) source.append(createElement("span", { class: "paper-year" }, String(year)));
    const heading = createElement(this.headingTag, { class: "paper-title" }, link);
    return createElement("article", { class: "paper paper-brief", id }, heading, source);
  }

  get headingTag() {
    return this.hasYears ? "h3" : "h2";
  }

  /** Load and replace the brief cards of a block, unless it is emptied or removed meanwhile. */
  async completeCards(block, papers) {
    const missing = papers.filter(({ id }) => !this.cards.get(id));
    if (missing.length === 0) return;
    if (this.delay) await new Promise((resolve) => setTimeout(resolve, this.delay));
    if (!block.isConnected || !block.hasChildNodes()) return;
    await this.cards.load(missing);
    for (const brief of block.querySelectorAll(".paper-brief")) this.completeCard(brief);
    notifyZotero();
    typesetMaths(block);
  }

  completeCard(brief) {
    const card = this.createCard(brief);
    if (!card) return;
    const hasFocus = brief.contains(document.activeElement);
    brief.replaceWith(card);
    if (hasFocus) card.querySelector(".paper-title a").focus({ preventScroll: true });
  }
}
