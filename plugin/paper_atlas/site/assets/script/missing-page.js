/* The page for an address without a page: the pages with the closest names. */

import { findClosest } from "./closest.js";
import { createElement } from "./elements.js";
import { FEATURES } from "./facets.js";
import { own } from "./own.js";
import { PAPER_LIST } from "./site.js";

/**
 * Suggest the pages whose names are closest to the address.
 * @param {HTMLElement} root
 * @param {import("./catalogue.js").Catalogue} catalogue
 */
export function start(root, catalogue) {
  suggestPages(root, catalogue);
}

async function suggestPages(root, catalogue) {
  const [asked = "", folder = ""] = readNames(location.pathname);
  if (asked === "404") return; // the page itself
  const field = root.querySelector("input");
  field.value ||= asked.replaceAll("-", " ");
  try {
    await catalogue.loadAll(PAPER_LIST);
  } catch {
    return; // the other links still lead on
  }
  const [terms, papers] = [listTerms(catalogue, folder), listPapers(catalogue)];
  const pages = own(catalogue.facets, folder) ? [...terms, ...papers] : [...papers, ...terms];
  const links = findClosest(asked, pages).map(({ title, kind, address }) =>
    createElement("a", { class: "pa-chip", href: address }, createElement("bdi", {}, title), " ", createElement("small", {}, kind)),
  );
  const place = root.querySelector(".closest");
  place.append(...links.flatMap((link) => [" ", link]));
  place.hidden = links.length === 0;
}

/** Return all terms, those of the facet in the address first. */
function listTerms(catalogue, folder) {
  const { facets } = catalogue;
  const others = Object.keys(facets).filter((name) => name !== FEATURES && name !== folder);
  const names = own(facets, folder) ? [folder, ...others] : others;
  return names.flatMap((name) => facets[name].terms.map(([id, title, aliases]) => (
    { title, kind: facets[name].title, names: [id, title, ...aliases], address: catalogue.termAddress(name, id) }
  )));
}

function listPapers(catalogue) {
  return catalogue.papers.map(({ id, title, year, names, record: { short, formerly = [] } }) => {
    const name = names[0] ?? short ?? title;
    return { title: name, kind: year || "", names: [id, ...formerly, ...names, title], address: catalogue.paperAddress(id) };
  });
}

/** Return the parts of a path, the last first, without "index.html". */
function readNames(path) {
  const parts = path.split("/").map((part) => decode(part).replace(/\.html?$/, ""));
  return parts.filter((part) => part && part !== "index").reverse();
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
