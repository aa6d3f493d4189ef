/* Where a reader left the list of all papers, so that the way back leads there. */

import { readStored, store } from "./storage.js";

const KEY = "paper-atlas left";

/** The card through which a reader last left the list. */
export class ReturnPoint {
  constructor() {
    this.left = readStored("sessionStorage", KEY) ?? [];
    this.isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    document.addEventListener("click", ({ target }) => this.leave(target), true);
    window.addEventListener("popstate", () => {
      this.isBack = true;
    });
  }

  leave(target) {
    const card = target.closest?.(".paper-list .paper");
    if (!card) return;
    this.left = [location.href, card.id];
    store("sessionStorage", KEY, this.left);
  }

  /**
   * The id of the card to return to, once, if the reader comes back to the same list.
   * @returns {string | null}
   */
  take() {
    const [address, id] = this.left;
    const isHere = this.isBack && address === location.href;
    this.isBack = false;
    return isHere ? id : null;
  }
}
