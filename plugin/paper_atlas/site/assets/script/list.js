/* A list of papers with its facets and tools. The page has its first papers; the script filters, sorts
   and continues the list with the records of all papers. */

import { concernsList, formatState, isFiltered, orderYears, parseState, parseView } from "./address.js";
import { understandText } from "./ask.js";
import { Cards, createYearHeading } from "./cards.js";
import { Downloads } from "./downloads.js";
import { createButton, createElement, createIcon, hasModifier, notifyZotero } from "./elements.js";
import { FacetRows } from "./facet-column.js";
import { FEATURES } from "./facets.js";
import { findSimilar, matchPapers, rankByName } from "./matcher.js";
import { Notes } from "./notes.js";
import { own } from "./own.js";
import { say, WORDS } from "./site.js";
import { DEFAULT_ORDER, SORT_ORDERS } from "./sort-orders.js";
import { readStored, store } from "./storage.js";
import { splitWords } from "./text.js";
import { copyText } from "./toast.js";

/** @typedef {import("./address.js").ListState} ListState */

const PAGE = 100; // papers that are shown at first, and that "Show more" adds
const PAUSE = 200; // milliseconds after the last key, until the address and the ways out are updated
const VIEW = "paper-atlas view";
const EMPTY = { text: "", from: "", to: "", sort: DEFAULT_ORDER, view: "", ids: new Set(), is: {}, not: {} };

