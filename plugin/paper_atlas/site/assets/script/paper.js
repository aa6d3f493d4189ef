/* A paper of a list, with the data that the filter needs. */

import { addBroaderTerms } from "./facets.js";
import { own } from "./own.js";
import { indexedWords, letterPairs, nameKey } from "./text.js";

/**
 * The record of a paper in a part of `papers/list.json`.
 * @typedef {object} PaperRecord
 * @property {string} id
 * @property {string} title
 * @property {string} [short] the short name, if it is not what the title has before a colon
 * @property {string[]} [also] other titles
 * @property {string[]} [formerly] its ids before
 * @property {string[]} [authors]
 * @property {string} [venue]
 * @property {number} [year]
 * @property {string} [summary]
 * @property {string} [added] the day as YYYY-MM-DD
 * @property {number} [extended] the number of papers that extend it
 * @property {Record<string, number[]>} [terms] numbers of terms by facet
 * @property {string[]} [ids] identifiers, and names of repositories
 */

const LONGEST_NAME = 30; // letters; a longer text before a colon is a title, not a name
const NONE = [];

/** A paper of the atlas. */
export class Paper {
  /**
   * @param {number} number its position in the library, from 0
   * @param {PaperRecord} record
   * @param {import("./facets.js").Facet[]} facets in the order of `names`
   * @param {string[]} names of the facets
   */
  constructor(number, record, facets, names) {
    this.number = number;
    this.record = record;
    this.id = record.id;
    this.title = record.title;
    this.year = record.year ?? 0;
    this.terms = names.map((name, i) => {
      const numbers = own(record.terms ?? {}, name);
      return numbers ? addBroaderTerms(facets[i], numbers) : NONE;
    });
    /** Its terms, as numbers among the terms of all facets. */
    this.allTerms = this.terms.flatMap((numbers, i) => numbers.map((term) => facets[i].offset + term));
    const { title, short, also = NONE } = record;
    /** The keys of its titles and short names, by which a search ranks. */
    this.keys = [...this.names, ...(short ? [short] : NONE), title, ...also].map(nameKey);
  }

  /** The words by which a search finds it. */
  get words() {
    const { title, short = "", also = NONE, authors = NONE, venue = "", summary = "", ids = NONE } = this.record;
    return indexedWords([title, short, ...also, ...authors, venue, this.year || "", summary, ...ids].join(" "));
  }

  /** Its short names, without those that consist of an author and a year. */
  get names() {
    const { title, short = "", authors = [] } = this.record;
    const before = title.includes(":") ? title.slice(0, title.indexOf(":")) : "";
    const isCitation = this.year && authors.length && short.endsWith(String(this.year));
    return [before, isCitation ? "" : short].filter((name) => name && name.length <= LONGEST_NAME);
  }

  /** The pairs of letters of its short names. Built on first use. */
  get pairs() {
    this.knownPairs ??= this.names.map((name) => letterPairs(nameKey(name)));
    return this.knownPairs;
  }

  /** The last word of the name of the first author. */
  get familyName() {
    return (this.record.authors?.[0] ?? "").split(" ").pop();
  }
}
