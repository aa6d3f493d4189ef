/* The menu of a facet in the filter: a box for each term, and a button that leaves it out. */

class Menu {
  /** `choose(set, id, isIn)` is told what a reader does; `set` is "is" or "not". */
  constructor(name, { title, terms }, choose) {
    this.name = name;
    this.terms = terms;
    this.choose = choose;
    this.list = make("ul");
    const summary = make("summary", {}, title);
    summary.addEventListener("click", () => this.open()); // before "toggle", which may come late
    this.element = make("details", { class: "paper-filter-facet", "data-facet": name }, summary, this.list);
  }

  /** Make the boxes when they are first looked at: there may be hundreds. */
  open() {
    if (this.boxes) return;
    this.boxes = this.terms.map(([id, title]) => this.box(id, title));
    this.list.append(...this.boxes.map(({ item }) => item));
    this.mirror(...this.known);
  }

  box(id, title) {
    const without = fill(WORDS.without, { term: title });
    const box = make("input", { type: "checkbox", name: this.name, value: id });
    const count = make("span", { class: "paper-filter-number" });
    const not = make("button", { type: "button", "aria-label": without, title: without }, "−");
    box.addEventListener("change", () => this.choose("is", id, box.checked));
    not.addEventListener("click", () => this.choose("not", id, not.ariaPressed !== "true"));
    return { id, box, count, not, item: make("li", {}, make("label", {}, box, " ", title, " ", count), not) };
  }

  /** Show what is chosen, in sets of ids, and how many papers each term would leave. */
  mirror(is, not, counts) {
    this.known = [is, not, counts];
    this.element.classList.toggle("paper-filter-used", is.size + not.size > 0);
    for (const [number, it] of (this.boxes ?? []).entries()) {
      const [isIn, isOut] = [is.has(it.id), not.has(it.id)];
      it.box.checked = isIn;
      it.not.ariaPressed = String(isOut);
      if (it.count.textContent !== String(counts[number])) it.count.textContent = counts[number];
      it.item.classList.toggle("paper-filter-none", counts[number] === 0 && !isIn && !isOut);
    }
  }

  /** A button for each chosen term; `take(set, id)` is told when one is taken back. */
  chips(is, not, take) {
    return this.terms.flatMap(([id, title]) => {
      const found = [["is", is, title], ["not", not, fill(WORDS.without, { term: title })]];
      return found.filter(([, set]) => set.has(id)).map(([kind, , words]) => {
        const label = fill(WORDS.remove, { term: words });
        const button = make("button", { type: "button", class: "paper-button", "aria-label": label }, `${words} ×`);
        button.addEventListener("click", () => take(kind, id));
        return button;
      });
    });
  }
}
