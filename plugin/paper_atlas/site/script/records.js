/* A list of papers whose records a file has: cards are made for what is in view. */

const VERSION = 1; // of the file
const FIRST = 12; // records whose cards are made at once
const BLOCK = 40; // and those that follow, when they come into view
const WHOLE = 100; // so many are all made, and Zotero gets them

/** The papers of a file; cards are made in blocks, for what is in view. */
class Records {
  constructor(data, place) {
    this.data = data;
    this.place = place;
    this.facets = data.facets;
    const names = Object.keys(data.facets).filter((name) => name !== "has");
    const broad = names.map((name) => data.facets[name].terms.map(([, , , above], own) => [own, ...above]));
    const having = data.facets.has.terms.map(([id]) => id);
    this.papers = data.papers.map((record, order) => {
      const terms = names.map((name, at) => united((record.terms[name] ?? []).map((own) => broad[at][own])));
      const has = { ...record.links, results: record.results };
      terms.push(having.flatMap((id, number) => (has[id] ? [number] : [])));
      return new Paper(order, record, terms);
    });
    this.sorted = {};
    this.observer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) this.turn(target, isIntersecting);
    }, { rootMargin: "800px 0px" });
  }

  /** All papers in an order, which is kept: sorting is the dearest part. */
  inOrder(sort) {
    this.sorted[sort] ??= [...this.papers].sort(SORTS[sort]);
    return this.sorted[sort];
  }

  show(passing, { sort, text }) {
    const wanted = plain(text);
    const found = this.inOrder(sort).filter((paper) => passing.has(paper));
    this.shown = wanted ? ranked(found, wanted) : found;
    this.years = !wanted && sort.endsWith("year");
    const blocks = [];
    for (let [start, end] = [0, FIRST]; start < this.shown.length; [start, end] = [end, end + BLOCK]) {
      const block = make("div", { class: "paper-block" });
      block.shown = [start, Math.min(end, this.shown.length)];
      block.style.setProperty("--paper-count", block.shown[1] - start);
      blocks.push(block);
    }
    this.place.replaceChildren(...blocks);
    for (const block of this.isLong ? blocks.slice(0, 1) : blocks) this.turn(block, true);
    this.watch(true);
  }

  /** Whether only some of the cards are made. */
  get isLong() {
    return this.shown.length > WHOLE;
  }

  /** Make cards as blocks come into view, or leave them as they are. */
  watch(isOn) {
    this.observer.disconnect();
    for (const block of isOn && this.isLong ? this.place.children : []) this.observer.observe(block);
  }

  /** Bring the card of a paper into view. */
  reveal(id) {
    const at = this.shown.findIndex((paper) => paper.id === id);
    const block = [...this.place.children].find(({ shown: [start, end] }) => start <= at && at < end);
    if (!block) return;
    this.turn(block, true);
    document.getElementById(id).scrollIntoView({ block: "center" });
  }

  /** Make the cards of all blocks, for the printer. */
  print() {
    this.watch(false);
    for (const block of this.place.children) this.turn(block, true);
  }

  /** Make the cards of a block, or take them away where nobody looks. */
  turn(block, isSeen) {
    const isMade = block.hasChildNodes();
    if (isSeen === isMade || (isMade && block.contains(document.activeElement))) return;
    if (isMade) {
      block.style.minBlockSize = `${block.offsetHeight}px`;
      block.replaceChildren();
    } else {
      const [start, end] = block.shown;
      for (let at = start; at < end; at += 1) block.append(...this.made(at));
      block.style.minBlockSize = "0";
    }
    document.dispatchEvent(new Event("ZoteroItemUpdated"));
  }

  /** The card at a place in the list, with the year before it where one begins. */
  made(at) {
    const { record, year } = this.shown[at];
    const card = this.card(record, this.years ? "h3" : "h2");
    if (!this.years || (at > 0 && this.shown[at - 1].year === year)) return [card];
    return [make("h2", {}, String(year || WORDS.undated)), card];
  }

  card(record, level) {
    const { id, title, links = {}, retracted, unverified = [] } = record;
    const url = ROOT + this.data.paper.replace("{id}", id);
    const buttons = Object.entries(links).map(([kind, address]) => {
      const [words, icon] = this.data.links[kind];
      return make("li", {}, button(address, icon, words));
    });
    const cite = button(`${url}#cite`, "cite", WORDS.cite, fill(WORDS.cite_paper, { title }));
    const heading = make(level, { class: "paper-title" }, make("a", { href: url }, title));
    if (unverified.length) heading.append(mark(`${url}#record`, unverified));
    const parts = [
      make("span", { class: "Z3988", title: coins(record) }),
      heading,
      retracted ? make("p", { class: "paper-notice" }, make("strong", {}, WORDS.retracted)) : "",
      source(record),
      make("ul", { class: "paper-links" }, ...buttons, make("li", {}, cite), make("li", {}, basket.toggle(id, title))),
      this.chips(record.terms),
    ];
    return make("article", { class: "paper", id }, ...parts);
  }

  chips(terms) {
    const list = make("ul", { class: "paper-terms" });
    for (const [name, numbers] of Object.entries(terms)) {
      const { title, terms: known } = this.data.facets[name];
      for (const number of numbers) {
        const [, words, address] = known[number];
        list.append(make("li", {}, make("a", { href: ROOT + address, title }, words)));
      }
    }
    return list;
  }
}

