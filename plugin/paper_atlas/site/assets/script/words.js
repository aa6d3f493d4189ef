/* The texts of the interface. Pure functions. */

import { own } from "./own.js";

/** A text, or its forms by plural category: {one: "{count} paper", other: "{count} papers"}.
 * @typedef {string | Record<string, string>} Words
 */

/**
 * Return a function that fills the placeholders of a text, in the form for `count`.
 * @param {string} language such as "en"
 * @returns {(words: Words, values?: Record<string, string | number>) => string}
 */
export function createFiller(language) {
  const plural = new Intl.PluralRules(language);
  return (words, values = {}) => {
    const text = typeof words === "string" ? words : (words[plural.select(values.count)] ?? words.other);
    return text.replace(/\{(\w+)\}/g, (place, name) => own(values, name) ?? place);
  };
}
