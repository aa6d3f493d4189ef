/* The papers in view, saved in the format of a link. */

/** The records of a file, in its order, and how some of them make a file again. */
const FORMATS = {
  bibtex: [(text) => text.split(/\n(?=@)/), (records) => records.join("\n")],
  ris: [(text) => text.split(/(?<=^ER {2}- ?\r?\n)/m), (records) => records.join("")],
  csl: [(text) => JSON.parse(text), (records) => JSON.stringify(records, null, 1)],
  json: [
    (text) => text.split("\n").slice(1, -2).map((line) => line.replace(/,$/, "")),
    (records) => `{"version": 1, "papers": [\n${records.join(",\n")}\n]}\n`,
  ],
  csv: [(text) => text.match(/(?:"(?:[^"]|"")*"|[^"\r\n])+\r?\n/g), (records) => records.join("")],
  markdown: [(text) => text.split(/(?<=\n)(?=- )/), (records) => records.join("")],
  keys: [(text) => text.split(/(?<=\n)/), (records) => records.join("")],
};

/** Save what is in view of a file, in the format of a link. */
async function save(link, isShown) {
  const [split, join] = FORMATS[link.dataset.format];
  const response = await fetch(link.href);
  const records = split(await response.text());
  const header = link.dataset.format === "csv" ? records.splice(0, 1) : [];
  const chosen = [...header, ...records.filter((_, order) => isShown(order))];
  const address = URL.createObjectURL(new Blob([join(chosen)], { type: "text/plain" }));
  const made = make("a", { href: address, download: link.href.split("/").pop() });
  made.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
