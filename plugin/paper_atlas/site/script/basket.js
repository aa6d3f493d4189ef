/* The papers that a reader selects, on whatever page, until they are wanted together. */

/** The papers that a reader has selected, kept in the browser for this site alone. */
class Basket {
  constructor() {
    this.key = `paper-atlas ${new URL(ROOT).pathname}`;
    this.ids = new Set(this.kept());
    window.addEventListener("storage", ({ key }) => {
      if (key === this.key) this.set(this.kept());
    });
  }

  has(id) {
    return this.ids.has(id);
  }

  /** The ids that the browser has kept. */
  kept() {
    const found = kept("localStorage", this.key);
    return Array.isArray(found) ? found.map(String) : [];
  }

  /** Select just these papers. */
  set(ids) {
    this.ids = new Set(ids);
    for (const button of document.querySelectorAll(".paper-select")) this.label(button);
    filter?.recount();
    this.show();
  }

  /** A button that selects a paper. */
  toggle(id, title) {
    const button = make("button", { type: "button", class: "paper-button paper-select", "data-paper": id, "data-title": title });
    button.addEventListener("click", () => {
      const others = [...this.ids].filter((it) => it !== id);
      this.set(this.has(id) ? others : [...others, id]);
      keep("localStorage", this.key, [...this.ids]);
    });
    this.label(button);
    return button;
  }

  label(button) {
    const isSelected = this.has(button.dataset.paper);
    button.ariaPressed = String(isSelected);
    button.ariaLabel = fill(WORDS.select_paper, { title: button.dataset.title });
    button.textContent = isSelected ? WORDS.selected : WORDS.select;
  }

  /** What is selected, at the foot of the window. */
  show() {
    document.querySelector(".paper-basket")?.remove();
    if (this.ids.size === 0) return;
    const words = fill(WORDS.show_selection, { count: this.ids.size });
    const empty = make("button", { type: "button", class: "paper-button" }, WORDS.empty);
    empty.addEventListener("click", () => {
      this.set([]);
      keep("localStorage", this.key, [...this.ids]);
      filter?.show();
      (filter?.query ?? document.querySelector(".paper-select"))?.focus();
    });
    const all = make("a", { class: "paper-button", href: `${ROOT}${ALL_PAPERS}?has=selected` }, words);
    document.body.append(make("aside", { class: "paper-atlas paper-basket", "aria-label": WORDS.selection }, all, empty));
  }

  /** Buttons for the cards of the page. */
  offer() {
    for (const links of document.querySelectorAll(".paper-links:not(:has(.paper-select))")) {
      const of = links.closest("[data-paper], .paper");
      if (!of) continue;
      const title = of.querySelector(".paper-title a") ?? document.querySelector("h1");
      links.append(make("li", {}, this.toggle(of.dataset.paper ?? of.id, title.textContent.trim())));
    }
  }
}
