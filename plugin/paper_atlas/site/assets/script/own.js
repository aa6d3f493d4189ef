/* Values of plain objects, by keys from an address, a file or the storage. A pure function. */

/**
 * Return the value of a key, or undefined. Without this, "constructor" is a key of every object.
 * @template T
 * @param {Record<string, T>} object
 * @param {string} key
 * @returns {T | undefined}
 */
export function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
