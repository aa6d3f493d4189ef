/* Short messages to everybody: seen for a moment, and read out by screen readers. */

import { createElement } from "./elements.js";
import { WORDS } from "./site.js";

const DURATION = 2600; // milliseconds
let timer = 0;

/**
 * Show a message.
 * @param {string} words
 */
export function showToast(words) {
  let place = document.querySelector(".pa-toast");
  if (!place) {
    place = createElement("div", { class: "pa-toast", role: "status" });
    document.body.append(createElement("div", { class: "pa", "data-pa": true }, place));
  }
  place.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => place.replaceChildren(), DURATION);
}

/**
 * Copy a text, and say so.
 * @param {string | Promise<string>} text
 * @param {string} done the message afterwards
 */
export async function copyText(text, done) {
  try {
    if (text instanceof Promise && globalThis.ClipboardItem) {
      const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } else {
      await navigator.clipboard.writeText(await text);
    }
    showToast(done);
  } catch {
    const isLoaded = await Promise.resolve(text).then(() => true, () => false);
    showToast(isLoaded ? WORDS.copy_failed : WORDS.download_failed);
  }
}
