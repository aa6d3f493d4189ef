/* A paper of a list, with the data that the filter needs. */

import { BREAK, foldText } from "./text.js";

/**
 * The record of a paper in `papers/list.json`, or the same facts read from a card.
 * @typedef {object} PaperRecord
 * @property {string} id
 * @property {string} title
 * @property {string[]} [also] other titles
 * @property {string[]} [authors]
 * @property {string} [venue]
 * @property {number} [year]
 * @property {string} [added] the day as YYYY-MM-DD
 * @property {Record<string, number[]>} [terms] numbers of terms by facet
 */

/** A paper of a list. */
export class Paper {
  /**
   * @param {number} order its position in the list, from 0
   * @param {PaperRecord} record
   * @param {number[][]} terms the numbers of its terms, a list for each facet
   */
  constructor(order, record, terms) {
    this.order = order;
    this.record = record;
    this.terms = terms;
    this.id = record.id;
    this.title = record.title;
    this.year = record.year ?? 0;
    this.added = record.added ?? "";
  }

  /** The last word of the name of the first author. */
  get familyName() {
    return (this.record.authors?.[0] ?? "").split(" ").pop();
  }

  /** The searchable text: each title, then authors, venue and year. Built on first use. */
  get text() {
    const { title, also = [], authors = [], venue = "" } = this.record;
    this.folded ??= foldText([title, ...also, [...authors, venue, this.year].join(" ")].join(BREAK));
    return this.folded;
  }
}
