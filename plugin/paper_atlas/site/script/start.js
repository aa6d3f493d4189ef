/* What a page gets when it is shown: by a load, or by the navigation of Material's. */

/** A button that copies what stands in each citation. */
function copies() {
  for (const block of document.querySelectorAll(".paper-citation:not(:has(button))")) {
    const button = make("button", { type: "button", class: "paper-button paper-copy" }, block.dataset.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = block.dataset.copied;
    });
    block.append(button);
  }
}

/** Wide tables of a page can be scrolled by keyboard; Material puts them into boxes that cannot. */
function reachable() {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

let filter = null;

/** Where a reader left the list of all papers, and whether the way back leads there. */
let left = kept("sessionStorage", "paper-atlas left") ?? [];
let returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

function leave({ target }) {
  const card = target.closest?.(".paper-list .paper");
  if (!card) return;
  left = [location.href, card.id];
  keep("sessionStorage", "paper-atlas left", left);
}

const basket = new Basket();

/** Facets with the number of each term and the attribute of cards; the selected papers are one
    more value of the last facet. */
function numbered(facets) {
  for (const [name, facet] of Object.entries(facets)) {
    if (name === "has") facet.terms.push(["selected", WORDS.selected]);
    facet.key = `data-${name}`;
    facet.numbers = new Map(facet.terms.map(([id], number) => [id, number]));
  }
  return facets;
}

/** The list that a file has, or nothing where it cannot be had. */
async function load(place) {
  try {
    const response = await fetch(place.dataset.list);
    const data = await response.json();
    return data.version === VERSION ? data : null;
  } catch {
    return null;
  }
}

async function startList(place) {
  const data = await load(place);
  const list = document.querySelector(".paper-list");
  const plainList = list.querySelector("noscript");
  if (!place.isConnected) return;
  if (data) {
    const facets = numbered(data.facets);
    filter = new Filter(place, new Records(data, list), facets);
    const [address, id] = left;
    if (returned && address === location.href) filter.list.reveal(id);
    returned = false;
  } else {
    const text = plainList.textContent;
    list.innerHTML = plainList.children.length ? plainList.innerHTML : text;
  }
}

function start() {
  const place = document.querySelector(".paper-filter-place");
  filter = null;
  if (place?.dataset.list) {
    startList(place);
  } else if (place) {
    const facets = numbered(JSON.parse(place.dataset.facets));
    filter = new Filter(place, new Cards(facets), facets);
  }
  basket.offer();
  basket.show();
  copies();
  requestAnimationFrame(() => requestAnimationFrame(reachable)); // after Material has made boxes
}

window.addEventListener("beforeprint", () => filter?.list.print());
window.addEventListener("afterprint", () => filter?.list.watch(true));
document.addEventListener("pointerdown", ({ target }) => filter?.close(target));
document.addEventListener("click", leave, true);
window.addEventListener("popstate", () => {
  returned = true;
  if (!filter || !filter.place.isConnected) return;
  filter.state = parse(location.search, filter.facets);
  filter.show();
});
if (window.document$) window.document$.subscribe(start);
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
