/* The cards of papers. A card is part of a page of the list of all papers, made by Python. */

import { createElement, notifyZotero, typesetMaths } from "./elements.js";
import { resolveLinks } from "./paper-page.js";
import { WORDS } from "./site.js";

/** @typedef {import("./paper.js").Paper} Paper */

const SETTLED = 120; // milliseconds that a card must be in view before its page is requested
const MARGIN = "600px 0px"; // cards within this distance of the window count as in view
const AT_ONCE = 4; // requests
const FRAMES = 9; // until a new card near the window has its height

/** Provides cards. Until the page with a card is loaded, it is a brief one. */
export class Cards {
  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {import("./tray.js").Tray} tray
   */
  constructor(catalogue, tray) {
    this.catalogue = catalogue;
    this.tray = tray;
    this.cards = new Map();
    this.pages = new Map();
    this.waiting = new Map();
    this.requests = 0;
    this.held = null;
    this.observer = new IntersectionObserver((entries) => this.settle(entries), { rootMargin: MARGIN });
  }

  /**
   * Take the cards of an element.
   * @param {Element} list
   */
  adopt(list) {
    for (const card of list.querySelectorAll("article.paper")) this.cards.set(card.id, card);
  }

  /**
   * Return the card of a paper.
   * @param {Paper} paper
   * @returns {HTMLElement}
   */
  get(paper) {
    const known = this.cards.get(paper.id);
    if (known) return known;
    const card = this.createBriefCard(paper);
    this.cards.set(paper.id, card);
    this.observer.observe(card);
    return card;
  }

  createBriefCard({ id, title, year, number, record: { authors = [] } }) {
    const link = createElement("a", { href: this.catalogue.paperAddress(id) }, title);
    const by = createElement("p", { class: "by" });
    if (authors.length) by.append(createElement("span", { class: "who" }, authors.slice(0, 3).join(", ")), " ");
    if (year) by.append(createElement("b", {}, String(year)));
    const what = createElement("div", { class: "what" }, createElement("h3", {}, link), by);
    const card = createElement("article", { class: "paper brief", id, "data-number": number }, what);
    this.tray.addBox(card);
    return card;
  }

  settle(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.waiting.set(target.id, target);
      else this.waiting.delete(target.id);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.requestPages(), SETTLED);
  }

  /** Request the pages of the cards in view, a few at a time. */
  requestPages() {
    for (const [id, card] of this.waiting) {
      if (this.requests === AT_ONCE) return;
      this.waiting.delete(id);
      const address = this.catalogue.cardPage(Number(card.dataset.number));
      if (!card.isConnected || this.pages.has(address)) continue;
      this.requests += 1;
      const page = this.fetchPage(address).finally(() => {
        this.requests -= 1;
        this.requestPages();
      });
      this.pages.set(address, page);
    }
  }

  /** Take the cards of a page. Without a connection, the cards stay brief. */
  async fetchPage(address) {
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(address);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.holdPlace();
      for (const card of page.querySelectorAll("article.paper")) this.complete(document.adoptNode(card), address);
      notifyZotero();
    } catch {
      this.pages.delete(address);
    }
  }

  /** Show a card in the middle of the window, and keep it there. */
  returnTo(id) {
    history.scrollRestoration = "manual"; // the browser would go elsewhere later
    this.held = null;
    document.getElementById(id)?.scrollIntoView({ block: "center" });
    this.holdPlace();
  }

  /** Keep the card in the middle of the window where it is while others take their full height. */
  holdPlace() {
    if (this.held) {
      this.held.frames = FRAMES;
      return;
    }
    const id = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest("article.paper")?.id;
    if (!id) return;
    const card = () => this.cards.get(id);
    const top = () => card().getBoundingClientRect().top;
    const held = { top: top(), frames: FRAMES };
    this.held = held;
    const hold = () => {
      if (this.held !== held) return; // the reader came back to another card
      held.frames -= 1;
      if (held.frames < 0 || !card().isConnected) this.held = null; // or filtered the list
      else {
        scrollBy({ top: top() - held.top, behavior: "instant" });
        requestAnimationFrame(hold);
      }
    };
    requestAnimationFrame(hold);
  }

  /** Replace a brief card, on the page or not, unless the full card is here. */
  complete(card, address) {
    const brief = this.cards.get(card.id);
    if (brief && !brief.classList.contains("brief")) return;
    resolveLinks(card, address);
    this.tray.addBox(card);
    this.cards.set(card.id, card);
    if (!brief) return;
    this.observer.unobserve(brief);
    const focused = brief.contains(document.activeElement) ? document.activeElement : null;
    brief.replaceWith(card);
    if (focused) card.querySelector(focused.matches("input") ? "input" : "h3 a").focus({ preventScroll: true });
    if (card.isConnected) typesetMaths(card);
  }
}

/**
 * Create the heading of a year.
 * @param {number} year 0 if it is not known
 * @param {string} papers their number in words
 * @returns {HTMLElement}
 */
export function createYearHeading(year, papers) {
  const attributes = { class: "pa-year", id: `year_${year || "unknown"}` };
  return createElement("h2", attributes, `${year || WORDS.undated} `, createElement("small", {}, papers));
}
