/* What is said above a list: no papers, similar names, progress, no connection. */

import { createButton, createElement, createIcon } from "./elements.js";
import { say, WORDS } from "./site.js";

const PATIENCE = 300; // milliseconds before progress is shown

/** The notes above a list. */
export class Notes {
  /** @param {Element} list */
  constructor(list) {
    this.place = createElement("div", { class: "pa-notes" });
    this.progress = createElement("p", { class: "pa-progress", role: "status" });
    list.before(this.progress, this.place);
  }

  /** Remove all notes but the progress. */
  clear() {
    if (this.place.firstChild) this.place.replaceChildren();
  }

  /**
   * Say how many papers are loaded, unless all arrive at once.
   * @param {number} some
   * @param {number} all
   */
  showProgress(some, all) {
    this.since ??= performance.now();
    if (performance.now() - this.since < PATIENCE) return;
    const bar = createElement("progress", { max: all, value: some, "aria-hidden": "true" });
    this.progress.replaceChildren(bar, say(WORDS.loading, { some, all }));
  }

  /** Remove the progress. */
  hideProgress() {
    this.since = null;
    this.progress.replaceChildren();
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
    this.place.replaceChildren(
      createElement(
        "div",
        { class: "pa-empty" },
        createElement("h2", {}, title),
        createElement("p", {}, hint),
        createElement("div", { class: "pa-chips" }, ...buttons),
      ),
    );
  }
}
