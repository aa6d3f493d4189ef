/* The orders in which a list can be sorted. */

/** @typedef {import("./paper.js").Paper} Paper */

const { compare } = new Intl.Collator();
const UNKNOWN_YEAR = 9999;

/**
 * Comparisons of two papers by the name of the order in the address. Papers without a year come
 * last. Equal papers keep the order of the list.
 * @type {Record<string, (one: Paper, other: Paper) => number>}
 */
export const SORT_ORDERS = {
  "-year": (one, other) => other.year - one.year || one.order - other.order,
  year: (one, other) => (one.year || UNKNOWN_YEAR) - (other.year || UNKNOWN_YEAR) || one.order - other.order,
  title: (one, other) => compare(one.title, other.title) || one.order - other.order,
  author: (one, other) => compare(one.familyName, other.familyName) || one.order - other.order,
  "-added": (one, other) => compare(other.added, one.added) || one.order - other.order,
};

export const DEFAULT_ORDER = "-year";
