/* Starts the parts that a page needs. Without JavaScript, a page still leads to all its papers. */

import { Catalogue } from "./catalogue.js";
import { startKeyboard } from "./keyboard.js";
import { PaperList } from "./list.js";
import { ReturnPoint } from "./return-point.js";
import { ROOT } from "./site.js";
import { Tray } from "./tray.js";

const catalogue = new Catalogue(ROOT, fetchJson);
const tray = new Tray(catalogue);
const returnPoint = new ReturnPoint();
const ownStyle = new CSSStyleSheet();
/** The parts that few pages need, by the place on the page that needs them. */
const PARTS = {
  ".pa-cite": () => import("./citations.js"),
  "[data-compare]": () => import("./compare.js"),
  "[data-missing]": () => import("./missing-page.js"),
  ".pa-figure": () => import("./figure.js"),
  ".pa-lineage": () => import("./lineage.js"),
  ".pa-table [data-sort], .pa-filters": () => import("./table.js"),
};
const HEADER_SEARCH = '[data-md-component="search-query"]';
const started = new WeakSet();
let list = null;
let part = null;
let headerSearch = null;

async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

async function startParts() {
  for (const [selector, load] of Object.entries(PARTS)) {
    const root = document.querySelector(selector);
    if (!root || started.has(root)) continue;
    started.add(root);
    const { start } = await load();
    part = start(root, catalogue) ?? part;
  }
}

/** Load the search of the header when a reader goes there. */
function startHeaderSearch({ target }) {
  if (!target.matches?.(HEADER_SEARCH)) return;
  headerSearch ??= import("./header-search.js").then(({ start }) => start(target, catalogue)).catch(() => {
    headerSearch = null; // the theme's own results stay
  });
}

function startPage() {
  const root = document.querySelector(".pa-browse[data-list]");
  if (root && list?.root === root) return;
  hideTag(root?.dataset.own);
  list = root && new PaperList(root, catalogue, tray, returnPoint);
  list?.restore();
  tray.addBoxes(document);
  tray.addPaperButton();
  tray.show();
  startParts();
  requestAnimationFrame(() => requestAnimationFrame(improveTheme)); // after the theme has put tables into boxes
}

/** Make wide tables scrollable by keyboard, and name the dialog of the search. */
function improveTheme() {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
  const field = document.querySelector(HEADER_SEARCH);
  field?.closest("[role=dialog]")?.setAttribute("aria-label", field.placeholder);
}

/** Hide a term on all cards of a page that are loaded later: the page is about this term. */
function hideTag(term) {
  const own = `[data-term="${term}"]`;
  const hidden = `.pa-list ${own}, .pa-list .pa-tags > span:not(:has(a:not(${own}))) { display: none !important; }`;
  ownStyle.replaceSync(term ? hidden : "");
}

document.adoptedStyleSheets.push(ownStyle);
document.addEventListener("focusin", startHeaderSearch);
startKeyboard();
window.addEventListener("popstate", () => {
  for (const shown of [list, part]) if (shown?.root.isConnected) shown.restore();
});
// Material emits every page that it shows, also those without a full page load.
if (window.document$) window.document$.subscribe(startPage);
else startPage(); // a module runs when the page is parsed
