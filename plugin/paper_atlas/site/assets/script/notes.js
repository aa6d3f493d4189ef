/* What is said above a list: no papers, similar names, progress, no connection. */

import { createButton, createElement, createIcon } from "./elements.js";
import { ADD, say, WORDS } from "./site.js";

/** Milliseconds before progress is shown. */
export const PATIENCE = 300;

/** Return the shape of papers that are loading. */
export function createSkeleton() {
  const createBlock = () => createElement("div", { class: "pa-skeleton" }, ...["i", "i", "i"].map((tag) => createElement(tag)));
  return createElement("div", { "aria-hidden": "true" }, createBlock(), createBlock(), createBlock());
}

/** The notes above a list. */
export class Notes {
  /** @param {Element} list */
  constructor(list) {
    this.list = list;
    this.place = createElement("div", { class: "pa-notes" });
    this.progress = createElement("p", { class: "pa-progress", role: "status" });
    this.skeleton = createSkeleton();
    this.skeleton.hidden = true;
    list.before(this.progress, this.place, this.skeleton);
  }

  /** Remove all notes but the progress. */
  clear() {
    if (this.place.firstChild) this.place.replaceChildren();
  }

  /**
   * Say how many papers are loaded, unless all arrive at once.
   * @param {number} some
   * @param {number} all
   * @param {boolean} isOutdated true if the shape of papers takes the place of those that are shown
   */
  showProgress(some, all, isOutdated) {
    const show = () => {
      const bar = createElement("progress", { max: all, value: some, "aria-hidden": "true" });
      this.progress.replaceChildren(bar, say(WORDS.loading, { some, all }));
      this.skeleton.hidden = !isOutdated;
      this.list.hidden = isOutdated;
    };
    this.since ??= performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(show, this.since + PATIENCE - performance.now());
  }

  /** Remove the progress. */
  hideProgress() {
    clearTimeout(this.timer);
    this.since = null;
    this.progress.replaceChildren();
    this.skeleton.hidden = true;
    this.list.hidden = false;
  }

  /**
   * Say that there is no connection.
   * @param {number} shown the number of papers in the list
   * @param {() => void} retry
   */
  showOffline(shown, retry) {
    const words = say(WORDS.offline, { papers: say(WORDS.papers, { count: shown }) });
    const again = createButton("pa-btn pa-btn--bare", [WORDS.try_again], () => {
      this.clear();
      retry();
    });
    const note = createElement("p", { class: "pa-note", role: "status" }, createIcon("off"), ` ${words} `, again);
    this.place.replaceChildren(note);
  }

  /**
   * Say that the list has papers with names similar to a text.
   * @param {string} text
   */
  showSimilar(text) {
    const note = createElement("p", { class: "pa-note", role: "status" });
    note.append(createElement("strong", {}, say(WORDS.no_exact, { text })), ` ${WORDS.similar}`);
    this.place.replaceChildren(note);
  }

  /**
   * Say that no paper matches, with buttons that lead to papers.
   * @param {string} text the only condition, or empty
   * @param {number} count the number of conditions
   * @param {HTMLElement[]} buttons
   */
  showEmpty(text, count, buttons) {
    const title = text ? say(WORDS.nothing_called, { text }) : say(WORDS.nothing_matches, { count });
    const hint = text ? WORDS.check_spelling : WORDS.remove_one;
    const add = text && ADD ? [createAddLink(text)] : [];
    this.place.replaceChildren(
      createElement(
        "div",
        { class: "pa-empty" },
        createElement("h2", {}, title),
        createElement("p", {}, hint),
        createElement("div", { class: "pa-chips" }, ...add, ...buttons),
      ),
    );
  }
}

/** Return a link to where readers add a paper, with its title in the address. */
function createAddLink(text) {
  const address = new URL(ADD);
  address.searchParams.set("title", text);
  return createElement("a", { class: "pa-btn pa-btn--main", href: address.href }, say(WORDS.add_text, { text }));
}
