/* Values that the browser keeps for this site. A browser may forbid that. */

/**
 * Read a value.
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @returns {unknown} null if there is none, or none that can be read
 */
export function readStored(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

/**
 * Store a value. Where storage is forbidden or full, the value lasts as long as the page.
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @param {unknown} value
 */
export function store(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Nothing depends on it.
  }
}
