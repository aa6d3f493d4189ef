/* The keys of a list, and the menus that Escape or a click outside closes. */

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
  const field = document.querySelector(".pa .pa-search input");
  const isTyping = event.target.matches?.(FIELDS) && !event.target.matches('[type="checkbox"]');
  if (event.key === "Escape") handleEscape(event, field);
  else if (!field || isTyping || isInDialog()) return;
  else if (event.key === "/") {
    stop(event);
    field.focus();
    field.select();
  } else if (event.key === "?") {
    stop(event);
    import("./keys.js").then(({ showKeys }) => showKeys());
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
