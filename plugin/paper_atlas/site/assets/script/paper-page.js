/* The page of a paper, from which its facts, results and citations are read. */

import { PAPER_LIST } from "./site.js";

const LINKS = ["href", "src", "xlink:href"];
const MISSING = 404;

/**
 * Fetch the page of a paper, also if its id was another one before.
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {string} id
 * @returns {Promise<{address: string, page: Document} | null>} the page with absolute links, or null
 *   if there is no such paper
 * @throws if the page cannot be loaded
 */
export async function fetchPaperPage(catalogue, id) {
  await catalogue.open(PAPER_LIST);
  let address = catalogue.paperAddress(id);
  for (let moves = 0; address && moves < 2; moves += 1) {
    const response = await fetch(address);
    if (response.status === MISSING) return null;
    if (!response.ok) throw new Error(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (page.querySelector("[data-paper]")) {
      resolveLinks(page, address);
      return { address, page };
    }
    const target = page.querySelector('link[rel="canonical"]')?.getAttribute("href"); // a former id
    address = target && new URL(target, address).href;
  }
  return null;
}

/**
 * Return the BibTeX of a paper.
 * @param {Document} page
 * @returns {string}
 */
export function readBibtex(page) {
  return `${page.querySelector('.pa-cite [data-name="BibTeX"] pre').textContent.trim()}\n`;
}

/**
 * Make the relative links of an element from another page absolute.
 * @param {Element | Document} within
 * @param {string} address of that page
 */
export function resolveLinks(within, address) {
  for (const element of within.querySelectorAll("[href], [src], use")) {
    for (const name of LINKS) {
      const value = element.getAttribute(name);
      if (value && !value.startsWith("#")) element.setAttribute(name, new URL(value, address).href);
    }
  }
}
