/* Turns the words of a search that are terms into filters. A pure function. */

import { FEATURES } from "./facets.js";
import { joinParts, splitWords } from "./text.js";

/** @typedef {import("./facets.js").Facet} Facet */

const BEFORE_FEATURE = "with"; // "liver with code"

/**
 * The terms in a text, by facet, and the words that are left.
 * @typedef {object} Understood
 * @property {Record<string, string>} terms the id of one term of each facet that the text names
 * @property {string[]} features
 * @property {string} text
 */

/**
 * Find the names of terms in a text: the longest first, one term of each facet.
 * @param {string} text such as "liver tumour CT with code"
 * @param {Record<string, Facet>} facets
 * @param {{facet: string, ids: string[]}} [own] terms that the whole list has; their names are dropped
 * @returns {Understood}
 */
export function understandText(text, facets, own = { facet: "", ids: [] }) {
  const words = splitWords(text).map((word) => ({ word, key: joinParts(word), isUsed: false }));
  const terms = new Map();
  const features = [];
  for (const { facet, id, keys } of listNames(facets)) {
    const isOwn = facet === own.facet && own.ids.includes(id);
    if (terms.has(facet) && !isOwn) continue;
    const place = findPhrase(words, keys);
    if (place < 0) continue;
    for (const word of words.slice(place, place + keys.length)) word.isUsed = true;
    if (facet === FEATURES) {
      if (words[place - 1]?.key === BEFORE_FEATURE) words[place - 1].isUsed = true;
      features.push(id);
    } else if (!isOwn) {
      terms.set(facet, id);
    }
  }
  const rest = words.filter(({ isUsed }) => !isUsed).map(({ word }) => word);
  return { terms: Object.fromEntries(terms), features, text: rest.join(" ") };
}

/** Return the names of all terms as keys of words, the longest first. */
function listNames(facets) {
  const names = Object.entries(facets).flatMap(([facet, { terms }]) =>
    terms.flatMap(([id, title, aliases]) =>
      [title, ...aliases, ...(facet === FEATURES ? [id] : [])].map((name) => ({
        facet,
        id,
        keys: splitWords(name).map(joinParts),
      })),
    ),
  );
  const length = ({ keys }) => keys.join(" ").length;
  return names.filter(({ keys }) => keys.length).sort((one, other) => length(other) - length(one));
}

function findPhrase(words, keys) {
  return words.findIndex((_, place) =>
    keys.every((key, i) => words[place + i]?.key === key && !words[place + i].isUsed),
  );
}
