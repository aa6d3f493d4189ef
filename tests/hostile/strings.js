/* Runs in an empty page of the served site: opens pages in frames and looks at what became of them. */

const alarms = (window.alarms = []);
window.report = (text) => alarms.push(text);
const REFUSED = new Set(["IFRAME", "OBJECT", "EMBED", "FRAME", "APPLET", "PORTAL", "BASE", "MARQUEE", "PLAINTEXT", "XMP"]);
const ADDRESSES = ["href", "xlink:href", "src", "action", "formaction", "data", "poster", "background", "ping"];
const SAFE = /^(https?|mailto):/;

const count = (page) => page.querySelectorAll("meta[name=viewport]").length;

/** Name what no page of an atlas has: handlers, scripts in addresses, foreign elements. */
function look(page, path) {
  const wrong = (what, element) => alarms.push(`${path}: ${what}: ${element.outerHTML.slice(0, 300)}`);
  for (const element of page.querySelectorAll("*")) {
    const name = element.nodeName.toUpperCase();
    if (REFUSED.has(name)) wrong("element", element);
    if (name === "META" && element.httpEquiv && !/^x-ua-compatible$/i.test(element.httpEquiv)) wrong("meta", element);
    if (name === "SCRIPT" && element.type !== "application/ld+json" && /alarm\(|hostile\.test/i.test(element.src + element.text)) wrong("script", element);
    if (name === "SCRIPT" && element.type === "application/ld+json") JSON.parse(element.text);
    if (name === "STYLE" && /alarm\(|hostile\.test|url\(/i.test(element.textContent)) wrong("style", element);
    for (const { name: key, value } of element.attributes) {
      if (/^on|^srcdoc$|^autofocus$|^contenteditable$/i.test(key)) wrong("attribute", element);
      if (key === "style" && /url|expression|alarm\(|hostile\.test/i.test(value)) wrong("style", element);
      if (ADDRESSES.includes(key) && !SAFE.test(new URL(value, page.baseURI))) wrong("address", element);
    }
  }
}

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function openFrame(path, time) {
  const frame = document.createElement("iframe");
  frame.style = "width: 1280px; height: 800px";
  frame.src = path;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  await pause(time);
  const page = frame.contentDocument;
  if (!page) alarms.push(`${path}: navigated away`);
  return { frame, page };
}

/** Open pages, some at a time, and look at each. */
window.openAll = async (paths, time) => {
  const queue = [...paths];
  const work = async () => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const { frame, page } = await openFrame(path, time);
      const expected = new URL(path, location.href).pathname;
      if (page && page.location.pathname !== expected && !page.querySelector("main")) alarms.push(`${path}: ${page.location}`);
      if (page) look(page, path);
      const pages = /together-\d+/.test(path) ? page?.querySelector("meta[name=pages]")?.content : 1;
      if (page && count(page) !== Number(pages)) alarms.push(`${path}: ${count(page)} pages of ${pages}`);
      frame.remove();
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return alarms;
};

/** Look at the records of the search as its results show them. */
window.lookAtRecords = async () => {
  const { docs } = await (await fetch("search/search_index.json", { cache: "no-store" })).json();
  for (const { location, title, text } of docs) {
    const page = new DOMParser().parseFromString(`<base href="/${encodeURI(location)}">${title}<hr>${text}`, "text/html");
    page.querySelector("base").remove();
    look(page, `search: ${location}`);
  }
  return docs.length;
};

/** Show a list with parameters of the address, one after the other, and look at it now and then. */
window.openStates = async (path, queries, each) => {
  const { frame, page } = await openFrame(path, 300);
  for (const [number, query] of queries.entries()) {
    frame.contentWindow.history.replaceState(null, "", query);
    frame.contentWindow.dispatchEvent(new PopStateEvent("popstate"));
    await pause(0);
    if (number % each === each - 1) {
      await pause(50);
      look(page, query);
    }
  }
  look(page, "the end");
  frame.remove();
  return alarms;
};

/** Type into the fields of a page, and look at it now and then. */
window.typeAll = async (path, texts, each) => {
  const { frame, page } = await openFrame(path, 300);
  const found = () => [...page.querySelectorAll("input[type=text], input[type=search], input[name=text], [data-md-component=search-query]")];
  for (let tries = 0; found().length < 2 && tries < 300; tries += 1) await pause(100); // the script of a list adds one
  const fields = found();
  for (const [number, text] of texts.entries()) {
    for (const field of fields) {
      field.value = text;
      for (const name of ["focus", "input", "keyup", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
      field.form?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    }
    await pause(0);
    if (number % each === each - 1) {
      await pause(400);
      look(page, text);
    }
  }
  frame.remove();
  return [fields.length, alarms];
};

/** Put texts into all that the pages store, and open a page. */
window.storeAll = async (path, texts) => {
  const keys = ["paper-atlas view", "paper-atlas left", "paper-atlas /"];
  for (const text of texts) {
    for (const value of [text, JSON.stringify(text), JSON.stringify([text, text, text]), JSON.stringify({ id: text })]) {
      for (const key of keys) for (const storage of [localStorage, sessionStorage]) storage.setItem(key, value);
    }
    const { frame, page } = await openFrame(path, 20);
    look(page, text);
    frame.remove();
  }
  localStorage.clear();
  return alarms;
};
