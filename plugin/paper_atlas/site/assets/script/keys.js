/* The dialog that lists the keys of a list. */

import { createButton, createElement } from "./elements.js";
import { WORDS } from "./site.js";

/** Show the keys. */
export function showKeys() {
  const rows = Object.entries(WORDS.keys).map(([key, words]) =>
    createElement("div", {}, createElement("dt", {}, createElement("kbd", {}, key)), createElement("dd", {}, words)),
  );
  const title = createElement("h2", { id: "pa-keys" }, WORDS.keyboard);
  const dialog = createElement("dialog", { class: "pa-keys", "aria-labelledby": "pa-keys" }, title);
  const place = createElement("div", { class: "pa md-typeset", "data-pa": true }, dialog);
  dialog.append(createElement("dl", {}, ...rows), createButton("pa-btn", [WORDS.close], () => dialog.close()));
  dialog.addEventListener("close", () => place.remove());
  document.body.append(place);
  dialog.showModal();
}
