/* A list of papers whose cards stand on the page. */

/** The papers of a page that has their cards. */
class Cards {
  constructor(facets) {
    this.facets = facets;
    const cards = [...document.querySelectorAll(".paper-cards > .paper")];
    this.papers = cards.map((card, order) => this.read(card, order));
    this.groups = [...new Set(cards.map((card) => card.parentElement))];
  }

  read(card, order) {
    const text = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
    const terms = Object.values(this.facets).map(({ key, numbers }) => {
      const ids = (card.getAttribute(key) ?? "").split(" ");
      return ids.map((id) => numbers.get(id)).filter((number) => number !== undefined);
    });
    const known = {
      id: card.id,
      title: text(".paper-title a"),
      also: [text(".paper-relation q")],
      authors: text(".paper-authors").split(", "),
      venue: text("cite"),
      year: Number(card.dataset.year ?? 0),
      added: card.dataset.added ?? "",
    };
    const group = card.parentElement;
    return Object.assign(new Paper(order, known, terms), { card, group, coins: card.querySelector(".Z3988") });
  }

  // All cards are there.
  watch() {}
  print() {}

  /** Cards in the order asked for; headings of years only where they head something. */
  show(passing, { sort }) {
    for (const paper of this.papers) {
      const hidden = !passing.has(paper);
      if (paper.card.hidden === hidden) continue;
      paper.card.hidden = hidden;
      paper.coins?.classList.toggle("Z3988", !hidden);
    }
    const byYear = sort === "-year";
    if (sort !== (this.sort ?? "-year")) {
      for (const paper of [...this.papers].sort(SORTS[sort])) {
        (byYear ? paper.group : this.groups[0]).append(paper.card);
      }
    }
    this.sort = sort;
    for (const group of this.groups) {
      const heading = group.previousElementSibling;
      if (!heading?.id?.startsWith("year_")) continue;
      heading.hidden = !byYear || !group.querySelector(":scope > .paper:not([hidden])");
    }
  }
}
