/* The filter of a list. Its state lives in the address:
   ?text=…&methods=u-net&methods=unet-plus-plus&-modalities=ct&from=2018&to=2020&has=code&sort=title */

const compare = new Intl.Collator().compare;
const SORTS = {
  "-year": (a, b) => b.year - a.year || a.order - b.order,
  year: (a, b) => (a.year || 9999) - (b.year || 9999) || a.order - b.order,
  title: (a, b) => compare(a.title, b.title),
  author: (a, b) => compare(a.author, b.author) || a.order - b.order,
  "-added": (a, b) => compare(b.added, a.added) || a.order - b.order,
};

const PLAIN = ["text", "from", "to"]; // q is the search of Material's own

/** The state that an address holds. */
function parse(search, facets) {
  const found = new URLSearchParams(search);
  const state = {};
  for (const key of PLAIN) state[key] = found.get(key) ?? "";
  state.sort = found.get("sort") in SORTS ? found.get("sort") : "-year";
  state.is = {};
  state.not = {};
  for (const [facet, { numbers }] of Object.entries(facets)) {
    const known = (name) => new Set(found.getAll(name).filter((id) => numbers.has(id)));
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

class Filter {
  /** A filter for a list, in its place; `facets` say which number a term has. */
  constructor(place, list, facets) {
    this.place = place;
    this.list = list;
    this.facets = facets;
    this.papers = list.papers;
    this.mark();
    this.build();
    this.exports();
    this.state = parse(location.search, this.facets);
    this.show();
  }

  /** Know which papers are selected, which is a value of the last facet. */
  mark() {
    const at = Object.keys(this.facets).indexOf("has");
    const selected = this.facets.has.numbers.get("selected");
    for (const { id, terms } of this.papers) {
      if (terms[at].includes(selected) === basket.has(id)) continue;
      terms[at] = basket.has(id) ? [...terms[at], selected] : terms[at].filter((it) => it !== selected);
    }
  }

  /** Count anew after a selection; what is in view stays, so that nothing moves under a hand. */
  recount() {
    this.mark();
    this.mirror(this.select().counts);
  }

  /** The form, from the names of facets and terms. */
  build() {
    const words = WORDS;
    this.query = make("input", { type: "search", name: "text", placeholder: words.search, "aria-label": words.search, autocomplete: "off", dir: "auto" });
    this.sort = make("select", { name: "sort", "aria-label": words.sort });
    for (const key of Object.keys(SORTS)) {
      if (key === "-added" && !this.papers.some((paper) => paper.added)) continue;
      this.sort.append(make("option", { value: key }, words.sorts[key]));
    }
    this.count = make("output", { "aria-live": "polite" });
    this.clear = make("button", { type: "reset", class: "paper-button", title: words.clear_key }, words.clear);
    const several = Object.entries(this.facets).filter(([, { terms }]) => terms.length > 1);
    this.menus = several.map(([name, facet]) => new Menu(name, facet, (...choice) => this.choose(name, ...choice)));
    const elements = this.menus.map(({ element }) => element);
    const facets = make("div", { class: "paper-filter-facets" }, ...elements, this.buildYears());
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
        if (this.passing.size === this.papers.length) return;
        event.preventDefault();
        event.stopPropagation();
        save(link, (order) => this.passing.has(this.papers[order]));
      });
    }
  }

  buildYears() {
    const years = [...new Set(this.papers.map((paper) => paper.year).filter(Boolean))].sort();
    const choice = (name, label) => {
      const select = make("select", { name, "aria-label": label }, make("option", { value: "" }, label));
      for (const year of years) select.append(make("option", { value: year }, String(year)));
      return select;
    };
    this.from = choice("from", WORDS.from);
    this.to = choice("to", WORDS.to);
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
    for (const name of ["sort", "from", "to"]) {
      this[name].addEventListener("change", () => {
        this.state[name] = this[name].value;
        this.changed(false);
      });
    }
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
    this.form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && this.close(relatedTarget));
    this.form.addEventListener("toggle", ({ target }) => target.open && this.close(target), true);
  }

  /** Close every facet that a thing does not belong to. */
  close(target) {
    for (const facet of this.form.querySelectorAll("details[open]")) {
      if (!facet.contains(target)) facet.open = false;
    }
  }

  reset() {
    this.state = parse("", this.facets);
    this.query.focus();
    this.changed(false);
  }

  /** Put a term in or out of those that are chosen ("is") or left out ("not"), not both. */
  choose(facet, kind, id, isIn) {
    this.state.is[facet].delete(id);
    this.state.not[facet].delete(id);
    if (isIn) this.state[kind][facet].add(id);
    this.changed(false);
  }

  changed(typing) {
    const address = location.pathname + write(this.state);
    history[typing ? "replaceState" : "pushState"](history.state, "", address);
    this.show();
  }

  /** The papers that pass as typed, else those that do with a letter mistyped. */
  select() {
    const text = this.state.text.replace(/\s+plus\b/gi, "+"); // of "unet plus plus"
    const words = text.split(/\s+/).map(plain).filter(Boolean);
    const found = this.pass(words.map((word) => new RegExp(pattern(word))));
    if (found.passing.size || words.length === 0) return found;
    return this.pass(words.map((word) => new RegExp([word, ...this.meant(word)].map(pattern).join("|"))));
  }

  /** The words of the papers that differ from a word by one letter. */
  meant(word) {
    if (word.length < 4) return [];
    this.tokens ??= [...new Set(this.papers.flatMap(({ text }) => text.split(/[\s:,/\u0001-]+/)))].map(plain);
    return this.tokens.filter((token) => nearly(word, token));
  }

  /** The papers that pass and have all that is looked for; and how many would with each further
      term. */
  pass(lookedFor) {
    const { from, to } = this.state;
    const facets = Object.entries(this.facets);
    const counts = facets.map(([, { terms }]) => new Uint32Array(terms.length));
    const wanted = facets.map(([facet, { numbers }], at) => {
      const [is, not] = [this.state.is[facet], this.state.not[facet]].map((ids) => [...ids].map((id) => numbers.get(id)));
      return { at, is, not };
    }).filter(({ is, not }) => is.length || not.length);
    const passing = new Set();
    for (const paper of this.papers) {
      const { year, terms } = paper;
      if ((from && year < Number(from)) || (to && (!year || year > Number(to)))) continue;
      if (!lookedFor.every((it) => it.test(paper.text))) continue;
      const failed = failing(terms, wanted);
      if (failed.length > 1) continue;
      if (failed.length === 0) passing.add(paper);
      for (let at = 0; at < counts.length; at += 1) {
        if (failed.length && failed[0].at !== at) continue;
        for (let it = 0; it < terms[at].length; it += 1) counts[at][terms[at][it]] += 1;
      }
    }
    return { passing, counts };
  }

  show() {
    const { passing, counts } = this.select();
    this.passing = passing;
    this.list.show(passing, this.state);
    this.mirror(counts);
    const count = fill(WORDS.count, { some: passing.size, all: this.papers.length });
    this.count.textContent = passing.size ? count : `${count}. ${WORDS.nothing}`;
    document.dispatchEvent(new Event("ZoteroItemUpdated"));
  }

  /** The form as the state says, with the counts. */
  mirror(counts) {
    if (document.activeElement !== this.query) this.query.value = this.state.text;
    if (!this.state.text) this.query.value = "";
    this.sort.value = this.state.sort;
    this.from.value = this.state.from;
    this.to.value = this.state.to;
    const order = Object.keys(this.facets);
    const chips = this.menus.flatMap((menu) => {
      const [is, not] = [this.state.is[menu.name], this.state.not[menu.name]];
      menu.mirror(is, not, counts[order.indexOf(menu.name)]);
      return menu.chips(is, not, (kind, id) => {
        this.choose(menu.name, kind, id, false);
        this.query.focus();
      });
    });
    this.chosen.replaceChildren(...chips);
  }
}

const NONE = [];

/** What is wanted of facets that a paper with terms fails. */
function failing(terms, wanted) {
  return wanted.length ? wanted.filter(({ at, is, not }) => !passes(terms[at], is, not)) : NONE;
}

/** Whether a paper with terms passes what is wanted of a facet, and what is not. */
function passes(terms, is, not) {
  if (not.some((number) => terms.includes(number))) return false;
  return is.length === 0 || is.some((number) => terms.includes(number));
}
