/* Stores at which card a reader left the list of all papers, to return to it later. */

import { readStored, store } from "./storage.js";

const KEY = "paper-atlas left";

/** The last card that the reader clicked in the list. */
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
   * Return the id of the card if the reader came back to the same list, otherwise null. A second
   * call returns null.
   * @returns {string | null}
   */
  take() {
    const [address, id] = this.left;
    const isHere = this.isBack && address === location.href;
    this.isBack = false;
    return isHere ? id : null;
  }
}
