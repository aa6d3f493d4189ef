/* The page that compares papers, from what their own pages say. The address has their ids. */

import { parseIds } from "./address.js";
import { groupResults } from "./comparison.js";
import { createButton, createElement, createIcon, typesetMaths } from "./elements.js";
import { matchPapers, rankByName } from "./matcher.js";
import { createSkeleton, PATIENCE } from "./notes.js";
import { fetchPaperPage } from "./paper-page.js";
import { readPaper } from "./paper-facts.js";
import { PAPER_LIST, say, WORDS } from "./site.js";
import { copyText } from "./toast.js";
import { MOST_COMPARED } from "./tray.js";

const OFFERED = 6; // papers that a search finds

/** The comparison of papers. */
class Comparison {
  /**
   * @param {HTMLElement} root
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  constructor(root, catalogue) {
    this.root = root;
    this.catalogue = catalogue;
    this.known = new Map();
    this.ids = [];
    this.title = root.querySelector("h1");
    this.words = this.title.textContent;
    this.how = root.querySelector(".how");
    this.notes = createElement("div", { role: "status" });
    this.table = createElement("table", { class: "pa-table pa-compare" });
    const place = { class: "pa-scroll", tabindex: 0, role: "region", "aria-labelledby": this.title.id };
    this.scroll = createElement("div", place, this.table);
    this.how.before(this.createTools(), this.notes);
    this.how.after(this.scroll);
  }

  createTools() {
    this.differences = createButton("pa-btn", [WORDS.differences], () => {
      const isOn = this.differences.ariaPressed !== "true";
      this.differences.ariaPressed = String(isOn);
      this.table.toggleAttribute("data-diff", isOn);
    }, { "aria-pressed": "false" });
    const copyBibtex = () => {
      const { papers } = this;
      copyText(papers.map(({ bibtex }) => bibtex).join("\n"), say(WORDS.bibtex_copied, { count: papers.length }));
    };
    this.whole = [
      this.differences,
      createButton("pa-btn", [createIcon("link"), WORDS.copy_link], () => copyText(location.href, WORDS.link_copied)),
      createButton("pa-btn", [createIcon("cite"), WORDS.copy_bibtex], copyBibtex),
    ];
    return createElement("div", { class: "pa-row" }, ...this.whole, this.createAdd());
  }

  /** Return the menu that finds a paper to add. */
  createAdd() {
    const field = createElement("input", { type: "search", placeholder: WORDS.find_paper, "aria-label": WORDS.find_paper, autocomplete: "off" });
    const found = createElement("div", { class: "found" });
    const search = async () => {
      try {
        await this.catalogue.loadAll(PAPER_LIST);
        found.replaceChildren(...this.find(field.value).map((paper) => this.createChoice(paper)));
      } catch {
        found.replaceChildren(createElement("p", {}, WORDS.cannot_load));
      }
    };
    const form = createElement("form", { class: "pa-search", role: "search" }, createIcon("search"), field);
    field.addEventListener("input", search);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      found.querySelector("button")?.click();
    });
    const summary = createElement("summary", { class: "pa-btn pa-btn--bare" }, WORDS.add_paper, createIcon("down"));
    this.add = createElement("details", { class: "pa-menu" }, summary, createElement("div", { class: "panel" }, form, found));
    this.add.addEventListener("toggle", () => {
      if (this.add.open) field.focus();
      else field.value = "";
      search();
    });
    return this.add;
  }

  /** Return the papers with a text that are not compared yet. */
  find(text) {
    const { papers, facets, index } = this.catalogue;
    const withText = index.find(text);
    if (!withText) return [];
    const state = { from: "", to: "", ids: new Set(), is: {}, not: {} };
    const matching = rankByName(matchPapers(papers, facets, state, withText).papers, text);
    return matching.filter(({ id }) => !this.ids.includes(id)).slice(0, OFFERED);
  }

  createChoice({ id, title, year }) {
    const choose = () => {
      this.add.open = false;
      this.change([...this.ids, id]);
      this.add.querySelector("summary").focus();
    };
    return createButton("", [createElement("span", {}, title), createElement("small", {}, String(year || ""))], choose);
  }

  /** Compare the papers of the address. */
  async restore() {
    const { search } = location;
    const given = new URLSearchParams(search).get("ids") ?? "";
    const ids = [...new Set(parseIds(given.split(",")))];
    const first = ids.slice(0, MOST_COMPARED);
    this.notes.replaceChildren();
    this.how.hidden = ids.length > 0;
    const waiting = setTimeout(() => this.notes.replaceChildren(createSkeleton()), PATIENCE);
    try {
      const papers = await Promise.all(first.map((id) => this.load(id)));
      if (location.search !== search || !this.root.isConnected) return; // the reader was faster
      this.show(papers.filter(Boolean), ids, first.filter((_, place) => !papers[place]));
    } catch {
      this.showFailure();
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Return a paper, or null for an unknown id. What cannot be loaded is requested again next time. */
  async load(id) {
    if (!this.known.has(id)) {
      const found = await fetchPaperPage(this.catalogue, id);
      this.known.set(id, found && readPaper(found));
    }
    return this.known.get(id);
  }

  showFailure() {
    const again = createButton("pa-btn pa-btn--bare", [WORDS.try_again], () => this.restore());
    this.notes.replaceChildren(createElement("p", { class: "pa-note" }, createIcon("off"), ` ${WORDS.cannot_load} `, again));
  }

  /** Put other papers into the address and compare them. */
  change(ids) {
    history.pushState(history.state, "", addressOf(ids));
    return this.restore();
  }

  show(papers, given, unknown) {
    this.papers = [...new Map(papers.map((paper) => [paper.id, paper])).values()];
    this.ids = this.papers.map(({ id }) => id);
    const count = this.ids.length;
    if (given.length && this.ids.join() !== given.join()) history.replaceState(history.state, "", addressOf(this.ids));
    const notes = [];
    if (unknown.length) notes.push(say(WORDS.left_out, { papers: unknown.join(", ") }));
    if (given.length > MOST_COMPARED || count === 1) notes.push(WORDS.compare_limit);
    this.notes.replaceChildren(...notes.map((words) => createElement("p", { class: "pa-note" }, words)));
    for (const place of [...this.whole, this.scroll]) place.hidden = count === 0;
    this.how.hidden = count > 0;
    this.add.hidden = count >= MOST_COMPARED;
    this.title.textContent = count ? say(WORDS.compare_papers, { count }) : this.words;
    this.table.style.setProperty("--cols", count);
    this.table.replaceChildren(this.createHead(), ...(count ? this.createBodies() : []));
    typesetMaths(this.table);
  }

  createHead() {
    const heads = this.papers.map(({ id, name, address, authors, isRetracted }) => {
      const by = authors.length > 1 ? `${authors[0]} et al.` : authors.join("");
      const remove = createButton("pa-btn pa-btn--bare", [createIcon("x"), WORDS.remove_paper], () => this.remove(id), {
        "aria-label": say(WORDS.remove, { term: name }),
      });
      const cell = createElement("th", { scope: "col" }, createElement("a", { href: address }, createElement("bdi", {}, name)), createElement("small", {}, by));
      if (isRetracted) cell.append(createElement("span", { class: "pa-mark retracted" }, WORDS.retracted));
      cell.append(remove);
      return cell;
    });
    const corner = createElement("th", { scope: "col" }, createElement("span", { class: "pa-sr" }, WORDS.facts));
    return createElement("thead", {}, createElement("tr", {}, corner, ...heads));
  }

  async remove(id) {
    const place = this.ids.indexOf(id);
    await this.change(this.ids.filter((other) => other !== id));
    const buttons = this.table.querySelectorAll("thead button");
    (buttons[Math.min(place, buttons.length - 1)] ?? this.add.querySelector("summary")).focus();
  }

  createBodies() {
    const { papers } = this;
    const facets = Object.values(this.catalogue.facets).map(({ title }) => title);
    return [
      createFacts(WORDS.paper, [...papers[0].about.keys()], papers.map(({ about }) => about)),
      createFacts(WORDS.facts, facets, papers.map(({ tags }) => tags)),
      ...groupResults(papers.map(({ results }) => results)).map(createResults),
    ];
  }
}

/**
 * Start the comparison.
 * @param {HTMLElement} root
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @returns {Comparison}
 */
export function start(root, catalogue) {
  const comparison = new Comparison(root, catalogue);
  comparison.restore();
  return comparison;
}

function addressOf(ids) {
  return location.pathname + (ids.length ? `?ids=${ids.join(",")}` : "");
}

/** Return rows as a part of the table: each row is a label and, for each paper, a list of values. */
function createBody(title, rows, missing, detail = "") {
  if (!rows.length) return "";
  const name = createElement("span", {}, title, " ", createElement("small", {}, detail));
  const heading = createElement("th", { scope: "rowgroup", colspan: rows[0][1].length + 1 }, name);
  const lines = rows.map(([label, cells]) => {
    const filled = cells.map((values) => createElement("td", {}, ...separate(values, missing)));
    const isEqual = filled.length > 1 && new Set(filled.map((cell) => cell.textContent)).size === 1;
    return createElement("tr", { class: isEqual && "equal" }, createElement("th", { scope: "row" }, label), ...filled);
  });
  return createElement("tbody", {}, createElement("tr", {}, heading), ...lines);
}

function separate(values, missing) {
  if (!values.length) return [createElement("span", { class: "pa-2" }, missing)];
  return values.flatMap((value, i) => {
    const isTag = value.className === "pa-tag";
    return i && !isTag ? [" · ", value] : [value, ...(isTag ? [" "] : [])];
  });
}

/** Return the facts of papers as a part of the table, without those that no paper has. */
function createFacts(title, names, papers) {
  const rows = names.map((name) => [name, papers.map((facts) => facts.get(name) ?? [])]);
  return createBody(title, rows.filter(([, cells]) => cells.some(({ length }) => length)), "–");
}

function createResults({ dataset, split, metric, rows }) {
  const lines = rows.map(({ target, cells }) => [
    target,
    cells.map((values) => values.map(({ value, isBest }) => createElement(isBest ? "b" : "span", {}, value))),
  ]);
  return createBody(say(WORDS.results_on, { dataset }), lines, WORDS.not_reported, [split, metric].join(", "));
}
