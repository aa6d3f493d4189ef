/* How a search compares text. Pure functions. */

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const IDEOGRAM = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu; // no spaces between words
const SEPARATORS = /[^a-z0-9+&./_\x80-\uffff-]+/;
const JOINT = /[-./_]/; // between the parts of a word: U-Net, 10.1000/182
const JOINTS = /[-./_]+/g;
const OUTER_JOINTS = /^[-./_]+|[-./_]+$/g;

/**
 * Convert text to lower case without accents. "plus" after a word becomes "+", as in "U-Net++".
 * @param {string} text
 * @returns {string} in which each character after ASCII is part of a word
 */
export function foldText(text) {
  let folded = text.toLowerCase();
  if (/[^\0-\x7f]/.test(folded)) folded = foldBeyondAscii(folded);
  if (folded.includes("'")) folded = folded.replace(/'/g, "");
  return folded.includes("plus") ? folded.replace(/\s+plus\b/g, "+") : folded;
}

function foldBeyondAscii(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[’‘]/g, "'");
  const latin = plain.replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]).replace(/[‐‑–]/g, "-");
  return latin.replace(IDEOGRAM, " $& ").replace(/[^\0-\x7f\p{L}\p{N}]+/gu, " ");
}

/**
 * Return the words of a text. A word may have several parts, which hyphens, dots or slashes join.
 * @param {string} text
 * @returns {string[]} such as ["u-net++", "10.1000/182"]
 */
export function splitWords(text) {
  const words = foldText(text).split(SEPARATORS).map((word) => word.replace(OUTER_JOINTS, ""));
  return words.filter(Boolean);
}

/**
 * Return a word without the hyphens, dots and slashes between its parts.
 * @param {string} word a result of `splitWords`
 * @returns {string}
 */
export function joinParts(word) {
  return word.replace(JOINTS, "");
}

/**
 * Return the words by which a text is found: its words, or their parts, and then words with several
 * parts without their hyphens. They are in the order of the text, so that parts are neighbours.
 * @param {string} text
 * @returns {string[]} such as ["u", "net", "of", "2015", "unet"]
 */
export function indexedWords(text) {
  const found = [];
  const joined = [];
  for (const word of foldText(text).split(SEPARATORS)) {
    if (!JOINT.test(word)) {
      if (word) found.push(word);
      continue;
    }
    const parts = word.split(JOINTS).filter(Boolean);
    found.push(...parts);
    if (parts.length > 1) joined.push(parts.join(""));
  }
  return found.concat(joined);
}

/**
 * Reduce a name or a title to its letters, digits and "+".
 * @param {string} text
 * @returns {string}
 */
export function nameKey(text) {
  return foldText(text).replace(/[^a-z0-9+\x80-\uffff]+/g, "");
}

/**
 * Return the pairs of neighbouring letters of a name, each as a number.
 * @param {string} key a result of `nameKey`
 * @returns {Set<number>}
 */
export function letterPairs(key) {
  const pairs = new Set();
  for (let i = 1; i < key.length; i += 1) pairs.add(key.charCodeAt(i - 1) * 0x10000 + key.charCodeAt(i));
  return pairs;
}

/**
 * Return how similar two names are, from 0 to 1: the share of pairs of letters that both have.
 * @param {Set<number>} pairs of one name
 * @param {Set<number>} others of the other name
 * @returns {number}
 */
export function pairSimilarity(pairs, others) {
  let common = 0;
  for (const pair of pairs) if (others.has(pair)) common += 1;
  return (2 * common) / (pairs.size + others.size || 1);
}
