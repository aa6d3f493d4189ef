/* The records of all papers. They come in parts, newest first, only when a page needs them. */

import { readFacets } from "./facets.js";
import { Paper } from "./paper.js";
import { WordIndex } from "./word-index.js";

const VERSION = 3; // of the files
const SLICE = 100; // papers that are read at once, so that the page stays responsive
const AHEAD = 2; // parts that are requested before they are needed

/** The papers of the atlas, as far as they are loaded. */
export class Catalogue {
  /**
   * @param {string} root the address of the site
   * @param {(address: string) => Promise<any>} fetchJson
   */
  constructor(root, fetchJson) {
    this.root = root;
    this.fetchJson = fetchJson;
    this.papers = [];
    this.byId = new Map();
    this.parts = [];
    this.loaded = 0;
  }

  /**
   * Load the description of the list, with all facets. A failed request is repeated next time.
   * @param {string} address
   * @returns {Promise<void>}
   * @throws if the description cannot be loaded, or has another version
   */
  async open(address) {
    this.opening ??= this.fetchVersion(address).then((manifest) => {
      this.manifest = manifest;
      this.facets = readFacets(manifest.facets);
      this.index = new WordIndex(this.facets);
    });
    await this.opening.catch((error) => {
      this.opening = null;
      throw error;
    });
  }

  /** The number of papers of the atlas. */
  get count() {
    return this.manifest.count;
  }

  /** True if all papers are loaded. */
  get isComplete() {
    return Boolean(this.manifest) && this.loaded === this.manifest.parts.length;
  }

  /**
   * Load the next part. Calls at the same time wait for the same part.
   * @returns {Promise<void>}
   * @throws if the part cannot be loaded
   */
  async loadPart() {
    this.loading ??= this.addPart().finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  /**
   * Open the list and load all papers.
   * @param {string} address
   * @throws if a file cannot be loaded
   */
  async loadAll(address) {
    await this.open(address);
    while (!this.isComplete) await this.loadPart();
  }

  async addPart() {
    const number = this.loaded;
    for (let ahead = number + 1; ahead <= number + AHEAD; ahead += 1) this.requestPart(ahead)?.catch(() => {});
    const { papers } = await this.requestPart(number);
    const [names, facets] = [Object.keys(this.facets), Object.values(this.facets)];
    for (const [place, record] of papers.entries()) {
      if (place % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve));
      const paper = new Paper(this.papers.length, record, facets, names);
      this.papers.push(paper);
      this.byId.set(paper.id, paper);
      this.index.add(paper);
    }
    this.parts[number] = null;
    this.loaded = number + 1;
  }

  requestPart(number) {
    const part = this.manifest.parts[number];
    if (!part) return null;
    this.parts[number] ??= this.fetchVersion(this.root + part.file).catch((error) => {
      this.parts[number] = null;
      throw error;
    });
    return this.parts[number];
  }

  async fetchVersion(address) {
    const data = await this.fetchJson(address);
    if (data.version !== VERSION) throw new Error(`${address} has version ${data.version}`);
    return data;
  }

  /** The address of the page of a paper. */
  paperAddress(id) {
    return this.root + this.manifest.paper.replace("{id}", () => encodeURIComponent(id));
  }

  /** The address of the page of a term. */
  termAddress(facet, id) {
    const values = { facet, id };
    return this.root + this.manifest.term.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
  }

  /** The address of the page that has the card of paper `number` of the library. */
  cardPage(number) {
    const { first, next, size } = this.manifest.pages;
    const page = Math.floor(number / size) + 1;
    return this.root + (page === 1 ? first : next.replace("{number}", page));
  }
}
