/* The cards of all papers, in files of some cards each. */

/** Loads files of cards. Each file is an object of HTML by the id of the paper. */
export class CardFiles {
  /**
   * @param {string} address of the files, with "{number}" in it
   * @param {number} size how many papers of the list a file has
   */
  constructor(address, size) {
    this.address = address;
    this.size = size;
    this.files = new Map();
    this.cards = new Map();
  }

  /**
   * The HTML of a card whose file is loaded.
   * @param {string} id
   * @returns {string | undefined}
   */
  get(id) {
    return this.cards.get(id);
  }

  /**
   * Load the files that have the cards of papers. A file is requested once, unless that fails.
   * @param {{order: number}[]} papers
   * @returns {Promise<void>}
   */
  async load(papers) {
    const numbers = new Set(papers.map(({ order }) => Math.floor(order / this.size)));
    await Promise.all([...numbers].map((number) => this.loadFile(number)));
  }

  loadFile(number) {
    if (!this.files.has(number)) this.files.set(number, this.fetchFile(number));
    return this.files.get(number);
  }

  async fetchFile(number) {
    try {
      const response = await fetch(this.address.replace("{number}", number));
      for (const [id, html] of Object.entries(await response.json())) this.cards.set(id, html);
    } catch {
      this.files.delete(number);
    }
  }
}
