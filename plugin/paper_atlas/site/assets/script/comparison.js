/* Results of papers side by side. Pure functions. */

import { nameKey } from "./text.js";

/**
 * A result of a paper, as on its page.
 * @typedef {object} Result
 * @property {string} dataset
 * @property {string} split
 * @property {string} metric
 * @property {string} target the structure, or empty
 * @property {string} value
 * @property {string} better "higher" or "lower" if it may be compared with others, otherwise empty
 */

/**
 * The results on one data set, split and metric: a row for each target, with the values of each paper.
 * @typedef {object} ResultGroup
 * @property {string} dataset
 * @property {string} split
 * @property {string} metric
 * @property {{target: string, cells: {value: string, isBest: boolean}[][]}[]} rows
 */

/**
 * Group the results of papers. Groups that most papers have come first.
 * @param {Result[][]} papers the results of each paper
 * @returns {ResultGroup[]}
 */
export function groupResults(papers) {
  const groups = new Map();
  for (const [place, results] of papers.entries()) {
    for (const result of results) {
      const { dataset, split, metric, target } = result;
      const key = [dataset, split, metric].map(nameKey).join();
      if (!groups.has(key)) groups.set(key, { dataset, split, metric, rows: new Map(), papers: new Set() });
      const group = groups.get(key);
      const name = nameKey(target);
      if (!group.rows.has(name)) group.rows.set(name, { target, cells: papers.map(() => []) });
      group.rows.get(name).cells[place].push(result);
      group.papers.add(place);
    }
  }
  const ordered = [...groups.values()].sort((one, other) => other.papers.size - one.papers.size);
  return ordered.map(({ dataset, split, metric, rows }) => ({
    dataset,
    split,
    metric,
    rows: [...rows.values()].map(({ target, cells }) => ({ target, cells: markBest(cells) })),
  }));
}

/** Mark the best values of a row, if those of two or more papers may be compared. */
function markBest(cells) {
  const compared = cells.map((results) => results.filter(({ better }) => better));
  const values = compared.flat().map(({ value }) => Number(value));
  const isCompared = compared.filter(({ length }) => length).length > 1;
  const { better } = compared.flat()[0] ?? {};
  const best = better === "lower" ? Math.min(...values) : Math.max(...values);
  return cells.map((results) => results.map(({ value, better: own }) => ({
    value,
    isBest: isCompared && Boolean(own) && Number(value) === best,
  })));
}
