/* Starts the parts that a page needs. Without JavaScript, a page still shows all its papers. */

import { Basket } from "./basket.js";
import { CardFiles } from "./card-files.js";
import { addCopyButtons } from "./citations.js";
import { numberTerms } from "./facets.js";
import { Filter } from "./filter.js";
import { LoadedList } from "./loaded-list.js";
import { ReturnPoint } from "./return-point.js";
import { ROOT, WORDS } from "./site.js";
import { StaticList } from "./static-list.js";
import { makeTablesFocusable } from "./wide-tables.js";

const VERSION = 2; // of the file with the list

let filter = null;
const returnPoint = new ReturnPoint();
const basket = new Basket({
  onChange: () => filter?.updateSelection(),
  onEmpty: () => {
    filter?.show();
    (filter?.query ?? document.querySelector(".paper-select"))?.focus();
  },
});

async function fetchList(address) {
  try {
    const response = await fetch(address);
    const data = await response.json();
    return data.version === VERSION ? data : null;
  } catch {
    return null;
  }
}

async function startLoadedList(place) {
  const data = await fetchList(place.dataset.list);
  const list = document.querySelector(".paper-list");
  if (!place.isConnected) return;
  if (!data) {
    showPlainList(list);
    return;
  }
  const facets = numberTerms(data.facets, WORDS.selected);
  const cards = new CardFiles(ROOT + data.cards.address, data.cards.size);
  filter = new Filter(place, new LoadedList(data, facets, list, cards, basket), facets, basket);
  const id = returnPoint.take();
  if (id) filter.list.reveal(id);
}

/** Show the content of `<noscript>`. If scripts are enabled, the browser parses it as text. */
function showPlainList(list) {
  const plain = list.querySelector("noscript");
  list.innerHTML = plain.children.length ? plain.innerHTML : plain.textContent;
}

function startPage() {
  const place = document.querySelector(".paper-filter-place");
  filter = null;
  if (place?.dataset.list) {
    startLoadedList(place);
  } else if (place) {
    const facets = numberTerms(JSON.parse(place.dataset.facets), WORDS.selected);
    filter = new Filter(place, new StaticList(facets), facets, basket);
  }
  basket.addButtons(document);
  basket.show();
  addCopyButtons();
  makeTablesFocusable();
}

window.addEventListener("beforeprint", () => filter?.list.startPrinting());
window.addEventListener("afterprint", () => filter?.list.endPrinting());
document.addEventListener("pointerdown", ({ target }) => filter?.closeMenus(target));
window.addEventListener("popstate", () => {
  if (filter?.place.isConnected) filter.restoreState();
});
// Material emits every page that it shows, also those without a full page load.
if (window.document$) window.document$.subscribe(startPage);
else startPage(); // a module runs when the page is parsed
