/* Values in the storage of the browser. A browser may forbid storage. */

/**
 * Read a value. It may be of an earlier version, of another program, or damaged.
 * @template T
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {string} key
 * @param {(value: unknown) => T} parse returns a valid value for any other one
 * @returns {T} what `parse` returns for the value, or for null if there is none that is JSON
 */
export function readStored(storage, key, parse) {
  let value = null;
  try {
    value = JSON.parse(window[storage].getItem(key));
  } catch {
    // Forbidden, or not JSON.
  }
  return parse(value);
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
