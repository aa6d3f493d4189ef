/* The facets of a list, with a number for each term. */

/**
 * A facet: its title, its terms as [id, title, numbers of broader terms], and the number of each
 * term by its id.
 * @typedef {object} Facet
 * @property {string} title
 * @property {[string, string, number[]?][]} terms
 * @property {Map<string, number>} numbers
 */

/** The facet of the features of a paper (code, DOI, results), and its term for selected papers. */
export const FEATURES = "has";
export const SELECTED = "selected";

/**
 * Convert the facets of a page or a file: number their terms, and add the term for selected papers.
 * @param {Record<string, {title: string, terms: [string, string, number[]?][]}>} facets
 * @param {string} selected the title of that term
 * @returns {Record<string, Facet>}
 */
export function numberTerms(facets, selected) {
  const numbered = Object.entries(facets).map(([name, { title, terms }]) => {
    const all = name === FEATURES ? [...terms, [SELECTED, selected]] : terms;
    return [name, { title, terms: all, numbers: new Map(all.map(([id], number) => [id, number])) }];
  });
  return Object.fromEntries(numbered);
}

/**
 * Return the numbers of terms and of all their broader terms, without duplicates.
 * @param {Facet} facet
 * @param {number[]} numbers
 * @returns {number[]}
 */
export function addBroaderTerms({ terms }, numbers) {
  return [...new Set(numbers.flatMap((number) => [number, ...(terms[number][2] ?? [])]))];
}