/** A list of papers on a page. */
export class PaperList {
  /**
   * @param {HTMLElement} root
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {import("./tray.js").Tray} tray
   * @param {import("./return-point.js").ReturnPoint} returnPoint
   */
  constructor(root, catalogue, tray, returnPoint) {
    this.root = root;
    this.catalogue = catalogue;
    this.tray = tray;
    this.returnPoint = returnPoint;
    this.own = { facet: root.dataset.facet, ids: root.dataset.terms.split(" ").filter(Boolean) };
    this.total = Number(root.dataset.total);
    this.list = this.find(".pa-list");
    this.field = this.find(".pa-search input");
    this.first = [...this.list.childNodes];
    this.state = EMPTY;
    this.limit = PAGE;
    this.papers = [];
    this.read = 0;
    this.sorted = {};
    this.cards = new Cards(catalogue, tray);
    this.cards.adopt(this.list);
    this.notes = new Notes(this.list);
    this.facets = [...root.querySelectorAll(".pa-facet[data-facet]")].map(
      (place) => new FacetRows(place, (change) => this.choose(change)),
    );
    const numbers = (papers) => new Set(papers.map(({ number }) => number));
    this.downloads = new Downloads(
      this.find(".download"),
      async () => (isFiltered(this.state) ? numbers(this.passing) : null),
      async () => (await this.loadAll(), numbers(this.papers)),
    );
    this.find(".pa-pages")?.remove();
    this.isFirst = true;
    this.more = createButton("pa-btn", [], () => this.showMore());
    this.rest = createElement("p", { class: "pa-rest", hidden: true }, this.more);
    this.list.after(this.rest);
    tray.addBoxes(this.list);
    this.listen();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  listen() {
    const form = this.find(".pa-search");
    this.field.addEventListener("input", () => this.type());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(this.field.value);
    });
    for (const name of ["sort", "from", "to"]) {
      this.find(`select[name="${name}"]`)?.addEventListener("change", ({ target }) => this.update({ [name]: target.value }));
    }
    for (const button of this.root.querySelectorAll("button[data-view]")) {
      button.addEventListener("click", () => {
        store("localStorage", VIEW, button.dataset.view);
        this.state = { ...this.state, view: button.dataset.view };
        this.writeAddress("pushState");
        this.show();
      });
    }
    this.find(".copy-link").addEventListener("click", () => copyText(location.href, WORDS.link_copied));
    this.list.addEventListener("click", (event) => this.clickTag(event));
  }

  /** Show the state of the address. */
  async restore() {
    const names = [...this.facets.map(({ name }) => name), FEATURES, this.own.facet].filter(Boolean);
    const query = location.search;
    const back = this.returnPoint.take();
    this.limit = Math.max(PAGE, Math.ceil(((back?.place ?? 0) + 1) / PAGE) * PAGE);
    if (!concernsList(query, names) && !this.catalogue.facets) {
      this.state = { ...EMPTY, view: readStored("localStorage", VIEW, parseView) };
      this.show();
      if (this.limit > PAGE) await this.refresh();
    } else if (await this.open(() => this.restore())) {
      const parameters = new URLSearchParams(query);
      this.state = parseState(query, this.catalogue.facets);
      this.state.view ||= readStored("localStorage", VIEW, parseView);
      if (parameters.getAll("has").includes("selected")) for (const id of this.tray.ids) this.state.ids.add(id);
      this.field.value = this.state.text;
      if (parameters.get("ask")) await this.ask(parameters.get("ask"), { isOwnEntry: false });
      else await this.refresh();
    }
    if (back) this.cards.returnTo(back.id);
  }

  /** Load the facets. Without a connection, say so, leave the list as it is, and offer to retry. */
  async open(retry) {
    try {
      this.notes.showProgress(0, this.total, true);
      await this.catalogue.open(this.root.dataset.list);
      this.notes.hideProgress();
      this.state = { ...parseState("", this.catalogue.facets), view: this.state.view };
      this.open = async () => true;
      return true;
    } catch {
      this.notes.hideProgress();
      this.showOffline(retry);
      return false;
    }
  }

  showOffline(retry) {
    const shown = this.list.querySelectorAll("article.paper").length;
    this.notes.showOffline(shown, retry);
  }

  /** Change the state, add it to the history and show it. */
  async update(change) {
    if (!(await this.open(() => this.update(change)))) return;
    this.state = orderYears({ ...this.state, ...change });
    this.limit = PAGE;
    this.writeAddress("pushState");
    await this.refresh();
  }

  writeAddress(method) {
    clearTimeout(this.typing);
    const address = location.pathname + formatState(this.state, location.search);
    if (address !== location.pathname + location.search) history[method](history.state, "", address);
  }

  /** Filter while the reader types. The address follows when the reader pauses. */
  async type() {
    if (!(await this.open(() => this.type()))) return;
    this.state = { ...this.state, text: this.field.value.trim() };
    this.limit = PAGE;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.writeAddress("replaceState");
      this.showWaysOut();
    }, PAUSE);
    if (this.catalogue.isComplete) this.show();
    else await this.refresh();
  }

  /** Turn the words of a text that are terms into filters, and search for the rest. */
  async ask(text, { isOwnEntry = true } = {}) {
    if (!(await this.open(() => this.ask(text, { isOwnEntry })))) return;
    const { terms, features, text: rest } = understandText(text, this.catalogue.facets, this.own);
    const is = { ...this.state.is };
    for (const [facet, id] of Object.entries(terms)) is[facet] = new Set([...is[facet], id]);
    is[FEATURES] = new Set([...is[FEATURES], ...features]);
    const isSame = Object.keys(terms).length + features.length === 0;
    this.state = { ...this.state, is, text: isSame ? text.trim() : rest };
    this.field.value = this.state.text;
    this.limit = PAGE;
    this.writeAddress(isOwnEntry ? "pushState" : "replaceState");
    await this.refresh();
  }

  /** Add a term to the required ("is") or excluded ("not") terms, never to both, or remove it. */
  async choose(change) {
    if (!(await this.open(() => this.choose(change)))) return;
    const { facet, id, kind, isIn } = change;
    const copy = (chosen) => new Set([...chosen[facet]].filter((other) => other !== id));
    const [is, not] = [copy(this.state.is), copy(this.state.not)];
    if (isIn) (kind === "is" ? is : not).add(id);
    await this.update({ is: { ...this.state.is, [facet]: is }, not: { ...this.state.not, [facet]: not } });
  }

  /** A tag filters this list. With a key that opens a new tab, it leads to the page of its term. */
  async clickTag(event) {
    const tag = event.target.closest("a[data-term]");
    if (!tag || hasModifier(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const [facet, id] = tag.dataset.term.split("/");
    await this.choose({ facet, id, kind: "is", isIn: true });
    this.find(".pa-tools").scrollIntoView({ block: "center" });
  }

  clearAll() {
    this.field.value = "";
    this.field.focus();
    this.update({ ...parseState("", this.catalogue.facets), sort: this.state.sort, view: this.state.view });
  }

  /** Show the list, and load what it needs; papers appear as they arrive. */
  async refresh() {
    this.show();
    try {
      while (this.needsMore() && this.root.isConnected) {
        const { papers, count } = this.catalogue;
        this.notes.showProgress(papers.length, count, !papers.length && !this.isByDefault());
        await this.catalogue.loadPart();
        this.show();
      }
      this.notes.hideProgress();
      this.showWaysOut();
    } catch {
      this.notes.hideProgress();
      this.showOffline(() => this.refresh());
    }
  }

  /** True if the list has all its papers, newest first. */
  isByDefault() {
    return !isFiltered(this.state) && this.state.sort === DEFAULT_ORDER;
  }

  needsMore() {
    if (this.catalogue.isComplete) return false;
    return this.isByDefault() ? this.limit > PAGE && this.passing.length < Math.min(this.limit, this.total) : true;
  }

  async loadAll() {
    await this.catalogue.loadAll(this.root.dataset.list);
    this.readPapers();
  }

  /** Take the papers of this list from those that are loaded. */
  readPapers() {
    const { papers, facets } = this.catalogue;
    if (this.read === papers.length) return;
    const fresh = papers.slice(this.read);
    this.read = papers.length;
    this.sorted = {};
    if (!this.own.facet) {
      this.papers = papers;
      return;
    }
    const facet = Object.keys(facets).indexOf(this.own.facet);
    const numbers = new Set(this.own.ids.map((id) => facets[this.own.facet].numbers.get(id)));
    this.papers.push(...fresh.filter(({ terms }) => terms[facet].some((number) => numbers.has(number))));
  }

  match(state) {
    const { facets, index } = this.catalogue;
    return matchPapers(this.papers, facets, state, index.find(state.text));
  }

  /** Return the papers that match, in their order. */
  sortPapers(papers) {
    const { sort, text } = this.state;
    if (sort === DEFAULT_ORDER) return rankByName(papers, text);
    this.sorted[sort] ??= [...this.papers].sort(SORT_ORDERS[sort]);
    if (papers.length === this.papers.length) return this.sorted[sort];
    const passing = new Set(papers);
    return this.sorted[sort].filter((paper) => passing.has(paper));
  }

  /** Show the papers that match, as far as they are loaded. */
  show() {
    this.notes.clear();
    this.passing = [];
    let counts = null;
    if (this.catalogue.facets) {
      this.readPapers();
      const found = this.match(this.state);
      [this.passing, counts] = [found.papers, found.counts];
    }
    const isWhole = !isFiltered(this.state);
    if (this.catalogue.facets && !this.papers.length && !this.catalogue.isComplete && !this.isByDefault()) {
      this.showChips(); // the papers on the page stay until others arrive
      return;
    }
    if (this.isByDefault() && (this.limit === PAGE || this.passing.length <= PAGE)) {
      this.showItems(this.first);
    } else {
      this.shown = this.sortPapers(this.passing).slice(0, this.limit);
      this.showItems(this.createItems());
    }
    this.list.dataset.view = this.state.view || "cards";
    this.showForm(isWhole ? null : counts);
    notifyZotero();
  }

  showItems(items) {
    const { children } = this.list;
    const wasFirst = this.isFirst;
    this.isFirst = items === this.first;
    if (wasFirst && this.isFirst) return;
    const isSame = children.length === items.length && items.every((item, i) => item === children[i]);
    if (!isSame) this.list.replaceChildren(...items.map((item) => this.current(item)));
  }

  /** The page may have got the full card in the meantime. */
  current(item) {
    return (item.matches?.("article.paper") && this.cards.cards.get(item.id)) || item;
  }

  createItems() {
    const { sort, text } = this.state;
    const hasYears = sort.endsWith("year") && !splitWords(text).length;
    if (!hasYears) return this.shown.map((paper) => this.cards.get(paper));
    return this.shown.flatMap((paper, i) => {
      const card = this.cards.get(paper);
      return i > 0 && this.shown[i - 1].year === paper.year ? [card] : [this.createHeading(paper.year), card];
    });
  }

  /** Return the heading of a year. Its number of papers is left out while more may arrive. */
  createHeading(year) {
    const first = this.first.find(({ id }) => id === `year_${year || "unknown"}`);
    if (first && !isFiltered(this.state)) return first;
    const count = this.passing.filter((paper) => paper.year === year).length;
    const isKnown = this.catalogue.isComplete || this.catalogue.papers.at(-1).year !== year;
    return createYearHeading(year, isKnown ? say(WORDS.papers, { count }) : "");
  }

  /** Show counts, chips and choices. */
  showForm(counts) {
    const { state } = this;
    const isWhole = !isFiltered(state);
    const count = isWhole ? this.total : this.passing.length;
    const papers = say(WORDS.papers, { count });
    this.find(".count").textContent = isWhole ? papers : say(WORDS.count, { some: count, all: this.total });
    this.find(".sheet-only").textContent = say(WORDS.show_papers, { papers });
    this.downloads.update(count ? say(WORDS.download_papers, { papers }) : WORDS.nothing_to_download, count === 0);
    for (const rows of this.facets) {
      const none = new Set();
      const chosenOf = (kind) => own(state[kind], rows.name) ?? none;
      const chosen = { is: chosenOf("is"), not: chosenOf("not"), isFiltered: !isWhole };
      rows.update(...this.countsOf(rows.name, counts), chosen);
    }
    for (const name of ["sort", "from", "to"]) {
      const select = this.find(`select[name="${name}"]`);
      if (select) select.value = state[name];
    }
    for (const button of this.root.querySelectorAll("button[data-view]")) {
      button.ariaPressed = String(button.dataset.view === (state.view || "cards"));
    }
    this.showChips();
    this.showRest(count);
  }

  countsOf(name, counts) {
    const { facets } = this.catalogue;
    return counts ? [facets[name], counts[Object.keys(facets).indexOf(name)]] : [null, null];
  }

  showRest(count) {
    const shown = this.isFirst ? Math.min(PAGE, count) : this.shown.length;
    const left = Math.min(PAGE, count - shown);
    this.rest.hidden = left <= 0;
    this.more.textContent = say(WORDS.show_more_papers, { count: left });
  }

  async showMore() {
    if (!(await this.open(() => this.showMore()))) return;
    const cards = () => this.list.querySelectorAll("article.paper");
    const before = cards().length;
    this.limit += PAGE;
    await this.refresh();
    cards()[before]?.querySelector("h3 a").focus({ preventScroll: true });
  }

  /** Return all filters, each as words and the change that removes it. */
  listFilters() {
    const { state } = this;
    const facets = this.catalogue.facets ?? {};
    const without = (kind, facet, id) => ({
      [kind]: { ...state[kind], [facet]: new Set([...state[kind][facet]].filter((other) => other !== id)) },
    });
    const ofFacets = (kind) => Object.entries(state[kind]).flatMap(([facet, ids]) => [...ids].map((id) => {
      const { title, terms, numbers } = facets[facet];
      return { kind: kind === "is" ? title : WORDS.not, label: terms[numbers.get(id)][1], isNot: kind === "not", change: without(kind, facet, id) };
    }));
    const { text, from, to, ids } = state;
    const years = from && to ? `${from}–${to}` : from ? say(WORDS.from_year, { year: from }) : say(WORDS.to_year, { year: to });
    return [
      ...(ids.size ? [{ kind: WORDS.shared, label: say(WORDS.papers, { count: ids.size }), change: { ids: new Set() } }] : []),
      ...(text ? [{ kind: WORDS.text, label: say(WORDS.quoted, { text }), change: { text: "" } }] : []),
      ...ofFacets("is"),
      ...ofFacets("not"),
      ...(from || to ? [{ kind: WORDS.year, label: years, change: { from: "", to: "" } }] : []),
    ];
  }

  removeFilter({ change }) {
    if ("text" in change) this.field.value = "";
    this.field.focus({ preventScroll: true });
    this.update(change);
  }

  showChips() {
    const filters = this.listFilters();
    const chips = filters.map((filter) => {
      const { kind, label, isNot } = filter;
      const content = [createElement("small", {}, kind), ` ${label} `, createIcon("x")];
      const attributes = { "aria-label": say(WORDS.remove, { term: `${kind} ${label}` }) };
      const style = `pa-chip pa-chip--on${isNot ? " pa-chip--not" : ""}`;
      return createButton(style, content, () => this.removeFilter(filter), attributes);
    });
    const place = this.find(".pa-active");
    const names = chips.map(({ ariaLabel }) => ariaLabel).join("\n");
    if (place.dataset.shown !== names) {
      // The same chips stay, so that a click is not lost while papers arrive.
      place.replaceChildren(...chips, ...(chips.length > 1 ? [this.createClear()] : []));
      place.dataset.shown = names;
    }
    place.hidden = chips.length === 0;
    const openers = this.find(".pa-open-facets b");
    openers.textContent = chips.length ? ` (${chips.length})` : "";
  }

  createClear() {
    return createButton("pa-btn pa-btn--bare", [WORDS.clear_all], () => this.clearAll());
  }

  /** If no paper matches, show papers with similar names, or the filters to remove. */
  showWaysOut() {
    if (this.passing.length || !isFiltered(this.state) || !this.catalogue.isComplete) return;
    const count = (change) => this.match({ ...this.state, ...change }).papers;
    const { text } = this.state;
    const similar = text ? findSimilar(count({ text: "" }), text) : [];
    if (similar.length) {
      this.shown = similar;
      this.notes.showSimilar(text);
      this.showItems(similar.map((paper) => this.cards.get(paper)));
      return;
    }
    const filters = this.listFilters();
    const ways = filters.map((filter) => ({ filter, count: count(filter.change).length })).filter((way) => way.count);
    ways.sort((one, other) => other.count - one.count);
    const buttons = text && filters.length === 1 ? [] : ways.map((way) => {
      const words = way.filter.isNot ? WORDS.including : WORDS.without;
      const label = say(words, { term: way.filter.label, papers: say(WORDS.papers, { count: way.count }) });
      return createButton("pa-btn", [label], () => this.removeFilter(way.filter));
    });
    this.notes.showEmpty(text && filters.length === 1 ? text : "", filters.length, [...buttons, this.createClear()]);
  }
}
