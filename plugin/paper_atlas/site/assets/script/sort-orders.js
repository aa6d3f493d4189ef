/* The orders in which a list can be sorted. */

/** @typedef {import("./paper.js").Paper} Paper */

const { compare } = new Intl.Collator();
const UNKNOWN_YEAR = 9999;
const added = ({ record }) => record.added ?? "";
const extended = ({ record }) => record.extended ?? 0;
/** Compare two names; an empty one comes last. */
const compareNames = (one, other) => !one - !other || compare(one, other);

/**
 * Comparisons of two papers by the name of the order in the address. Papers without a year or an
 * author come last. Equal papers keep the order of the library.
 * @type {Record<string, (one: Paper, other: Paper) => number>}
 */
export const SORT_ORDERS = {
  "-year": (one, other) => one.number - other.number,
  year: (one, other) => (one.year || UNKNOWN_YEAR) - (other.year || UNKNOWN_YEAR) || one.number - other.number,
  "-extended": (one, other) => extended(other) - extended(one) || one.number - other.number,
  "-added": (one, other) => compare(added(other), added(one)) || one.number - other.number,
  author: (one, other) => compareNames(one.familyName, other.familyName) || one.number - other.number,
  title: (one, other) => compare(one.title, other.title) || one.number - other.number,
};

/** The order of the library: newest first. */
export const DEFAULT_ORDER = "-year";
