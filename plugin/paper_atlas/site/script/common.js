/* What the parts of the script share. Before them stand WORDS, those of the interface, and
   ALL_PAPERS, the address of the page of all papers. Without the script every paper is shown. */

const ROOT = new URL("..", document.currentScript.src).href;

/** A message with its values: fill("{some} of {all}", { some: 1, all: 2 }). */
function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** What the browser has kept in a storage; nothing where it has none, or none of ours. */
function kept(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

/** Keep a value in a storage. A browser that may not do that forgets it with the page. */
function keep(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // See above.
  }
}

/** A made element: tag, attributes, children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Letters and digits alone, "+" spelt out: "UNet++", "U-Net++" and "unet plus plus" are one. */
function plain(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\+/g, "plus")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What may stand between the letters of a word that is looked for: blanks, signs, accents. */
const GAP = "[\\u0002-\\u002a\\u002c-\\u002f\\u003a-\\u0060\\u007b-\\u00bf\\u0300-\\u036f\\u2000-\\u206f\\u3000-\\u303f]*";
const BREAK = "\u0001";
const PLUS = [..."plus"].join(GAP);

/** The source of an expression that finds a plain word in `searched` text, however it is written
    there. To look at each text so is cheaper than to make all of them plain. */
function pattern(word) {
  return [...word].join(GAP).replaceAll(PLUS, `(?:\\+|${PLUS})`);
}

/** A text in small letters, accents apart. */
function searched(text) {
  const small = text.toLowerCase();
  return /[^\0-\x7f]/.test(small) ? small.normalize("NFKD") : small;
}

/** Whether two words differ by one letter at most: changed, left out, doubled or swapped. */
function nearly(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = (word, from) => word.slice(from);
  const [left, right] = [rest(one, start), rest(other, start)];
  const swapped = left.length > 1 && left[0] === right[1] && left[1] === right[0];
  return (
    rest(left, 1) === rest(right, 1) ||
    rest(left, 1) === right ||
    left === rest(right, 1) ||
    (swapped && rest(left, 2) === rest(right, 2))
  );
}

/** What the filter knows of a paper: its record, as the file of all papers has it, and `terms`,
    lists of numbers, one for each facet. */
class Paper {
  constructor(order, record, terms) {
    this.order = order;
    this.record = record;
    this.terms = terms;
    this.id = record.id;
    this.year = record.year ?? 0;
  }

  get title() {
    return this.record.title;
  }

  get added() {
    return this.record.added ?? "";
  }

  get author() {
    return (this.record.authors?.[0] ?? "").split(" ").pop();
  }

  /** All words of it, made when somebody looks for some: titles, then all else, with BREAK
      between them. */
  get text() {
    const { title, also = [], authors = [], venue = "" } = this.record;
    this.words ??= searched([title, ...also, [...authors, venue, this.year].join(" ")].join(BREAK));
    return this.words;
  }
}
