/* How the filter compares text. Pure functions. */

/** Separates the titles of a paper from each other, and from the rest of its text. */
export const BREAK = "\u0001";

/** The characters that may be between two letters of a word: spaces, punctuation, accents. */
const GAP = "[\\u0002-\\u002a\\u002c-\\u002f\\u003a-\\u0060\\u007b-\\u00bf\\u0300-\\u036f\\u2000-\\u206f\\u3000-\\u303f]*";
const PLUS = [..."plus"].join(GAP);

/**
 * Replace the placeholders of a message: fillMessage("{some} of {all}", { some: 1, all: 2 }) is "1 of 2".
 * @param {string} message
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fillMessage(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/**
 * Reduce a word to lower-case letters and digits. "+" becomes "plus", so that "UNet++", "U-Net++"
 * and "unet plus plus" give the same result.
 * @param {string} word
 * @returns {string}
 */
export function foldWord(word) {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\+/g, "plus")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Convert text to lower case and split accents from their letters.
 * @param {string} text
 * @returns {string}
 */
export function foldText(text) {
  const lower = text.toLowerCase();
  return /[^\0-\x7f]/.test(lower) ? lower.normalize("NFKD") : lower;
}

/**
 * Return the source of a regular expression that finds a result of `foldWord` in a result of
 * `foldText`, with any punctuation between its letters. This is faster than to fold every text.
 * @param {string} word
 * @returns {string}
 */
export function buildPattern(word) {
  return [...word].join(GAP).replaceAll(PLUS, `(?:\\+|${PLUS})`);
}

/**
 * Return a regular expression for a title, in the text of a paper, that starts with a result of
 * `foldWord`. Group 1 matches if the title ends there, or if a colon and a subtitle follow.
 * @param {string} word
 * @returns {RegExp}
 */
export function buildTitlePattern(word) {
  return new RegExp(`(?:^|${BREAK})${GAP}${buildPattern(word)}(${GAP}[:${BREAK}])?`);
}

/**
 * Return true if two words are equal, or differ by one letter that is changed, missing, added, or
 * swapped with the next one.
 * @param {string} one
 * @param {string} other
 * @returns {boolean}
 */
export function isNearlyEqual(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  const isSwapped = left.length > 1 && left[0] === right[1] && left[1] === right[0];
  return (
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (isSwapped && left.slice(2) === right.slice(2))
  );
}
