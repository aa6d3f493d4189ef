/* The filter above a list of papers. */

import { filterDownloads } from "./downloads.js";
import { createElement, notifyZotero } from "./elements.js";
import { FacetMenu } from "./facet-menu.js";
import { FEATURES, SELECTED } from "./facets.js";
import { formatState, parseState } from "./filter-state.js";
import { Matcher } from "./matcher.js";
import { WORDS } from "./site.js";
import { SORT_ORDERS } from "./sort-orders.js";
import { fillMessage } from "./text.js";

/** @typedef {import("./basket.js").Basket} Basket */
/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./loaded-list.js").LoadedList} LoadedList */
/** @typedef {import("./static-list.js").StaticList} StaticList */

/** The form of a filter, with its state. It updates the list of papers. */
export class Filter {
  /**
   * @param {HTMLElement} place the parent of the form
   * @param {StaticList | LoadedList} list
   * @param {Record<string, Facet>} facets
   * @param {Basket} basket
   */
  constructor(place, list, facets, basket) {
    this.place = place;
    this.list = list;
    this.facets = facets;
    this.basket = basket;
    this.papers = list.papers;
    this.matcher = new Matcher(this.papers, facets);
    this.markSelected();
    this.build();
    this.listen();
    filterDownloads(
      () => this.passing.size === this.papers.length,
      (place) => this.passing.has(this.papers[place]),
    );
    this.restoreState();
  }

  /** Add the term for selected papers to these, and remove it from all others. */
  markSelected() {
    const facet = Object.keys(this.facets).indexOf(FEATURES);
    const selected = this.facets[FEATURES].numbers.get(SELECTED);
    for (const { id, terms } of this.papers) {
      if (terms[facet].includes(selected) === this.basket.has(id)) continue;
      const others = terms[facet].filter((number) => number !== selected);
      terms[facet] = this.basket.has(id) ? [...others, selected] : others;
    }
  }

  /** Update the counts after a change of the selection. The list stays, so that no card moves. */
  updateSelection() {
    this.markSelected();
    this.updateForm(this.matcher.match(this.state).counts);
  }

  build() {
    this.query = this.createQuery();
    this.sort = this.createSort();
    this.clear = createElement("button", { type: "reset", class: "paper-button", title: WORDS.clear_key }, WORDS.clear);
    const choices = Object.entries(this.facets).filter(([, { terms }]) => terms.length > 1);
    this.menus = choices.map(([name, facet]) => new FacetMenu(name, facet, (...choice) => this.choose(name, ...choice)));
    this.count = createElement("output", { "aria-live": "polite" });
    this.chips = createElement("span");
    const menus = this.menus.map(({ element }) => element);
    this.form = createElement(
      "form",
      { class: "paper-filter", role: "search", "aria-label": WORDS.filter },
      createElement("div", { class: "paper-filter-line" }, this.query, this.sort, this.clear),
      createElement("div", { class: "paper-filter-facets" }, ...menus, this.createYears()),
      createElement("div", { class: "paper-filter-count" }, this.count, this.chips),
    );
    this.place.replaceChildren(this.form);
  }

  createQuery() {
    const words = { placeholder: WORDS.search, "aria-label": WORDS.search };
    return createElement("input", { type: "search", name: "text", ...words, autocomplete: "off", dir: "auto" });
  }

  createSort() {
    const select = createElement("select", { name: "sort", "aria-label": WORDS.sort });
    const hasDays = this.papers.some((paper) => paper.added);
    for (const name of Object.keys(SORT_ORDERS)) {
      if (name === "-added" && !hasDays) continue;
      select.append(createElement("option", { value: name }, WORDS.sorts[name]));
    }
    return select;
  }

  createYears() {
    const years = [...new Set(this.papers.map((paper) => paper.year).filter(Boolean))].sort();
    const createSelect = (name, label) => {
      const options = years.map((year) => createElement("option", { value: year }, String(year)));
      const none = createElement("option", { value: "" }, label);
      return createElement("select", { name, "aria-label": label }, none, ...options);
    };
    this.from = createSelect("from", WORDS.from);
    this.to = createSelect("to", WORDS.to);
    return createElement("span", { class: "paper-filter-years" }, this.from, this.to);
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.reset();
    });
    this.query.addEventListener("input", () => {
      this.state.text = this.query.value;
      this.update({ isTyping: true });
    });
    for (const name of ["sort", "from", "to"]) {
      this[name].addEventListener("change", () => {
        this.state[name] = this[name].value;
        this.update();
      });
    }
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.escape(event);
    });
    this.form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && this.closeMenus(relatedTarget));
    this.form.addEventListener("toggle", ({ target }) => target.open && this.closeMenus(target), true);
  }

  /** Close the open menu. If no menu is open, clear the filter. */
  escape(event) {
    const menu = event.target.closest("details[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else {
      this.reset();
    }
    event.stopPropagation();
  }

  /**
   * Close all menus except the one that contains an element.
   * @param {Node} target
   */
  closeMenus(target) {
    for (const menu of this.form.querySelectorAll("details[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  }

  reset() {
    this.state = parseState("", this.facets);
    this.query.focus();
    this.update();
  }

  /** Add a term to the required ("is") or excluded ("not") terms, never to both, or remove it. */
  choose(facet, kind, id, isIn) {
    this.state.is[facet].delete(id);
    this.state.not[facet].delete(id);
    if (isIn) this.state[kind][facet].add(id);
    this.update();
  }

  /** Add a new state to the browser history and show it. Typing replaces the last state. */
  update({ isTyping = false } = {}) {
    const address = location.pathname + formatState(this.state);
    history[isTyping ? "replaceState" : "pushState"](history.state, "", address);
    this.show();
  }

  /** Read the state from the address, and show it. */
  restoreState() {
    this.state = parseState(location.search, this.facets);
    this.show();
  }

  /** Show the papers that match the state. */
  show() {
    const { passing, counts } = this.matcher.match(this.state);
    this.passing = passing;
    this.list.show(passing, this.state);
    this.updateForm(counts);
    const count = fillMessage(WORDS.count, { some: passing.size, all: this.papers.length });
    this.count.textContent = passing.size ? count : `${count}. ${WORDS.nothing}`;
    notifyZotero();
  }

  updateForm(counts) {
    if (document.activeElement !== this.query) this.query.value = this.state.text;
    if (!this.state.text) this.query.value = "";
    for (const name of ["sort", "from", "to"]) this[name].value = this.state[name];
    const numbers = Object.keys(this.facets);
    for (const menu of this.menus) {
      menu.update(this.state.is[menu.name], this.state.not[menu.name], counts[numbers.indexOf(menu.name)]);
    }
    this.chips.replaceChildren(...this.menus.flatMap((menu) => this.createChips(menu)));
  }

  createChips(menu) {
    return menu.createChips(this.state.is[menu.name], this.state.not[menu.name], (kind, id) => {
      this.choose(menu.name, kind, id, false);
      this.query.focus();
    });
  }
}
