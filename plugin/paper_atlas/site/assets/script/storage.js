/* Values in the storage of the browser. A browser may forbid storage. */

/**
 * Read a value.
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @returns {unknown} null if there is no value, or if it cannot be read
 */
export function readStored(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

/**
 * Store a value, unless storage is forbidden or full.
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @param {unknown} value
 */
export function store(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // The page works without stored values.
  }
}
