/* Stores at which card a reader left a list, to return to it later. */

import { readStored, store } from "./storage.js";

const KEY = "paper-atlas left";
const MOST = 1e6; // papers of a list

/**
 * Return the address of a list, the id of a card in it and its place, or an empty list.
 * @param {unknown} value
 * @returns {[string, string, number] | []}
 */
export function parsePlace(value) {
  if (!Array.isArray(value)) return [];
  const [address, id, place] = value;
  const isText = [address, id].every((text) => typeof text === "string");
  return isText && Number.isInteger(place) && place >= 0 && place < MOST ? [address, id, place] : [];
}

/** The last card that the reader clicked in a list. */
export class ReturnPoint {
  constructor() {
    this.left = readStored("sessionStorage", KEY, parsePlace);
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
    const [address, id, place] = this.left;
    const isHere = this.isBack && address === location.href;
    this.isBack = false;
    return isHere ? { id, place } : null;
  }
}
