/* The citations on the page of a paper. */

import { createElement } from "./elements.js";

/** Add a button to each citation of the page, which copies it. */
export function addCopyButtons() {
  for (const block of document.querySelectorAll(".paper-citation:not(:has(button))")) {
    const attributes = { type: "button", class: "paper-button paper-copy" };
    const button = createElement("button", attributes, block.dataset.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = block.dataset.copied;
    });
    block.append(button);
  }
}
