/* The cards of all papers, in files that contain several cards each. */

/** Loads files of cards. Each file is a JSON object: the HTML of a card by the id of its paper. */
export class CardFiles {
  /**
   * @param {string} address of a file, with the placeholder "{number}"
   * @param {number} size the number of cards in a file
   */
  constructor(address, size) {
    this.address = address;
    this.size = size;
    this.files = new Map();
    this.cards = new Map();
  }

  /**
   * Return the HTML of a card, or undefined if its file is not loaded.
   * @param {string} id
   * @returns {string | undefined}
   */
  get(id) {
    return this.cards.get(id);
  }

  /**
   * Load the files that contain the cards of papers. A file is requested again only if the request
   * failed.
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
