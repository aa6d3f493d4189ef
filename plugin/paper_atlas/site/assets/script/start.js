/* Starts the parts that a page needs. Without JavaScript, a page still leads to all its papers. */

import { Catalogue } from "./catalogue.js";
import { addCopyButtons } from "./citations.js";
import { startHeaderSearch } from "./header-search.js";
import { startKeyboard } from "./keyboard.js";
import { PaperList } from "./list.js";
import { ReturnPoint } from "./return-point.js";
import { ROOT } from "./site.js";
import { Tray } from "./tray.js";
import { makeTablesFocusable } from "./wide-tables.js";

const catalogue = new Catalogue(ROOT, fetchJson);
const tray = new Tray(catalogue);
const returnPoint = new ReturnPoint();
let list = null;

async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

function startPage() {
  const root = document.querySelector(".pa-browse[data-list]");
  if (root && list?.root === root) return;
  list = root && new PaperList(root, catalogue, tray, returnPoint);
  list?.restore();
  tray.addBoxes(document);
  tray.addPaperButton();
  tray.show();
  addCopyButtons();
  makeTablesFocusable();
}

startHeaderSearch(catalogue);
startKeyboard();
window.addEventListener("popstate", () => {
  if (list?.root.isConnected) list.restore();
});
// Material emits every page that it shows, also those without a full page load.
if (window.document$) window.document$.subscribe(startPage);
else startPage(); // a module runs when the page is parsed
