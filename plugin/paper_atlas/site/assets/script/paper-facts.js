/* What the page of a paper says, for the comparison with others. */

import { createElement } from "./elements.js";
import { readBibtex } from "./paper-page.js";
import { WORDS } from "./site.js";

/**
 * A paper that is compared. What is said about it are lists of texts, links and tags by their title.
 * @typedef {object} ComparedPaper
 * @property {string} id
 * @property {string} address
 * @property {string} name
 * @property {string[]} authors
 * @property {boolean} isRetracted
 * @property {Map<string, Node[]>} about
 * @property {Map<string, Node[]>} tags
 * @property {import("./comparison.js").Result[]} results
 * @property {string} bibtex
 */

/**
 * Read a paper from its page.
 * @param {{address: string, page: Document}} found
 * @returns {ComparedPaper}
 */
export function readPaper({ address, page }) {
  return {
    id: page.querySelector("[data-paper]").dataset.paper,
    address,
    name: page.querySelector(".pa-crumbs > :last-child").textContent,
    authors: [...page.querySelectorAll(".authors a")].map((link) => link.textContent),
    isRetracted: Boolean(page.querySelector("h1.retracted")),
    about: readAbout(page),
    tags: readTags(page),
    results: readResults(page),
    bibtex: readBibtex(page),
  };
}

function readAbout(page) {
  const parts = (selector) => [...(page.querySelector(selector)?.childNodes ?? [])];
  const copies = (links) => [...links].map((link) => createElement("a", { href: link.href }, link.dataset.name ?? link.textContent));
  return new Map([
    [WORDS.in_short, parts(".pa-short").slice(1)],
    [WORDS.year, parts(".source time")],
    [WORDS.venue, parts(".source cite")],
    [WORDS.links, copies(page.querySelectorAll(".acts a[data-name], .pa-facts dd:not([data-kind]) a:not([href*='//scholar.'])"))],
    [WORDS.extends, copies(page.querySelectorAll("#extends .pa-lines a"))],
  ]);
}

function readTags(page) {
  return new Map([...page.querySelectorAll(".pa-facts dd[data-kind]")].map((place) => {
    const tags = [...place.children];
    for (const tag of tags) tag.dataset.kind = place.dataset.kind;
    return [place.previousElementSibling.textContent, tags];
  }));
}

function readResults(page) {
  const targets = [...page.querySelectorAll("#results thead .num")].map((head) => head.textContent);
  return [...page.querySelectorAll("#results tbody tr")].flatMap((row) => {
    const [name, metric] = row.cells;
    const common = {
      dataset: name.firstChild.textContent.trim(),
      split: name.querySelector("small > span").textContent,
      metric: metric.textContent,
      better: row.dataset.better ?? "",
    };
    const own = name.querySelector("small > b")?.textContent;
    const cells = [...row.querySelectorAll(".num")].map((cell, i) => ({ ...common, target: own ?? targets[i], value: cell.textContent }));
    return cells.filter(({ value }) => value !== "–");
  });
}
