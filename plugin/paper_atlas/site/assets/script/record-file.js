/* A file of records: BibTeX, CSV, JSON and so on. Pure functions. */

/**
 * The syntax of a file, which Python writes into the link: the text before the first record,
 * between two records and after the last one, and a regular expression for a boundary of records.
 * @typedef {object} FileSyntax
 * @property {string} start
 * @property {string} separator
 * @property {string} end
 * @property {string} boundary
 */

/**
 * Select records of a file by their position, from 0.
 * @param {string} text
 * @param {FileSyntax} syntax
 * @param {(place: number) => boolean} isWanted
 * @returns {string} a file of the same syntax
 */
export function selectRecords(text, { start, separator, end, boundary }, isWanted) {
  const records = text.slice(start.length, text.length - end.length).split(new RegExp(boundary));
  return start + records.filter((_, place) => isWanted(place)).join(separator) + end;
}
