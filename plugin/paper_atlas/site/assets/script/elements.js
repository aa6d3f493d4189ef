/* Makes HTML elements. */

/**
 * Create an element. Attributes whose value is null are left out.
 * @param {string} tag
 * @param {Record<string, string | number | null>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function createElement(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Parse the HTML of one element, which must come from this site.
 * @param {string} html
 * @returns {HTMLElement}
 */
export function parseElement(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Notify Zotero that the papers on the page have changed. */
export function notifyZotero() {
  document.dispatchEvent(new Event("ZoteroItemUpdated"));
}

/**
 * Typeset the maths of new cards, if the site has MathJax, or KaTeX with its auto-render extension.
 * https://docs.mathjax.org/en/v3.2/web/typeset.html and https://katex.org/docs/autorender
 * @param {Element} element
 */
export function typesetMaths(element) {
  const maths = [...element.querySelectorAll(".arithmatex")];
  if (maths.length === 0) return;
  globalThis.MathJax?.typesetPromise?.(maths);
  if (globalThis.renderMathInElement) maths.forEach((span) => globalThis.renderMathInElement(span));
}
