/* Starts the parts that a page needs. Without JavaScript, a page still leads to all its papers. */

import { Catalogue } from "./catalogue.js";
import { startCitations } from "./citations.js";
import { startFigure } from "./figure.js";
import { startHeaderSearch } from "./header-search.js";
import { startKeyboard } from "./keyboard.js";
import { startLineage } from "./lineage.js";
import { PaperList } from "./list.js";
import { ReturnPoint } from "./return-point.js";
import { ROOT } from "./site.js";
import { startTables } from "./table.js";
import { Tray } from "./tray.js";
import { makeTablesFocusable } from "./wide-tables.js";

const catalogue = new Catalogue(ROOT, fetchJson);
const tray = new Tray(catalogue);
const returnPoint = new ReturnPoint();
const ownStyle = new CSSStyleSheet();
let list = null;

async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
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
  startCitations();
  startFigure();
  startLineage();
  startTables();
  makeTablesFocusable();
}

/** Hide a term on all cards of a page that are loaded later: the page is about this term. */
function hideTag(term) {
  const own = `[data-term="${term}"]`;
  const hidden = `.pa-list ${own}, .pa-list .pa-tags > span:not(:has(a:not(${own}))) { display: none !important; }`;
  ownStyle.replaceSync(term ? hidden : "");
}

document.adoptedStyleSheets.push(ownStyle);
startHeaderSearch(catalogue);
startKeyboard();
window.addEventListener("popstate", () => {
  if (list?.root.isConnected) list.restore();
});
// Material emits every page that it shows, also those without a full page load.
if (window.document$) window.document$.subscribe(startPage);
else startPage(); // a module runs when the page is parsed
