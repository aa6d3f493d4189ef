/* Makes HTML elements. */

import { ROOT } from "./site.js";

const ICONS = `${ROOT}assets/paper-icons.svg`;
const [SVG, XLINK] = ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"];

/**
 * Create an element. Attributes whose value is null or false are left out.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function createElement(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * True if a click or key comes with a further key, such as one that opens a link in a new tab.
 * @param {MouseEvent} event
 * @returns {boolean}
 */
export function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

/**
 * Create a button.
 * @param {string} style the class of the button
 * @param {(Node | string)[]} content
 * @param {() => void} act
 * @param {Record<string, string | null>} [attributes]
 * @returns {HTMLElement}
 */
export function createButton(style, content, act, attributes = {}) {
  const button = createElement("button", { type: "button", class: style, ...attributes }, ...content);
  button.addEventListener("click", act);
  return button;
}

/**
 * Create an icon of the site. Material's navigation breaks on `href` in a drawing.
 * @param {string} name
 * @returns {SVGElement}
 */
export function createIcon(name) {
  const [icon, use] = ["svg", "use"].map((tag) => document.createElementNS(SVG, tag));
  icon.setAttribute("class", "i");
  icon.setAttribute("aria-hidden", "true");
  use.setAttributeNS(XLINK, "xlink:href", `${ICONS}#${name}`);
  icon.append(use);
  return icon;
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
