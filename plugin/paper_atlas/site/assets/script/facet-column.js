/* The column of facets beside a list. Python writes links; here they become check boxes. */

import { createButton, createElement } from "./elements.js";
import { FEATURES } from "./facets.js";
import { say, WORDS } from "./site.js";

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./address.js").ListState} ListState */

const SHOWN = 8; // rows of a facet, before the reader asks for more
const STEP = 100; // rows that are added at most when the reader asks for more
const DEEPEST = 3; // levels of terms that are shown

/** The check boxes of one facet. */
export class FacetRows {
  /**
   * @param {HTMLDetailsElement} place with the links
   * @param {(change: {facet: string, id: string, kind: "is" | "not", isIn: boolean}) => void} choose
   */
  constructor(place, choose) {
    this.place = place;
    this.name = place.dataset.facet;
    this.choose = choose;
    this.list = place.querySelector("ul");
    this.limit = SHOWN;
    this.rows = [...this.list.children].map((item) => this.readRow(item));
    this.known = new Set(this.rows.map(({ id }) => id));
    this.more = createButton("pa-more", [], () => {
      this.limit = Math.max(this.limit, this.shown) + STEP;
      this.draw();
    });
    place.append(this.more);
    this.state = { is: new Set() };
    this.draw();
  }

  readRow(item) {
    const link = item.firstElementChild;
    const [title, , count] = link.children;
    const row = { id: link.dataset.value, title: title.textContent, count: Number(count.textContent), item };
    return { ...row, depth: link.dataset.depth ?? null, first: row.count, isRest: "rest" in item.dataset };
  }

  /** Replace the link of a row by a check box and a button that excludes the term. */
  build(row) {
    if (row.box) return;
    const { id, title, depth } = row;
    row.item ??= createElement("li");
    row.box = createElement("input", { type: "checkbox", value: id });
    row.number = createElement("b");
    row.label = createElement("label", { "data-depth": depth }, row.box, createElement("span", {}, title), createElement("i"), row.number);
    const change = (kind, isIn) => this.choose({ facet: this.name, id, kind, isIn });
    row.box.addEventListener("change", () => change("is", row.box.checked));
    const button = createButton("pa-not", [WORDS.exclude], () => change("not", true), {
      "aria-label": say(WORDS.exclude_term, { term: title }),
    });
    row.item.replaceChildren(row.label, ...(this.name === FEATURES ? [] : [button]));
  }

  /**
   * Show counts. Without `counts`, the numbers are those of the whole list.
   * @param {Facet | null} facet
   * @param {Uint32Array | null} counts
   * @param {{is: Set<string>, not: Set<string>, isFiltered: boolean}} state
   */
  update(facet, counts, state) {
    this.state = state;
    if (state.is.size + state.not.size) this.place.open = true;
    if (facet && counts) this.addRows(facet, counts, state.is);
    for (const row of this.rows) row.count = counts ? (counts[facet.numbers.get(row.id)] ?? 0) : row.first;
    this.draw();
  }

  /** Add the terms that have no link on the page, because a facet may have thousands. */
  addRows(facet, counts, chosen) {
    for (const [number, [id, title, , broader]] of facet.terms.entries()) {
      if (this.known.has(id) || !((counts[number] && this.name !== FEATURES) || chosen.has(id))) continue;
      const depth = broader.length ? Math.min(broader.length, DEEPEST) : null;
      this.rows.push({ id, title, count: 0, first: 0, depth, isRest: true });
      this.known.add(id);
    }
  }

  /** Show the rows that have papers or are chosen: those of the page, and more if asked for. */
  draw() {
    const { is, isFiltered } = this.state;
    const most = Math.max(1, ...this.rows.map(({ count }) => count));
    const isFirst = ({ isRest, count, id }) => !isRest && (count > 0 || is.has(id));
    const canGrow = isFiltered || this.limit > SHOWN;
    let places = canGrow ? this.limit - this.rows.filter(isFirst).length : 0; // for rows that were hidden first
    this.shown = 0;
    let left = 0;
    let previous = null;
    for (const row of this.rows) {
      const isChosen = is.has(row.id);
      const isShown = isChosen || (row.count > 0 && (!row.isRest || places > 0));
      if (isShown && row.isRest) places -= 1;
      if (!isShown && row.count > 0) left += 1;
      if (isShown) {
        this.shown += 1;
        this.drawRow(row, isChosen, most);
        if (!row.item.isConnected) previous ? previous.after(row.item) : this.list.prepend(row.item);
      }
      if (row.item) {
        row.item.hidden = !isShown;
        previous = row.item;
      }
    }
    this.more.hidden = left === 0;
    if (left) this.more.textContent = say(WORDS.show_more, { count: left });
    this.place.hidden = this.shown === 0;
  }

  drawRow(row, isChosen, most) {
    this.build(row);
    row.box.checked = isChosen;
    row.number.textContent = row.count;
    row.label.style.setProperty("--n", (row.count / most).toFixed(2));
  }
}
