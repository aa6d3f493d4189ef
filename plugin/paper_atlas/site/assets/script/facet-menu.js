/* The menu of a facet in the filter: a check box for each term, and a button that excludes it. */

import { createElement } from "./elements.js";
import { WORDS } from "./site.js";
import { fillMessage } from "./text.js";

/** @typedef {import("./facets.js").Facet} Facet */

/** The menu of one facet. */
export class FacetMenu {
  /**
   * @param {string} name
   * @param {Facet} facet
   * @param {(kind: "is" | "not", id: string, isIn: boolean) => void} choose called when
   *   the reader adds a term to the required ("is") or excluded ("not") terms, or removes it
   */
  constructor(name, { title, terms }, choose) {
    this.name = name;
    this.terms = terms;
    this.choose = choose;
    this.list = createElement("ul");
    const summary = createElement("summary", {}, title);
    summary.addEventListener("click", () => this.addItems()); // the event "toggle" may be late
    const attributes = { class: "paper-filter-facet", "data-facet": name };
    this.element = createElement("details", attributes, summary, this.list);
  }

  /** Add the check boxes when the menu is first opened, because there may be hundreds. */
  addItems() {
    if (this.items) return;
    this.items = this.terms.map(([id, title]) => this.createItem(id, title));
    this.list.append(...this.items.map(({ element }) => element));
    this.update(...this.shown);
  }

  createItem(id, title) {
    const without = fillMessage(WORDS.without, { term: title });
    const box = createElement("input", { type: "checkbox", name: this.name, value: id });
    const count = createElement("span", { class: "paper-filter-number" });
    const exclude = createElement("button", { type: "button", "aria-label": without, title: without }, "−");
    box.addEventListener("change", () => this.choose("is", id, box.checked));
    exclude.addEventListener("click", () => this.choose("not", id, exclude.ariaPressed !== "true"));
    const label = createElement("label", {}, box, " ", title, " ", count);
    return { id, box, count, exclude, element: createElement("li", {}, label, exclude) };
  }

  /**
   * Show the chosen terms and the number of papers of each.
   * @param {Set<string>} is
   * @param {Set<string>} not
   * @param {Uint32Array} counts
   */
  update(is, not, counts) {
    this.shown = [is, not, counts];
    this.element.classList.toggle("paper-filter-used", is.size + not.size > 0);
    for (const [number, { id, box, count, exclude, element }] of (this.items ?? []).entries()) {
      const text = String(counts[number]);
      box.checked = is.has(id);
      exclude.ariaPressed = String(not.has(id));
      if (count.textContent !== text) count.textContent = text;
      element.classList.toggle("paper-filter-none", text === "0" && !is.has(id) && !not.has(id));
    }
  }

  /**
   * Create a button for each chosen term. The button removes the term.
   * @param {Set<string>} is
   * @param {Set<string>} not
   * @param {(kind: "is" | "not", id: string) => void} remove
   * @returns {HTMLElement[]}
   */
  createChips(is, not, remove) {
    return this.terms.flatMap(([id, title]) => {
      const without = fillMessage(WORDS.without, { term: title });
      return [
        ...(is.has(id) ? [createChip(title, () => remove("is", id))] : []),
        ...(not.has(id) ? [createChip(without, () => remove("not", id))] : []),
      ];
    });
  }
}

function createChip(words, remove) {
  const label = fillMessage(WORDS.remove, { term: words });
  const attributes = { type: "button", class: "paper-button", "aria-label": label };
  const button = createElement("button", attributes, `${words} ×`);
  button.addEventListener("click", remove);
  return button;
}
