/* Finds the papers that match a list, with the number of papers of each term. Pure functions. */

import { countTerms, FEATURES } from "./facets.js";
import { own } from "./own.js";
import { letterPairs, nameKey, pairSimilarity } from "./text.js";

/** @typedef {import("./address.js").ListState} ListState */
/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./paper.js").Paper} Paper */

const LEAST_SIMILARITY = 0.42;
const SHARE_OF_BEST = 0.75;
const MOST_SIMILAR = 5;

/**
 * The papers that match, in the order of the library, and the number of papers of each term, by
 * facet and number of the term: the papers that would match if the term were chosen, with all
 * conditions on other facets.
 * @typedef {object} Matches
 * @property {Paper[]} papers
 * @property {Uint32Array[]} counts
 */

/**
 * Find the papers that match a state. Terms of a facet are alternatives; of the features of papers,
 * all are required.
 * @param {Paper[]} papers
 * @param {Record<string, Facet>} facets
 * @param {ListState} state
 * @param {Uint8Array | null} withText a flag for each paper of the library that has the text of the
 *   state, or null if it has no words
 * @returns {Matches}
 */
export function matchPapers(papers, facets, state, withText) {
  const all = new Uint32Array(countTerms(facets));
  const counts = Object.values(facets).map(({ offset, terms }) => all.subarray(offset, offset + terms.length));
  const [required, excluded] = [state.is, state.not].map((chosen) => listConditions(facets, chosen));
  const found = [];
  for (const paper of papers) {
    if (withText && !withText[paper.number]) continue;
    if (!isInYears(paper.year, state) || (state.ids.size && !state.ids.has(paper.id))) continue;
    if (excluded.some(({ facet, flags }) => hasFlag(paper.terms[facet], flags))) continue;
    const failed = required.length ? required.filter((condition) => !isMet(paper, condition)) : required;
    if (failed.length === 0) {
      found.push(paper);
      count(all, paper.allTerms);
    } else if (failed.length === 1 && !failed[0].isAll) {
      count(counts[failed[0].facet], paper.terms[failed[0].facet]);
    }
  }
  return { papers: found, counts };
}

/** Return the conditions: the number of a facet, and a flag and the number of its chosen terms. */
function listConditions(facets, chosen) {
  return Object.entries(facets).flatMap(([name, { terms, numbers }], facet) => {
    const wanted = [...(own(chosen, name) ?? [])].map((id) => numbers.get(id));
    if (wanted.length === 0) return [];
    const flags = new Uint8Array(terms.length);
    for (const number of wanted) flags[number] = 1;
    return [{ facet, flags, size: wanted.length, isAll: name === FEATURES }];
  });
}

function isMet(paper, { facet, flags, size, isAll }) {
  const terms = paper.terms[facet];
  return isAll ? terms.filter((number) => flags[number]).length === size : hasFlag(terms, flags);
}

function hasFlag(terms, flags) {
  for (const number of terms) if (flags[number]) return true;
  return false;
}

function count(counts, terms) {
  for (let i = 0; i < terms.length; i += 1) counts[terms[i]] += 1;
}

/** Return true if a year is in the range. A missing year is in no range. */
function isInYears(year, { from, to }) {
  return !(from && year < Number(from)) && !(to && (!year || year > Number(to)));
}

/**
 * Rank papers: first those that the text names (by a title or short name), then those with a name
 * that starts with the text, then all others. The order in each group stays.
 * @param {Paper[]} papers
 * @param {string} text
 * @returns {Paper[]}
 */
export function rankByName(papers, text) {
  const key = nameKey(text);
  if (!key) return papers;
  const ranks = [[], [], []];
  for (const paper of papers) {
    const { keys } = paper;
    ranks[keys.includes(key) ? 0 : keys.some((name) => name.startsWith(key)) ? 1 : 2].push(paper);
  }
  return ranks.flat();
}

/**
 * Return the papers whose short names are most similar to a text, the most similar first.
 * @param {Paper[]} papers
 * @param {string} text
 * @returns {Paper[]} at most five
 */
export function findSimilar(papers, text) {
  const pairs = letterPairs(nameKey(text));
  const similar = [];
  for (const paper of papers) {
    let score = 0;
    for (const others of paper.pairs) score = Math.max(score, pairSimilarity(pairs, others));
    if (score > LEAST_SIMILARITY) similar.push({ paper, score });
  }
  similar.sort((one, other) => other.score - one.score || one.paper.number - other.paper.number);
  const least = (similar[0]?.score ?? 0) * SHARE_OF_BEST;
  return similar.filter(({ score }) => score > least).slice(0, MOST_SIMILAR).map(({ paper }) => paper);
}
