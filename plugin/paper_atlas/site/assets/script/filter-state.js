/* The state of a filter, and its form in the address of the page:
   ?text=…&methods=u-net&methods=unet-plus-plus&-modalities=ct&from=2018&to=2020&has=code&sort=title */

import { DEFAULT_ORDER, SORT_ORDERS } from "./sort-orders.js";

/** @typedef {import("./facets.js").Facet} Facet */

/**
 * The conditions and the sort order of a list. Years are text, empty if there is no limit.
 * @typedef {object} FilterState
 * @property {string} text
 * @property {string} from
 * @property {string} to
 * @property {string} sort the name of an order of `SORT_ORDERS`
 * @property {Record<string, Set<string>>} is ids of terms by facet; a paper must have one of them
 * @property {Record<string, Set<string>>} not ids of terms by facet; a paper must have none of them
 */

const TEXTS = ["text", "from", "to"]; // "q" belongs to the search of Material

/**
 * Parse the query of an address. Unknown terms and orders are ignored.
 * @param {string} query with or without "?"
 * @param {Record<string, Facet>} facets
 * @returns {FilterState}
 */
export function parseState(query, facets) {
  const parameters = new URLSearchParams(query);
  const sort = parameters.get("sort");
  const state = { sort: Object.hasOwn(SORT_ORDERS, sort) ? sort : DEFAULT_ORDER, is: {}, not: {} };
  for (const key of TEXTS) state[key] = parameters.get(key) ?? "";
  for (const [name, { numbers }] of Object.entries(facets)) {
    const readTerms = (key) => new Set(parameters.getAll(key).filter((id) => numbers.has(id)));
    state.is[name] = readTerms(name);
    state.not[name] = readTerms(`-${name}`);
  }
  return state;
}

/**
 * Format a state as the query of an address. Defaults are left out.
 * @param {FilterState} state
 * @returns {string} with "?", or empty
 */
export function formatState(state) {
  const parameters = new URLSearchParams();
  for (const key of TEXTS) if (state[key]) parameters.set(key, state[key]);
  if (state.sort !== DEFAULT_ORDER) parameters.set("sort", state.sort);
  for (const name of Object.keys(state.is)) {
    for (const id of state.is[name]) parameters.append(name, id);
    for (const id of state.not[name]) parameters.append(`-${name}`, id);
  }
  const query = parameters.toString();
  return query && `?${query}`;
}
