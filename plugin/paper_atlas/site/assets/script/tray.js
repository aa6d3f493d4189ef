/* The papers that a reader has selected, on any page of the site. */

import { parseIds } from "./address.js";
import { createButton, createElement, createIcon, hasModifier } from "./elements.js";
import { fetchPaperPage, readBibtex } from "./paper-page.js";
import { ALL_PAPERS, COMPARE, ROOT, say, WORDS } from "./site.js";
import { readStored, store } from "./storage.js";
import { copyText, showToast } from "./toast.js";

/** The most papers that can be compared. */
export const MOST_COMPARED = 6;

const KEY = `paper-atlas ${new URL(ROOT).pathname}`;

/** The selected papers. The browser stores them for the site, and all windows share them. */
export class Tray {
  /** @param {import("./catalogue.js").Catalogue} catalogue */
  constructor(catalogue) {
    this.catalogue = catalogue;
    this.ids = new Set(readIds());
    window.addEventListener("storage", ({ key }) => {
      if (key === KEY) this.setIds(readIds());
    });
    document.addEventListener("change", ({ target }) => {
      if (target.closest?.(".pick")) this.choose(target.value, target.checked);
    });
    document.addEventListener("click", (event) => this.clickCite(event));
  }

  setIds(ids) {
    this.ids = new Set(ids);
    for (const box of document.querySelectorAll(".pick input")) box.checked = this.ids.has(box.value);
    for (const button of document.querySelectorAll(".paper-select")) this.updateButton(button);
    this.show();
  }

  choose(id, isIn) {
    const others = [...this.ids].filter((other) => other !== id);
    const ids = isIn ? [...others, id] : others;
    store("localStorage", KEY, ids);
    this.setIds(ids);
  }

  /**
   * Add a check box to each card in an element, unless the card has one.
   * @param {Element | Document} within
   */
  addBoxes(within) {
    for (const card of within.querySelectorAll("article.paper")) this.addBox(card);
  }

  /**
   * Add a check box to a card, unless the card has one.
   * @param {Element} card
   */
  addBox(card) {
    if (card.querySelector(".pick")) return;
    const label = say(WORDS.select_paper, { title: card.querySelector("h3").textContent.trim() });
    const box = createElement("input", { type: "checkbox", value: card.id, "aria-label": label });
    box.checked = this.ids.has(card.id);
    card.prepend(createElement("label", { class: "pick" }, box));
  }

  /** Add a button to the page of a paper that selects it. */
  addPaperButton() {
    const acts = document.querySelector("[data-paper] .acts:not(:has(.paper-select))");
    if (!acts) return;
    const id = acts.closest("[data-paper]").dataset.paper;
    const choose = () => this.choose(id, !this.ids.has(id));
    const button = createButton("pa-btn pa-btn--bare paper-select", [], choose, { "data-paper": id });
    this.updateButton(button);
    acts.append(button);
  }

  updateButton(button) {
    const isSelected = this.ids.has(button.dataset.paper);
    button.ariaPressed = String(isSelected);
    button.textContent = isSelected ? WORDS.selected : WORDS.select;
  }

  /** Show the tray on pages with a list or a paper, if any paper is selected. */
  show() {
    const isHere = document.querySelector(".pa-list, [data-paper]");
    const count = this.ids.size;
    if (!count || !isHere) {
      this.element?.remove();
      return;
    }
    this.element ??= this.createTray();
    if (!this.element.isConnected) document.body.append(this.element);
    this.element.querySelector(".count").textContent = say(WORDS.selected_count, { count });
    this.compare.href = `${COMPARE}?ids=${[...this.ids].join(",")}`;
    this.compare.ariaDisabled = this.canCompare ? null : "true";
  }

  get canCompare() {
    return this.ids.size >= 2 && this.ids.size <= MOST_COMPARED;
  }

  createTray() {
    this.compare = createElement("a", { class: "pa-btn" }, WORDS.compare);
    this.compare.addEventListener("click", (event) => {
      if (this.canCompare) return;
      event.preventDefault();
      event.stopPropagation();
      showToast(WORDS.compare_limit);
    });
    const clear = () => {
      store("localStorage", KEY, []);
      this.setIds([]);
      showToast(WORDS.selection_cleared);
      document.querySelector(".pick input, .paper-select")?.focus({ preventScroll: true });
    };
    const share = () => copyText(`${ALL_PAPERS}?ids=${[...this.ids].join(",")}`, WORDS.selection_link_copied);
    const tray = createElement(
      "div",
      { class: "pa-tray", role: "region", "aria-label": WORDS.selection },
      createElement("span", { class: "count", role: "status" }),
      createButton("pa-btn", [createIcon("cite"), WORDS.copy_bibtex], () => this.copyBibtex([...this.ids])),
      this.compare,
      createButton("pa-btn", [createIcon("link"), WORDS.share], share),
      createButton("pa-btn pa-btn--bare", [WORDS.clear], clear),
    );
    return createElement("div", { class: "pa", "data-pa": true }, tray);
  }

  /** "Cite" on a card copies the BibTeX. With a key that opens a new tab, it leads to the paper. */
  clickCite(event) {
    const card = event.target.closest?.('.paper .links a[href$="#cite"]')?.closest(".paper");
    if (!card || hasModifier(event)) return;
    event.preventDefault();
    this.copyBibtex([card.id]);
  }

  copyBibtex(ids) {
    copyText(this.fetchBibtex(ids), say(WORDS.bibtex_copied, { count: ids.length }));
  }

  /** Return the BibTeX of papers, from their pages. A paper that is no longer here is left out. */
  async fetchBibtex(ids) {
    const found = await Promise.all(ids.map((id) => fetchPaperPage(this.catalogue, id)));
    return found.filter(Boolean).map(({ page }) => readBibtex(page)).join("\n");
  }
}

function readIds() {
  return readStored("localStorage", KEY, parseIds);
}