/** Some lists as one, without doubles. */
function united(lists) {
  return lists.length === 1 ? lists[0] : [...new Set(lists.flat())];
}

/** Papers in their order, those first that have the title which is looked for, with or without
    what comes after a colon; then those of which one begins so. */
function ranked(papers, wanted) {
  const found = new RegExp(`(?:^|${BREAK})${GAP}${pattern(wanted)}(${GAP}(?:[:${BREAK}]|$))?`);
  const ranks = [[], [], []];
  for (const paper of papers) {
    const match = found.exec(paper.text);
    ranks[match ? (match[1] === undefined ? 1 : 0) : 2].push(paper);
  }
  return ranks.flat();
}

function button(address, icon, words, label = null) {
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", `${ROOT}assets/paper-icons.svg#${icon}`);
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", "paper-icon");
  picture.setAttribute("aria-hidden", "true");
  picture.append(use);
  return make("a", { class: "paper-button", href: address, "aria-label": label }, picture, words);
}

function mark(address, keys) {
  const tip = make("span", { class: "paper-tip" }, fill(WORDS.unconfirmed, { keys: keys.join(", ") }));
  return make("a", { class: "paper-mark", href: address }, make("span", { "aria-hidden": "true" }, "?"), tip);
}

/** Who, where and when; more than four authors are folded. */
function source({ authors = [], venue, year }) {
  const line = make("div", { class: "paper-source" });
  const most = authors.length > 4 ? 3 : 4;
  const [first, rest] = [authors.slice(0, most), authors.slice(most)];
  const names = make("div", { class: "paper-authors" }, first.join(", "), rest.length ? " " : "");
  if (rest.length) {
    const words = fill(WORDS.more, { count: rest.length });
    names.append(make("details", { class: "paper-rest" }, make("summary", {}, words), ` ${rest.join(", ")}`));
  }
  if (authors.length) line.append(names);
  if (venue) line.append(make("cite", {}, venue));
  if (year) line.append(make("span", { class: "paper-year" }, String(year)));
  return line;
}

/** A ContextObject (https://ocoins.info/). Zotero takes "+" for a blank, so a title with one
    is left out where a DOI tells the paper. */
function coins({ title, authors = [], venue, year, links = {} }) {
  const doi = links.doi && decodeURIComponent(links.doi.replace("https://doi.org/", ""));
  const fields = [
    ["ctx_ver", "Z39.88-2004"],
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"],
    ["rft_id", doi ? `info:doi/${doi}` : ""],
    ["rft.atitle", doi && title.includes("+") ? "" : title],
    ["rft.jtitle", venue],
    ["rft.date", year],
    ...authors.map((author) => ["rft.au", author]),
  ];
  const given = fields.filter(([, value]) => value);
  return given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
}
