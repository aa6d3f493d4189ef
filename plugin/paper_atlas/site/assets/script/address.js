/* The state of a list, and its form in the address of the page:
   ?text=…&methods=u-net,v-net&-modalities=ct&has=code&from=2018&to=2020&sort=title&view=compact&ids=a,b */

import { DEFAULT_ORDER, SORT_ORDERS } from "./sort-orders.js";

/** @typedef {import("./facets.js").Facet} Facet */

/**
 * The conditions, the order and the view of a list. Years are text, empty if there is no limit.
 * @typedef {object} ListState
 * @property {string} text
 * @property {string} from
 * @property {string} to
 * @property {string} sort the name of an order of `SORT_ORDERS`
 * @property {string} view "cards" or "compact", or empty if the address does not say
 * @property {Set<string>} ids of papers; if there are any, a paper must be one of them
 * @property {Record<string, Set<string>>} is ids of terms by facet; a paper must have one of them
 * @property {Record<string, Set<string>>} not ids of terms by facet; a paper must have none of them
 */

const ID = /^[a-z0-9-]{1,255}$/;
const VIEWS = ["cards", "compact"];
const OWN = ["text", "from", "to", "sort", "view", "ids", "ask"]; // "q" belongs to the search of Material

/**
 * Parse the query of an address. Unknown terms, orders and years are ignored.
 * @param {string} query with or without "?"
 * @param {Record<string, Facet>} facets
 * @returns {ListState}
 */
export function parseState(query, facets) {
  const parameters = new URLSearchParams(query);
  const values = (key) => parameters.getAll(key).flatMap((value) => value.split(",")).filter(Boolean);
  const year = (key) => (/^\d{1,4}$/.test(parameters.get(key) ?? "") ? parameters.get(key) : "");
  const chosen = (sign) => Object.fromEntries(
    Object.entries(facets).map(([name, { numbers }]) => [name, new Set(values(sign + name).filter((id) => numbers.has(id)))]),
  );
  const [sort, view] = [parameters.get("sort"), parameters.get("view")];
  const state = {
    text: (parameters.get("text") ?? "").trim(),
    from: year("from"),
    to: year("to"),
    sort: Object.hasOwn(SORT_ORDERS, sort) ? sort : DEFAULT_ORDER,
    view: parseView(view),
    ids: new Set(values("ids")),
    is: chosen(""),
    not: chosen("-"),
  };
  return orderYears(state);
}

/**
 * Return a view, or an empty text for any other value.
 * @param {unknown} value
 * @returns {string}
 */
export function parseView(value) {
  return VIEWS.includes(value) ? value : "";
}

/**
 * Return the ids of papers in a list, without other values.
 * @param {unknown} value
 * @returns {string[]}
 */
export function parseIds(value) {
  return Array.isArray(value) ? value.filter((id) => typeof id === "string" && ID.test(id)) : [];
}

/**
 * Swap the years of a state if the first is later than the last.
 * @param {ListState} state
 * @returns {ListState} the same state
 */
export function orderYears(state) {
  if (state.from && state.to && Number(state.from) > Number(state.to)) {
    [state.from, state.to] = [state.to, state.from];
  }
  return state;
}

/**
 * Format a state as the query of an address. Defaults are left out; parameters of others stay.
 * @param {ListState} state
 * @param {string} [query] the query before
 * @returns {string} with "?", or empty
 */
export function formatState(state, query = "") {
  const parameters = new URLSearchParams(query);
  for (const key of OWN) parameters.delete(key);
  const add = (key, ids) => {
    parameters.delete(key);
    if (ids.size) parameters.set(key, [...ids].join(","));
  };
  if (state.text) parameters.set("text", state.text);
  for (const name of Object.keys(state.is)) {
    add(name, state.is[name]);
    add(`-${name}`, state.not[name]);
  }
  if (state.from) parameters.set("from", state.from);
  if (state.to) parameters.set("to", state.to);
  if (state.sort !== DEFAULT_ORDER) parameters.set("sort", state.sort);
  if (state.view === "compact") parameters.set("view", state.view);
  add("ids", state.ids);
  const text = parameters.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/**
 * Return true if a state has a condition, so that papers may be missing from the list.
 * @param {ListState} state
 * @returns {boolean}
 */
export function isFiltered(state) {
  const sets = [state.ids, ...Object.values(state.is), ...Object.values(state.not)];
  return Boolean(state.text || state.from || state.to || sets.some((ids) => ids.size));
}

/**
 * Return true if the query of an address is about a list.
 * @param {string} query
 * @param {string[]} facets their names
 * @returns {boolean}
 */
export function concernsList(query, facets) {
  const known = new Set([...OWN, ...facets, ...facets.map((name) => `-${name}`)]);
  return [...new URLSearchParams(query).keys()].some((key) => known.has(key));
}
