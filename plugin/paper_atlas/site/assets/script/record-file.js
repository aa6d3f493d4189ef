/* A file of records: BibTeX, CSV, JSON and so on. Pure functions. */

/**
 * The syntax of a file, which Python writes beside the link: what comes before the first record,
 * between two and after the last, and a regular expression that finds the borders of records.
 * @typedef {object} FileSyntax
 * @property {string} start
 * @property {string} separator
 * @property {string} end
 * @property {string} boundary
 */

/**
 * Select records of a file by their place, from 0.
 * @param {string} text
 * @param {FileSyntax} syntax
 * @param {(place: number) => boolean} isWanted
 * @returns {string} a file of the same syntax
 */
export function selectRecords(text, { start, separator, end, boundary }, isWanted) {
  const records = text.slice(start.length, text.length - end.length).split(new RegExp(boundary));
  return start + records.filter((_, place) => isWanted(place)).join(separator) + end;
}
