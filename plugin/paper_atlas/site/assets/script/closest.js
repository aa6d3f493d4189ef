/* Finds names that are close to another one. Pure functions. */

import { nameKey } from "./text.js";

const MOST = 3;
const LARGEST_SHARE = 0.5; // of the letters that may differ

/**
 * Return the things with the closest names, the closest first.
 * @template {{names: string[]}} T
 * @param {string} name
 * @param {T[]} things of which each has one or more names
 * @returns {T[]} at most three
 */
export function findClosest(name, things) {
  const key = nameKey(name);
  const found = [];
  for (const thing of things) {
    let share = LARGEST_SHARE;
    for (const other of new Set(thing.names.map(nameKey))) {
      const length = Math.max(key.length, other.length);
      const most = Math.ceil(share * length) - 1;
      if (Math.abs(key.length - other.length) <= most) share = Math.min(share, editDistance(key, other) / length);
    }
    if (share < LARGEST_SHARE) found.push({ thing, share });
  }
  return found.sort((one, other) => one.share - other.share).slice(0, MOST).map(({ thing }) => thing);
}

/**
 * Return how many letters have to be added, removed or replaced to make one text of another.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
export function editDistance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      next.push(Math.min(row[j] + (one[i] !== other[j]), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[other.length];
}
