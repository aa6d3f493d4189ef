/* The links below a filter: they save the papers that match, in the format of the link. */

import { createElement } from "./elements.js";
import { selectRecords } from "./record-file.js";

const LIFETIME = 1000; // milliseconds until the memory of a saved file is released

/**
 * Make the download links of a page save only the records of matching papers.
 * @param {() => boolean} isWhole true if all papers match; a link then downloads the whole file
 * @param {(place: number) => boolean} isWanted true if the paper at a position of the list matches
 */
export function filterDownloads(isWhole, isWanted) {
  for (const link of document.querySelectorAll(".paper-downloads a")) {
    link.addEventListener("click", (event) => {
      if (isWhole()) return;
      event.preventDefault();
      event.stopPropagation();
      saveRecords(link, isWanted);
    });
  }
}

async function saveRecords(link, isWanted) {
  const response = await fetch(link.href);
  const text = selectRecords(await response.text(), JSON.parse(link.dataset.syntax), isWanted);
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  createElement("a", { href: address, download: link.href.split("/").pop() }).click();
  setTimeout(() => URL.revokeObjectURL(address), LIFETIME);
}
