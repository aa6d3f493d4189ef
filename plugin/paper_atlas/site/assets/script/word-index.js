/* Finds the papers with a word, in their records or in the names of their terms. */

import { FEATURES } from "./facets.js";
import { indexedWords, joinParts, splitWords } from "./text.js";

/** @typedef {import("./facets.js").Facet} Facet */
/** @typedef {import("./paper.js").Paper} Paper */

const WEB_ADDRESS = /https?:\/\/[^\s/]+\/(?:(?:abs|pdf)\/)?/g; // before a DOI, an arXiv id or a repository
const GROUP = 2; // letters; words are grouped by their first ones

/** The words of things with numbers from 0. A search finds a word by its start. */
class Words {
  constructor() {
    this.groups = new Map();
    this.texts = [];
  }

  /** Add the next thing. */
  add(words) {
    const number = this.texts.length;
    for (const word of new Set(words)) {
      const start = word.slice(0, GROUP);
      let group = this.groups.get(start);
      if (!group) this.groups.set(start, (group = new Map()));
      const numbers = group.get(word);
      if (numbers) numbers.push(number);
      else group.set(word, [number]);
    }
    this.texts.push(` ${words.join(" ")}`);
  }

  /** Return the numbers of things, in lists, that have a word which starts with a text. */
  find(start) {
    const found = [];
    for (const group of this.groupsOf(start)) {
      for (const [word, numbers] of group) if (word.startsWith(start)) found.push(numbers);
    }
    return found;
  }

  groupsOf(start) {
    if (start.length >= GROUP) return [this.groups.get(start.slice(0, GROUP)) ?? new Map()];
    return [...this.groups].filter(([key]) => key.startsWith(start)).map(([, group]) => group);
  }

  /** Return the same for a word of a query: its parts may be joined or not, in the text too. */
  findWord(word) {
    const found = this.find(joinParts(word));
    const parts = splitParts(word);
    if (parts.length === 1) return found;
    const phrase = ` ${parts.join(" ")}`;
    const neighbours = this.find(parts[0]).map((numbers) => numbers.filter((number) => this.texts[number].includes(phrase)));
    return [...found, ...neighbours];
  }
}

/** The words of papers, and of the names of their terms. */
export class WordIndex {
  /** @param {Record<string, Facet>} facets */
  constructor(facets) {
    this.papers = new Words();
    this.terms = Object.entries(facets).map(([name, { terms }]) => {
      const names = new Words();
      if (name !== FEATURES) for (const [, title, aliases] of terms) names.add(indexedWords([title, ...aliases].join(" ")));
      return { names, papers: terms.map(() => []) };
    });
  }

  /**
   * Add a paper, in the order of the library.
   * @param {Paper} paper
   */
  add(paper) {
    this.papers.add(paper.words);
    for (const [facet, terms] of paper.terms.entries()) {
      for (const term of terms) this.terms[facet].papers[term].push(paper.number);
    }
  }

  /**
   * Return a flag for each paper: 1 if it has all words of a text.
   * @param {string} text
   * @returns {Uint8Array | null} null if the text has no word
   */
  find(text) {
    const words = splitWords(text.replace(WEB_ADDRESS, ""));
    if (words.length === 0) return null;
    const found = words.map((word) => this.findWord(word));
    const [first, ...others] = found;
    for (const flags of others) for (let i = 0; i < first.length; i += 1) first[i] &= flags[i];
    return first;
  }

  findWord(word) {
    const flags = new Uint8Array(this.papers.texts.length);
    const mark = (lists) => {
      for (const numbers of lists) for (const number of numbers) flags[number] = 1;
    };
    mark(this.papers.findWord(word));
    for (const { names, papers } of this.terms) {
      for (const terms of names.findWord(word)) mark(terms.map((term) => papers[term]));
    }
    return flags;
  }
}

function splitParts(word) {
  return word.split(/[-./_]+/).filter(Boolean);
}
