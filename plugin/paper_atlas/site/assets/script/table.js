/* Tables that a reader sorts and filters. The HTML has all rows in their first order, and loses
   nothing without the script. `filters.html.jinja` has the form.

   <th scope="col" data-sort="text">  The head of a column gets a button that sorts the rows by this
                                      column; the value "number" sorts the largest number first.
                                      `aria-sort` in the HTML says how the rows are sorted at first.
   <td data-key="2633">               The value to sort by, if it is not the text of the cell.
   <td data-empty>                    A cell without a value, which comes last in each order.
   <tr data-words="Synapse BTCV">     Further words by which a search finds the row.
   <td data-values="mri cine-mri">    The values of a cell, for a select with the number of its column.

   <form class="pa-filters pa-js" data-table="ID">   Filters the rows of the table with this id:
     <input type="search">                           by words, each at the start of a word of the row,
     <select data-column="2">                        and by a value in a column, counted from 0.
     <output data-some="{some} of {all}">            The number of rows; `data-some` if a filter is on.
     <button type="reset" hidden>                    Shown while a filter is on. */

import { createButton, createIcon } from "./elements.js";
import { LANGUAGE, say } from "./site.js";
import { indexedWords, joinParts, nameKey, splitWords } from "./text.js";

const collator = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: "base" });

/** Give the tables of the page their buttons, and start their filters. */
export function start() {
  document.querySelectorAll(".pa-table:has(thead th[data-sort]):not(:has(.sort))").forEach(addSortButtons);
  document.querySelectorAll("form.pa-filters[data-table]").forEach((form) => startFilter(form));
}

function addSortButtons(table) {
  const rows = [...table.tBodies[0].rows]; // in their first order, which equal values keep
  const heads = [...table.tHead.rows[0].cells];
  for (const head of heads.filter((one) => one.dataset.sort)) {
    const sort = () => sortRows(table, rows, heads, head);
    head.replaceChildren(createButton("sort", [...head.childNodes, createIcon("down")], sort));
  }
}

function sortRows(table, rows, heads, head) {
  const isNumber = head.dataset.sort === "number";
  const before = head.getAttribute("aria-sort") ?? (isNumber ? "ascending" : "descending");
  const sign = before === "descending" ? 1 : -1;
  for (const one of heads) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
  const keys = new Map(rows.map((row) => [row, sortKey(row.cells[head.cellIndex], isNumber)]));
  const compare = isNumber ? (one, other) => one - other : collator.compare;
  const [full, empty] = [rows.filter((row) => keys.get(row) !== null), rows.filter((row) => keys.get(row) === null)];
  full.sort((one, other) => sign * compare(keys.get(one), keys.get(other)));
  table.tBodies[0].append(...full, ...empty);
}

/** Return the value of a cell, or null. */
function sortKey(cell, isNumber) {
  if ("empty" in cell.dataset) return null;
  const text = cell.dataset.key ?? cell.textContent.trim();
  return isNumber ? Number(text) : text;
}

function startFilter(form) {
  const table = document.getElementById(form.dataset.table);
  if (!table || form.dataset.started) return;
  form.dataset.started = "true";
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, name: nameKey(row.cells[0].textContent), words: null }));
  const [output, reset] = [form.querySelector("output"), form.querySelector("[type=reset]")];
  const all = output.textContent;
  const filter = () => {
    const text = form.querySelector("[type=search]").value;
    const chosen = [...form.querySelectorAll("select")].filter((select) => select.value);
    for (const one of rows) one.row.hidden = !(hasValues(one.row, chosen) && hasWords(one, text));
    const isFiltered = chosen.length > 0 || text.trim() !== "";
    const some = rows.filter(({ row }) => !row.hidden).length;
    output.textContent = isFiltered ? say(output.dataset.some, { some, all: rows.length }) : all;
    if (reset) reset.hidden = !isFiltered;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    form.querySelector("[type=search]").focus();
    setTimeout(filter); // the fields are empty after the event
  });
  filter(); // browsers fill the fields when a reader comes back
}

function hasValues(row, chosen) {
  return chosen.every((select) => {
    const values = row.cells[select.dataset.column].dataset.values ?? "";
    return values.split(" ").includes(select.value);
  });
}

/** True if a row has all words of a text, or if its name begins with the text: "kits 19" is KiTS19. */
function hasWords(one, text) {
  const wanted = splitWords(text).map(joinParts);
  if (wanted.length === 0) return true;
  one.words ??= indexedWords(`${one.row.textContent} ${one.row.dataset.words ?? ""}`);
  return wanted.every((word) => one.words.some((it) => it.startsWith(word))) || one.name.startsWith(nameKey(text));
}
