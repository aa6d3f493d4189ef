/* The facets of an atlas, with their terms. Pure functions. */

/**
 * A facet: its title, its terms as [id, title, aliases, numbers of all broader terms], the number of
 * each term by its id, and the number of terms of all facets before it.
 * @typedef {object} Facet
 * @property {string} title
 * @property {[string, string, string[], number[]][]} terms
 * @property {Map<string, number>} numbers
 * @property {number} offset
 */

/** The facet of the features of a paper: code, results, a free copy, a DOI. */
export const FEATURES = "has";

/**
 * Convert the facets of the list of papers.
 * @param {Record<string, {title: string, terms: Facet["terms"]}>} facets
 * @returns {Record<string, Facet>}
 */
export function readFacets(facets) {
  let offset = 0;
  const found = Object.entries(facets).map(([name, { title, terms }]) => {
    const numbers = new Map(terms.map(([id], number) => [id, number]));
    offset += terms.length;
    return [name, { title, terms, numbers, offset: offset - terms.length }];
  });
  return Object.fromEntries(found);
}

/**
 * Return the numbers of terms and of all their broader terms, without duplicates.
 * @param {Facet} facet
 * @param {number[]} numbers
 * @returns {number[]}
 */
export function addBroaderTerms({ terms }, numbers) {
  if (numbers.length === 1 && !terms[numbers[0]][3].length) return numbers;
  return [...new Set(numbers.flatMap((number) => [number, ...terms[number][3]]))];
}

/**
 * Return the number of terms of all facets.
 * @param {Record<string, Facet>} facets
 * @returns {number}
 */
export function countTerms(facets) {
  return Object.values(facets).reduce((sum, { terms }) => sum + terms.length, 0);
}
