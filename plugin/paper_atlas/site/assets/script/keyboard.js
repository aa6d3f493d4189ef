/* The keys of a list, and the menus that Escape or a click outside closes. */

import { createButton, createElement } from "./elements.js";
import { WORDS } from "./site.js";

const FIELDS = "input, textarea, select, [contenteditable]";
const MENU = "details.pa-menu[open]";

/** Listen to keys and clicks. */
export function startKeyboard() {
  // Before the theme, whose search has the same key.
  window.addEventListener("keydown", handleKey, true);
  document.addEventListener("pointerdown", ({ target }) => {
    for (const menu of document.querySelectorAll(MENU)) if (!menu.contains(target)) menu.open = false;
  });
}

function handleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector(":is(.pa-browse, .pa-filters) .pa-search input");
  const isTyping = event.target.matches?.(FIELDS) && !event.target.matches('[type="checkbox"]');
  if (event.key === "Escape") handleEscape(event, field);
  else if (!field || isTyping || isInDialog()) return;
  else if (event.key === "/") {
    stop(event);
    field.focus();
    field.select();
  } else if (event.key === "?") {
    stop(event);
    showKeys();
  }
}

function isInDialog() {
  const search = document.querySelector('[data-md-toggle="search"]');
  return Boolean(search?.checked || document.querySelector("dialog[open]"));
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Close a menu, or clear the search of the list if it has the focus. */
function handleEscape(event, field) {
  const menu = document.querySelector(MENU);
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (field && event.target === field && field.value) {
    event.preventDefault();
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function showKeys() {
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
