/* Stores at which card a reader left a list, to return to it later. */

import { readStored, store } from "./storage.js";

const KEY = "paper-atlas left";

/** The last card that the reader clicked in a list. */
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
    const card = target.closest?.(".pa-browse .paper");
    if (!card) return;
    const place = [...card.parentElement.querySelectorAll(".paper")].indexOf(card);
    this.left = [location.href, card.id, place];
    store("sessionStorage", KEY, this.left);
  }

  /**
   * Return the card if the reader came back to the same list, otherwise null. A second call
   * returns null.
   * @returns {{id: string, place: number} | null}
   */
  take() {
    const [address, id, place = 0] = this.left;
    const isHere = this.isBack && address === location.href;
    this.isBack = false;
    return isHere ? { id, place } : null;
  }
}
