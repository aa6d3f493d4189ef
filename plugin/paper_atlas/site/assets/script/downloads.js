/* The menu that downloads the papers of a list, in every format. */

import { createButton, createElement } from "./elements.js";
import { selectRecords } from "./record-file.js";
import { FORMATS, ROOT, WORDS } from "./site.js";
import { showToast } from "./toast.js";

const LIFETIME = 1000; // milliseconds until the memory of a saved file is released

/** The menu. It fetches the file of all papers, and saves the records of those in the list. */
export class Downloads {
  /**
   * @param {HTMLElement} menu with links to files of exactly the papers of the list, if there are any
   * @param {() => Promise<Set<number> | null>} chosen the numbers of the papers in the library, or null
   *   for all papers of the list
   * @param {() => Promise<Set<number>>} whole the numbers of all papers of the list
   */
  constructor(menu, chosen, whole) {
    this.panel = menu.querySelector(".panel");
    this.title = this.panel.querySelector("p");
    this.files = new Map([...this.panel.querySelectorAll("a")].map((link) => [link.dataset.format, link.href]));
    this.chosen = chosen;
    this.whole = whole;
    this.buttons = Object.entries(FORMATS).map(([name, { title, suffix }]) =>
      createButton("", [title, " ", createElement("small", {}, suffix)], () => this.save(name)),
    );
    this.panel.replaceChildren(this.title, ...this.buttons);
  }

  /**
   * Show what would be downloaded.
   * @param {string} words
   * @param {boolean} isEmpty
   */
  update(words, isEmpty) {
    this.title.textContent = words;
    for (const button of this.buttons) button.disabled = isEmpty;
  }

  async save(name) {
    try {
      const numbers = await this.chosen();
      if (!numbers && this.files.has(name)) saveFile(this.files.get(name), this.files.get(name));
      else await this.saveRecords(name, numbers ?? (await this.whole()));
    } catch {
      showToast(WORDS.download_failed);
    }
  }

  async saveRecords(name, numbers) {
    const { file, syntax } = FORMATS[name];
    const response = await fetch(ROOT + file);
    if (!response.ok) throw new Error(file);
    const text = selectRecords(await response.text(), syntax, (number) => numbers.has(number));
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    saveFile(address, file);
    setTimeout(() => URL.revokeObjectURL(address), LIFETIME);
  }
}

function saveFile(address, path) {
  createElement("a", { href: address, download: path.split("/").pop() }).click();
}
