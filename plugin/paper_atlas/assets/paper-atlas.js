/* Filters for lists of papers. Without this script every card is shown.

   What a card is sorted by stands in its data- attributes; the names of terms and the words of
   the interface in the place of the filter. The state lives in the address:
   ?text=…&methods=u-net&methods=unet-plus-plus&-modalities=ct&from=2018&to=2020&has=code&sort=title */
(() => {
  "use strict";

  const SORTS = {
    "-year": (a, b) => b.year - a.year || a.order - b.order,
    year: (a, b) => (a.year || 9999) - (b.year || 9999) || a.order - b.order,
    title: (a, b) => a.title.localeCompare(b.title),
    author: (a, b) => a.author.localeCompare(b.author) || a.order - b.order,
    "-added": (a, b) => b.added.localeCompare(a.added) || a.order - b.order,
  };

  const PLAIN = ["text", "from", "to"]; // q is the search of Material's own

  /** A made element: tag, attributes, children. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** Letters and digits alone, "+" spelt out: "UNet++", "U-Net++" and "unet plus plus" are one. */
  function plain(text) {
    return text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\+/g, "plus")
      .replace(/[^\p{L}\p{N}]+/gu, "");
  }

  /** Whether two words differ by one letter at most: changed, left out, doubled or swapped. */
  function nearly(one, other) {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    const rest = (word, from) => word.slice(from);
    const [left, right] = [rest(one, start), rest(other, start)];
    const swapped = left.length > 1 && left[0] === right[1] && left[1] === right[0];
    return (
      rest(left, 1) === rest(right, 1) ||
      rest(left, 1) === right ||
      left === rest(right, 1) ||
      (swapped && rest(left, 2) === rest(right, 2))
    );
  }

  /** What is to be known of a card. */
  function read(card, order, facets) {
    const text = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
    const title = text(".paper-title a");
    const authors = text(".paper-authors");
    const terms = {};
    for (const facet of Object.keys(facets)) {
      const key = facet === "has" ? "data-has" : `data-${facet}`;
      terms[facet] = new Set((card.getAttribute(key) ?? "").split(" ").filter(Boolean));
    }
    const names = authors.split(",")[0].trim().split(" ");
    const whole = [title, authors, text("cite"), text(".paper-relation q")].join(" ");
    return {
      card,
      order,
      terms,
      title,
      author: names[names.length - 1],
      year: Number(card.dataset.year ?? 0),
      added: card.dataset.added ?? "",
      text: plain(whole),
      tokens: whole.split(/[\s:,/-]+/).map(plain),
      group: card.parentElement,
      coins: card.querySelector(".Z3988"),
    };
  }

  /** The state that an address holds. */
  function parse(search, facets) {
    const found = new URLSearchParams(search);
    const state = {};
    for (const key of PLAIN) state[key] = found.get(key) ?? "";
    state.sort = found.get("sort") in SORTS ? found.get("sort") : "-year";
    state.is = {};
    state.not = {};
    for (const [facet, { terms }] of Object.entries(facets)) {
      const known = (name) => new Set(found.getAll(name).filter((id) => id in terms));
      state.is[facet] = known(facet);
      state.not[facet] = known(`-${facet}`);
    }
    return state;
  }

  function write(state) {
    const found = new URLSearchParams();
    for (const key of PLAIN) if (state[key]) found.set(key, state[key]);
    if (state.sort !== "-year") found.set("sort", state.sort);
    for (const facet of Object.keys(state.is)) {
      for (const id of state.is[facet]) found.append(facet, id);
      for (const id of state.not[facet]) found.append(`-${facet}`, id);
    }
    const text = found.toString();
    return text ? `?${text}` : "";
  }

  /** The records of a file, in its order, and how some of them make a file again. */
  const FORMATS = {
    bibtex: [(text) => text.split(/\n(?=@)/), (records) => records.join("\n")],
    ris: [(text) => text.split(/(?<=^ER {2}- ?\r?\n)/m), (records) => records.join("")],
    csl: [(text) => JSON.parse(text), (records) => JSON.stringify(records, null, 1)],
    json: [
      (text) => text.split("\n").slice(1, -2).map((line) => line.replace(/,$/, "")),
      (records) => `{"version": 1, "papers": [\n${records.join(",\n")}\n]}\n`,
    ],
    csv: [(text) => text.match(/(?:"(?:[^"]|"")*"|[^"\r\n])+\r?\n/g), (records) => records.join("")],
    markdown: [(text) => text.split(/(?<=\n)(?=- )/), (records) => records.join("")],
    keys: [(text) => text.split(/(?<=\n)/), (records) => records.join("")],
  };

  /** Save what is in view of a file, in the format of a link. */
  async function save(link, isShown) {
    const [split, join] = FORMATS[link.dataset.format];
    const response = await fetch(link.href);
    const records = split(await response.text());
    const header = link.dataset.format === "csv" ? records.splice(0, 1) : [];
    const chosen = [...header, ...records.filter((_, order) => isShown(order))];
    const address = URL.createObjectURL(new Blob([join(chosen)], { type: "text/plain" }));
    const made = make("a", { href: address, download: link.href.split("/").pop() });
    made.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  class Filter {
    constructor(place) {
      this.place = place;
      this.words = JSON.parse(place.dataset.words);
      this.facets = JSON.parse(place.dataset.facets);
      const cards = [...document.querySelectorAll(".paper-cards > .paper")];
      this.papers = cards.map((card, order) => read(card, order, this.facets));
      this.groups = [...new Set(this.papers.map((paper) => paper.group))];
      this.build();
      this.exports();
      this.state = parse(location.search, this.facets);
      this.show();
    }

    /** The form, from the names of facets and terms. */
    build() {
      const words = this.words;
      this.query = make("input", { type: "search", name: "text", placeholder: words.search, "aria-label": words.search, autocomplete: "off" });
      this.sort = make("select", { name: "sort", "aria-label": words.sort });
      for (const key of Object.keys(SORTS)) {
        if (key === "-added" && !this.papers.some((paper) => paper.added)) continue;
        this.sort.append(make("option", { value: key }, words.sorts[key]));
      }
      this.count = make("output", { "aria-live": "polite" });
      this.clear = make("button", { type: "reset", class: "paper-button", title: words.clear_key }, words.clear);
      this.boxes = new Map();
      const facets = make("div", { class: "paper-filter-facets" });
      for (const [facet, { title, terms }] of Object.entries(this.facets)) {
        facets.append(this.buildFacet(facet, title, terms));
      }
      facets.append(this.buildYears());
      this.form = make(
        "form",
        { class: "paper-filter", role: "search", "aria-label": words.filter },
        make("div", { class: "paper-filter-line" }, this.query, this.sort, this.clear),
        facets,
        make("div", { class: "paper-filter-count" }, this.count, (this.chosen = make("span"))),
      );
      this.place.replaceChildren(this.form);
      this.listen();
    }

    /** The links below the filter give what is in view. */
    exports() {
      for (const link of document.querySelectorAll(".paper-downloads a")) {
        link.addEventListener("click", (event) => {
          if (this.papers.every((paper) => !paper.card.hidden)) return;
          event.preventDefault();
          event.stopPropagation();
          save(link, (order) => !this.papers[order].card.hidden);
        });
      }
    }

    buildFacet(facet, title, terms) {
      const list = make("ul");
      const summary = make("summary", {}, title);
      for (const [id, name] of Object.entries(terms)) {
        const box = make("input", { type: "checkbox", name: facet, value: id });
        const count = make("span", { class: "paper-filter-number" });
        const not = make("button", { type: "button", "aria-pressed": "false", "aria-label": `${this.words.without} ${name}`, title: `${this.words.without} ${name}` }, "−");
        not.addEventListener("click", () => this.exclude(facet, id));
        const item = make("li", {}, make("label", {}, box, " ", name, " ", count), not);
        this.boxes.set(`${facet} ${id}`, { box, count, not, item });
        list.append(item);
      }
      return make("details", { class: "paper-filter-facet", "data-facet": facet }, summary, list);
    }

    buildYears() {
      const years = [...new Set(this.papers.map((paper) => paper.year).filter(Boolean))].sort();
      const choice = (name, label) => {
        const select = make("select", { name, "aria-label": label }, make("option", { value: "" }, label));
        for (const year of years) select.append(make("option", { value: year }, String(year)));
        return select;
      };
      this.from = choice("from", this.words.from);
      this.to = choice("to", this.words.to);
      return make("span", { class: "paper-filter-years" }, this.from, this.to);
    }

    listen() {
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.reset();
      });
      this.query.addEventListener("input", () => {
        this.state.text = this.query.value;
        this.changed(true);
      });
      this.form.addEventListener("change", (event) => {
        if (event.target !== this.query) this.take();
      });
      this.form.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        const open = event.target.closest("details[open]");
        if (open) {
          open.open = false;
          open.querySelector("summary").focus();
        } else {
          this.reset();
        }
        event.stopPropagation();
      });
      this.form.addEventListener("toggle", (event) => this.alone(event.target), true);
    }

    /** Only one facet is open at a time. */
    alone(opened) {
      if (!opened.open) return;
      for (const other of this.form.querySelectorAll("details[open]")) {
        if (other !== opened) other.open = false;
      }
    }

    reset() {
      this.state = parse("", this.facets);
      this.query.focus();
      this.changed(false);
    }

    take() {
      this.state.sort = this.sort.value;
      this.state.from = this.from.value;
      this.state.to = this.to.value;
      for (const [key, { box }] of this.boxes) {
        const [facet, id] = key.split(" ");
        this.state.is[facet][box.checked ? "add" : "delete"](id);
        if (box.checked) this.state.not[facet].delete(id);
      }
      this.changed(false);
    }

    exclude(facet, id) {
      const had = this.state.not[facet].delete(id);
      if (!had) this.state.not[facet].add(id);
      this.state.is[facet].delete(id);
      this.changed(false);
    }

    changed(typing) {
      const address = location.pathname + write(this.state);
      history[typing ? "replaceState" : "pushState"](history.state, "", address);
      this.show();
    }

    /** The papers that pass as typed, else those that do with a letter mistyped. */
    select() {
      const words = this.state.text.split(/\s+/).map(plain).filter(Boolean);
      const found = this.pass((paper) => words.every((word) => paper.text.includes(word)));
      if (found.passing.size || words.length === 0) return found;
      const has = (paper, word) =>
        paper.text.includes(word) || (word.length > 3 && paper.tokens.some((it) => nearly(word, it)));
      return this.pass((paper) => words.every((word) => has(paper, word)));
    }

    /** For each paper, whether it passes; and how many would with each further term. */
    pass(matches) {
      const { from, to, is, not } = this.state;
      const facets = Object.keys(this.facets);
      const counts = Object.fromEntries(facets.map((facet) => [facet, new Map()]));
      const passing = new Set();
      for (const paper of this.papers) {
        const year = paper.year;
        if ((from && year < Number(from)) || (to && (!year || year > Number(to)))) continue;
        if (!matches(paper)) continue;
        let failed = null;
        let failures = 0;
        for (const facet of facets) {
          const has = paper.terms[facet];
          const wanted = is[facet].size === 0 || [...is[facet]].some((id) => has.has(id));
          const unwanted = [...not[facet]].some((id) => has.has(id));
          if (wanted && !unwanted) continue;
          failures += 1;
          failed = facet;
        }
        if (failures === 0) passing.add(paper);
        for (const facet of failures === 0 ? facets : failures === 1 ? [failed] : []) {
          for (const id of paper.terms[facet]) counts[facet].set(id, (counts[facet].get(id) ?? 0) + 1);
        }
      }
      return { passing, counts };
    }

    show() {
      const { passing, counts } = this.select();
      for (const paper of this.papers) {
        const hidden = !passing.has(paper);
        if (paper.card.hidden === hidden) continue;
        paper.card.hidden = hidden;
        paper.coins?.classList.toggle("Z3988", !hidden);
      }
      this.arrange();
      this.mirror(counts);
      const all = this.papers.length;
      this.count.textContent = this.words.count.replace("{some}", passing.size).replace("{all}", all);
      document.dispatchEvent(new Event("ZoteroItemUpdated"));
    }

    /** Cards in the order asked for; headings of years only where they head something. */
    arrange() {
      const byYear = this.state.sort === "-year";
      if (byYear !== this.byYear || (!byYear && this.sorted !== this.state.sort)) {
        const ordered = [...this.papers].sort(SORTS[this.state.sort]);
        for (const paper of ordered) (byYear ? paper.group : this.groups[0]).append(paper.card);
        this.byYear = byYear;
        this.sorted = this.state.sort;
      }
      for (const group of this.groups) {
        const heading = group.previousElementSibling;
        if (!heading?.id?.startsWith("year_")) continue;
        heading.hidden = !byYear || !group.querySelector(":scope > .paper:not([hidden])");
      }
    }

    /** A button for each chosen term, which takes it back. */
    tokens() {
      const made = [];
      for (const key of this.boxes.keys()) {
        const [facet, id] = key.split(" ");
        const sets = [this.state.is[facet], this.state.not[facet]].filter((set) => set.has(id));
        for (const set of sets) {
          const name = this.facets[facet].terms[id];
          const words = set === this.state.not[facet] ? `${this.words.without} ${name}` : name;
          const label = `${this.words.remove} ${words}`;
          const button = make("button", { type: "button", class: "paper-button", "aria-label": label }, `${words} ×`);
          button.addEventListener("click", () => {
            set.delete(id);
            this.changed(false);
            this.query.focus();
          });
          made.push(button);
        }
      }
      this.chosen.replaceChildren(...made);
    }

    /** The form as the state says, with the counts. */
    mirror(counts) {
      if (document.activeElement !== this.query) this.query.value = this.state.text;
      if (!this.state.text) this.query.value = "";
      this.sort.value = this.state.sort;
      this.from.value = this.state.from;
      this.to.value = this.state.to;
      for (const [key, { box, count, not, item }] of this.boxes) {
        const [facet, id] = key.split(" ");
        const number = counts[facet].get(id) ?? 0;
        const isOut = this.state.not[facet].has(id);
        box.checked = this.state.is[facet].has(id);
        not.setAttribute("aria-pressed", String(isOut));
        count.textContent = number;
        item.classList.toggle("paper-filter-none", number === 0 && !box.checked && !isOut);
      }
      this.tokens();
      for (const details of this.form.querySelectorAll("details")) {
        const { facet } = details.dataset;
        const used = this.state.is[facet].size + this.state.not[facet].size;
        details.classList.toggle("paper-filter-used", used > 0);
      }
    }
  }

  /** A button that copies what stands in each citation. */
  function copies() {
    for (const block of document.querySelectorAll(".paper-citation:not(:has(button))")) {
      const button = make("button", { type: "button", class: "paper-button paper-copy" }, block.dataset.copy);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.querySelector("code").textContent);
        button.textContent = block.dataset.copied;
      });
      block.append(button);
    }
  }

  let filter = null;

  function start() {
    const place = document.querySelector(".paper-filter-place");
    filter = place ? new Filter(place) : null;
    copies();
  }

  window.addEventListener("popstate", () => {
    if (!filter || !filter.place.isConnected) return;
    filter.state = parse(location.search, filter.facets);
    filter.show();
  });
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
