/* Finds the papers that match a filter. */

import { buildPattern, buildTitlePattern, foldWord, isNearlyEqual } from "./text.js";

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./filter-state.js").FilterState} FilterState */
/** @typedef {import("./paper.js").Paper} Paper */

const SHORTEST_TYPO = 4; // letters; most words of three letters differ from another word by one letter
const NONE = [];

/**
 * The papers that match, and the number of papers of each term, by facet and number of the term.
 * The counts of a facet ignore the condition on that facet.
 * @typedef {object} Matches
 * @property {Set<Paper>} passing
 * @property {Uint32Array[]} counts
 */

/** Finds the papers of a list that match a state of its filter. */
export class Matcher {
  /**
   * @param {Paper[]} papers
   * @param {Record<string, Facet>} facets
   */
  constructor(papers, facets) {
    this.papers = papers;
    this.facets = facets;
  }

  /**
   * Find the papers that match. A paper must contain every word of the text, in any order. If no
   * paper matches, words may differ by one letter.
   * @param {FilterState} state
   * @returns {Matches}
   */
  match(state) {
    const text = state.text.replace(/\s+plus\b/gi, "+"); // "unet plus plus" is one word
    const words = text.split(/\s+/).map(foldWord).filter(Boolean);
    const matches = this.matchPatterns(state, words.map((word) => new RegExp(buildPattern(word))));
    if (matches.passing.size || words.length === 0) return matches;
    const alternatives = words.map((word) => [word, ...this.findSimilarWords(word)].map(buildPattern));
    return this.matchPatterns(state, alternatives.map((sources) => new RegExp(sources.join("|"))));
  }

  /** Return the words of the papers that differ from a word by one letter. */
  findSimilarWords(word) {
    if (word.length < SHORTEST_TYPO) return NONE;
    this.words ??= [...new Set(this.papers.flatMap(({ text }) => text.split(/[\s:,/\u0001-]+/)))].map(foldWord);
    return this.words.filter((known) => isNearlyEqual(word, known));
  }

  matchPatterns(state, patterns) {
    const counts = Object.values(this.facets).map(({ terms }) => new Uint32Array(terms.length));
    const conditions = listConditions(state, this.facets);
    const passing = new Set();
    for (const paper of this.papers) {
      if (!isInYears(paper.year, state) || !patterns.every((pattern) => pattern.test(paper.text))) continue;
      const failed = findFailed(paper.terms, conditions);
      if (failed.length === 0) passing.add(paper);
      if (failed.length < 2) countTerms(counts, paper.terms, failed[0]?.facet);
    }
    return { passing, counts };
  }
}

/** Return the conditions: the number of a facet, and the numbers of required and excluded terms. */
function listConditions(state, facets) {
  const conditions = Object.entries(facets).map(([name, { numbers }], facet) => {
    const [is, not] = [state.is[name], state.not[name]].map((ids) => [...ids].map((id) => numbers.get(id)));
    return { facet, is, not };
  });
  return conditions.filter(({ is, not }) => is.length || not.length);
}

/** Return true if a year is in the range. A missing year is in no range. */
function isInYears(year, { from, to }) {
  return !(from && year < Number(from)) && !(to && (!year || year > Number(to)));
}

function findFailed(terms, conditions) {
  return conditions.length ? conditions.filter(({ facet, is, not }) => !hasTerms(terms[facet], is, not)) : NONE;
}

/** Return true if a paper has a required term, unless none is required, and no excluded term. */
function hasTerms(numbers, is, not) {
  if (not.some((number) => numbers.includes(number))) return false;
  return is.length === 0 || is.some((number) => numbers.includes(number));
}

/** Count the terms of a paper in all facets, or only in the facet whose condition failed. */
function countTerms(counts, terms, failed) {
  for (let facet = 0; facet < counts.length; facet += 1) {
    if (failed !== undefined && failed !== facet) continue;
    for (const number of terms[facet]) counts[facet][number] += 1;
  }
}

/**
 * Rank papers: first those whose title is the text, with or without a subtitle, then those whose
 * title starts with the text, then all others. The order in each group stays.
 * @param {Paper[]} papers
 * @param {string} text
 * @returns {Paper[]}
 */
export function rankByTitle(papers, text) {
  const word = foldWord(text);
  if (!word) return papers;
  const pattern = buildTitlePattern(word);
  const ranks = [[], [], []];
  for (const paper of papers) {
    const match = pattern.exec(paper.text);
    ranks[match ? (match[1] === undefined ? 1 : 0) : 2].push(paper);
  }
  return ranks.flat();
}
