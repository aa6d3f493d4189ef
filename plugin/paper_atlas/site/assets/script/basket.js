/* The papers that a reader has selected, on any page of the site. */

import { createElement } from "./elements.js";
import { ALL_PAPERS, ROOT, WORDS } from "./site.js";
import { readStored, store } from "./storage.js";
import { fillMessage } from "./text.js";

/** The selected papers. The browser stores them for the site, and all windows share them. */
export class Basket {
  /**
   * @param {object} listeners
   * @param {() => void} listeners.onChange called when papers were added or removed
   * @param {() => void} listeners.onEmpty called after the reader cleared the selection
   */
  constructor({ onChange, onEmpty }) {
    this.onChange = onChange;
    this.onEmpty = onEmpty;
    this.key = `paper-atlas ${new URL(ROOT).pathname}`;
    this.ids = new Set(this.readIds());
    window.addEventListener("storage", ({ key }) => {
      if (key === this.key) this.setIds(this.readIds());
    });
  }

  /**
   * Return true if a paper is selected.
   * @param {string} id
   * @returns {boolean}
   */
  has(id) {
    return this.ids.has(id);
  }

  readIds() {
    const ids = readStored("localStorage", this.key);
    return Array.isArray(ids) ? ids.map(String) : [];
  }

  setIds(ids) {
    this.ids = new Set(ids);
    for (const button of document.querySelectorAll(".paper-select")) this.updateButton(button);
    this.onChange();
    this.show();
  }

  storeIds(ids) {
    this.setIds(ids);
    store("localStorage", this.key, ids);
  }

  /** Show the number of selected papers at the bottom of the window. */
  show() {
    document.querySelector(".paper-basket")?.remove();
    if (this.ids.size === 0) return;
    const words = fillMessage(WORDS.show_selection, { count: this.ids.size });
    const empty = createElement("button", { type: "button", class: "paper-button" }, WORDS.empty);
    empty.addEventListener("click", () => {
      this.storeIds([]);
      this.onEmpty();
    });
    const link = createElement("a", { class: "paper-button", href: `${ALL_PAPERS}?has=selected` }, words);
    const attributes = { class: "paper-atlas paper-basket", "aria-label": WORDS.selection };
    document.body.append(createElement("aside", attributes, link, empty));
  }

  /**
   * Add a button for selection to each paper in an element, unless the paper has one.
   * @param {Document | Element} within
   */
  addButtons(within) {
    for (const links of within.querySelectorAll(".paper-links:not(:has(.paper-select))")) {
      const paper = links.closest("[data-paper], .paper");
      if (!paper) continue;
      const title = paper.querySelector(".paper-title a") ?? document.querySelector("h1");
      const button = this.createButton(paper.dataset.paper ?? paper.id, title.textContent.trim());
      links.append(createElement("li", {}, button));
    }
  }

  createButton(id, title) {
    const attributes = { type: "button", class: "paper-button paper-select", "data-paper": id, "data-title": title };
    const button = createElement("button", attributes);
    button.addEventListener("click", () => {
      const others = [...this.ids].filter((other) => other !== id);
      this.storeIds(this.has(id) ? others : [...others, id]);
    });
    this.updateButton(button);
    return button;
  }

  updateButton(button) {
    const isSelected = this.has(button.dataset.paper);
    button.ariaPressed = String(isSelected);
    button.ariaLabel = fillMessage(WORDS.select_paper, { title: button.dataset.title });
    button.textContent = isSelected ? WORDS.selected : WORDS.select;
  }
}
